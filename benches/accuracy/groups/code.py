"""Source code wherever an agent or a person puts it. Under `bug` no name in it may be left."""
import difflib
import json

import person as p
import place
import source
from plant import Case

SUFFIX = {"python": "py", "python2": "py", "javascript": "js", "typescript": "ts", "go": "go", "rust": "rs", "java": "java", "c": "c", "cpp": "cc", "csharp": "cs",
          "ruby": "rb", "php": "php", "sql": "sql", "sql ddl": "sql", "yaml": "yml", "toml": "toml", "json": "json", "shell": "sh", "html": "html", "css": "css",
          "terraform": "tf", "tsx": "tsx", "kotlin": "kt", "swift": "swift", "elixir": "ex", "haskell": "hs", "lua": "lua", "scala": "scala", "r": "R", "vue": "vue",
          "proto": "proto", "powershell": "ps1", "graphql": "graphql", "dart": "dart"}

OTHER = {"perl": "pl", "objc": "m", "julia": "jl", "ocaml": "ml", "clojure": "clj", "erlang": "erl", "fsharp": "fs", "vb": "vb", "groovy": "groovy", "nix": "nix", "cmake": "cmake",
         "ini": "ini", "xml": "xml", "solidity": "sol", "zig": "zig", "batch": "bat", "scss": "scss", "prisma": "prisma", "latex": "tex", "svelte": "svelte", "k8s": "yaml", "python3": "py",
         "rust2": "rs", "react": "tsx", "test js": "test.js", "jinja": "html", "gherkin": "feature"}


def file(language):
    return {"dockerfile": "Dockerfile", "makefile": "Makefile"}.get(language) or "src/main." + SUFFIX.get(language, OTHER.get(language, "txt"))


def hunk(code):
    return {"oldStart": 1, "oldLines": 1, "newStart": 1, "newLines": code.count("\n") + 1, "lines": ["-x", *("+" + x for x in code.split("\n"))]}


def diff(code, name):
    lines = difflib.unified_diff(["a = 1"], code.split("\n"), "a/" + name, "b/" + name, lineterm="")
    return f"diff --git a/{name} b/{name}\nindex 1f0a9c3..2b1d04e 100644\n" + "\n".join(lines)


def arrow(code):
    return "\n".join(f"{i:>6}→{x}" for i, x in enumerate(code.split("\n"), 1))


def tabbed(code):
    return "\n".join(f"{i:>6}\t{x}" for i, x in enumerate(code.split("\n"), 1))


def grep(code, name):
    return "\n".join(f"{name}:{i}:{x}" for i, x in enumerate(code.split("\n"), 1) if x.strip())


# --- fields: rng, code, name of the file -> record
def write(rng, c, n):
    return place.call(rng, "Write", file_path="/srv/app/" + n, content=c)


def edit(rng, c, n):
    return place.call(rng, "Edit", file_path="/srv/app/" + n, old_string=c, new_string=c + "\n")


def multi_edit(rng, c, n):
    return place.call(rng, "MultiEdit", file_path="/srv/app/" + n, edits=[{"old_string": "x", "new_string": c}])


def notebook(rng, c, n):
    return place.call(rng, "NotebookEdit", notebook_path="/srv/app/a.ipynb", new_source=c, cell_type="code")


def read(rng, c, n):
    return place.answer(rng, arrow(c), {"type": "text", "file": {"filePath": "/srv/app/" + n, "content": c, "numLines": 9, "startLine": 1, "totalLines": 9}})


def updated(rng, c, n):
    return place.answer(rng, "The file has been updated.", {"filePath": "/srv/app/" + n, "oldString": "x", "newString": c, "originalFile": c, "structuredPatch": [hunk(c)]})


def notebook_result(rng, c, n):
    return place.answer(rng, "ok", {"type": "notebook", "file": {"filePath": "/srv/app/a.ipynb", "cells": [{"cell_type": "code", "source": c, "outputs": []}]}})


