#!/usr/bin/env python3
"""What transcrub promises about the real client, tried with the real client.

usage: run.py TRANSCRUB [--client FOLDER]      exit 0 all true, 1 something is not, 77 skipped (and why is said)

A session reads a planted .env and source file in a git repository, under a home with a telling name. Then:
/bug from its clone is sent and holds nothing planted; with the plugin, /bug from the original is not sent and from the
clone is; an archive that the client writes for another provider is sanitized; with the hooks, no secret is in any request
or file; a prompt with a secret is not sent."""

import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

import sealed

HERE = os.path.dirname(os.path.abspath(__file__))
PLUGIN = os.path.join(tempfile.mkdtemp(prefix="sealed-plugin-"), "plugin")
TOKEN = "ghp_" + "0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"
PASSWORD = "hunter-Tr0ub4dor-9"
SECRETS = [TOKEN, PASSWORD]
PLANTED = SECRETS + ["maribel", "kovacs", "acme-billing", "ledger-core", "reconcile_ledger", "total_cents"]
failures = []


def check(what, holds, detail=""):
    print(("ok    " if holds else "FALSE ") + what + (f": {detail}" if detail and not holds else ""), flush=True)
    if not holds:
        failures.append(what)


def project(home):
    """A git repository with a secret, an identity, and code."""
    cwd = os.path.join(home, "acme-billing")
    os.makedirs(cwd)
    with open(os.path.join(cwd, ".env"), "w") as file:
        file.write(f"GITHUB_TOKEN={TOKEN}\nDB_PASSWORD={PASSWORD}\nADMIN_EMAIL=maribel.kovacs@acme-billing.com\n")
    with open(os.path.join(cwd, "invoice.py"), "w") as file:
        file.write("def reconcile_ledger(entries):\n    total_cents = sum(e.amount for e in entries)\n    return total_cents\n")
    git = ["git", "-c", "user.name=Maribel Kovacs", "-c", "user.email=maribel.kovacs@acme-billing.com"]
    for args in (["init", "-q"], ["add", "invoice.py"], ["commit", "-qm", "Add ledger"],
                 ["remote", "add", "origin", "git@github.com:acme-billing/ledger-core.git"],
                 ["checkout", "-qb", "maribel/fix-ledger"]):
        subprocess.run(git + args, cwd=cwd, check=True)
    return cwd


def turns(cwd, path):
    use = lambda n, name, **given: [{"type": "tool_use", "id": f"toolu_{n:02}", "name": name, "input": given}]
    script = [
        use(1, "Bash", command="cat .env", description="show"),
        use(2, "Read", file_path=cwd + "/invoice.py"),
        use(3, "Read", file_path=cwd + "/.env"),
        use(4, "Grep", pattern="TOKEN", path=cwd + "/.env", output_mode="content"),
        [{"type": "text", "text": "The function adds the amounts."}],
    ]
    json.dump(script, open(path, "w"))
    return path


def holders(folder, words, but):
    """The files below a folder that hold one of the words."""
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            if path != but and any(word in open(path, errors="replace").read() for word in words):
                found.append(path)
    return found


def held(report, words):
    text = json.dumps(report, ensure_ascii=False).lower()
    return [word for word in words if word.lower() in text]


