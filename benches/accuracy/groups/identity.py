"""People, machines and accounts in what carries them; and what looks like them and is no one."""
import person as p
from plant import Case

# Before the bar the kind; {a} a value, {n} a person's name, {u} a login, {h} a machine, {o} an organisation, {r} a
# repository. What is not in `PLANTED` of the kind must go.
EMAIL = ["{a}", "Name <{a}>", "mailto:{a}", "Author: {n} <{a}>", "Co-Authored-By: {n} <{a}>", "user.email={a}", "write to {a}, please",
         "({a})", "ask {a}.", "from:{e}&to=x", "contact={e}", '{{"email": "{a}", "id": 3}}', "git config user.email {a}", "cc: {a};", "'{a}'",
         "Signed-off-by: {n} <{a}>", "<{a}>", "https://app.example/login?user={e}", "FROM={a}"]
CARRIERS = {
    "phone": ["call me at {a}", "Phone: {a}", "tel:{a}", "mobile {a}", "| {a} |", '"phone": "{a}"', "{a}"],
    "ipv4": ["connect to {a} failed", "ssh root@{a}", "http://{a}:8080/health", "{a}:5432", "server {a};", "dial tcp {a}:443: i/o timeout",
             "PING {a} ({a}) 56(84) bytes of data.", '"ip": "{a}"', "{a} - - [17/May/2026:10:05:03 +0000] \"GET / HTTP/1.1\" 200", "[{a}]", "host={a}"],
    "ipv6": ["connect to [{a}]:443", "inet6 {a}/64 scope global", "http://[{a}]:8080/", "AAAA {a}", "addr={a}", "from {a} port 22"],
    "mac": ["ether {a}", "link/ether {a} brd ff:ff:ff:ff:ff:ff", "MAC: {a}", "HWaddr {a}", '"mac": "{a}"'],
    "card": ["card {a}", "paid with {a} yesterday", '"number": "{a}"', "PAN={a}", "{a}"],
    "iban": ["IBAN {a}", "transfer to {a}.", '"iban": "{a}"', "{a}"],
    "ssn": ["SSN: {a}", "social security number {a}", '"ssn": "{a}"', "{a}"],
    "national": ["CPF: {c}", "DNI {d}", "NIF: {d}", "National Insurance number: {i}", "NINO {i}"],
}
PEOPLE = r"""author header | Author: {n} <noreply@example.com>\nDate:   Mon Jun 1 13:48:28 2026 +0200
co-author | Co-Authored-By: {n} <noreply@example.com>
signed | Signed-off-by: {n} <noreply@example.com>
git config | git config user.name "{n}"
config file | [user]\n\tname = {n}\n\temail = me@example.com
config list | user.name={n}
passwd | {u}:x:1001:1001:{n},,,:/home/{u}:/bin/bash
ls | -rw-r--r--  1 {u} staff  1024 May 17 10:00 notes.md
ls group | drwxr-xr-x 12 {u} {u} 4096 May 17 10:00 src
ps | USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n{u}     4711  0.3  0.1  12345  6789 pts/0    S+   10:00   0:01 vim notes.md
id | uid=501({u}) gid=20(staff) groups=20(staff),12(everyone)
whoami | $ whoami\n{u}
env | USER={u}\nSHELL=/bin/zsh
logname | LOGNAME={u}
prompt | {u}@{h}:~/app$ make test
prompt mac | {u}@{h} ~ % npm test
prompt red hat | [{u}@{h} app]$ make
windows prompt | PS C:\Users\{u}> dir
windows domain | CORPNET\{u}
whoami windows | C:\> whoami\ncorpnet\{u}
tar | -rw-r--r-- {u}/staff     1024 2026-05-17 10:00 notes.md
blame | ^1f0a9c3d ({n} 2026-05-17 10:00:00 +0200 12) total = 0
shortlog |     27\t{n} <77+{u}@users.noreply.github.com>
chown | chown {u}:staff notes.md
sudo | sudo -u {u} make install
systemd | User={u}
ssh | ssh {u}@{h}
scp | scp notes.md {u}@{h}:/tmp/
rsync | rsync -av build/ {u}@{h}:/srv/www/
who | {u}   pts/0        2026-05-17 10:00 (tmux)
last | {u}  ttys001                   Sun May 17 10:00   still logged in
json author | {{"author": {{"login": "{u}"}}, "state": "OPEN"}}
json name | {{"assignee": {{"displayName": "{n}"}}}}
maintainer | Maintainer: {n}
reviewer | Reviewed-by: {n}
created | @author {n}
ssh key | ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1mY0dXq8Zb3Vw5Lh6Kp9Rt2Nc4Fg7Hs8Jd0Qe1Wx {u}@{h}
docker env | "Env": ["USER={u}", "PATH=/usr/bin"]
noreply | Author: x <12345+{u}@users.noreply.github.com>
gh auth | Logged in to github.com account {u} (keyring)
npm whoami | $ npm whoami\n{u}
home path | the file is in /home/{u}/notes and {u} cannot read it
mail spool | /var/mail/{u}
sid | S-1-5-21-{d10}-{d10}-{d9}-1001""".split("\n")
MACHINES = r"""local | ping {h}.local
lan | http://{h}.lan:3000/
internal | psql -h {h}.{o}.internal -U app
corp | https://{h}.corp.{o}.com/login is down, use {h}.corp
tailnet | curl http://{h}.{o}.ts.net
windows | DESKTOP-{W7}
possessive | {U}s-MacBook-Pro.local
hostname | hostname: {h}-{d2}
ssh config | Host box\n  HostName {h}.{o}.internal\n  User deploy
connection | postgres://app@{h}.{o}.internal:5432/app
connection mysql | DATABASE_URL=mysql://app:pw@{h}.{o}.com:3306/app
connection mongo | mongodb+srv://app:pw@{h}.{o}.mongodb.net/app
connection redis | redis://{h}.prod.{o}.internal:6379/0
smb | \\{h}\share\report.docx
ec2 | ssh ec2-user@{h}.internal
serial | Serial Number (system): C02{W9}""".split("\n")
REMOTES = r"""scp | git@github.com:{o}/{r}.git
https | origin\thttps://github.com/{o}/{r}.git (fetch)
clone | git clone https://github.com/{o}/{r}
own host | git clone ssh://git@git.{o}.com:7999/team/{r}.git
gitlab groups | git remote add origin https://gitlab.com/{o}/backend/{r}.git
push | To github.com:{o}/{r}.git\n   1f0a9c3..2b1d04e  main -> main
pr | https://github.com/{o}/{r}/pull/42
gh | gh pr view 42 --repo {o}/{r}
azure | https://dev.azure.com/{o}/{r}/_git/{r}
bitbucket | git@bitbucket.org:{o}/{r}.git
branch | On branch {u}/{o}-fix-login\nnothing to commit
checkout | git checkout -b feature/{o}-{d3}-login""".split("\n")
ACCOUNTS = r"""arn | arn:aws:iam::{d12}:role/deployer
arn bucket | arn:aws:s3:::{o}-prod-data/backup
ecr | {d12}.dkr.ecr.eu-west-1.amazonaws.com/app:latest
account id | "Account": "{d12}"
aws account | AWS account {d12} has no access
azure | /subscriptions/{uuid}/resourceGroups/rg/providers
tenant | tenant_id = "{uuid}"
s3 | aws s3 ls s3://{o}-prod-data/""".split("\n")

