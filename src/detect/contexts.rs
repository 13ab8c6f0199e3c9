//! Every syntax in which a secret stands, and what looks like one and is none: tables over all detectors.

use super::{Detector, Found, Known, Scratch, Wanted, tests::marked};
use crate::{
    rule::Class,
    span::{Raw, Span},
    tag::Key,
    transcript::record::Record,
};

/// What stands around a text in a long one.
const FILLER: &str = "    let value = self.buffer.get(index)?;\n    // the next line of the file\n";

/// A record with `content`.
fn record(content: &str) -> Vec<u8> {
    let record =
        serde_json::json!({"type": "user", "message": {"content": [{"type": "text", "text": content}]}});
    record.to_string().into_bytes()
}

/// A record in which `content` stands twice, as Claude Code notes what a tool printed.
fn twice(content: &str) -> Vec<u8> {
    let first = serde_json::json!([{"tool_use_id": "toolu_01", "type": "tool_result", "content": content}]);
    let record = serde_json::json!({"message": {"content": first}, "toolUseResult": {"stdout": content}});
    record.to_string().into_bytes()
}

/// What a search of a record finds, each text looked at only where its candidates hold, or always.
fn searched(bytes: &[u8], thorough: bool) -> Vec<Vec<Span<Raw>>> {
    let wanted = Wanted::new(|class, _| class == Class::Secret);
    let detector = Detector { thorough, ..Detector::new(Key::from_material(&[1; 32]), wanted) };
    let (mut scratch, mut found) = (Scratch::default(), Found::default());
    detector.search(&Record { bytes, offset: 0, line: 1 }, &Known::default(), &mut scratch, &mut found);
    found.findings.into_iter().map(|finding| finding.spans.to_vec()).collect()
}

/// The values that a search of a record with `content` finds, as they are written there, with plain line breaks.
fn values(content: &str) -> Vec<String> {
    let bytes = record(content);
    let text = |span: &Span<Raw>| String::from_utf8_lossy(&bytes[span.range()]).replace("\\r\\n", "\\n");
    let spans = searched(&bytes, false);
    let mut values: Vec<String> = spans.iter().map(|spans| spans.iter().map(text).collect()).collect();
    values.sort();
    values
}

/// Fails with the texts in which something else is found if their lines end as Windows ends them.
#[track_caller]
fn check_carriages(texts: &[&str]) {
    for text in texts.iter().filter(|text| text.contains('\n')) {
        let plain = text.replace(['«', '»'], "");
        assert_eq!(values(&plain.replace('\n', "\r\n")), values(&plain), "{plain}");
    }
}

/// Fails with the texts in which the quick look at candidates leaves out what a search of everything finds: alone, in a
/// long text, in a text in a text, and in a text that stands twice.
#[track_caller]
fn check_quick(texts: &[&str]) {
    for text in texts {
        let plain = text.replace(['«', '»'], "");
        let long = format!("{0}\n{plain}\n{0}", FILLER.repeat(60));
        let nested = serde_json::json!({"a": {"text": long}}).to_string();
        for content in [plain, long, nested] {
            for bytes in [record(&content), twice(&content)] {
                assert_eq!(searched(&bytes, false), searched(&bytes, true), "{content}");
            }
        }
    }
}

/// Fails with all texts in which anything but the marked bytes is found.
#[track_caller]
fn check_all(texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|text| (text, marked(text)))
        .filter(|(text, found)| *text != found)
        .map(|(text, found)| format!("\n expected {text:?}\n    found {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}: {}", wrong.len(), texts.len(), wrong.concat());
    check_quick(texts);
    check_carriages(texts);
}