def attachment(rng, c, n):
    kind = rng.choice([{"type": "edited_text_file", "filename": "/srv/app/" + n, "snippet": arrow(c)}, {"type": "selected_lines_in_ide", "filename": "/srv/app/" + n, "content": c},
                       {"type": "file", "filename": "/srv/app/" + n, "content": {"type": "text", "file": {"filePath": "/srv/app/" + n, "content": c}}}])
    return {**place.base(rng, "attachment"), "attachment": kind}


def progress(rng, c, n):
    inner = read(rng, c, n)
    return {**place.base(rng, "progress"), "data": {"type": "agent_progress", "prompt": "look", "message": {"type": "user", "message": inner["message"], "toolUseResult": inner["toolUseResult"]}}}


def codex_patch(rng, c, n):
    body = "*** Begin Patch\n*** Add File: " + n + "\n" + "\n".join("+" + x for x in c.split("\n")) + "\n*** End Patch"
    return rng.choice([
        {"type": "response_item", "payload": {"type": "custom_tool_call", "name": "apply_patch", "call_id": "c", "input": body}},
        {"type": "response_item", "payload": {"type": "function_call", "name": "shell", "call_id": "c", "arguments": json.dumps({"command": ["apply_patch", body]})}},
        {"type": "event_msg", "payload": {"type": "patch_apply_begin", "changes": {"/srv/app/" + n: {"add": {"content": c}}}}}])


def codex_output(rng, c, n):
    return rng.choice([
        {"type": "response_item", "payload": {"type": "function_call_output", "call_id": "c", "output": json.dumps({"output": c + "\n", "metadata": {"exit_code": 0}})}},
        {"type": "event_msg", "payload": {"type": "exec_command_end", "call_id": "c", "stdout": c, "aggregated_output": c, "exit_code": 0, "command": ["cat", n]}},
        {"type": "response_item", "payload": {"type": "function_call_output", "call_id": "c", "output": "Exit code: 0\nWall time: 0.1 seconds\nOutput:\n" + c}}])


FIELDS = [write, edit, multi_edit, notebook, read, updated, notebook_result, attachment, progress, codex_patch, codex_output]


# --- texts: rng, code, name of the file, language -> text
def fence(rng, c, n, l):
    return f"Here it is:\n\n```{rng.choice([l.split()[0], '', SUFFIX.get(l, '')])}\n{c}\n```\n\nDoes this look right?"


def tildes(rng, c, n, l):
    return f"Try this\n~~~ {l.split()[0]}\n{c}\n~~~\nand run it."


def unclosed(rng, c, n, l):
    return f"I wrote this so far:\n```{l.split()[0]}\n{c}"


def in_list(rng, c, n, l):
    return "1. First:\n   ```" + l.split()[0] + "\n" + "\n".join("   " + x for x in c.split("\n")) + "\n   ```\n2. Then run the tests."


def indented(rng, c, n, l):
    return "The code is\n\n" + "\n".join("    " + x for x in c.split("\n")) + "\n\nand it fails."


def pasted(rng, c, n, l):
    return "why does this fail?\n\n" + c + "\n\nI get an error when I run it"


def bare(rng, c, n, l):
    return c


def command_output(rng, c, n, l):
    return f"$ cat {n}\n{c}\n$ "


def sed_output(rng, c, n, l):
    return tabbed(c)


def git_diff(rng, c, n, l):
    return diff(c, n)


def git_show(rng, c, n, l):
    return "commit 1f0a9c3d2b1d04e91aa3e\nAuthor: x <noreply@example.com>\nDate:   Mon Jun 1 13:48:28 2026 +0200\n\n    Fix it\n\n" + diff(c, n)


def grepped(rng, c, n, l):
    return grep(c, n)


def conflict(rng, c, n, l):
    return f"<<<<<<< HEAD\n{c}\n=======\nold\n>>>>>>> main"


def quoted(rng, c, n, l):
    return "he wrote:\n" + "\n".join("> " + x for x in ("```\n" + c + "\n```").split("\n"))


TEXTS = [fence, tildes, unclosed, in_list, indented, pasted, bare, command_output, sed_output, git_diff, git_show, grepped, conflict, quoted]


