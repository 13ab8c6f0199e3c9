"""What looks like a secret and is none: every change to one is a false alarm."""
import base64
import random
import uuid

import value
from plant import Case

# {h40} {h64} … hexadecimal, {b44} base64, {a24} letters and digits, {n13} digits, {uuid}, {w} a word.
TEXT = r"""
commit | commit {h40}\nAuthor: A Person <noreply@example.com>
git log | {h7} fix the token parser\n{h7} add a password field
git index | index {h7}..{h7} 100644
git tree | 100644 blob {h40}\tsrc/main.rs
github action | - uses: actions/checkout@{h40}
npm integrity | "integrity": "sha512-{b86}==",
yarn resolved | resolved "https://registry.example/a/-/a-1.2.3.tgz#{h40}"
cargo lock | checksum = "{h64}"
go sum | example.com/mod v1.2.3 h1:{b43}=
pip hash | requests==2.31.0 --hash=sha256:{h64}
poetry | {{file = "a-1.0-py3-none-any.whl", hash = "sha256:{h64}"}}
docker digest | image: nginx@sha256:{h64}
docker layers | {h12}: Pull complete\nDigest: sha256:{h64}
container id | {h64}
md5sum | {h32}  archive.tar.gz
sha256sum | {h64}  archive.tar.gz
sha1 file | SHA1 (a.iso) = {h40}
nix | sha256 = "sha256-{b43}=";
html integrity | <script src="a.js" integrity="sha384-{b64}" crossorigin="anonymous"></script>
etag | ETag: "{h32}"
webpack | main.{h8}.js 120 kB\nvendors.{h20}.chunk.css
uuid | id={uuid}
uuid json | {{"id": "{uuid}", "parent": "{uuid}", "request_id": "{uuid}"}}
session id | "sessionId": "{uuid}"
trace id | traceparent: 00-{h32}-{h16}-01
span | trace_id={h32} span_id={h16}
request id | x-request-id: {uuid}
amz request | x-amz-request-id: {U16}
tool id | toolu_01{a22}
message id | msg_01{a22}
request | req_011{a21}
completion | chatcmpl-{a29}
call | "tool_call_id": "call_{a24}"
object id | ObjectId("{h24}")
ulid | 01H{U23}
nanoid | key={a21}
timestamps | 1719{n6} 1719{n9} 2026-03-04T10:11:12.123Z
snowflake | channel 1{n17}
ssh public | ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43} someone@host
ssh rsa public | ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ{b320} host
fingerprint | SHA256:{b43}
fingerprint md5 | MD5:{c16}
certificate | -----BEGIN CERTIFICATE-----\nMIID{b60}\n{b64}\n{b64}\n{b20}\n-----END CERTIFICATE-----
public key | -----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA{b20}\n{b64}\n{b64}\n-----END PUBLIC KEY-----
known host | github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43}
data image | <img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{b200}">
source map | //# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbImEudHMiXX0=
mappings | "mappings":"AAAA,SAAS,GAAG,CAAC,CAAC,CAAC;AAAA,IAAI,CAAC,EAAE,CAAC,EAAE,CAAC,CAAC,CAAC"
git remote | origin  git@github.com:team/app.git (fetch)
env lookup | password = os.environ["DB_PASSWORD"]
env get | API_KEY = os.getenv("API_KEY", "")
node env | const token = process.env.GITHUB_TOKEN;
shell ref | export TOKEN=${{GITHUB_TOKEN}}
shell ref short | curl -H "Authorization: Bearer $TOKEN" https://api.example.com
command | TOKEN=$(gh auth token)
backtick | PASSWORD=`cat /run/secrets/db`
compose ref | POSTGRES_PASSWORD: ${{DB_PASSWORD:?needed}}
actions ref | token: ${{{{ secrets.GITHUB_TOKEN }}}}
jinja | password: "{{{{ vault_db_password }}}}"
helm | password: {{{{ .Values.db.password | quote }}}}
windows ref | set TOKEN=%API_TOKEN%
terraform ref | password = var.db_password
terraform random | password = random_password.db.result
vault ref | secret = data.vault_generic_secret.db.data["password"]
k8s ref | valueFrom:\n  secretKeyRef:\n    name: app-secrets\n    key: db-password
secret name | secretName: app-tls-secret
spring ref | spring.datasource.password=${{DB_PASSWORD}}
getpass | password = getpass.getpass("Password: ")
prompt | read -s -p "Password: " PASSWORD
compare | if password == confirm_password:
function | def check_password(password, hashed):
hash call | return bcrypt.checkpw(password.encode(), user.password_hash)
type | token: string;
type optional | password?: string | null;
rust field | pub api_key: Option<String>,
java param | public void setPassword(String password) {{ this.password = password; }}
go field | Password string `json:"password"`
sql column | password VARCHAR(255) NOT NULL,
sql param | SELECT id FROM users WHERE name = $1 AND password = $2
header const | API_KEY_HEADER = "X-Api-Key"
token type | "token_type": "bearer"
tokens | max_tokens: 4096, input_tokens: 812, cache_read_input_tokens: 90311
tokenizer | tokenizer = AutoTokenizer.from_pretrained("base-model")
key code | if (event.keyCode === 13) submit();
primary key | PRIMARY KEY (user_id), FOREIGN KEY (org_id)
dict key | sorted(items, key=lambda item: item.name)
css | --token-color: #3fa7d6;
react key | <li key={{item.id}}>{{item.name}}</li>
html input | <input type="password" name="password" placeholder="Enter your password">
html label | <label for="password">Password</label>
i18n | "password": "Password", "forgot_password": "Forgot your password?"
validation | password: "must be at least 8 characters"
yup | password: Yup.string().min(8).required("Password is required"),
stand-in | API_KEY=your-api-key-here
stand-in angle | export TOKEN=<your-token>
stand-in x | ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
stand-in dots | OPENAI_API_KEY=sk-...
stand-in example | AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
stand-in stars | password: ********
stand-in word | DB_PASSWORD=changeme
stand-in redacted | token: [REDACTED]
stand-in null | "password": null, "token": ""
stand-in masked | sk-ant-api03-****************AbCd
stand-in insert | secret_key = "INSERT_SECRET_HERE"
too short | glpat-abc and ghp_short and AKIA1234
prose | The password field is required and must be encrypted at rest.
prose reset | Users can reset their password from the settings page.
prose token | Each token is about four characters of English text.
prose key | The key is to keep the secret manager's rotation under 90 days.
prose pass | All tests pass; the pass rate is 98.7%.
prose is | The password is hashed with bcrypt before it is stored.
prose wrong | the password is incorrect
prose keyboard | The shortcut key is Ctrl+Shift+P.
log fail | ERROR: password authentication failed for user "postgres"
log auth | level=info msg="token refreshed" expires_in=3600
http | HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm="api"
curl docs | curl -u username:password https://api.example.com/v1
url docs | postgres://user:password@localhost:5432/mydb
url host | https://example.com:8443/path?page=2&sort=name
url asset | https://cdn.example.com/assets/index-{a8}.js?v={h8}
flags | --password-file /run/secrets/db --token-ttl 3600
flag var | mysql -u root -p"$MYSQL_PASSWORD" app
flag port | docker run -p 8080:80 -u 1000:1000 app
mkdir | mkdir -p build/output && cp -u a b
ssh port | ssh -p 2222 deploy@bastion
tls suite | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
cve | CVE-2024-12345 GHSA-{l4}-{l4}-{l4} RUSTSEC-2024-0001
semver | v1.2.3-beta.4+build.{h7}
base64 of prose | VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZyBhbmQgcnVucyBhd2F5Lg==
hex colours | #ff8800 #1e1e2e #a6e3a1
hex bytes | 48 65 6c 6c 6f 20 77 6f 72 6c 64 21
memory | 0x7fff5fbff8c0 in main () at main.c:42
register | rax 0x{h16} rbx 0x{h16}
mac uuid | disk UUID="{uuid}" TYPE="ext4"
java class | org.springframework.security.authentication.UsernamePasswordAuthenticationToken
long identifier | shouldReturnUnauthorizedWhenPasswordResetTokenIsExpired
path | /usr/lib/python3/dist-packages/keyring/backends/SecretService.py
import | from app.auth import create_access_token, hash_password
test name | test_login_with_wrong_password_returns_401 PASSED
feature | feature.passwordless.enabled=true
boolean | password_required: true, use_token: false, secret: false
number | password_min_length = 12
policy | password_policy: strict
seed | random seed = 1234567890
minified | !function(e,t){{var n=t.createElement("a"),r=e.k7Qz;n.href=r}}(window,document);
wasm | (func $f (param $p i32) (result i32) local.get $p)
gettext | msgid "Password"\nmsgstr "Passwort"
ls | -rw-r--r-- 1 root root 2048 Mar  4 10:00 id_ed25519.pub
known digest in code | EXPECTED_SHA256 = "{h64}"
git tag | v2.4.1-{h7}-dirty
build id | BuildID[sha1]={h40}
pubkey hex | "publicKey": "{h64}"
age recipient | age1{B58}
license key word | SPDX-License-Identifier: MIT OR Apache-2.0
"""
KINDS = [line.split(" | ", 1) for line in TEXT.strip().split("\n")]
ALPHABET = {"h": "hex", "b": "b64", "a": "an", "n": "dig", "U": "UD", "l": "ld"}


