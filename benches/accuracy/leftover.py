#!/usr/bin/env python3
"""What a copy of real transcripts under profile `bug` still tells, and what of a person's words it has changed.

    TRANSCRUB_CORPUS=DIR python3 benches/accuracy/leftover.py [--binary FILE] [--show N]

Counts, over all files below DIR, by means that share no code with the program:

1. names of users (from `cwd` and every home directory), their folders' slugs and e-mail addresses that are still there;
2. names that the original defines (functions, classes, types) and the copy still defines;
3. words of prompts without code that were changed, and whether a name of a person, a path or a host stood there.

Exits with 1 if anything of 1 or 2 is left. Nothing of what it reads is written anywhere but to the terminal.
"""
import argparse
import collections
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Accounts of systems, examples, and what stands for a name: whoever they are, they are no one.
NO_ONE = set("""root admin administrator user users ubuntu ec2-user debian centos fedora vagrant runner runneradmin node app www-data
nobody daemon git postgres mysql redis jenkins docker codespace vscode gitpod coder jovyan circleci travis public default shared guest
linuxbrew you me username name your-username yourname someone example test testuser x xxx dev developer foo bar u alice bob home
redacted redacted_user someuser myuser youruser user1 path""".split())

HOME = re.compile(r"(?:^|[\s\"'`=(\[,<>:@\\])(?:/Users/|/home/|[A-Za-z]:[\\/]+Users[\\/]+)([^\s/\\\"'`,;:)\]}>|*<({$]+)")
SLUG = re.compile(r"(?<![A-Za-z0-9])-(?:Users|home)-([A-Za-z0-9]+)")
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
FINE_MAIL = re.compile(r"no-?reply|@(?:[\w-]+\.)*example\.|\.(?:example|test|invalid|local|localhost)$|^git@|\[bot\]|user-[0-9a-f]{6}@"
                       r"|\.(?:png|jpg|svg|js|ts|tsx|py|go|rs|md|service)$", re.I)
PSEUDONYM = re.compile(r"^(?:user|project|dir|mod|org|host|branch|value|person|team|machine|agent)-[0-9a-f]{6}", re.I)

DEFINES = re.compile(r"""(?mx)
    ^[ \t+\-\d:|\u2192>]*
    (?: (?:export|default|public|private|protected|internal|static|async|abstract|final|pub(?:\([a-z]+\))?|unsafe|const|override|suspend)\s+ )*
    (?: def | fn | fun | func(?:\s*\([^)\n]*\))? | function\*? | class | struct | enum | trait | interface | impl | type )
    \s+ ([A-Za-z_]\w*) \s* (?= [(<{:=\[] | $ )""")


def strings(value):
    """All strings of a parsed JSON value, keys too; JSON within strings is read as well."""
    todo = [value]
    while todo:
        v = todo.pop()
        if isinstance(v, str):
            yield v
            if v[:1] in "{[" and len(v) > 2:
                try:
                    todo.append(json.loads(v))
                except ValueError:
                    pass
        elif isinstance(v, list):
            todo.extend(v)
        elif isinstance(v, dict):
            todo.extend(v)
            todo.extend(v.values())


def records(path):
    """The records of a file: parsed, or the line itself."""
    with open(path, encoding="utf-8", errors="replace") as f:
        whole = f.read()
    try:
        return [json.loads(whole)]
    except ValueError:
        pass
    out = []
    for line in whole.split("\n"):
        try:
            out.append(json.loads(line))
        except ValueError:
            out.append(line)
    return out


def is_one(name):
    """Whether a name in a home directory is someone's."""
    low = name.lower().strip(".")
    return len(low) > 2 and low not in NO_ONE and not PSEUDONYM.match(low) and not low.startswith(("redacted", "[redacted", "."))


def names(texts):
    """Users' names, and addresses, in texts."""
    users, mails = set(), set()
    for t in texts:
        users.update(m[1] for m in HOME.finditer(t))
        users.update(m[1] for m in SLUG.finditer(t))
        mails.update(m[0] for m in MAIL.finditer(t))
    return {u for u in users if is_one(u)}, {m for m in mails if not FINE_MAIL.search(m)}


def left(wanted, texts):
    """Which of the values stand in the texts as words."""
    if not wanted:
        return {}
    any_of = re.compile(r"(?i)(?<![a-z0-9])(?:%s)(?![a-z0-9])" % "|".join(map(re.escape, sorted(wanted, key=len, reverse=True))))
    found = collections.defaultdict(list)
    for t in texts:
        for m in any_of.finditer(t):
            found[m[0].lower()].append(t[max(0, m.start() - 60):m.end() + 40])
    return found