SAFE = r"""root | root@localhost and postgres and www-data own it
reserved | 127.0.0.1:8080, 10.0.0.5, 192.168.1.10, 172.17.0.2, 169.254.169.254 and 0.0.0.0
documentation | 192.0.2.7, 198.51.100.23, 203.0.113.9 and 2001:db8::1
resolvers | nameserver 8.8.8.8 or 1.1.1.1
version | Chrome/120.0.6099.109 Safari/537.36
assembly | Version=4.0.0.0, Culture=neutral
semver | bump pkg@1.2.3 and v10.2.30.4
example mail | write to someone@example.com or noreply@github.com
bot mail | 41898282+github-actions[bot]@users.noreply.github.com
package | @types/node@20.1.0 and actions/checkout@v4
retina | icon@2x.png and logo@3x.png
digest | name@sha256:abc
time | 12:34:56 and 2026-05-17T10:00:00.123Z
epoch | took 1719000000 and 1719000000123 ms
cpp | std::vector<int> a::b::c
css | a::before and ::after
order | order 7000123412341234 was not found
ls root | -rw-r--r-- 1 root root 1024 May 17 10:00 /etc/hosts
id root | uid=0(root) gid=0(root) groups=0(root)
ps root | USER PID %CPU\nroot 1 0.0
public url | see https://docs.python.org/3/library/json.html and https://github.com/rust-lang/rust
localhost | http://localhost:3000/users/42 and host.docker.internal:5432
uuid | id 3f2b8c1e-6a4d-4e0f-9b7a-5c1d2e3f4a5b
mac dummy | 00:00:00:00:00:00 and ff:ff:ff:ff:ff:ff
main branch | On branch main\nYour branch is up to date with 'origin/main'.
test card | 4242 4242 4242 4242 is the test card
lines | src/main.rs:12:5 and 120-145
decorators | @Override and @app.route("/x")
phone dummy | 555-0123 is not a real number
oid | 1.3.6.1.4.1.311
coverage | 85.3% of 1234567 lines""".split("\n")


