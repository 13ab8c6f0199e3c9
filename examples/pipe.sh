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
for line in sys.stdin:
    message = json.loads(line).get("message") or {}
    content = message.get("content")
    blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content or []
    for block in blocks:
        if block.get("type") == "text":
            print(message["role"] + ": " + block["text"].replace("\n", " "))'
