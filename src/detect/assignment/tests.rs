use crate::detect::tests::{check, keyed};

#[test]
fn finds_values_in_every_syntax() {
    for text in [
        "DB_PASSWORD=«tr0ub4dor&3x»",
        "export DB_PASSWORD='«tr0ub4dor»' && make",
        "db.password = \"«vatitqRakSUAm»\"",
        "users:\n  - name: reporter\n    password: '«Tr0ub4dor-NiDl»'",
        "password: «hunter2»\n",
        r#"{\"password\": \"«x7Kq9z»\", \"a\": 1}"#,
        r#"{\\\"password\\\": \\\"«x7Kq9z»\\\"}"#,
        "<password>«hunter2»</password>",
        "<add key=\"DbPassword\" value=\"«hunter2»\" />",
        "- name: DB_PASSWORD\n  value: «hunter2»\n",
        "{\"name\": \"DB_PASSWORD\", \"value\": \"«hunter2»\"}",
        "password := \"«hunter2»\"",
        ":password => '«hunter2»'",
        "password: str = \"«hunter2»\"",
        "setPassword(\"«hunter2»\")",
        "os.getenv(\"DB_PASSWORD\", \"«hunter2»\")",
        "process.env.DB_PASSWORD || '«hunter2»'",
        "${DB_PASSWORD:-«hunter2»}",
        "localStorage.setItem('token', '«x7Kq9zB2mW4v»')",
        "Server=tcp:sql1,1433;User ID=crm;Password=«ubyTXtOxxvKpOMBlxp»;Encrypt=true;",
        "cmd --password «hunter2» --x",
        "cmd --token=«x7Kq9zB2mW4v» --x",
        "docker run -e DB_PASSWORD=«hunter2» app",
        "machine ftp.internal.example login deploy password «GyTgv0GIIxYH»",
        "//npm-registry.example/:_authToken=«7cb90ac0-c274-4e07-9b63-f955dfccb2ce»",
        "GET /api?limit=5&access_token=«x7Kq9zB2mW4v»&page=2 200",
        "| password | «hunter2» |",
        "$env:DB_PASSWORD = \"«hunter2»\"",
        "Config { password: \"«hunter2»\".to_string() }",
        "const dd_api_key = '«8c6372521fd4b3afb659a21f4c8c5609»';",
        "setx API_TOKEN «x7Kq9zB2mW4v»",
        "ENV DB_PASSWORD «hunter2»",
        "aws configure set aws_secret_access_key «tZnadFFuah28SbFOTgYUnySn5Shtm1sN»",
        "new NetworkCredential(\"bob\", \"«hunter2»\")",
        "public string Password { get; set; } = \"«hunter2!»\";",
        "INSERT INTO users (name, password) VALUES ('bob', '«hunter2»');",
    ] {
        check(text);
    }
}

