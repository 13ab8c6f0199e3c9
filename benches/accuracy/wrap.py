"""Wrappings: ways in which a value reaches a transcript other than plainly. Each maps a text, or a value, to a text."""
import base64
import json
import quopri
import textwrap
import urllib.parse

# --- of a value, before it is set into its context


def percent(rng, v):
    return "".join("%%%02X" % b if not chr(b).isalnum() or rng.random() < .15 else chr(b) for b in v.encode())


def percent_twice(rng, v):
    return urllib.parse.quote(percent(rng, v), safe="")


def unicode_escape(rng, v):
    picks = set(rng.sample(range(len(v)), max(1, len(v) // 6)))
    return "".join("\\u%04x" % ord(c) if i in picks else c for i, c in enumerate(v))


def entities(rng, v):
    picks = set(rng.sample(range(len(v)), max(1, len(v) // 8)))
    return "".join(rng.choice(["&#%d;", "&#x%x;"]) % ord(c) if i in picks or c in "&<>\"'" else c for i, c in enumerate(v))


def colours(rng, v):
    at = rng.randrange(1, len(v))
    return v[:at] + rng.choice(["\x1b[0m", "\x1b[1;31m", "\x1b[38;5;214m", "\x1b[K"]) + v[at:]


def invisible(rng, v):
    at = rng.randrange(1, len(v))
    return v[:at] + rng.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad") + v[at:]


def concatenated(rng, v):
    at = rng.randrange(max(1, len(v) // 3), max(2, len(v) * 2 // 3))
    return v[:at] + rng.choice(['" + "', '" +\n    "', '" . "', '"\n    "', '" \\\n    "']) + v[at:]


def continued(rng, v):
    at = rng.randrange(max(1, len(v) // 3), max(2, len(v) * 2 // 3))
    return v[:at] + "\\\n" + v[at:]


def broken(rng, v):
    at = rng.randrange(max(1, len(v) // 3), max(2, len(v) * 2 // 3))
    return v[:at] + "\n" + v[at:]


# --- of a whole text


def b64(rng, t):
    return base64.b64encode(t.encode()).decode()


def b64_lines(rng, t):
    return "\n".join(textwrap.wrap(b64(rng, t), rng.choice([64, 76])))


def b64_url(rng, t):
    return base64.urlsafe_b64encode(t.encode()).rstrip(b"=").decode()


def hexadecimal(rng, t):
    return t.encode().hex()


def xxd(rng, t):
    b, out = t.encode(), []
    for i in range(0, len(b), 16):
        row = b[i:i + 16]
        pairs = " ".join(row[j:j + 2].hex() for j in range(0, len(row), 2))
        out.append(f"{i:08x}: {pairs:<39}  " + "".join(chr(c) if 32 <= c < 127 else "." for c in row))
    return "\n".join(out)


def hexdump(rng, t):
    b, out = t.encode(), []
    for i in range(0, len(b), 16):
        row = b[i:i + 16]
        pairs = " ".join(f"{c:02x}" for c in row[:8]) + "  " + " ".join(f"{c:02x}" for c in row[8:])
        out.append(f"{i:08x}  {pairs:<48}  |" + "".join(chr(c) if 32 <= c < 127 else "." for c in row) + "|")
    return "\n".join(out)


def json_text(rng, t):
    return json.dumps({"kind": "note", "text": t})


def json_twice(rng, t):
    return json.dumps({"event": json.dumps({"text": t})})


def utf16(rng, t):
    return "\0".join(t) + "\0"


def quoted_printable(rng, t):
    return quopri.encodestring(t.encode(), quotetabs=False).decode()


def percent_text(rng, t):
    return urllib.parse.quote(t, safe="")


def cat_n(rng, t):
    return "\n".join(f"{i:>6}\t{line}" for i, line in enumerate(t.split("\n"), rng.randrange(1, 400)))


def grepped(rng, t):
    name, start = rng.choice(["conf/app.ini", ".env", "deploy/values.yaml"]), rng.randrange(1, 400)
    return "\n".join(f"{name}:{i}:{line}" for i, line in enumerate(t.split("\n"), start))


def diffed(rng, t):
    return "@@ -1,1 +1,4 @@\n" + "\n".join("+" + line for line in t.split("\n"))


def quoted(rng, t):
    return "\n".join("> " + line for line in t.split("\n"))


def indented(rng, t):
    pad = rng.choice(["    ", "\t", "        "])
    return "\n".join(pad + line for line in t.split("\n"))


OF_VALUE = [percent, percent_twice, unicode_escape, entities, colours, invisible, concatenated, continued, broken]
OF_TEXT = [b64, b64_lines, b64_url, hexadecimal, xxd, hexdump, json_text, json_twice, utf16, quoted_printable, percent_text,
           cat_n, grepped, diffed, quoted, indented]
# What one would not do to something already encoded, since nobody does and nothing could be told from noise.
ENCODING = [b64, b64_lines, b64_url, hexadecimal, json_text, percent_text]