#[test]
fn shells_and_environments() {
    check_all(&[
        "PGPASSWORD=«hunter2» psql -h db",
        "env API_TOKEN=«x7Kq9zB2mW4v» ./run",
        "set DB_PASSWORD=«hunter2»",
        "chpasswd:\n  list: |\n    bob:«Comet84x!»\n    eve:«Comet85y!»\n  expire: false\n",
        "<auth-user-pass>\nbob\n«Comet84x!»\n</auth-user-pass>",
        "AUTH LOGIN\n334 VXNlcm5hbWU6\nYm9i\n334 UGFzc3dvcmQ6\n«Q29tZXQ4NHg=»\n235 ok",
        "mc alias set store https://s3.acme.io admin «Comet84x!»",
        "composer config http-basic.repo.acme.io bob «Comet84x!»",
        "BUNDLE_GEMS__ACME__IO: \"bob:«Comet84x»\"\n",
        "networksetup -setairportnetwork en0 AcmeNet «Comet84x!»",
        "mkpasswd -m sha-512 '«Comet84x!»'",
        "echo '«Comet84x!»' | kinit bob@ACME.IO",
        "sed -i 's/^DB_PASSWORD=.*/DB_PASSWORD=«nekan-Ritug4»/' .env",
        "export -p SECRET_KEY=«x7Kq9zB2mW4v»",
        "declare -x DB_PASSWORD=\"«hunter2»\"",
        "+ DB_PASSWORD=«hunter2»\n+ ./run.sh",
        "$env:API_KEY = '«x7Kq9zB2mW4v»'",
        "[Environment]::SetEnvironmentVariable(\"DB_PASSWORD\", \"«hunter2»\", \"User\")",
        "ENV DB_PASSWORD=«hunter2»",
        "ARG NPM_TOKEN=«x7Kq9zB2mW4v»",
        "docker build --build-arg NPM_TOKEN=«x7Kq9zB2mW4v» .",
        "kubectl create secret generic db --from-literal=password=«hunter2»",
        "heroku config:set API_KEY=«x7Kq9zB2mW4v»",
        "fly secrets set API_KEY=«x7Kq9zB2mW4v» DB_PASSWORD=«hunter2»",
        "gh secret set API_KEY --body «x7Kq9zB2mW4v»",
        "gh secret set API_KEY -b \"«x7Kq9zB2mW4v»\"",
        "set -gx API_TOKEN «x7Kq9zB2mW4v»",
        "java -Djavax.net.ssl.keyStorePassword=«hunter2» -jar x.jar",
        "mvn -Dgpg.passphrase=«hunter2» deploy",
        "app --db-password «hunter2» --verbose",
        "app --api-key=«x7Kq9zB2mW4v»",
        "app --client-secret '«x7Kq9zB2mW4v»'",
        "vault login -method=userpass username=bob password=«hunter2»",
        "vault kv put secret/app password=«hunter2»",
        "aws configure set aws_secret_access_key «q71edERoC5IO/MOR8FaGzlQWfxhUQbtHkU2Yxlgs»",
        "net use Z: \\\\srv\\share /user:bob /password:«hunter2»",
        "ansible all -e 'ansible_password=«hunter2»'",
        "npm config set //registry.example/:_authToken «7cb90ac0-c274-4e07-9b63-f955dfccb2ce»",
        "security add-generic-password -a bob -s svc -w «hunter2»",
        "racadm -r h -u bob -p «hunter2» getsysinfo",
        "cqlsh h -u bob -p «hunter2»",
        "ipmitool -H h -U bob -P «hunter2» power status",
        "rpcclient -U \"bob%«hunter2»\" h",
        "impdp bob/«hunter2»@x directory=d",
        "rabbitmqctl add_user bob «hunter2»",
        "net user bob «hunter2» /add",
        "snmpwalk -v3 -u bob -A «hunter2» -X «hunter3» h",
        "skopeo copy --src-creds bob:«hunter2» docker://a docker://b",
        "curl -b \"session=«x7Kq9zB2mW4vL8pTq3Nf»\" https://x",
        "subprocess.run([\"mysql\", \"-u\", \"bob\", \"-p«hunter2»\", \"db\"])",
        "echo «hunter2» > ~/.vault_pass",
        "setenv DB_PASSWORD «hunter2»",
        "xfreerdp /v:host /u:bob /p:«hunter2»",
    ]);
}