#[test]
fn finds_values_by_what_stands_around_them() {
    for text in [
        r#"{"columns":["id","user","password"],"rows":[[1,"bob","«Comet84x»"],[2,"eve","«Comet85y»"]]}"#,
        r#"{\"fields\": [\"user\", \"password\"], \"values\": [\"bob\", \"«Comet84x»\"]}"#,
        "password, err := f(); session.Login(\"bob\", \"«Comet!84x»\")",
        "sed -i 's/^DB_PASSWORD=.*/DB_PASSWORD=«nekan-Ritug4»/' .env",
        "sed -i 's#DB_PASSWORD=.*#DB_PASSWORD=«Futum1854»#g' .env",
        "'user' => 'bob', 'pass' => '«Comet84x»'",
        "if ($http_x_api_key != \"«x7Kq9zB2mW4vL8pTq3NfR6yD»\") { return 403; }",
        "+<key>ServerPassword</key>\n+\t<string>«Comet84x»</string>",
        "    11→<key>ServerPassword</key>\n    12→\t<string>«Comet84x»</string>",
        "11\t<key>ServerPassword</key>\n12\t\t<string>«Comet84x»</string>",
        "variable \"db_password\" {\n+  type    = string\n+  default = \"«Comet84x»\"\n",
        "password: [-«Comet84x»-]{+«Comet85y»+}",
        "rclone config create nas sftp host h1 user bob pass «Comet84x»",
        "ldap_default_authtok = «Comet84x»",
        "        - --password\n        - «Comet84x»\n",
        "        - --password\n        - --verbose\n",
        "redis:auth(\"«Comet84x»\")",
        "DEBUG HikariConfig - password.......................«D1GiPb0Q2»",
        "Password ............ «Comet84x!»",
        "Enter your password.... then go on",
        "<bindCredential>«Comet84x!»</bindCredential>",
        "storePassword \"«Namek1555!»\"\n",
        "env:\n  - value: \"«Comet84x»\"\n    name: DB_PASSWORD",
        "  7→variable \"db_password\" {\n  8→  type    = string\n  9→  default = \"«Comet84x»\"\n",
        "crudini --set app.ini database password «F+p7K3As5U?Dr»\necho done\n",
        "char password[32] = \"«Comet84x»\";",
        "var password = []byte(\"«Comet84x»\")",
        "{password, \"«Comet84x»\"}",
        "{\"password\":{\"value\":\"«Comet84x»\"}}",
        "[\"password\"]=>\n  string(8) \"«Comet84x»\"",
        "username bob password 0 «Comet84x»",
        "331 Please specify the password.\nPASS «Comet84x»\n",
        "driver.find_element(By.ID, \"password\").send_keys(\"«Comet84x»\")",
        "page.fill('input[name=\"password\"]', '«sunflower»')",
        "std::env::var(\"DB_PASSWORD\").unwrap_or(\"«sunflower»\".into())",
        "openssl enc -aes256 -pass pass:«harbor-lemon-saddle-violet» -in a",
        "psql \"host=h user=bob password=«sunflower»\"",
        "<password type=\"string\">«Comet84x»</password>",
        "<property name=\"password\"><value>«Comet84x»</value></property>",
        "db_password = \"«Comet84x»\" -> \"«Comet85y»\"",
        "setenv DB_PASSWORD «Comet84x»",
        "consul kv put app/db_password «Comet84x»",
        "password: !!str «Comet84x»",
        "INSERT INTO `users` (`id`, `api_key`) VALUES (7, '«x7Kq9zB2mW4v»'), (8, '«q71edERoC5IO»')",
        "API_KEY=«garnet9803»",
        "tool --api-key \"«apple7220»\" list",
        "#define APP_API_KEY \"«Hunter1987»\"",
        "define('APP_JWT_SECRET', '«Carbon2002»');",
        "  access_token: «cobalt1399»\n",
        "APP_SECRET_KEY := «CactusCopper31»",
        "encryptionKey: `«springBanjo95»`,",
        "private_token = '«Cherry!71»'",
        "SECRET_KEY=«sbsate3LLMpio_D»",
        "keyStorePassword=«IAvCKxrSlJHoOrmQ»",
        "tool --password=«gpTU7li4NHT6F0fetfpDBw1venOonyNT» --yes",
        "mvn deploy -Dsonar.login=«birch5104»",
    ] {
        check(text);
    }
}

#[test]
fn finds_values_in_lists_and_markup() {
    for text in [
        "Key             Value\n---             -----\ndb_password     «Comet84x»\n",
        "NAME         VALUE     UPDATED\nDB_PASSWORD  «Comet84x»  about 1 day ago\n",
        "[[\"name\", \"token\"], [\"ci\", \"«x7Kq9zB2mW4vL8pT»\"], [\"ops\", \"«q71edERoC5IO3kLm»\"]]",
        "<td class=\"l\">Password:</td><td class=\"v\">«Comet84x»</td>",
        "<span class=\"nv\">DB_PASSWORD</span><span class=\"o\">=</span><span class=\"s2\">«Comet84x»</span>",
        "<meta name=\"api-token\" content=\"«x7Kq9zB2mW4vL8pTq3»\">",
        "\"Jwt\": {\n  \"Issuer\": \"acme\",\n  \"Key\": \"«3k1N0uWMdg2IFh2ZNTYFf47b»\"\n}",
        "Driver={PostgreSQL};Server=db;Uid=bob;Pwd={«x7Kq9zB2»};",
        "DB_PASSWORD ?= «Comet84x»\n",
        "mount -t cifs //srv/x /mnt -o username=bob,password=«sunflower»,vers=3.0",
        "nmcli dev wifi connect home password «Comet84x»",
        "echo \"::set-output name=token::«x7Kq9zB2mW4vL8pT»\"",
        "passcode: «Comet84x»\n",
    ] {
        check(text);
    }
}

