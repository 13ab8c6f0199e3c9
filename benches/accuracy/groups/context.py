"""Values that only what stands around them tells: assignments, headers, connection strings, flags, files, prose."""
import base64

import value
from plant import Case

# One line a template; {v} is the value, {W} {w} a word for a secret in upper and lower case, {c} in camel case, {u} a login.
CODE = r"""
shell | export {W}={v}
shell quoted | {W}="{v}"
shell single | {W}='{v}' ./run.sh
dotenv | DEBUG=1\n{W}={v}\nLOG=info
cmd | set {W}={v}
setx | setx {W} "{v}"
powershell | $env:{W} = "{v}"
powershell secure | ConvertTo-SecureString "{v}" -AsPlainText -Force
fish | set -gx {W} {v}
dockerfile | ENV {W}={v}
dockerfile blank | ENV {W} {v}
docker run | docker run --rm -e {W}={v} -p 80:80 app:2
compose | services:\n  db:\n    environment:\n      - {W}={v}\n      - TZ=UTC
yaml | db:\n  user: {u}\n  {w}: {v}\n  port: 5432
yaml quoted | {w}: "{v}"
toml | [db]\n{w} = "{v}"\nport = 1
ini | [client]\nuser={u}\n{w}={v}
properties | spring.datasource.{w}={v}
properties colon | app.{w}: {v}
json | {{"user": "{u}", "{w}": "{v}", "port": 5432}}
json camel | {{"{c}":"{v}"}}
json single | {{'{w}': '{v}'}}
json escaped | "{{\"{w}\": \"{v}\"}}"
xml element | <config><{c}>{x}</{c}></config>
xml attribute | <add key="{c}" value="{x}" />
xml own attribute | <server name="a" {w}="{x}"/>
spring bean | <property name="{c}" value="{x}"/>
plist | <key>{c}</key>\n<string>{x}</string>
python | {w} = "{v}"
python dict | config["{w}"] = "{v}"
python keyword | db.connect(host="h", user="{u}", {w}="{v}")
python environ | os.environ["{W}"] = "{v}"
python bytes | {W} = b"{v}"
python annotated | {w}: str = "{v}"
ruby | {w}: '{v}',
ruby rocket | :{w} => "{v}"
php define | define('{W}', '{v}');
php array | '{w}' => '{v}',
php variable | ${w} = '{v}';
js const | const {c} = '{v}';
js property | {c}: `{v}`,
js env | process.env.{W} = '{v}'
typescript | private readonly {c}: string = "{v}";
go | {c} := "{v}"
go struct | Config{{User: "{u}", Password: "{v}"}}
go const | const {c} = `{v}`
java | private static final String {W} = "{v}";
java setter | ds.setPassword("{v}");
java builder | .user("{u}").password("{v}")
java constructor | new PasswordCredential("{u}", "{v}")
kotlin | val {c} = "{v}"
csharp | public string Password {{ get; set; }} = "{v}";
csharp credential | new NetworkCredential("{u}", "{v}")
rust | let {w} = "{v}";
rust const | const {W}: &str = "{v}";
swift | let {c}: String = "{v}"
c define | #define {W} "{v}"
c array | static const char {w}[] = "{v}";
perl | my ${w} = '{v}';
lua | local {w} = "{v}"
r | {w} <- "{v}"
elixir | {w}: "{v}",
terraform | variable "{w}" {{\n  default = "{v}"\n}}
terraform set | {w} = "{v}"
nix | {w} = "{v}";
make | {W} := {v}
gradle | {c} '{v}'
vbscript | {c} = "{v}"
sql create | CREATE USER {u} IDENTIFIED BY '{v}';
sql role | CREATE ROLE {u} WITH LOGIN PASSWORD '{v}';
sql alter | ALTER USER {u} WITH ENCRYPTED PASSWORD '{v}'
sql mssql | CREATE LOGIN {u} WITH PASSWORD = N'{v}';
sql grant | GRANT ALL ON *.* TO '{u}'@'%' IDENTIFIED BY "{v}"
sql insert | INSERT INTO users (name, {w}) VALUES ('{u}', '{v}');
sql mysql set | SET PASSWORD FOR '{u}'@'localhost' = PASSWORD('{v}');
mongo shell | db.createUser({{user: "{u}", pwd: "{v}", roles: []}})
redis config | requirepass {v}
redis cli | redis-cli -h cache -a {v} ping
ansible inventory | web1 ansible_user={u} ansible_password={v}
url | postgres://{u}:{p}@db.internal.example:5432/app
url mongo | mongodb+srv://{u}:{p}@cluster0.ab1cd.mongodb.net/app?retryWrites=true
url empty user | redis://:{p}@cache.internal.example:6379/0
url sqlalchemy | mysql+pymysql://{u}:{p}@db:3306/app
url https | git clone https://{u}:{p}@git.internal.example/team/app.git
url amqp | amqps://{u}:{p}@mq.internal.example/%2f
jdbc | jdbc:mysql://db:3306/app?user={u}&password={p}
jdbc semicolon | jdbc:sqlserver://db:1433;databaseName=app;user={u};password={v};
ado | Server=tcp:db,1433;Database=app;User ID={u};Password={v};Encrypt=True;
odbc | Driver={{ODBC Driver 18}};Server=db;Uid={u};Pwd={v};
libpq | host=db port=5432 user={u} password={v} dbname=app
go dsn | {u}:{p}@tcp(db:3306)/app?parseTime=true
oracle | sqlplus {u}/{p}@//db:1521/ORCL
flag long | tool login --user {u} --password {v}
flag equals | tool login --user={u} --password={v} --yes
flag quoted | tool --api-key "{v}" list
flag token | tool --token '{v}'
mysql | mysql -u {u} -p{v} app
mysqldump | mysqldump --user={u} --password={v} app > dump.sql
sshpass | sshpass -p {v} ssh {u}@host
sshpass quoted | sshpass -p '{v}' scp a {u}@host:
curl user | curl -u {u}:{v} https://api.internal.example/v1/x
curl user long | curl --user "{u}:{v}" https://api.internal.example/
wget | wget --http-user={u} --http-password={v} https://x.example/
docker login | docker login -u {u} -p {v} registry.example
psql env | PGPASSWORD={v} psql -h db -U {u} app
mysql env | MYSQL_PWD='{v}' mysqladmin ping
openssl | openssl rsa -in k.pem -passin pass:{v} -out o.pem
zip | zip -P {v} -r out.zip dir
7z | 7z x -p{v} a.7z
unzip | unzip -P {v} a.zip
smbclient | smbclient //srv/share -U {u}%{v}
ldapsearch | ldapsearch -x -D "cn={u}" -w {v} -b dc=a
rsync env | RSYNC_PASSWORD={v} rsync -a x y::z
kubectl | kubectl create secret generic s --from-literal={w}={v}
helm | helm upgrade app ./c --set db.password={v}
heroku | heroku config:set {W}={v} -a app
gh secret | gh secret set {W} --body "{v}"
vault | vault kv put secret/app {w}={v}
aws cli | aws configure set aws_secret_access_key {k}
htpasswd | htpasswd -b .htpasswd {u} {v}
chpasswd | echo "{u}:{v}" | chpasswd
passwd stdin | echo '{v}' | docker login --username {u} --password-stdin
sudo stdin | echo {v} | sudo -S apt update
net use | net use Z: \\\\srv\\share {v} /user:{u}
psexec | psexec \\\\host -u {u} -p {v} cmd
maven | mvn deploy -Dsonar.login={v}
java option | java -Djavax.net.ssl.keyStorePassword={v} -jar a.jar
keytool | keytool -list -keystore a.jks -storepass {v}
bearer | Authorization: Bearer {k}
bearer json | {{"headers": {{"authorization": "Bearer {k}"}}}}
basic | Authorization: Basic {b}
header token | curl -H "X-Auth-Token: {k}" https://x.example/
header key | X-Api-Key: {k}
header python | headers = {{"X-API-Key": "{k}"}}
header private | --header "PRIVATE-TOKEN: {k}"
header log | > x-vault-token: {k}
cookie | Cookie: theme=dark; sessionid={k}; lang=en
set cookie | Set-Cookie: connect.sid={k}; Path=/; HttpOnly
query | https://api.example.com/v1/items?limit=5&api_key={q}
query token | GET /cb?access_token={q}&state=1 HTTP/1.1
fragment | https://app.example.com/#access_token={q}&token_type=bearer
form | grant_type=password&username={u}&password={p}
table md | \| user \| password \|\n\|---\|---\|\n\| {u} \| {v} \|
table text | username   password\n--------   --------\n{u}      {v}
csv | user,password,role\n{u},{v},admin
log | 2026-03-04 10:11:12 INFO login user={u} password={v} ok
log quoted | [debug] connecting with password "{v}"
trace | + {W}={v} ./deploy.sh
env output | HOME=/root\n{W}={v}\nSHELL=/bin/sh
prose is | The password is {v}
prose for | the password for the staging box is {v}, please keep it
prose use | login as {u} with password {v}
prose colon | Password: {v}
prose quoted | My API key is "{k}" and it does not work
prose changed | I changed the admin password to {v} yesterday
prose backtick | the db password (`{v}`) does not work
prose short | pw: {v}
prose creds | creds: {u} / {v}
prose german | Das Passwort lautet {v}
prose german colon | Kennwort: {v}
prose french | le mot de passe est {v}
prose spanish | la contraseña es {v}
prose portuguese | a senha é {v}
prose italian | la password è {v}
prose dutch | het wachtwoord is {v}
prose polish | hasło to {v}
prose russian | пароль: {v}
prose chinese | 密码是 {v}
prose chinese colon | 密码:{v}
prose japanese | パスワードは {v} です
prose korean | 비밀번호: {v}
prose swedish | lösenordet är {v}
prose turkish | şifre: {v}
netrc | machine git.internal.example login {u} password {v}
netrc lines | machine x.example\n  login {u}\n  password {v}
pgpass | db.internal.example:5432:app:{u}:{v}
my.cnf | [client]\nuser = {u}\npassword = "{v}"
npmrc | //registry.example/:_authToken={k}
npmrc password | //registry.example/:_password={b}
pypirc | [pypi]\nusername = {u}\npassword = {v}
aws credentials | [default]\naws_access_key_id = AKIAQ2XW5VNTZ3KLPM7R\naws_secret_access_key = {k}
docker config | {{"auths": {{"registry.example": {{"auth": "{b}"}}}}}}
kubeconfig | users:\n- name: {u}\n  user:\n    token: {k}
kube secret | apiVersion: v1\nkind: Secret\ndata:\n  password: {e}
kube string | kind: Secret\nstringData:\n  password: {v}
maven settings | <server><id>x</id><username>{u}</username><password>{x}</password></server>
nuget | <add key="ClearTextPassword" value="{x}" />
gh hosts | github.com:\n    user: {u}\n    oauth_token: {k}
tfvars | db_password = "{v}"
tfstate | {{"attributes": {{"username": "{u}", "password": "{v}", "port": 5432}}}}
rclone | [remote]\ntype = ftp\nuser = {u}\npass = {k}
wpa | network={{\n  ssid="home"\n  psk="{v}"\n}}
wifi qr | WIFI:T:WPA;S:home;P:{v};;
htpasswd file | {u}:$apr1${a8}${a22}
shadow | {u}:$6${a8}${a86}:19000:0:99999:7:::
otpauth | otpauth://totp/app:{u}?secret={o}&issuer=app
composer | {{"http-basic": {{"repo.example": {{"username": "{u}", "password": "{v}"}}}}}}
cargo | [registry]\ntoken = "{k}"
sftp json | {{"host": "h", "username": "{u}", "password": "{v}", "protocol": "sftp"}}
"""
NAMES = ["password", "db_password", "secret", "api_key", "client_secret", "auth_token", "access_token", "passwd", "secret_key",
         "admin_password", "token", "smtp_pass", "encryption_key", "private_token", "passphrase", "app_secret", "jwt_secret"]
