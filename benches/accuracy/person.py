"""People, machines and accounts: made up afresh each time, of the shapes that real ones have."""
import random

SYLLABLES = "ba be bo da do fe fi ga gi jo ka ki lo lu ma mi na ni or pa pe qui ra ri ro sa se so ta ti tu va ve vi wo xa ya yo za ze zo".split()
ENDS = "l n r s t x nd rk lt sh".split()


def word(rng, syllables=3):
    """A word that no language has and that can be read: eight to twelve letters for three syllables."""
    return "".join(rng.choice(SYLLABLES) for _ in range(syllables)) + rng.choice(ENDS)


def digits(rng, n, first="0123456789"):
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(n - 1))


def hexa(rng, n):
    return "".join(rng.choice("0123456789abcdef") for _ in range(n))


def name(rng):
    """A person's name."""
    return f"{word(rng, 2).capitalize()} {word(rng).capitalize()}"


def login(rng):
    """A login."""
    a, b = word(rng, 2), word(rng, 2)
    return rng.choice([word(rng), f"{a}.{b}", f"{a}{rng.randrange(10, 99)}", f"{a[0]}{word(rng)}", f"{a}-{b}", f"{a}_{b}"])


def domain(rng):
    return word(rng) + rng.choice([".com", ".io", ".de", ".co.uk", ".dev", ".org", ".fr", ".com.br", ".ai"])


def email(rng):
    local = rng.choice([login(rng), f"{word(rng, 2)}+{word(rng, 2)}", login(rng).capitalize()])
    return local + "@" + rng.choice(["gmail.com", "outlook.com", domain(rng), domain(rng), "mail." + domain(rng)])


def ipv4(rng):
    while True:
        a, b, c, d = rng.randrange(11, 223), rng.randrange(256), rng.randrange(256), rng.randrange(1, 255)
        reserved = a in (10, 127, 172, 192, 169, 100, 198, 203, 8, 9, 1) or (a, b) in ((172, 16), (192, 168))
        if not reserved:
            return f"{a}.{b}.{c}.{d}"


def ipv6(rng):
    groups = ["2a%02x" % rng.randrange(256)] + [hexa(rng, 4).lstrip("0") or "1" for _ in range(7)]
    if rng.random() < .4:
        groups = groups[:4] + ["", *groups[6:]]
    return ":".join(groups)


def mac(rng):
    pairs = [rng.choice("048c") + "", *[""] * 5]
    pairs = [hexa(rng, 1) + rng.choice("048c")] + [hexa(rng, 2) for _ in range(5)]
    return rng.choice([":".join(pairs), "-".join(pairs).upper(), "".join(pairs[:2]) + "." + "".join(pairs[2:4]) + "." + "".join(pairs[4:])])


def luhn(body):
    total = sum(sum(divmod(int(c) * (2 if i % 2 == 0 else 1), 10)) for i, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def card(rng):
    plain = luhn(rng.choice(["4" + digits(rng, 14), "5" + rng.choice("12345") + digits(rng, 13), "6011" + digits(rng, 11), "34" + digits(rng, 12)]))
    if len(plain) == 15:
        return rng.choice([plain, f"{plain[:4]} {plain[4:10]} {plain[10:]}"])
    return rng.choice([plain, " ".join(plain[i:i + 4] for i in range(0, 16, 4)), "-".join(plain[i:i + 4] for i in range(0, 16, 4))])


def iban(rng):
    country, size = rng.choice([("DE", 18), ("FR", 23), ("NL", 14), ("GB", 18), ("ES", 20), ("IT", 23), ("AT", 16), ("CH", 17), ("PL", 24)])
    body = {"NL": "ABNA" + digits(rng, 10), "GB": "NWBK" + digits(rng, 14), "IT": "X" + digits(rng, 22)}.get(country) or digits(rng, size)
    number = int("".join(str(int(c, 36)) for c in body + country + "00"))
    plain = f"{country}{98 - number % 97:02}{body}"
    return rng.choice([plain, " ".join(plain[i:i + 4] for i in range(0, len(plain), 4))])


def ssn(rng):
    area = rng.choice([n for n in range(1, 900) if n not in (666, 78, 219, 123)])
    return f"{area:03}-{rng.randrange(1, 100):02}-{rng.randrange(1, 10000):04}"


def phone(rng):
    """A number with its plus, or with the groups of a country."""
    area = lambda: rng.choice("23456789") + rng.choice("02345678") + rng.choice("23456789")
    us = (area(), area(), digits(rng, 4))
    return rng.choice([
        "+1 {}-{}-{}".format(*us), "({}) {}-{}".format(*us), "{}-{}-{}".format(*us), "{}.{}.{}".format(*us), "+1{}{}{}".format(*us),
        f"+49 {digits(rng, 3, '1')} {digits(rng, 8, '3456789')}", f"+44 7{digits(rng, 3, '4')} {digits(rng, 6, '123456')}",
        f"+33 6 {digits(rng, 2)} {digits(rng, 2)} {digits(rng, 2)} {digits(rng, 2)}", f"+91 9{digits(rng, 4)} {digits(rng, 5)}",
        f"+55 11 9{digits(rng, 4)}-{digits(rng, 4)}", f"+81 90 {digits(rng, 4, '2')} {digits(rng, 4)}", f"+49{digits(rng, 11, '1')}"])


def cpf(rng):
    d = [rng.randrange(10) for _ in range(9)]
    for n in (10, 11):
        s = sum(v * w for v, w in zip(d, range(n, 1, -1))) * 10 % 11
        d.append(s % 10)
    t = "".join(map(str, d))
    return f"{t[:3]}.{t[3:6]}.{t[6:9]}-{t[9:]}"


def dni(rng):
    n = rng.randrange(10_000_000, 99_999_999)
    return f"{n}" + "TRWAGMYFPDXBNJZSQVHLCKE"[n % 23]


def nino(rng):
    return rng.choice(["AB", "CE", "HJ", "LM", "PR", "SX"]) + f" {digits(rng, 2)} {digits(rng, 2)} {digits(rng, 2)} " + rng.choice("ABCD")


def uuid4(rng):
    h = hexa(rng, 32)
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{rng.choice('89ab')}{h[17:20]}-{h[20:]}"


if __name__ == "__main__":
    r = random.Random()
    for make in (name, login, email, ipv4, ipv6, mac, card, iban, ssn, phone, cpf, dni, nino, uuid4):
        print(make.__name__, [make(r) for _ in range(3)])
