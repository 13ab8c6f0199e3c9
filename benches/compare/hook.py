#!/usr/bin/env python3
"""How long `transcrub hook` takes to answer: the whole process, for outputs of a tool with one secret in the middle.

usage: hook.py TRANSCRUB [RUNS]

Prints bytes of the output, milliseconds of CPU time (mean), and of the wall clock (least and median). The client waits
for the answer, so the aim is 50 ms. Lines are those of a log, with a random id on each: more is looked at closely than in prose."""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
WORDS = "the build server request handler index value config module error line trace begin".split()


def call(draw, size):
    lines, length = [], 0
    while length < size:
        words = " ".join(draw.choice(WORDS) for _ in range(6))
        lines.append(f"12:{draw.randrange(60):02}:{draw.randrange(60):02} INFO {words} took {draw.randrange(999)} ms id={draw.getrandbits(64):016x}")
        length += len(lines[-1]) + 1
    lines[len(lines) // 2] += " token=ghp_" + "".join(draw.choice(ALPHABET) for _ in range(36))
    output = {"stdout": "\n".join(lines), "stderr": "", "interrupted": False, "isImage": False}
    return json.dumps({"session_id": "s", "transcript_path": "/nowhere.jsonl", "cwd": "/", "hook_event_name": "PostToolUse",
                       "tool_name": "Bash", "tool_input": {"command": "cat log"}, "tool_use_id": "t", "tool_response": output}).encode()


def main():
    program, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    draw, home = random.Random(20261127), tempfile.mkdtemp()
    env = {"HOME": home, "PATH": os.environ["PATH"]}
    print(f"{'bytes':>10} {'CPU ms':>8} {'least ms':>9} {'median ms':>10}")
    for size in (1_000, 30_000, 100_000, 1_000_000):
        text, walls = call(draw, size), []
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        for _ in range(runs):
            begun = time.perf_counter()
            done = subprocess.run([program, "hook"], input=text, stdout=subprocess.PIPE, env=env, check=True)
            walls.append((time.perf_counter() - begun) * 1e3)
            assert b"[REDACTED:github-pat-classic:" in done.stdout and b"ghp_" not in done.stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / runs * 1e3
        print(f"{size:>10} {cpu:>8.1f} {min(walls):>9.1f} {statistics.median(walls):>10.1f}")


if __name__ == "__main__":
    main()