LOGINS = ["admin", "deploy", "svc_app", "reporting", "jenkins", "maria", "appuser", "backup"]
XML = str.maketrans({"&": "&amp;", "<": "&lt;", '"': "&quot;"})
BREAKING = set("\"'`\\${}%#@;:/?&|<>()*, ")
# Where a value ends at its first odd character, or where one means something else, nobody writes one.
TEMPLATES = [line.split(" | ", 1) for line in CODE.strip().split("\n")]


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(x.capitalize() for x in rest)


def percent(v):
    return "".join(c if c.isalnum() or c in "-_." else "%%%02X" % ord(c) for c in v)


def fill(rng, template, v, human):
    """The template with its parts, and the parts that are secret."""
    w, u = rng.choice(NAMES), rng.choice(LOGINS)
    run = lambda a, n: value.run(rng, a, n)
    k = run("an", rng.choice([24, 32, 40]))
    basic = base64.b64encode(f"{u}:{v}".encode()).decode()
    parts = {"v": v, "W": rng.choice(["", "APP_", "MY_"]) + w.upper(), "w": w, "c": camel(w), "u": u, "x": v.translate(XML), "p": percent(v),
             "q": k, "k": k, "b": basic, "e": base64.b64encode(v.encode()).decode(), "a8": run("an", 8), "a22": run("an", 22),
             "a86": run("an", 86), "o": run("b32", 32)}
    text = template.replace("\\n", "\n").replace("\\|", "|").replace("\\\\", "\\").format(**parts)
    for key in ("k", "q", "o", "a22", "a86"):
        if "{" + key + "}" in template:
            return text, (parts[key],), False
    return text, (v,), human


def clean(v):
    """A value without the characters that would need quoting."""
    return "".join(c for c in v if c not in BREAKING) or v


def cases(rng, size):
    """Every template in turn, with people's and programs' passwords by turns."""
    out = []
    for i in range(max(size, len(TEMPLATES))):
        kind, template = TEMPLATES[i % len(TEMPLATES)]
        human = rng.random() < .5
        v = value.password(rng) if human else value.machine(rng)
        v = clean(v) if rng.random() < .5 or not {"{p}", "{x}"} & set(template.split()) else v
        text, secrets, loose = fill(rng, template, v, human)
        group = "short password in context" if loose else "random value in context"
        out.append(Case(group, kind, text, secrets, loose=loose))
    return out