#[test]
fn configuration() {
    check_all(&[
        "password: |\n  «x7Kq9zB2mW4v»\n",
        "database:\n  user: app\n  password: «s3cr3t-Pa55»\n",
        "{user: app, password: «s3cr3tPa55»}",
        "[db]\nuser = app\npassword = «s3cr3tPa55»\n",
        "spring.datasource.password=«s3cr3tPa55»",
        "spring.datasource.password: «s3cr3tPa55»",
        "db_password = \"«s3cr3tPa55»\"",
        "[registries.x]\ntoken = \"«x7Kq9zB2mW4v»\"",
        "<connectionStrings><add name=\"db\" connectionString=\"Server=s;User Id=u;Password=«s3cr3tPa55»;\" /></connectionStrings>",
        "<server><username>bob</username><password>«s3cr3tPa55»</password></server>",
        "<property name=\"password\" value=\"«s3cr3tPa55»\"/>",
        "<property name=\"hibernate.connection.password\">«s3cr3tPa55»</property>",
        "<datasource user='u' password='«s3cr3tPa55»'/>",
        "<key>ApiToken</key>\n<string>«x7Kq9zB2mW4v»</string>",
        "<string name=\"api_key\">«x7Kq9zB2mW4v»</string>",
        "<add key=\"ClearTextPassword\" value=\"«s3cr3tPa55»\" />",
        "variable \"db_password\" {\n  default = \"«s3cr3tPa55»\"\n}",
        "{\"password\":\"«s3cr3tPa55»\",\"a\":1}",
        "{'password': '«s3cr3tPa55»'}",
        "{\\\\\\\"password\\\\\\\":\\\\\\\"«s3cr3tPa55»\\\\\\\"}",
        "{\"name\":\"API_KEY\",\"value\":\"«x7Kq9zB2mW4v»\"}",
        "environment:\n  - DB_PASSWORD=«s3cr3tPa55»\n  - PORT=80\n",
        "env:\n- name: API_TOKEN\n  value: \"«x7Kq9zB2mW4v»\"\n",
        "//registry.example/:_password=«c2VjcmV0OTk=»",
        "[pypi]\nusername = __token__\npassword = «x7Kq9zB2mW4v»\n",
        "{\"auths\":{\"registry.example\":{\"auth\":\"«cm9ib3Q6djByaUt4ZjRQbjZtUm9OekZOaWp6TA==»\"}}}",
        "machine api.example\n  login bob\n  password «hunter2»\n",
        "wpa_passphrase=«hunter2home»",
        "network={\n ssid=\"home\"\n psk=\"«hunter2home»\"\n}",
        "[Interface]\nPrivateKey = «ESfR/NLoKpuQ2aSyrmxT16q2GJE8bJZTDUJnObN92OU=»",
        "users:\n- name: u\n  user:\n    token: «x7Kq9zB2mW4vL8pT»",
        "    client-key-data: «LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVB»",
        "\"secret_access_key\": \"«q71edERoC5IO/MOR8FaGzlQWfxhUQbtHkU2Yxlgs»\",",
        "define('DB_PASSWORD', '«s3cr3tPa55»');",
        "define( 'AUTH_KEY',         '«t7#Kq9z B2m%W4vL8p&T3NfR6y!D1hJ5sGc^Ae0Uo*X4bVw_PZi-QkY+8r=S~m2Jd»' );",
        "requirepass «s3cr3tPa55»",
        "bind_password = «s3cr3tPa55»",
        "smtp_pass: «s3cr3tPa55»",
        "| Password | «s3cr3tPa55» |",
        "db:\n  user: app\n  password: «sunflower»\n",
        "{\"value\": \"«s3cr3tPa55»\", \"name\": \"DB_PASSWORD\"}",
        "{\"password\": {\"value\": \"«s3cr3tPa55»\"}}",
        "│ user │ password │\n├──────┼──────────┤\n│ bob  │ «s3cr3tPa55» │\n",
        "id|user|password\n1|bob|«s3cr3tPa55»\n",
        "NAME    PASSWORD    ROLE\nbob     «s3cr3tPa55»  admin\n",
        "{\"columns\":[\"user\",\"password\"],\"rows\":[[\"bob\",\"«s3cr3tPa55»\"]]}",
        "- **Password**: `«s3cr3tPa55»`",
        "- **Password:** «s3cr3tPa55»",
        "Password:\t«s3cr3tPa55»",
    ]);
}

#[test]
fn statements_and_programs_of_databases_and_displays() {
    check_all(&[
        "ALTER USER bob IDENTIFIED BY «s3cr3tPa55» REPLACE «s3cr3tPa56»;",
        "CREATE DATABASE LINK l CONNECT TO bob IDENTIFIED BY \"«s3cr3tPa55»\" USING 'x';",
        "web1/unix:0  MIT-MAGIC-COOKIE-1  «4b1f0c9de2a87653b1c4d0e9f8a73521»",
        "SQL> CONNECT bob/«s3cr3tPa55»@orcl",
    ]);
}

