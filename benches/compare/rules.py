#!/usr/bin/env python3
"""Times transcrub beside itself with many times as many rules, in one run, on one made-up session file.

usage: rules.py [--times 10] [--mb 30] [--runs 7] [--profile retain] [--cargo-profile release]

Copies the sources, adds made-up variants of every built-in format (another prefix, or other words near it, the same
lengths and alphabets), builds both and times them in turn. Prints one Markdown table and fails if more than a tenth of
the speed is lost. CPU time of one thread, median of the runs.
"""
import argparse
import glob
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib

from run import session, timed

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
KEEP = ("name", "class", "severity", "confidence", "within", "style", "label")


def shuffled(text, rng):
    """The text with other letters and digits, the same for the same letter; signs stay."""
    small, digits = list("abcdefghijklmnopqrstuvwxyz"), list("0123456789")
    rng.shuffle(small)
    rng.shuffle(digits)
    table = dict(zip("abcdefghijklmnopqrstuvwxyz", small)) | dict(zip("0123456789", digits))
    table |= {a.upper(): b.upper() for a, b in list(table.items())}
    return "".join(table.get(c, c) for c in text)


def variant(rule, number):
    """Another rule of the same kind."""
    rng = random.Random(f"{rule['id']} {number}")
    new = {"id": f"{rule['id']}-made-up-{number}"} | {key: rule[key] for key in KEEP if key in rule}
    parts = [re.split(r"(\{[^}]*\})", text) for text in rule["formats"]]
    new["formats"] = ["".join(p if p.startswith("{") else shuffled(p, rng) for p in part) for part in parts]
    if "keywords" in rule:
        new["keywords"] = [shuffled(word, rng) for word in rule["keywords"]]
    if "also" in rule:
        new["also"] = rule["also"]
    return new


def written(rule):
    return "[[rule]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in rule.items())


def add_rules(folder, times):
    """Adds the variants to a folder of rules; how many there were and are."""
    rules = [r for path in sorted(glob.glob(f"{folder}/*.toml")) for r in tomllib.load(open(path, "rb")).get("rule", [])]
    formats = [rule for rule in rules if "formats" in rule]
    extra = [variant(rule, number) for number in range(1, times) for rule in formats]
    with open(f"{folder}/made-up.toml", "w", encoding="utf-8") as f:
        f.write("\n".join(map(written, extra)))
    return len(formats), len(formats) + len(extra)


def build(folder, profile, target):
    subprocess.run(["cargo", "build", "--quiet", "--profile", profile, "--bin", "transcrub"], cwd=folder, check=True,
                   env=os.environ | {"CARGO_TARGET_DIR": target})
    return os.path.join(target, profile, "transcrub")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--mb", type=float, default=30)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--profile", default="retain")
    parser.add_argument("--cargo-profile", default="release")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines():
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            shutil.copy(os.path.join(ROOT, name), os.path.join(folder, name))
        before, after = add_rules(os.path.join(folder, "rules"), args.times)
        few = build(ROOT, args.cargo_profile, os.path.join(ROOT, "target"))
        many = build(folder, args.cargo_profile, os.path.join(ROOT, "target", "rules"))
        path, out = os.path.join(folder, "session.jsonl"), os.path.join(folder, "out.jsonl")
        session(path, args.mb * 1e6, random.Random(1))
        cost = {few: [], many: []}
        for _ in range(args.runs):
            for binary, costs in cost.items():
                costs.append(timed([binary, "scrub", path, "-o", out, "-q", "-j", "1", "--profile", args.profile])[1])
        few, many = (args.mb / statistics.median(costs) for costs in cost.values())
    print(f"| formats' rules | MB per CPU second, `{args.profile}` |\n|---|---|")
    print(f"| {before} | {few:.1f} |\n| {after} | {many:.1f} |")
    lost = 1 - many / few
    print(f"\nlost: {lost:.1%}")
    sys.exit(lost > 0.1)


if __name__ == "__main__":
    main()
