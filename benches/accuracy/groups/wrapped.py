"""Values in one, two or three wrappings, whole texts and single values, and those split over neighbours."""
import value
import wrap
from plant import Case

CARRIERS = ["{}", "X={}", "GITHUB_TOKEN={}", 'client = Client("{}")', "token: {}", "first line\nAPI_TOKEN={}\nlast line"]
LABELLED = ['db_password = "{}"', "export DB_PASSWORD={}", '{{"client_secret": "{}"}}', "password: {}"]


def plain(rng):
    """A value that is found plainly: its text with a place for it, the value, the part that is secret."""
    if rng.random() < .75:
        name, whole, body = value.token(rng)
        return rng.choice(CARRIERS), whole, body
    v = value.run(rng, "an", rng.choice([16, 24, 32]))
    return rng.choice(LABELLED), v, v


def text_of(carrier, v):
    """The carrier with the value; one that brings line breaks or quotes of its own keeps them."""
    return carrier.replace("{{", "{").replace("}}", "}").replace("{}", v, 1)


def once(rng):
    carrier, v, body = plain(rng)
    how = rng.choice(wrap.OF_VALUE + wrap.OF_TEXT * 2)
    if how in wrap.OF_VALUE:
        return how.__name__, text_of(quoted(carrier, how), how(rng, v)), body
    return how.__name__, how(rng, text_of(carrier, v)), body


def quoted(carrier, how):
    """Pieces that a program puts together stand in quotes."""
    return 'token = "{}"' if how is wrap.concatenated else carrier


def twice(rng):
    carrier, v, body = plain(rng)
    if rng.random() < .4:
        a, b = rng.choice(wrap.OF_VALUE), rng.choice(wrap.OF_TEXT)
        return f"{a.__name__} + {b.__name__}", b(rng, text_of(quoted(carrier, a), a(rng, v))), body
    a, b = rng.choice(wrap.OF_TEXT), rng.choice(wrap.ENCODING + [wrap.diffed, wrap.cat_n, wrap.json_text])
    return f"{a.__name__} + {b.__name__}", b(rng, a(rng, text_of(carrier, v))), body


def thrice(rng):
    carrier, v, body = plain(rng)
    a, b, c = rng.choice(wrap.OF_VALUE[:4] + wrap.OF_TEXT[:8]), rng.choice(wrap.ENCODING), rng.choice(wrap.ENCODING)
    inner = text_of(carrier, a(rng, v)) if a in wrap.OF_VALUE else a(rng, text_of(carrier, v))
    return f"{a.__name__} + {b.__name__} + {c.__name__}", c(rng, b(rng, inner)), body


def split(rng):
    """A value cut between neighbouring blocks of content or lines of a patch."""
    carrier, v, body = plain(rng)
    text = text_of(carrier, v)
    at = text.index(v) + rng.randrange(len(v) // 3, len(v) * 2 // 3)
    return "neighbours", [text[:at], text[at:]], body


def cases(rng, size):
    out = []
    for group, make, n in (("wrapped once", once, size), ("wrapped twice", twice, size), ("wrapped three times", thrice, size // 2),
                           ("split over neighbours", split, size // 4)):
        for _ in range(n):
            kind, text, body = make(rng)
            out.append(Case(group, kind, text, (body,)))
    for _ in range(size // 4):
        out.append(key(rng))
    return out


def key(rng):
    """A private key behind prefixes, encoded, or without its first or last line."""
    block, lines = value.key_block(rng)
    how = rng.choice([wrap.cat_n, wrap.grepped, wrap.diffed, wrap.quoted, wrap.indented, wrap.b64, wrap.json_text, headless, footless, one_line])
    return Case("private key, wrapped", how.__name__, how(rng, block), tuple(lines))


def headless(rng, block):
    return block.split("\n", 1)[1]


def footless(rng, block):
    return block.rsplit("\n", 1)[0]


def one_line(rng, block):
    return 'PRIVATE_KEY="' + block.replace("\n", "\\n") + '"'