#[test]
fn languages() {
    check_all(&[
        "password = '«s3cr3tPa55»'",
        "PASSWORD: Final[str] = \"«s3cr3tPa55»\"",
        "connect(host, user=\"app\", password=\"«s3cr3tPa55»\")",
        "url = f\"https://x/?token=«x7Kq9zB2mW4v»\"",
        "os.environ[\"API_KEY\"] = \"«x7Kq9zB2mW4v»\"",
        "os.environ.setdefault('DB_PASSWORD', '«s3cr3tPa55»')",
        "ENV['API_KEY'] ||= '«x7Kq9zB2mW4v»'",
        "config.secret_key_base = '«0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c»'",
        ":password => \"«s3cr3tPa55»\", :host => 'x'",
        "password: \"«s3cr3tPa55»\", host: 'x'",
        "$password = '«s3cr3tPa55»';",
        "'password' => env('DB_PASSWORD', '«s3cr3tPa55»'),",
        "const apiKey = `«x7Kq9zB2mW4v»`;",
        "const { password = '«s3cr3tPa55»' } = opts",
        "let token: string = \"«x7Kq9zB2mW4v»\";",
        "private readonly apiKey: string = '«x7Kq9zB2mW4v»';",
        "var Password string = \"«s3cr3tPa55»\"",
        "password := \"«s3cr3tPa55»\"",
        "cfg := Config{User: \"app\", Password: \"«s3cr3tPa55»\"}",
        "private static final String PASSWORD = \"«s3cr3tPa55»\";",
        "ds.setPassword(\"«s3cr3tPa55»\");",
        "builder.password(\"«s3cr3tPa55»\").build()",
        "char *password = \"«s3cr3tPa55»\";",
        "const char password[] = \"«s3cr3tPa55»\";",
        "#define WIFI_PASSWORD \"«s3cr3tPa55»\"",
        "string password = @\"«s3cr3tPa55»\";",
        "new NetworkCredential(\"bob\", \"x\") { Password = \"«s3cr3tPa55»\" };",
        "let password = \"«s3cr3tPa55»\".to_string();",
        "const TOKEN: &str = \"«x7Kq9zB2mW4v»\";",
        "let s = SecretString::from(\"x\"); let token = SecretString::new(\"«x7Kq9zB2mW4v»\".into());",
        ".with_api_key(\"«x7Kq9zB2mW4v»\")",
        "password <- \"«s3cr3tPa55»\"",
        "val password = \"«s3cr3tPa55»\"",
        "let apiKey: String = \"«x7Kq9zB2mW4v»\"",
        "CREATE USER bob IDENTIFIED BY '«s3cr3tPa55»';",
        "ALTER USER bob WITH PASSWORD '«s3cr3tPa55»';",
        "CREATE ROLE app LOGIN PASSWORD '«s3cr3tPa55»';",
        "SET PASSWORD FOR 'bob'@'%' = PASSWORD('«s3cr3tPa55»');",
        "CREATE LOGIN bob WITH PASSWORD = N'«s3cr3tPa55»';",
        "if password == \"«s3cr3tPa55»\":",
        "password = password or \"«s3cr3tPa55»\"",
        "token = os.getenv(\"TOKEN\") or \"«x7Kq9zB2mW4v»\"",
        "apiKey: process.env.API_KEY ?? '«x7Kq9zB2mW4v»',",
        "auth=('bob', '«s3cr3tPa55»')",
        "auth: { username: 'bob', password: '«s3cr3tPa55»' }",
        "login(\"bob\", password = \"«s3cr3tPa55»\")",
        "echo \"password: «s3cr3tPa55»\"",
        "headers: {'X-Api-Key': '«x7Kq9zB2mW4v»'}",
        "'Authorization': 'Basic «c3ZjLXJlcG9ydDpVcG1FZllQeFFVN1dLT1NLMWM=»'",
        "-H 'PRIVATE-TOKEN: «x7Kq9zB2mW4vL8pTq3Nf»'",
        "-H \"Ocp-Apim-Subscription-Key: «8c6372521fd4b3afb659a21f4c8c5609»\"",
        "ConvertTo-SecureString \"«s3cr3tPa55»\" -AsPlainText -Force",
        "passwd=«s3cr3tPa55»&user=bob",
        "-d 'grant_type=password&username=bob&password=«s3cr3tPa55»'",
        "{\"pin\": \"«4821»\"}",
    ]);
}

