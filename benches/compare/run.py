#!/usr/bin/env python3
"""Times transcrub beside `cp` and the peers of the accuracy bench, in one run, on one made-up session file.

usage: run.py [--bin PATH] [--mb 100] [--runs 5] [--peers DIR] [--names a,b] [--seed N] [--profile retain]

Prints one Markdown table: speed, cost, memory, and how many of the planted tokens are left. Peers are installed in DIR
by pip and npm, by their packages' names. Ratios of one run can be compared; figures of two machines cannot.
"""
import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "accuracy"))
import peer  # noqa: E402
import value  # noqa: E402

WORDS = "order charge refund ledger amount index buffer parse result window queue worker retry value key count".split()


def code(rng, lines):
    """Lines of code as a tool shows them."""
    w = lambda: rng.choice(WORDS)
    shapes = [lambda: f"    let {w()} = self.{w()}.get({w()})?;", lambda: f"    if {w()}.len() > {rng.randrange(99)} {{ return Err({w()}); }}",
              lambda: f"    // The {w()} of the {w()} is {w()} until then.", lambda: f"pub fn {w()}_{w()}({w()}: usize) -> Option<u64> {{"]
    return "\n".join(f"{n:6}→{rng.choice(shapes)()}" for n in range(1, lines + 1))


def session(path, size, rng):
    """A session file of about `size` bytes; the tokens planted in it."""
    planted, written = [], 0
    with open(path, "w", encoding="utf-8") as f:
        while written < size:
            text = code(rng, rng.randrange(20, 200))
            if rng.random() < 0.15:
                token = value.token(rng)[1]
                planted.append(token)
                text += f"\nexport API_TOKEN={token}\n"
            row = {"type": "user", "cwd": "/home/maribel/work/ledgerly", "sessionId": "309d6b79-965e-4a32-9ae4-45508201e2bd",
                   "message": {"role": "user", "content": [{"type": "tool_result", "content": text}]},
                   "toolUseResult": {"stdout": text[:len(text) // 2], "stderr": "", "interrupted": False}}
            written += f.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    return planted


def timed(args):
    """(wall seconds, CPU seconds, megabytes resident) of a whole process."""
    start = time.perf_counter()
    child = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{args[0]} failed with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def left(data, planted):
    """How many of the planted tokens can still be read."""
    return sum(json.dumps(token)[1:-1].encode() in data for token in planted)


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("--bin", default="target/release/transcrub")
    args.add_argument("--mb", type=int, default=100)
    args.add_argument("--runs", type=int, default=5)
    args.add_argument("--peers")
    args.add_argument("--names", default=",".join(peer.names()))
    args.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    args.add_argument("--profile", default="retain")
    args = args.parse_args()
    work = tempfile.mkdtemp()
    path, out = os.path.join(work, "session.jsonl"), os.path.join(work, "out.jsonl")
    planted = session(path, args.mb * 1_000_000, random.Random(args.seed))
    size = os.path.getsize(path) / 1e6
    ours = [args.bin, "scrub", path, "-o", out, "-q", "--profile", args.profile]
    timed(ours), timed(["cp", path, out])
    rows = {"cp": [], "transcrub": [], "transcrub -j 1": []}
    for _ in range(args.runs):
        for name, command in [("cp", ["cp", path, out]), ("transcrub", ours), ("transcrub -j 1", [*ours, "-j", "1"])]:
            if os.path.exists(out):
                os.remove(out)
            rows[name].append(timed(command))
    with open(out, "rb") as f:
        survivors = left(f.read(), planted)
    print(f"seed {args.seed}, {size:.0f} MB, {len(planted)} tokens planted\n")
    print("| program | MB/s | MB per CPU second | MB resident | tokens left |\n|---|---|---|---|---|")
    for name, runs in rows.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*runs))
        print(f"| {name} | {size / wall:.0f} | {size / cpu:.0f} | {memory:.0f} | {len(planted) if name == 'cp' else survivors} |")
    for name in args.names.split(",") if args.peers else []:
        peer.install(args.peers, name)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        lines, wall = peer.run(args.peers, name, path, work)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        rest = "no output" if lines is None else left(b"\n".join(lines), planted)
        print(f"| {name} | {size / wall:.1f} | {size / max(cpu, 0.01):.1f} | | {rest} |", flush=True)
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