def bug_and_gate(client, work, program, path):
    home = os.path.join(work, "home", "maribel")
    cwd = project(home)
    log = os.path.join(work, "log")
    script = turns(cwd, os.path.join(work, "turns"))
    client.run(home, cwd, ["-p", "Fix the rounding in invoice.py", "--dangerously-skip-permissions"], log, script)
    made = subprocess.run([program, "bug", "--yes", "--format", "json"], cwd=cwd, env={**os.environ, "HOME": home},
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    check("a clone is made", made.returncode == 0, made.stderr)
    clone = json.loads(made.stdout)
    plain, screen = client.bug(home, cwd, clone["of"], log, env=[path])
    check("without the plugin the original is sent, with all that is planted",
          plain is not None and not set(SECRETS) - set(held(plain, SECRETS)), screen)
    sent, screen = client.bug(home, clone["cwd"], clone["session"], log, env=[path])
    check("the clone is sent", sent is not None, screen)
    for part in ("transcript", "rawTranscriptJsonl"):
        there = held((sent or {}).get(part), PLANTED)
        check(f"nothing planted is in {part} of the clone", sent is not None and not there, ", ".join(there))
    count = lambda report: report and len([m for m in report["transcript"] if m.get("type") in ("user", "assistant")])
    check("the clone has as many messages", count(sent) == count(plain), f"{count(sent)} of {count(plain)}")
    refused, screen = client.bug(home, cwd, clone["of"], log, plugin=PLUGIN, env=[path])
    check("with the plugin the original is not sent", refused is None and "claude --resume" in screen, screen)
    passed, screen = client.bug(home, clone["cwd"], clone["session"], log, plugin=PLUGIN, env=[path])
    check("with the plugin the clone is sent", passed is not None, screen)
    none, screen = client.bug(home, clone["cwd"], clone["session"], log, plugin=PLUGIN)
    check("with the plugin and without the program nothing is sent", none is None and "Not sent" in screen, screen)
    time.sleep(3)  # The client writes once more when it ends.
    subprocess.run([program, "bug", "clean", "--yes"], env={**os.environ, "HOME": home}, stdout=subprocess.DEVNULL)
    check("the clones are removed again", not os.path.exists(clone["path"]) and not os.path.exists(clone["cwd"]))


BEDROCK = ["CLAUDE_CODE_USE_BEDROCK=1", "AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=y",
           "ANTHROPIC_BEDROCK_BASE_URL=http://127.0.0.1:8399"]


def archive(client, work, program):
    """With another provider the client writes an archive, which `bug feedback` sanitizes."""
    home = os.path.join(work, "other", "maribel")
    cwd = project(home)
    log, script = os.path.join(work, "log3"), turns(cwd, os.path.join(work, "turns3"))
    client.run(home, cwd, ["-p", "Fix the rounding in invoice.py", "--dangerously-skip-permissions"], log, script)
    session = glob.glob(os.path.join(home, ".claude", "projects", "*", "*.jsonl"))[0]
    _, screen = client.bug(home, cwd, os.path.basename(session)[:-6], log, env=BEDROCK)
    found = glob.glob(os.path.join(home, ".claude", "feedback-bundles", "*.zip"))
    check("with another provider an archive is written", len(found) == 1, screen)
    if not found:
        return
    unpacked = lambda: {name: text.decode() for name, text in unzipped(found[0]).items()}
    before = unpacked()
    check("it holds what is planted", held(before, [PASSWORD, "maribel", "reconcile_ledger"]))
    done = subprocess.run([program, "bug", "feedback", "--yes"], env={**os.environ, "HOME": home}, stdout=subprocess.PIPE, text=True)
    after = unpacked()
    check("`bug feedback` sanitizes it", done.returncode == 0, done.stdout)
    check("then it holds nothing planted", not held(after, PLANTED), ", ".join(held(after, PLANTED)))
    json.loads(after["feedback.json"])
    check("its files are those it had", list(before) == list(after), ", ".join(after))


def unzipped(path):
    with zipfile.ZipFile(path) as files:
        return {name: files.read(name) for name in files.namelist()}


def hooks(client, work, program, path):
    home = os.path.join(work, "hooked", "maribel")
    cwd = project(home)
    log, script = os.path.join(work, "log2"), turns(cwd, os.path.join(work, "turns2"))
    subprocess.run([program, "hooks", "install"], env={**os.environ, "HOME": home}, check=True, stdout=subprocess.DEVNULL)
    for prompt in ("Fix the rounding in invoice.py", f"use {TOKEN} please"):
        client.run(home, cwd, ["-p", prompt, "--dangerously-skip-permissions"], log, script, env=[path])
    time.sleep(8)
    requests = open(log).read()
    check("the model was asked", "/messages" in requests)
    check("what the tools gave reached it without them", requests.count("[REDACTED:") >= 4)
    check("with the hooks no secret is in a request", not [s for s in SECRETS if s in requests])
    there = holders(home, SECRETS, os.path.join(cwd, ".env"))
    check("with the hooks no secret is in a file", not there, ", ".join(there))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcrub")
    parser.add_argument("--client", default=os.path.join(tempfile.gettempdir(), "transcrub-test-client"))
    args = parser.parse_args()
    why = sealed.missing()
    if why is None:
        try:
            client = sealed.Client(args.client)
        except subprocess.CalledProcessError:
            why = "the client cannot be installed from the registry"
    if why is not None:
        print(f"skipped: the real client cannot be run here: {why}")
        return 77
    work = tempfile.mkdtemp(prefix="sealed-")
    try:
        # A copy: testing it writes types beside it.
        shutil.copytree(os.path.join(HERE, "..", "..", "plugin"), PLUGIN)
        subprocess.run(["git", "init", "-q", PLUGIN], check=True)
        folder = os.path.join(work, "bin")
        os.makedirs(folder)
        program = shutil.copy(args.transcrub, os.path.join(folder, "transcrub"))
        path = f"PATH={folder}:/usr/local/bin:/usr/bin:/bin"
        valid = client.plugin("validate", PLUGIN, "--profile", "directory")
        check("the plugin is valid", valid.returncode == 0 and "passed with warnings" not in valid.stdout, valid.stdout)
        tested = client.plugin("test", PLUGIN)
        check("the plugin passes its tests", tested.returncode == 0, tested.stdout[-2000:])
        bug_and_gate(client, work, program, path)
        archive(client, work, program)
        hooks(client, work, program, path)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        shutil.rmtree(os.path.dirname(PLUGIN), ignore_errors=True)
    print(f"{len(failures)} not true" if failures else "all true")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