#[test]
fn calls() {
    check_all(&[
        "session.login(\"bob\", \"«s3cr3tPa55»\")",
        "DriverManager.getConnection(url, \"bob\", \"«s3cr3tPa55»\");",
        "new PDO($dsn, 'bob', '«s3cr3tPa55»');",
        "User.objects.create_user(\"bob\", \"b@x.io\", \"«s3cr3tPa55»\")",
        "mysql_real_connect(c, \"h\", \"bob\", \"«s3cr3tPa55»\", \"d\")",
        "WiFi.begin(\"Home\", \"«s3cr3tPa55»\");",
        "getByLabel('Password').fill('«s3cr3tPa55»')",
        "env::var(\"DB_PASSWORD\").unwrap_or(\"«s3cr3tPa55»\".into())",
    ]);
}

#[test]
fn connection_strings_logs_and_prose() {
    check_all(&[
        "Data Source=db;Initial Catalog=x;User Id=sa;Pwd=«s3cr3tPa55»;",
        "Driver={ODBC Driver 17};Server=s;UID=u;PWD=«s3cr3tPa55»",
        "host=db user=app password=«s3cr3tPa55» dbname=x",
        "psql \"host=db user=app password=«s3cr3tPa55» dbname=x\"",
        "jdbc:postgresql://db/x?user=app&password=«s3cr3tPa55»",
        "jdbc:sqlserver://db;user=sa;password=«s3cr3tPa55»;encrypt=true",
        "jdbc:oracle:thin:scott/«t1gerPa55»@db:1521/x",
        "app:«s3cr3tPa55»@tcp(db:3306)/shop?parseTime=true",
        "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=«Ty1j2QGboFyRXBCUZ9grRZ+eOJ6FmE0fnDwrkc7dALzwQqVekk/dFQz//cqGJoO4s4VIT3qShy73+AStK4P8Gm==»;EndpointSuffix=core",
        "Endpoint=sb://x.example/;SharedAccessKeyName=Root;SharedAccessKey=«ESfR/NLoKpuQ2aSyrmxT16q2GJE8bJZTDUJnObN92OU=»",
        "2026-03-04 INFO login user=bob password=«s3cr3tPa55» ok",
        "time=12 level=info token=«x7Kq9zB2mW4v» msg=ok",
        "Enter password: «s3cr3tPa55»",
        "user: bob\npass: «s3cr3tPa55»\n",
        "user bob, password «s3cr3tPa55»",
        "bob's password is '«s3cr3tPa55»'",
        "My pw: «s3cr3tPa55»",
        "my api key is «x7Kq9zB2mW4vL8pTq3Nf», thanks",
        "here's the token: «x7Kq9zB2mW4vL8pTq3Nf»",
        "I set DB_PASSWORD to «s3cr3tPa55»",
        "Set `API_TOKEN` to `«x7Kq9zB2mW4vL8pT»` in the dashboard.",
        "Das Kennwort für bob ist «Sommer2024»",
        "el usuario es bob y la contraseña «Verano2024»",
        "Senha: «Verao2024»",
        "Mot de passe : «Soleil2024»",
        "Wachtwoord: «Zomer2024»",
        "пароль от базы: «Leto2024»",
        "密码为 «x7Kq9z2»",
        "your password is \"«correcthorse9»\".",
        "OTP: «482193»",
        "2FA code: «482193»",
        "the pw is «Comet1984»",
        "Zugangsdaten: bob / «Sommer2024»",
        "kata sandi: «Musim2024»",
        "331 Please specify the password.\nPASS «s3cr3tPa55»\n",
        "PIN: «4821»",
    ]);
}