def fill(rng, template):
    """A template with fresh people, and what of them must go."""
    n, u, h, o, r = p.name(rng), p.login(rng), p.word(rng), p.word(rng), p.word(rng, 2) + "-" + p.word(rng, 2)
    values = {"n": n, "u": u, "h": h, "o": o, "r": r, "U": p.word(rng, 2).capitalize(), "uuid": p.uuid4(rng),
              "W7": "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(7)),
              "W9": "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(9)), "a": "", "e": "", "c": p.cpf(rng), "d": p.dni(rng), "i": p.nino(rng)}
    for d in (2, 3, 9, 10, 12):
        values[f"d{d}"] = p.digits(rng, d, "123456789")
    used = [k for k in values if "{" + k + "}" in template and k not in ("d2", "d3")]
    secrets = [s for k in used for s in ([values[k]] if k != "n" else values[k].split())]
    return template.replace("\\n", "\n").replace("\\t", "\t").format(**values), secrets


def text(rng, group, line, profile):
    kind, template = (x.strip() for x in line.split(" | ", 1))
    body, secrets = fill(rng, template)
    return Case(group, kind, body, tuple(secrets), profile=profile)


def value(rng, kind, profile):
    make = {"phone": p.phone, "ipv4": p.ipv4, "ipv6": p.ipv6, "mac": p.mac, "card": p.card, "iban": p.iban, "ssn": p.ssn, "national": None}[kind]
    template = rng.choice(CARRIERS[kind])
    if make is None:
        body, secrets = fill(rng, template)
        return Case("numbers and addresses", kind, body, tuple(secrets), profile=profile)
    a = make(rng)
    return Case("numbers and addresses", kind, template.format(a=a), (a,), profile=profile, loose=True)


def email(rng, profile):
    a, n = p.email(rng), p.name(rng)
    template = rng.choice(EMAIL)
    secrets = [a.split("@")[0]] + ([a.split("@")[1]] if not a.endswith(("gmail.com", "outlook.com")) else [])
    body = template.format(a=a, n=n, e=a.replace("@", "%40").replace("+", "%2B"))
    return Case("e-mail", template, body, tuple(secrets + (n.split() if "{n}" in template else [])), profile=profile, loose=True)


def cases(rng, size):
    out = []
    for profile in ("share", "bug"):
        out += [email(rng, profile) for _ in range(size // 4)]
        out += [value(rng, kind, profile) for kind in CARRIERS for _ in range(size // 16)]
        for group, lines in (("people", PEOPLE), ("machines", MACHINES), ("remotes and branches", REMOTES), ("accounts", ACCOUNTS)):
            out += [text(rng, group, line, profile) for line in lines for _ in range(max(1, size // 80))
                    if profile == "bug" or not line.startswith("smb")]
        for line in SAFE if profile == "share" else []:
            kind, body = (x.strip() for x in line.split(" | ", 1))
            out.append(Case("no identity", kind, body.replace("\\n", "\n"), profile=profile))
    for c in out:
        c.loose = True
    return out
