#!/bin/bash
# pipe.sh SESSION.jsonl: what is said in a session, as it is said and without secrets, identities and home paths, one line
# for each text. For a screen that others see, or a log: pipe.sh FILE >> LOG. With ONCE=1 it ends with the file.
set -euo pipefail
follow=(tail -n +1 -F -- "$1")
[ -z "${ONCE:-}" ] || follow=(cat -- "$1")
# `filter` hands each record on as soon as it is complete. Whatever fails ends the pipe: nothing goes around it.
"${follow[@]}" | transcrub filter --profile share |
    python3 -uc '
import json, sys
def member(of, name, kind):
    value = of.get(name) if isinstance(of, dict) else None
    return value if isinstance(value, kind) else kind()
for line in sys.stdin:
    try:
        message = member(json.loads(line), "message", dict)
    except ValueError:
        continue  # a line that is torn, or no JSON: nobody says anything in it
    text, blocks = member(message, "content", str), member(message, "content", list)
    said = [text] if text else [member(b, "text", str) for b in blocks if member(b, "type", str) == "text"]
    for text in said:
        print(member(message, "role", str) + ": " + text.replace("\n", " "))'
