"""Values: a small table of token formats, random strings, and passwords as people make them. Fresh ones each time."""
import base64
import re
import string
import zlib

D, L, U = string.digits, string.ascii_lowercase, string.ascii_uppercase
ALPHABETS = {"dig": D, "hex": D + "abcdef", "HEX": D + "ABCDEF", "ld": D + L, "UD": D + U, "an": D + U + L,
             "b64": U + L + D + "+/", "b64u": U + L + D + "-_", "b32": U + "234567"}
RUN = re.compile(r"\{(\w+):(\d+)\}")

# name, public start, the rest as a template. Documented by their makers; no checksum where none is published.
FORMATS = [line.split() for line in """
anthropic sk-ant-api03- {b64u:93}AA
openai-project sk-proj- {b64u:74}T3BlbkFJ{b64u:74}
openai-legacy sk- {an:20}T3BlbkFJ{an:20}
openrouter sk-or-v1- {hex:64}
groq gsk_ {an:52}
huggingface hf_ {an:34}
replicate r8_ {an:37}
perplexity pplx- {an:48}
xai xai- {an:80}
github-classic ghp_ {crc:30}
github-oauth gho_ {crc:30}
github-app ghs_ {crc:30}
github-fine github_pat_ {an:22}_{an:59}
gitlab glpat- {b64u:20}
gitlab-runner glrt- {b64u:20}
aws-id AKIA {b32:16}
google AIza {b64u:35}
google-secret GOCSPX- {b64u:28}
digitalocean dop_v1_ {hex:64}
heroku HRKU-AA {b64u:58}
fly fo1_ {b64u:43}
netlify nfp_ {an:36}
slack-bot xoxb- {dig:12}-{dig:13}-{an:24}
slack-app xapp-1-A {UD:10}-{dig:13}-{hex:64}
slack-hook https://hooks.slack.com/services/T {UD:10}/B{UD:10}/{an:24}
stripe sk_live_ {an:24}
stripe-restricted rk_live_ {an:99}
stripe-hook whsec_ {an:32}
twilio-key SK {hex:32}
sendgrid SG. {b64u:22}.{b64u:43}
mailgun key- {hex:32}
npm npm_ {crc:30}
pypi pypi-AgEIcHlwaS5vcmc {b64u:85}
rubygems rubygems_ {hex:48}
docker dckr_pat_ {b64u:27}
terraform ATLAS {an:0}{an:10}.atlasv1.{b64u:67}
vault hvs. {b64u:90}
doppler dp.pt. {an:43}
databricks dapi {hex:32}
postman PMAK- {hex:24}-{hex:34}
linear lin_api_ {an:40}
notion ntn_ {an:46}
figma figd_ {b64u:40}
sentry sntrys_eyJpYXQiO {b64:60}_{b64:43}
newrelic NRAK- {UD:27}
grafana glsa_ {an:32}_{hex:8}
shopify shpat_ {hex:32}
square EAAA {b64u:60}
telegram {dig:10}:AA {b64u:33}
discord-hook https://discord.com/api/webhooks/ {dig:18}/{b64u:68}
azure-ad {an:3}8Q~ {b64u:34}
age AGE-SECRET-KEY-1 {bech:58}
supabase sbp_ {hex:40}
planetscale pscale_tkn_ {b64u:43}
tailscale tskey-auth- {an:12}CNTRL-{an:32}
atlassian ATATT3xFfGF0 {b64u:174}
""".split("\n") if line]
ALPHABETS["bech"] = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"

WORDS = """amber anchor apple arrow autumn badger bamboo banjo beacon birch bishop bottle bridge bronze cactus candle canyon
carbon castle cedar cherry cobalt comet copper coral cotton cricket dagger desert dolphin dragon eagle ember falcon feather
forest fossil galaxy garnet ginger glacier granite hammer harbor hazel honey hunter island ivory jasmine jungle kettle
ladder lagoon lemon lion lizard magnet mango maple marble meadow mirror monkey nectar needle orange orchid otter panda
pepper pirate planet pocket purple rabbit raven river rocket saddle salmon shadow silver spider spring summer sunset
thunder tiger tulip turtle velvet violet walnut whisper willow winter wizard zebra""".split()


def run(rng, alphabet, n):
    """`n` characters of a named alphabet."""
    return "".join(rng.choice(ALPHABETS[alphabet]) for _ in range(n))


def base62(n, width):
    digits, s = D + U + L, ""
    while n:
        n, r = divmod(n, 62)
        s = digits[r] + s
    return s.rjust(width, "0")


def fill(rng, template):
    """A template's runs, filled. `{crc:n}` is n characters and their CRC32 in base 62."""
    def one(m):
        if m[1] == "crc":
            body = run(rng, "an", int(m[2]))
            return body + base62(zlib.crc32(body.encode()), 6)
        return run(rng, m[1], int(m[2]))
    return RUN.sub(one, template)


def token(rng, entry=None):
    """A provider's token: (name, whole token, the part that is secret)."""
    name, start, rest = entry or rng.choice(FORMATS)
    start, body = fill(rng, start), fill(rng, rest)
    return name, start + body, body


def jwt(rng):
    """A signed web token: (whole, its secret part)."""
    part = lambda s: base64.urlsafe_b64encode(s.encode()).rstrip(b"=").decode()
    head = part('{"alg":"HS256","typ":"JWT"}') + "." + part('{"sub":"%s","iat":17%s}' % (run(rng, "dig", 9), run(rng, "dig", 8)))
    sign = run(rng, "b64u", 43)
    return head + "." + sign, sign


def password(rng):
    """A password as a person makes it."""
    w = lambda: rng.choice(WORDS)
    year, mark = rng.randrange(1975, 2031), rng.choice("!#@*?$%&")
    leet = lambda s: "".join({"a": "@", "e": "3", "o": "0", "s": "$", "i": "1"}.get(c, c) if rng.random() < .6 else c for c in s)
    return rng.choice([
        lambda: w().capitalize() + str(year) + mark,
        lambda: leet(w().capitalize()) + str(rng.randrange(10, 1000)),
        lambda: w() + mark + w().capitalize() + str(rng.randrange(10, 100)),
        lambda: "-".join([w(), w(), w()]) + str(rng.randrange(10)),
        lambda: w()[:3].upper() + w()[:4] + mark + run(rng, "dig", 3),
        lambda: w().capitalize() + w().capitalize() + run(rng, "dig", 2),
        lambda: w() + run(rng, "dig", 4)])()


def machine(rng):
    """A password or key as a program makes it."""
    n = rng.choice([12, 16, 20, 24, 32, 40])
    special = lambda: "".join(rng.choice(ALPHABETS["an"] * 2 + "!@#%^*_-+=?") for _ in range(n))
    return rng.choice([lambda: run(rng, "an", n), lambda: run(rng, "an", n), lambda: run(rng, "hex", 32),
                       lambda: run(rng, "b64u", n), special])()


def key_block(rng):
    """A private key in PEM: (whole text, its body without line breaks)."""
    label, start, size = rng.choice([("RSA PRIVATE KEY", "MIIEpAIBAAKCAQEA", 1600), ("PRIVATE KEY", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", 1600),
                                     ("EC PRIVATE KEY", "MHcCAQEEI", 160), ("OPENSSH PRIVATE KEY", "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU", 400)])
    body = start + run(rng, "b64", size - len(start))
    lines = [body[i:i + 64] for i in range(0, len(body), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"]), lines[1:]
