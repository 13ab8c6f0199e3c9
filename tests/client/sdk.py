#!/usr/bin/env python3
"""Clones, read by a library that we did not write: the Agent SDK for Python (`pip install claude-agent-sdk`).

usage: sdk.py TRANSCRUB SESSION.jsonl...      exit 0 all true, 1 something is not, 77 skipped (and why is said)

Each session is put into a made-up home and cloned; the clone must be listed, and must load with as many messages, of
the same types in the same order, as the original."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile


def kinds(messages):
    """What each message is, down to its blocks."""
    def of(message):
        content = (message.message or {}).get("content") if isinstance(message.message, dict) else None
        blocks = [b.get("type") for b in content if isinstance(b, dict)] if isinstance(content, list) else type(content).__name__
        return message.type, str(blocks)
    return [of(message) for message in messages]


def main():
    try:
        import claude_agent_sdk as sdk
    except ImportError:
        print("skipped: the Agent SDK for Python is not installed: pip install claude-agent-sdk")
        return 77
    program, bad, seen = os.path.abspath(sys.argv[1]), 0, 0
    for session in sys.argv[2:]:
        home = tempfile.mkdtemp(prefix="sdk-")
        try:
            os.environ["CLAUDE_CONFIG_DIR"] = root = os.path.join(home, ".claude")
            cwd = os.path.join(home, "work")
            os.makedirs(cwd)
            ids = re.findall(r'"sessionId": ?"([0-9a-f-]{36})"', open(session, errors="replace").read())
            if not ids:
                continue
            project = os.path.join(root, "projects", re.sub("[^a-zA-Z0-9]", "-", os.path.realpath(cwd)))
            os.makedirs(project)
            shutil.copy(session, os.path.join(project, ids[-1] + ".jsonl"))
            before = sdk.get_session_messages(ids[-1], directory=cwd)
            made = subprocess.run([program, "bug", "--yes", "--format", "json"], cwd=cwd, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True, env={**os.environ, "HOME": home})
            if made.returncode:
                print(f"FALSE {session}: no clone: {made.stderr.strip()[-300:]}")
                bad += 1
                continue
            clone = json.loads(made.stdout)
            after = sdk.get_session_messages(clone["session"], directory=clone["cwd"])
            listed = [s.session_id for s in sdk.list_sessions(directory=clone["cwd"])]
            same = kinds(before) == kinds(after)
            in_list = clone["session"] in listed or not before
            print(f"{'ok   ' if same and in_list else 'FALSE'} {session}: {len(before)} messages, {len(after)} in the clone"
                  + ("" if in_list else ", not listed"))
            bad += not (same and in_list)
            seen += bool(before)
            subprocess.run([program, "bug", "clean", "--yes"], env={**os.environ, "HOME": home},
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        finally:
            shutil.rmtree(home, ignore_errors=True)
    print(f"{seen} sessions with messages, {bad} not true")
    return 1 if bad or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