#[test]
fn what_tools_print() {
    check_all(&[
        "            api_token             \n----------------------------------\n «s66WHdaarnZvKG9nvWo1cRZI»\n (1 row)\n",
        "Password for the [elastic] user successfully reset.\nNew value: «rW7k_Qz=4+bT9xLm»\n",
        "$ yq '.smtp.pass' c.yml\n«Comet84x»\n",
        "DEBUG HikariConfig - password.......................«D1GiPb0Q2»",
        "my password got leaked, it was «Comet84x», rotate it",
        "I set it to «Comet84x» — that's the new admin password.",
        "1. Log in at https://acme.io with `bob` / `«Comet84x»`",
        "curl -s https://api.telegram.org/bot«5162982819:AAHx7JsfPKTgrAvtkLFLFdmxGZDyawHNmjU»/getMe",
        "const KEY = \"«x7Kq9zB2mW4vL8pTq3NfR6yD1hJ5»\"; // to sign with",
        "env:\n  - value: \"«Comet84x»\"\n    name: DB_PASSWORD",
        "        - --password\n        - «Comet84x»\n",
        "\"db_pass.stdout\": \"«Hatar166#»\"",
        "$ op read op://Prod/db/password\n«Comet84x»\n",
        "$password\n[1] \"«Comet84x»\"\n",
        "$1 = {user = 0x55 \"bob\", password = 0x55 \"«Comet84x»\"}",
        "(main.Config) {\n Password: (string) (len=8) \"«Comet84x»\",\n}",
        "  [\"password\":protected]=>\n  string(8) \"«Comet84x»\"",
        "║ DATABASE_PASSWORD │ «garnetComet84» ║\n║ PORT │ 8080 ║\n",
        "1) \"requirepass\"\n2) \"«Comet84x»\"\n",
        "db_password:\n----\n«Comet84x»\n",
        "\"db_password\": {\n  \"sensitive\": true,\n  \"type\": \"string\",\n  \"value\": \"«Comet84x»\"\n}",
        "{\n  \"name\": \"DB_PASSWORD\",\n  \"slotSetting\": false,\n  \"value\": \"«Comet84x»\"\n}",
        "DbPassword:\n  Type: String\n  NoEcho: true\n  Default: «Comet84x»\n",
        "resource \"random_password\" \"db\" {\n  length = 8\n  result = \"«Comet84x»\"\n}",
        "    Key Content            : «Comet84x»\n",
        "Unseal Key 1: «mOcJ3x1jRrVgkT2hFz0pQ8sWyBn5Ld7aUe4iXv6tK9o=»\n",
        "SET PASSWORD FOR 'bob'@'%' = '«Comet84x»'",
        "[SQL: INSERT INTO users (name, password) VALUES (?, ?)]\n[parameters: ('bob', '«Comet84x»')]",
        "logger.info(\"password=%s\", \"«Comet84x»\")",
        "expect \"password:\"\nsend \"«Comet84x»\"\n",
        "password=[«comet8425»]",
        "{user=bob, password=«sunflower»}",
        "map[host:db1 password:«sunflower» user:bob]",
        "    [user] => bob\n    [password] => «sunflower»\n",
        "db:\n  auth:\n    password: «sunflower»\n",
        "DB_PASSWORD: «sunflower»\nTZ: UTC\n",
        "tool -u bob -p «Comet84!x» --x",
        "tool -u bob:«Comet84!x» --x",
        "az keyvault secret set -n db --value «Comet84x»",
        "user;password;role\nbob;«sunflower»;admin\n",
        "PWD=/srv/app\nOLDPWD=/home/x/app\n",
        "password=[MASKED]",
        "password: required\n",
        "auth:\n  password: hashed\n",
        "schema:\n  password: string\n",
        "7z a -p$PASS -mhe=on a.7z",
        "docker run -u 1000:1000 -p 8080:80 app",
        "sudo -u app cargo test -p my_crate2",
        "next_token=H1aTW0FjLSFDlrGnD3juhUAqAuU3Ax1JpRudsMgT",
    ]);
}

/// What a tool puts before lines is no part of what they hold: views, so the whole search is asked.
#[test]
fn lines_behind_what_a_tool_puts_before_them() {
    for (text, found) in [
        ("     3→- name: DB_PASSWORD\n     4→  value: hunter2x\n     5→", true),
        ("     3\t- name: DB_PASSWORD\n     4\t  value: hunter2x\n", true),
        ("+- name: DB_PASSWORD\n+  value: hunter2x\n", true),
        ("-- name: DB_PASSWORD\n-  value: hunter2x\n", true),
        ("k8s/a.yml:3:- name: DB_PASSWORD\nk8s/a.yml:4:  value: hunter2x\n", true),
        ("     3→\"db_password\": {\n     4→    \"value\": \"hunter2x\"\n", true),
        ("     3→form-data; name=\"password\"\n     4→\n     5→Comet84x\n", true),
        ("     3→password: |\n     4→  Comet84x\n     5→", true),
        ("# password: |\n#   x7Kq9zB2mW4v\n", true),
        ("// - name: DB_PASSWORD\n//   value: hunter2x\n", true),
        ("app-1  | NAME    PASSWORD    ROLE\napp-1  | bob     s3cr3tPa55  admin\n", true),
        ("2026-11-02T10:00:01Z id|user|password\n2026-11-02T10:00:01Z 1|bob|s3cr3tPa55\n", true),
        (
            "2026-11-02T10:00:01Z variable \"db_password\" {\n2026-11-02T10:00:01Z   default = \"hunter2x\"\n",
            true,
        ),
        ("app-1  |   - value: \"Comet84x\"\napp-1  |     name: DB_PASSWORD\n", true),
        ("a.yml-12-cqlsh h -u bob -p hunter2x", true),
        ("a.yml-12-DB_PASSWORD: sunflower\na.yml-13-TZ: UTC\n", true),
        ("app-1  | user, password, role are needed\napp-1  | try 2 of 3\n", false),
        ("     3→- name: DB_PASSWORD\n     4→  valueFrom:\n     5→    secretKeyRef:\n", false),
        ("     3→    if password:\n     4→        return \"hunter2x\"\n", false),
    ] {
        assert_eq!(values(text).is_empty(), !found, "{text}");
        check_quick(&[text]);
    }
}

