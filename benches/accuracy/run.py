#!/usr/bin/env python3
"""Plants values of many kinds at many places in many wrappings, lets programs redact or find them, counts what is left.

    python3 benches/accuracy/run.py                          transcrub alone (cargo build --release first)
    python3 benches/accuracy/run.py --peers /tmp/peers       beside the peers, which are installed there by pip and npm
    python3 benches/accuracy/run.py --show 20                tell some of what was missed or changed

Every run has a fresh seed, which it prints; --seed repeats one. A value counts as left if it, or a good part of it, can
be read in any decoding of its record. A decoy counts as a false alarm if its record is changed at all.
"""
import argparse
import collections
import os
import random
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import groups  # noqa: E402
import leak  # noqa: E402
import peer  # noqa: E402
import plant  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OURS = "transcrub"


def arguments():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=os.path.join(ROOT, "target/release/transcrub"), help="the transcrub to measure")
    ap.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    ap.add_argument("--size", type=int, default=400, help="about how many cases a group")
    ap.add_argument("--only", action="append", default=[], choices=groups.MODULES, help="only this module of groups")
    ap.add_argument("--peers", metavar="DIR", help="install the peers in DIR, unless they are there, and run them too")
    ap.add_argument("--peer", action="append", default=[], choices=peer.names(), help="only this peer")
    ap.add_argument("--show", type=int, default=0, metavar="N", help="show up to N failures of transcrub a group")
    ap.add_argument("--min", type=float, default=0.0, help="exit with 1 if transcrub finds less than this share of all")
    return ap.parse_args()


def scrub(binary, path, profile, work):
    """transcrub's copy of a file: (lines, seconds)."""
    out = os.path.join(work, "ours.jsonl")
    start = time.time()
    done = subprocess.run([binary, "scrub", path, "--profile", profile, "--no-config", "-o", out], capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode("utf-8", "replace"))
    with open(out, "rb") as f:
        return f.read().rstrip(b"\n").split(b"\n"), time.time() - start


def failed(case, line):
    """Whether a program failed on a case, given what it made of its line."""
    return line != case.line if case.decoy else leak.left(line, case.secrets, case.loose)


def judge(cases, lines):
    """Failures, as positions of cases. A file with another number of lines is not judged."""
    if lines is None or len(lines) != len(cases):
        return None
    return {i for i, (c, line) in enumerate(zip(cases, lines)) if failed(c, line)}


def table(cases, results, order):
    """One Markdown table: a row a group, a column a program; decoys give false alarms, all else what is gone."""
    by = collections.defaultdict(list)
    for i, c in enumerate(cases):
        by[c.group].append(i)
    yield "| planted | cases | " + " | ".join(results) + " |"
    yield "|---|---|" + "---|" * len(results)
    for group in filter(by.get, order):
        members = by[group]
        decoy = cases[members[0]].decoy
        cells = [cell(members, bad, decoy) for bad in results.values()]
        yield f"| {group}{' (changed)' if decoy else ''} | {len(members)} | " + " | ".join(cells) + " |"


def cell(members, bad, decoy):
    if bad is None:
        return "-"
    share = sum(i in bad for i in members) / len(members)
    return f"{100 * (share if decoy else 1 - share):.1f} %"


def words_changed(case):
    """Words of a case, and how many of them its copy does not have any more."""
    before, after = (collections.Counter(re.findall(rb"[^\s\"\\]+", x)) for x in (case.line, case.copy))
    return sum(before.values()), sum((before - after).values())


def harm(cases):
    """A line for each group of prose: the share of its words that were changed."""
    by = collections.defaultdict(lambda: [0, 0])
    for c in cases:
        if c.words and c.copy:
            words, changed = words_changed(c)
            by[c.group][0] += words
            by[c.group][1] += changed
    for group, (words, changed) in by.items():
        yield f"\n{group}: {changed} of {words} words changed, {100 * changed / words:.2f} %"


def show(cases, bad, lines, n):
    """Some failures of each group."""
    seen = collections.Counter()
    for i in sorted(bad):
        c = cases[i]
        seen[c.group] += 1
        if seen[c.group] <= n:
            print(f"\n{c.group} / {c.kind}: {c.text!r:.300}\n  {lines[i].decode('utf-8', 'replace')[-700:]}", file=sys.stderr)


def kinds(cases, bad):
    """Failures by kind, most first."""
    count = collections.Counter((cases[i].group, cases[i].kind) for i in bad)
    for (group, kind), n in count.most_common(40):
        print(f"  {n:4} {group} / {kind}", file=sys.stderr)


def measure(a, cases, profile, work):
    """Results of all programs on the cases of one profile."""
    path = os.path.join(work, f"planted-{profile}.jsonl")
    with open(path, "wb") as f:
        f.write(plant.write(cases, a.seed))
    unread = leak.selfcheck(cases)
    if unread:
        sys.exit(f"the bench cannot read {len(unread)} of its own cases, such as {unread[0].kind}: {unread[0].text!r:.400}")
    lines, seconds = scrub(a.binary, path, profile, work)
    results = {OURS: judge(cases, lines)}
    for case, line in zip(cases, lines):
        case.copy = line
    print(f"{OURS} --profile {profile}: {seconds:.1f} s", file=sys.stderr)
    if a.show:
        show(cases, results[OURS], lines, a.show)
        kinds(cases, results[OURS])
    for name in (a.peer or peer.names()) if a.peers else []:
        os.makedirs(a.peers, exist_ok=True)
        try:
            peer.install(os.path.abspath(a.peers), name)
            lines, seconds = peer.run(os.path.abspath(a.peers), name, path, work)
        except (OSError, subprocess.SubprocessError, ValueError) as e:
            print(f"{name}: not measured: {e}", file=sys.stderr)
            continue
        results[name] = judge(cases, lines)
        print(f"{name}: {seconds:.1f} s", file=sys.stderr)
    return results


def main():
    a = arguments()
    print(f"seed {a.seed}, size {a.size}", file=sys.stderr)
    cases = groups.cases(random.Random(a.seed), a.size, a.only)
    order = list(dict.fromkeys(c.group for c in cases))
    random.Random(a.seed).shuffle(cases)
    found = planted = 0
    with tempfile.TemporaryDirectory() as work:
        for profile in dict.fromkeys(c.profile for c in cases):
            mine = [c for c in cases if c.profile == profile]
            results = measure(a, mine, profile, work)
            planted += sum(not c.decoy for c in mine)
            found += sum(not c.decoy and i not in results[OURS] for i, c in enumerate(mine))
            print("\n".join([f"\nprofile {profile}\n", *table(mine, results, order)]))
    print("\n".join(harm(cases)))
    print(f"\nseed {a.seed}: {found} of {planted} planted values gone", file=sys.stderr)
    return 1 if found < a.min * planted else 0


if __name__ == "__main__":
    sys.exit(main())
