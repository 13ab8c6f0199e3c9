"""Names in what persons, agents and programs say: of people's machines, branches, repositories, tickets, functions and types; and
names that everyone knows."""
import person as p
import place
from plant import Case

# {u} a login, {n} a person, {h} a machine, {o} an organisation, {r} a repository, {b} a branch, {t} a ticket, {f} a function,
# {c} one in camel case, {y} a type. All of them must go.
SAID_BY_PROGRAMS = r"""sudo | {u} is not in the sudoers file.
role | FATAL:  role "{u}" does not exist
denied | {u}@{h}: Permission denied (publickey).
git denied | remote: Permission to {o}/{r}.git denied to {u}.
sshd | May 21 09:12:01 {h} sshd[2211]: Accepted publickey for {u} from 10.0.0.1 port 51122 ssh2
log | * 1f0a9c3 - Fix the build ({n}, 3 days ago)
resolve | curl: (6) Could not resolve host: {h}.{o}.net
refused | ssh: connect to host {h} port 22: Connection refused
known host | The authenticity of host '{h}.{o}.net (10.0.0.1)' can't be established.
switched | Switched to a new branch '{b}'
deleted | Deleted branch {b} (was 1f0a9c3).
merged | Merge pull request #42 from {o}/{b}
status | ## {b}...origin/{b} [ahead 1]
pathspec | error: pathspec '{b}' did not match any file(s) known to git
cloning | Cloning into '{r}'...
browse | https://{o}.atlassian.net/browse/{t}
fixes | Fixes {t}
name error | NameError: name '{f}' is not defined
attribute | AttributeError: '{y}' object has no attribute '{f}'
import | ImportError: cannot import name '{c}' from 'app' (/srv/x.py)
missing | TypeError: {f}() missing 1 required positional argument: 'x'
reference | ReferenceError: {c} is not defined
rust | error[E0425]: cannot find function `{f}` in this scope
go | ./main.go:12:2: undefined: {c}
relation | ERROR:  relation "{f}" does not exist
validation | 1 validation error for {y}""".split("\n")

# Names that the session defines elsewhere.
SAID_BY_PEOPLE = r"""prompt | Why does `{f}` return nothing when the list is empty?
call | The call of {f}() in the handler fails.
member | The bug is in `{y}.{c}()`.
commit | git commit -m "Make {f} safe to call twice"
todo | - Add a test for {y}""".split("\n")

STAY = """The `useState` hook runs again on each key.
TypeError: Cannot read properties of undefined (reading 'toLowerCase')
AttributeError: 'NoneType' object has no attribute 'strip'
ImportError: cannot import name 'ThreadPoolExecutor' from 'concurrent'
NameError: name 'xrange' is not defined
Error: getaddrinfo ENOTFOUND registry.example
Switched to branch 'main'
HEAD detached at 1f0a9c3
FATAL:  role "postgres" does not exist
Could not resolve host: github.com
I would use std::collections::HashMap here instead of a BTreeMap.
CLAUDE.md says: always run the tests.
This fixes UTF-8 in the header and closes the file.""".split("\n")


def fill(rng, template):
    a, b, c, d = (p.word(rng, 2) for _ in range(4))
    values = {"u": p.word(rng), "n": p.name(rng), "h": p.word(rng), "o": p.word(rng), "r": f"{a}-{b}", "b": f"{c}-{d}",
              "t": f"{a[:4].upper()}-{rng.randrange(10, 9999)}", "f": f"{c}_{a}", "c": d + b.capitalize(), "y": b.capitalize() + c.capitalize()}
    used = [k for k in values if "{" + k + "}" in template]
    return values, [s for k in used for s in (values[k].split() if k == "n" else [values[k]])]


def cases(rng, size):
    out = []
    for line in SAID_BY_PROGRAMS:
        kind, template = (x.strip() for x in line.split(" | ", 1))
        for _ in range(max(1, size // 20)):
            values, secrets = fill(rng, template)
            out.append(Case("names in messages", kind, template.format(**values), tuple(secrets), profile="bug"))
    for line in SAID_BY_PEOPLE:
        kind, template = (x.strip() for x in line.split(" | ", 1))
        for _ in range(max(1, size // 20)):
            values, secrets = fill(rng, template)
            code = f"class {values['y']}:\n    def {values['c']}(self):\n        return {values['f']}()\n\ndef {values['f']}():\n    return 1\n"
            text = template.format(**values)
            record = {**place.written(rng, code), "note": text}
            out.append(Case("names in prose", kind, text, tuple(secrets), profile="bug", record=record))
    for text in STAY:
        record = place.bare_prompt(rng, text)
        out.append(Case("names that stay", text[:30], text, profile="bug", record=record, words=True))
    for c in out:
        c.loose = True
    return out