#[test]
fn lines_of_fixed_form_lists_and_pairs() {
    check_all(&[
        "rootpw --plaintext «Comet84x»",
        " neighbor 10.0.0.1 password 7 «Comet84x»",
        "crypto isakmp key «Comet84x» address 10.0.0.9",
        "username bob privilege 15 secret «Comet84x»",
        "\"bob\" * \"«Comet84x»\"\n",
        "user default on >«Comet84x» ~* +@all",
        "[smtp.test]:587 bob@acme.io:«Comet84x»",
        "bundle config set --global gems.acme.io bob:«Comet84x»",
        "bob:1001:«e38fd68516edfae00c1b79b8b0124232»:«1aa66fdf3fa4f7d3403254cb393a3231»:::",
        "Router: admin/«Comet84x» on 192.168.1.1.",
        "[\"docker\",\"login\",\"-u\",\"ci\",\"-p\",\"«Comet84x»\",\"registry.acme.io\"]",
        "CREDS=(\"bob\" \"«Comet84x»\"); ./login.sh",
        "PASSWORDS = [\"«Comet84x»\", \"«Comet85y»\"]",
        "passwords:\n  - «Comet84x»\n  - «Comet85y»\n",
        "creds: admin => «Comet84x», guest => «Comet85y»",
        "basic auth is enabled (staging / «Comet84x»)",
        "&lt;username&gt;ci&lt;/username&gt;&lt;password&gt;«Comet84x»&lt;/password&gt;",
        "mysqlsh --password \\\n    «Comet84x» \\\n    --host db",
        "PASSWORD=${1:-«Comet84x»}",
        "PASSWORD = (\n    \"«Comet84x»\"\n)\n",
        "let(:password) { '«Comet84x»' }",
        "args: [--password, «Comet84x», --port, \"80\"]",
        "msmtp --passwordeval 'echo «Comet84x»'",
        "smbpasswd -a bob <<< $'«Comet84x»\\n«Comet85y»'",
        "the admin password is «Copper-Meadow-41»",
        "document.querySelector('#password').value = '«Comet84x»';",
        "And I fill in \"Password\" with \"«Comet84x»\"\n",
        "remote_username bob\nremote_password «Comet84x»\n",
        "use token «3f2a8c6372521fd4b3afb659a21f4c8c56090d1e» for the api calls",
    ]);
}

#[test]
fn code_that_handles_secrets_stays() {
    check_all(&[
        "password = getpass.getpass('Password: ')",
        "const password = prompt('Enter password');",
        "token = request.headers.get('Authorization')",
        "token := r.Header.Get(\"X-Token\")",
        "let token = self.tokens[self.pos];",
        "token: Token,\n    span: Span,",
        "pub fn token(&self) -> &str {",
        "expect(screen.getByLabelText('password')).toBeInTheDocument()",
        "<label for=\"password\">Password</label>",
        "<input type=\"password\" id=\"password\" autocomplete=\"current-password\">",
        "password: z.string().min(8)",
        "password: { type: String, required: true }",
        "'password' => 'required|min:8|confirmed',",
        "password VARCHAR(255) NOT NULL",
        "password String @db.VarChar(255)",
        "SELECT password FROM users WHERE id = ?",
        "UPDATE users SET password = ? WHERE id = 1",
        "errors.password = 'Password is required'",
        "case 'password': return validatePassword(value)",
        "token.type === 'identifier'",
        "csrf_token()",
        "API_KEY = os.getenv('API_KEY')",
        "password = \"%s\"",
        "if not password:",
        "raise ValueError(\"password must not be empty\")",
        "logger.info(\"token refreshed for %s\", user)",
        "auth: authReducer,",
        "authToken: string;",
        "import { token } from './token'",
        "primary_key=True",
        "for key in data.keys(): print(key, data[key])",
        "keyboardType: 'numeric'",
        "passwordHash: await bcrypt.hash(password, 10)",
        "hash_password(password)",
        "useState('')\nconst [password, setPassword] = useState('')",
        "onChange={(e) => setPassword(e.target.value)}",
        "assert token == \"abc\"",
        "tokenizer = AutoTokenizer.from_pretrained('bert')",
        "secrets.token_hex(16)",
        "password = secrets.token_urlsafe(16)",
        "let secret = rand::random::<[u8; 32]>();",
    ]);
}