def heredoc(rng, c, n):
    return place.call(rng, "Bash", command=f"cat > {n} <<'EOF'\n{c}\nEOF\nls", description="Write the file")


def inline(rng, names):
    a, b, c, *_ = names
    return rng.choice([
        f"python3 -c \"import {a}; {a}.{b}({c})\"", f"node -e 'const {a} = require(\"{b}\"); {a}.{c}()'", f"psql -c 'SELECT {a} FROM {b} WHERE {c} = 1'",
        f"perl -ne 'print if /{a}/ and {b}({c})' log", f"ruby -e 'puts {a}.{b}({c})'", f"sqlite3 app.db 'select {a} from {b} where {c} > 2'", f"awk '{{ {a} += $2 }} END {{ print {a}, {b}, {c} }}' log",
        f"ssh box 'python3 -c \"import {a}; {b}({c})\"'"])


def excerpt(rng, names):
    """A message with the line of source it quotes: the line goes, the message stays."""
    a, b, c, *_ = names
    return rng.choice([
        f"error[E0308]: mismatched types\n  --> src/main.rs:12:5\n   |\n12 |     let {a} = {b}.{c}();\n   |         ^^^ expected `u32`, found `String`\n",
        f"src/app.ts:3:7 - error TS2322: Type 'string' is not assignable.\n\n3 const {a}: number = {b}({c});\n        ~~~~\n",
        f"main.c:5:9: warning: unused variable [-Wunused]\n    5 |     int {a} = {b}({c});\n      |         ^~~~\n",
        f"Traceback (most recent call last):\n  File \"/srv/app/main.py\", line 3, in <module>\n    {a} = {b}.{c}(1)\nValueError: no",
        f"    def test():\n>       assert {a}({b}) == {c}\nE       AssertionError\n\ntests/test_a.py:3: AssertionError",
        f"  x no-unused-vars: unused\n   ,-[src/a.js:1:7]\n 1 | const {a} = {b}({c});\n   :       ^^^\n",
        f"./main.go:12:2: declared and not used\n",
        f"/srv/app/a.js:3\n  const {a} = {b}.{c}();\n              ^\n\nTypeError: not a function\n    at main (/srv/app/a.js:3:9)",
        f">>> {a} = {b}({c})\n>>> {a}.{b}\n42", f"In [1]: {a} = {b}({c})\nOut[1]: 3", f"irb(main):001:0> {a} = {b}.{c}\n=> 3", f"postgres=# select {a} from {b} where {c} = 1;\n count\n-------\n 3",
        f"sqlite> SELECT {a} FROM {b} WHERE {c} = 3;\n3"])


def cases(rng, size):
    out = []
    languages = list(source.TEMPLATES)
    add = lambda group, kind, text, names, record=None: out.append(Case(group, kind, text, tuple(n for n in names if n in json.dumps(record or text)), profile="bug", record=record))
    for i in range(size):
        language, code, names = source.snippet(rng, languages[i % len(languages)])
        put = FIELDS[i % len(FIELDS)]
        add("code in fields", f"{put.__name__} {language}", code, names, put(rng, code, file(language)))
    for i in range(2 * size):
        language, code, names = source.snippet(rng, languages[i % len(languages)])
        put = TEXTS[i % len(TEXTS)]
        text = put(rng, code, file(language), language)
        where = rng.choice([place.bare_prompt, place.prompt_block, place.said, place.result_blocks, place.printed] if put not in (bare, sed_output, grepped) else [place.printed, place.result_blocks])
        add("code in texts", f"{put.__name__} {language}", text, names, where(rng, text))
    for i in range(size // 4):
        language, code, names = source.snippet(rng)
        add("code in commands", "here-document " + language, code, names, heredoc(rng, code, file(language)))
        names = [p.word(rng) for _ in range(3)]
        text = inline(rng, names)
        add("code in commands", text.split()[0], text, [n for n in names if n in text], place.call(rng, "Bash", command=text))
    for i in range(size // 2):
        names = [p.word(rng) for _ in range(3)]
        text = excerpt(rng, names)
        if any(n in text for n in names):
            add("code in messages", text[:24], text, names, place.printed(rng, text))
    return out