def defined(texts):
    """Names that texts define, with a place."""
    out = {}
    for t in texts:
        for m in DEFINES.finditer(t):
            if "type " + m[1] in ("type commit", "type tree", "type blob", "type tag"):
                continue  # a line of a git object
            out.setdefault(m[1], t[max(0, m.start() - 20):m.end() + 40])
    return out


CODE = re.compile(r"```|~~~|^\s*(?:[$>#]|diff |@@|\+\+\+|---|at |File \"|import |from |def |class |func |fn |const |let |var |return |if |for )"
                  r"|[{};]\s*$|=>|\(\)|::|</|/>|^\s*\d+[→:|\t]|^[A-Z_]+=|^\s{4,}\S|\t", re.M)


def prompts(record):
    """What a person typed, in a record."""
    if not isinstance(record, dict) or record.get("type") != "user" or record.get("isMeta"):
        return
    content = (record.get("message") or {}).get("content") if isinstance(record.get("message"), dict) else None
    blocks = [content] if isinstance(content, str) else [b.get("text") for b in content or [] if isinstance(b, dict) and b.get("type") == "text"]
    yield from ((i, b) for i, b in enumerate(blocks) if isinstance(b, str) and not b.lstrip().startswith(("<", "Caveat:", "[Request")))


def changed_words(old, new):
    """Pairs of stretches of words that differ."""
    a, b = old.split(), new.split()
    for how, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if how != "equal":
            yield " ".join(a[i:j]), " ".join(b[k:m]), j - i


NAMED = re.compile(r"[/\\@~]|\.\w{1,5}\b|\d+\.\d+|(?i:%s)")


def check(original, copy, tally, seen):
    """Adds what one file's copy tells."""
    old, new = records(original), records(copy)
    texts, copied = list(strings(old)), list(strings(new))
    users, mails = names(texts)
    rest_users, rest_mails = names(copied)
    tally["users in the originals"] += len(users)
    tally["addresses in the originals"] += len(mails)
    for what, found in (("users left", left(users, copied)), ("addresses left", left(mails, copied)),
                        ("home directories left", left(rest_users, copied)), ("other addresses left", left(rest_mails, copied))):
        for value, places in found.items():
            tally[what] += len(places)
            seen[what].append((os.path.basename(original), value, places[0]))
    before, after = defined(texts), defined(copied)
    tally["names defined in the originals"] += len(before)
    for name in sorted(before.keys() & after.keys()):
        tally["names defined left"] += 1
        seen["names defined left"].append((os.path.basename(original), name, after[name]))
    if len(old) == len(new):
        for a, b in zip(old, new):
            compare(original, a, b, users, tally, seen)


def compare(original, old, new, users, tally, seen):
    """Adds what was changed in the prompts of one record."""
    copied = dict(prompts(new))
    for i, text in prompts(old):
        if CODE.search(text):
            tally["prompts with code, not judged"] += 1
            continue
        tally["prompts without code"] += 1
        tally["words of prompts without code"] += len(text.split())
        for a, b, n in changed_words(text, copied.get(i, "")):
            named = re.search(r"[/\\@~]|\.\w{1,5}\b|\d+\.\d+", a) or any(u.lower() in a.lower() for u in users)
            what = "words changed, a path or name there" if named else "words changed, nothing there"
            tally[what] += n
            seen[what].append((os.path.basename(original), a[:100], b[:100]))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=os.path.join(ROOT, "target/release/transcrub"))
    ap.add_argument("--corpus", default=os.environ.get("TRANSCRUB_CORPUS"), required="TRANSCRUB_CORPUS" not in os.environ)
    ap.add_argument("--only", default="", help="only files whose name has this in it")
    ap.add_argument("--show", type=int, default=0, metavar="N", help="show up to N of each kind")
    a = ap.parse_args()
    tally, seen = collections.Counter(), collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as work:
        done = subprocess.run([a.binary, "scrub", a.corpus, "--profile", "bug", "--no-config", "-o", work], capture_output=True, check=False)
        if done.returncode:
            sys.exit(done.stderr.decode("utf-8", "replace"))
        for folder, _, files in os.walk(a.corpus):
            for name in sorted(files):
                original = os.path.join(folder, name)
                copy = os.path.join(work, os.path.relpath(original, a.corpus))
                if name.endswith((".jsonl", ".json")) and a.only in name and os.path.exists(copy):
                    check(original, copy, tally, seen)
    for what, n in sorted(tally.items()):
        print(f"{n:8,}  {what}")
    for what, all_of in sorted(seen.items()):
        for one in all_of[:a.show]:
            print(f"  {what}: {one}")
    return 1 if any(n for what, n in tally.items() if what.endswith("left")) else 0


if __name__ == "__main__":
    sys.exit(main())