#[test]
fn leaves_what_is_no_secret() {
    for text in [
        "password = os.environ[\"DB_PASSWORD\"]",
        "const token = await getToken({ audience });",
        "def verify_password(password: str, hashed: str) -> bool:",
        "  secretKeyRef:\n    name: db-credentials\n    key: password",
        "\"max_tokens\": 4096, \"input_tokens\": 18233",
        "API_KEY_HEADER = \"X-Api-Key\"",
        "run: echo ${{ secrets.NPM_TOKEN }} > /dev/null",
        "token: ***",
        "secret santa list is in secrets.md; password reset flow is described in password.md",
        "password: string | null;",
        "let token: Option<String> = None;",
        "connect(user=user, password=password)",
        "api_key=api_key or os.environ.get(\"API_KEY\")",
        "if password == other_password:",
        "password = getpass.getpass()",
        "token: \"[REDACTED:secret:7f3a9c]\"",
        "DB_PASSWORD=[REDACTED:secret:7f3a9c]",
        "<input type=\"password\" name=\"password\" placeholder=\"Enter your password\">",
        "password: \"Password must be at least 8 characters\"",
        "password: Yup.string().min(8).required(\"Password is required\"),",
        "INSERT INTO users (name, password) VALUES (?, ?)",
        "INSERT INTO users (name, password) VALUES (:name, :password)",
        "token_algorithm = \"HmacSha256\"",
        "api_key = \"test-key-12345\"",
        "const token = \"token123\"",
        "api_key: \"YourApiKeyHere123\"",
        "secretName = \"app-secret-2024\"",
        "  \"publish\",\n  \"pwd\",\n  \"pyargs\",\n",
        "h.add_password('basic_test_realm', url, user)",
        "pwd = os.getcwd()",
        "MLKEM768X25519PrivateKey = rust_openssl.hpke.MLKEM768X25519PrivateKey\nKEM = rust_openssl.hpke.KEM\n",
        "We set --pass=late in this command",
        "class ReassociatePass : public PassInfoMixin<ReassociatePass> {\npublic:\n  using S = V<int>;",
        "DEVSTAT_PRIORITY_PASS = 0x030,",
        "// > FEAT_LSE implements the functionality identified by the value 0b0010.",
        "// > FEAT_LS64 implements the functionality identified by 0b0001.",
        "#define FIPS_KEY_STRING \"f4556650ac31d35461610bac4ed81b1a181b2d8a43ea2854cbae22ca74560813\"",
        "#define SSL_TXT_kPSK \"kPSK\"",
        "#define SECURITY_SET_PASSWORD\t\t0xBA",
        "+Password string `json:\"password\"`",
        "{\"simple_pass\": {\"code\": \"pass\\n\"}}",
        "password = \"@@DB_PASSWORD@@\"",
        "jwt.sign({ id }, '<password>', { expiresIn: '1h' })",
        "UPDATE users SET password = '<password>' WHERE name = 'admin';",
        "<param name=\"password\" value=\"&lt;password&gt;\"/>",
        "rootpw --plaintext changeme",
        "a\n-hasło jest nieprawidłowe",
        "-password field missing",
        "keytool -srcstorepass <PASSWORD> -deststorepass <PASSWORD>",
        "kubectl create secret generic db --from-file=password=./pw.txt",
        "openssl rsa -passin pass:$1 -in k",
        "string password = \"dummy\";",
    ] {
        check(text);
    }
}

#[test]
fn leaves_what_stands_where_values_do() {
    for text in [
        "rar a -hpPASSWORD a.rar d",
        "│ password │ varchar(255) │ NO  │",
        "Refreshing state... [id=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-Ab1Cd2]",
        "ALTER USER hr IDENTIFIED BY &new_password REPLACE &old_password;",
        "Field         Value\nDB_PASSWORD   required\n",
        "\"Row\": {\"Key\": \"3k1N0uWMdg2IFh2ZNTYFf47b\"}",
        "f(user=user,password=password)",
        "{\"name\": \"password\", \"content\": \"Your password was reset yesterday\"}",
        "[[\"name\", \"token\"], [\"a\", \"string\"]]",
        "url = f\"Server=db;Pwd={password};\"",
        "WiFi.begin(\"Home\", \"xxxxxxxx\");",
    ] {
        check(text);
    }
}

#[test]
fn a_key_that_means_a_secret_makes_its_value_one() {
    for (key, value, found) in [
        ("password", "hunter2", true),
        ("clientSecret", "x7Kq9zB2mW4v", true),
        ("X_TOKEN", "7cb90ac0-c274-4e07-9b63-f955dfccb2ce", true),
        ("passphrase", "orchid lamp river stone", true),
        ("password", "the password is wrong", false),
        ("token_type", "x7Kq9zB2mW4v", false),
        ("uuid", "7cb90ac0-c274-4e07-9b63-f955dfccb2ce", false),
    ] {
        assert_eq!(keyed(key, value), found, "{key}");
    }
}