class Parts(dict):
    """Random parts by name: `h40` is forty hexadecimal characters."""

    def __init__(self, rng: random.Random):
        super().__init__()
        self.rng = rng

    def __missing__(self, name):
        if name == "uuid":
            return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        if name == "c16":
            return ":".join(value.run(self.rng, "hex", 2) for _ in range(16))
        if name == "B58":
            return "".join(self.rng.choice("qpzry9x8gf2tvdw0s3jn54khce6mua7l") for _ in range(58))
        return value.run(self.rng, ALPHABET[name[0]], int(name[1:]))


def cases(rng, size):
    """Every kind in turn."""
    out = []
    for i in range(max(size, len(KINDS))):
        kind, template = KINDS[i % len(KINDS)]
        text = template.replace("\\n", "\n").replace("\\t", "\t").format_map(Parts(rng))
        out.append(Case("decoy", kind, text))
    for _ in range(size // 4):
        blob = base64.b64encode(rng.randbytes(rng.randrange(2000, 9000))).decode()
        out.append(Case("decoy", "picture", "", record=picture(rng, blob)))
    return out


def picture(rng, blob):
    """A record whose picture and signature are long runs of base64."""
    import place
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgoAAAANSUhEUgAA" + blob}}
    thought = {"type": "thinking", "thinking": "Let me think.", "signature": "Er" + blob[:800]}
    return place.user(rng, [image]) if rng.random() < .5 else place.assistant(rng, [thought])