#[test]
fn finds_what_a_place_or_a_login_tells() {
    check_all(&[
        "my login is bob@acme.io / «Comet84x»",
        "bob : EAP \"«Comet84x»\"",
        "radtest bob «Comet84x» 10.0.0.7 0 testing",
        "bob:{PLAIN}«Comet84x»:1000:1000::/srv",
        "cvs -d :pserver:bob:«Comet84x»@cvs.acme.io:/root login",
        "pdftk a.pdf output b.pdf owner_pw «Comet84x»",
        "erl -name a@b -setcookie «Comet84x» -noshell",
        "vsce publish minor -p «3kq7xz2mw4vl8ptq3nfr6yd1hj5s7kx9zb2m»",
        "store.password=«Comet_2031»",
        "ab -n 100 -A bob:«Comet84x» https://x.acme.io/",
        "echo '«Comet84x»' | su -c id postgres",
        "the PUK is «68170460»",
        "hash_salt: «q8ZkT0vLm3XrBw7Ys1aPc5»",
    ]);
}

#[test]
fn references_in_configuration_and_commands_stay() {
    check_all(&[
        "password=${DB_PASSWORD}",
        "password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n",
        "password: ENC(abcdef12345)",
        "token_type = \"bearer\"",
        "secretName: my-tls-secret",
        "secretKeyRef:\n  name: db\n  key: password",
        "key: \"value\"",
        "--token-color: #ff00aa;",
        "API_KEY=your_api_key_here",
        "API_KEY=<your key>",
        "API_KEY=sk-...",
        "API_KEY=\"\"",
        "password: ''",
        "password: null",
        "password: changeme",
        "password: ********",
        "PASSWORD=xxxxxxxx",
        "password=[MASKED]",
        "password=$1",
        "Authorization: Bearer ${{ secrets.GITHUB_TOKEN }}",
        "tokens: 4096, max_tokens=1024",
        "\"usage\":{\"input_tokens\":12,\"output_tokens\":34}",
        "keyPath: ~/.ssh/id_rsa",
        "private_key_path = \"/etc/ssl/private/server.key\"",
        "ssh_key: ~/.ssh/id_ed25519.pub",
        "public_key = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI+92YzdfazBSFvVVEWEX7puTAlOV3kMNVAbfLfmC/LGE\"",
        "cache-key: deps-8c6372521fd4b3afb659a21f4c8c5609",
        "session_id=e56a7175-68be-4395-82ef-c5e802068622",
        "DATABASE_URL=postgres://postgres:postgres@localhost:5432/test",
        "redis://localhost:6379/0",
        "http://user:pass@host/",
        "git@github.com:acme/app.git",
        "curl -u $USER:$TOKEN https://x",
        "mysql -u root -p",
        "docker run -p 8080:80 nginx",
        "Cookie: theme=dark; _ga=GA1.2.111.222",
        "api_key: ${{ inputs.api-key }}",
        "kubectl get secret db -o yaml",
        "aws secretsmanager get-secret-value --secret-id prod/db",
        "op read op://vault/item/password",
        "pass show db/prod",
        "grep -rn password src/",
        "git commit -m \"Fix password reset\"",
        "passwordResetToken String?",
        "\"password\": {\"type\": \"string\", \"minLength\": 8}",
        "\"passwordPolicy\": \"strict\"",
        "TOKEN_EXPIRY=3600",
        "JWT_ALGORITHM=HS256",
        "keystore.type=PKCS12",
    ]);
}

#[test]
fn sentences_and_reports_about_secrets_stay() {
    check_all(&[
        "// the token is passed in the Authorization header",
        "password reset link: https://app.example/reset",
        "Forgot password? Click here",
        "Password strength: weak",
        "The secret to success is patience.",
        "bearer token authentication",
        "PASSED tests/test_token.py::test_token_refresh",
        "test result: ok. 12 passed; 0 failed",
        "title: Password reset",
    ]);
}
