"""What can still be read in a record: every text in it, in every decoding, and whether a value survives there.

Shares no code with the program under test. `selfcheck` proves on each run that the reader sees every planted value
in the file as it was before, so that a wrapping it cannot read is an error and no success.
"""
import base64
import binascii
import html
import json
import quopri
import re
import urllib.parse

DEPTH = 5
B64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
HEX = re.compile(r"(?:[0-9a-fA-F]{2}[ \t:]?){8,}")
DUMP = re.compile(r"(?m)^[^\n]*?[0-9a-f]{7,8}:?((?: {1,2}[0-9a-f]{2,4}){1,16})(?:  .*)?$")
ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
PREFIX = re.compile(r"(?m)^(?:[\w./-]+[:-]\d+[:-]|\s*\d+(?:→|\t)|[+>|#*-]+ ?|\s)+")
CONTROL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\u200b-\u200f\u2060\ufeff\u00ad\u034f\u061c]")
GLUE = re.compile(r"""\\?\r?\n[ \t]*|["'] ?[+.&]? ?\\?\n?\s*["']|["'],?\s*["']""")


def strings(value, out):
    """All strings of a parsed JSON value, keys too, and neighbours put together."""
    todo = [value]
    while todo:
        v = todo.pop()
        if isinstance(v, str):
            out.append(v)
        elif isinstance(v, list):
            todo.extend(v)
            texts = [x if isinstance(x, str) else x.get("text") for x in v if isinstance(x, (str, dict))]
            texts = [t for t in texts if isinstance(t, str)]
            out += ["".join(texts), "".join(t[1:] for t in texts), "\n".join(texts)]
        elif isinstance(v, dict):
            out.extend(v)
            todo.extend(v.values())


def printable(b):
    """The bytes as text, if most of it can be read; UTF-16 loses its zeros."""
    if b.count(0) * 3 > len(b):
        b = b.replace(b"\0", b"")
    text = b.decode("utf-8", "replace")
    good = sum(c.isprintable() or c in "\n\r\t\x1b" for c in text if c != "\ufffd")
    return text if text and good * 10 >= len(text) * 8 else None


def blobs(text):
    """What the base64, hexadecimal and dumps in a text decode to."""
    joined = re.sub(r"[\r\n]+[ \t]*", "", text)
    for source in {text, joined}:
        for m in B64.finditer(source):
            run = m[0].rstrip("=").replace("-", "+").replace("_", "/")
            for skip in range(4):
                part = run[skip:len(run) - (len(run) - skip) % 4] if (len(run) - skip) % 4 == 1 else run[skip:]
                part = part[:len(part) - 1] if len(part) % 4 == 1 else part
                yield base64.b64decode(part + "=" * (-len(part) % 4))
        for m in HEX.finditer(source):
            run = re.sub(r"[ \t:]", "", m[0])
            yield from (binascii.unhexlify(x[:len(x) // 2 * 2]) for x in (run, run[1:]))
    dump = "".join(m[1].replace(" ", "") for m in DUMP.finditer(text))
    if dump:
        yield binascii.unhexlify(dump[:len(dump) // 2 * 2])


def unescape(m):
    c = m[1]
    if c[0] in "ux" and len(c) > 1:
        return chr(int(c[1:], 16))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(c, c)


def steps(text):
    """One decoding further, each way."""
    yield CONTROL.sub("", text)
    if "\\" in text:
        yield ESCAPED.sub(unescape, text)
    if "%" in text:
        yield urllib.parse.unquote(text)
    if "&" in text:
        yield html.unescape(text)
    if "=" in text and ("=\n" in text or re.search("=[0-9A-F]{2}", text)):
        yield quopri.decodestring(text.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
    if "\0" in text:
        yield text.replace("\0", "")
    bare = PREFIX.sub("", text)
    yield bare
    for t in (text, bare):
        yield GLUE.sub("", t)
    for b in blobs(text):
        t = printable(b)
        if t:
            yield t
    if text.lstrip()[:1] in ('{', '['):
        out = []
        try:
            strings(json.loads(text), out)
        except (ValueError, RecursionError):
            pass
        yield from out


def readings(line):
    """Every text that can be read in a record, given as bytes."""
    text = line.decode("utf-8", "replace")
    first = [text]
    try:
        strings(json.loads(text), first)
    except (ValueError, RecursionError):
        pass
    seen = dict.fromkeys(first)
    layer = list(seen)
    for _ in range(DEPTH):
        nexts = [t for x in layer for t in steps(x) if t not in seen]
        layer = list(dict.fromkeys(nexts))
        seen.update(dict.fromkeys(layer))
    return list(seen)


def pieces(secret, loose):
    """The parts of a value of which none may be left."""
    n = len(secret)
    width = max(4, -(-n * 6 // 10)) if loose else max(6, min(12, n // 3))
    return [secret] if width >= n else [secret[i:i + width] for i in range(n - width + 1)]


def left(line, secrets, loose=False):
    """Whether a value, or a good part of one, can still be read in a record."""
    text = "\0".join(readings(line))
    return any(p in text for s in secrets for p in pieces(s, loose))


def whole(line, secrets):
    """Whether every value can be read in a record from end to end, line breaks aside."""
    squeeze = lambda t: re.sub(r"\s+", "", t)
    texts = [squeeze(t) for t in readings(line)]
    return all(any(squeeze(s) in t for t in texts) for s in secrets)


def selfcheck(cases):
    """The planted cases whose value this reader does not see even before anything is removed."""
    return [c for c in cases if c.secrets and not whole(c.line, c.secrets)]
