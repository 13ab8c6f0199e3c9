"""Tokens of providers, with or without a word near them; key blocks; random strings that nothing explains."""
import value
from plant import Case

FRAMES = ["value {}", "got {} from the server", "X={}", "client = Client('{}')", '{{"a": "{}", "n": 3}}',
          "curl -H 'Authorization: Bearer {}' https://api.internal.example/v1", "before\n{}\nafter", "({})", "it is {}, I think",
          "<item>{}</item>", "https://api.internal.example/v1?q={}&n=2", "- {}", "| name | {} |", "run --with={} --fast"]


def frame(rng, text):
    return rng.choice(FRAMES).format(text)


def cases(rng, size):
    """Every format in turn, at random frames."""
    out = []
    for i in range(size):
        name, whole, body = value.token(rng, value.FORMATS[i % len(value.FORMATS)])
        out.append(Case("provider token", name, frame(rng, whole) if name.find("hook") < 0 else "POST " + whole, (body,)))
    for _ in range(size // 8):
        whole, sign = value.jwt(rng)
        out.append(Case("provider token", "jwt", frame(rng, whole), (sign,)))
    for _ in range(size // 4):
        block, lines = value.key_block(rng)
        out.append(Case("private key", "block", block, tuple(lines)))
    for _ in range(size // 3):
        v = value.run(rng, rng.choice(["an", "b64u"]), rng.choice([32, 40, 43, 48, 64]))
        out.append(Case("random, no word near", "bare", frame(rng, v), (v,)))
    return out
