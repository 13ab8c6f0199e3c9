//! Values near a word that means a secret, in the syntax of any language or tool.

mod around;
mod call;
mod container;
mod dump;
mod form;
mod further;
mod ground;
mod insert;
mod judge;
mod lead;
mod name;
mod parent;
mod pieces;
mod record;
mod separator;
mod setter;
mod sibling;
mod sql;
mod value;

pub(super) use around::name_around;
pub(super) use call::find as find_call;
pub(super) use container::{is_container, is_open, is_secret as is_held};
pub(super) use judge::{Ground, is_phrase, judge};
pub(super) use name::{Kind, Name, meaning};
pub(super) use value::{literal, trim_tail};

use super::{
    recall::Recall,
    reference,
    secret::Word,
    subject::{Hit, Hits, Subject},
};
use crate::{
    rule::{Confidence, id},
    transcript::text::{Field, Role},
};
use further::{alternative, formatted, retry_after_type, second_literal, takes_login};
use ground::ground;
use judge::is_option;
use lead::Lead;
use separator::How;
use std::cell::RefCell;
use value::Value;

/// Looks at the word at byte `at` of the subject and at what follows it.
pub(super) fn find(subject: &Subject<'_>, at: usize, word: Word, hits: &mut Hits) {
    let bytes = subject.bytes;
    if sql::is_word(bytes, at, b"identified by") {
        return sql::identified_by(bytes, at, hits);
    }
    let Word { start, end, name } = word;
    container::find(bytes, (start, end), hits);
    if let Some(at) = sql::set_password(bytes, end) {
        return name.into_iter().for_each(|name| take_literal(name, subject, at, hits));
    }
    let Some(name) = name.filter(|_| !is_qualified(&bytes[..start]) && !is_in_value(bytes, start)) else {
        return parent::find(bytes, (start, end), hits);
    };
    if matches!(bytes.get(end), Some(b',' | b')' | b'"' | b'`' | b'\'' | b']' | b'\\')) {
        insert::find(bytes, (start, end), name, hits);
        insert::find_listed(bytes, (start, end), name, hits);
    }
    if let Some(at) = setter::typed(bytes, end) {
        return take_literal(name, subject, at, hits);
    }
    if bytes[..start].ends_with(b"<") && matches!(bytes.get(end..end + 2), Some(b">\"" | b">'")) {
        // A placeholder in quotes: `"<your-password>"`.
        return;
    }
    if let Some(value) = form::find(bytes, start, end).or_else(|| sibling::before(bytes, start)) {
        return take(name, subject, value, hits);
    }
    linked(subject, (start, end), name, hits);
}

/// Looks at what a separator ties to the name in `start..end`.
fn linked(subject: &Subject<'_>, (start, end): (usize, usize), name: Name, hits: &mut Hits) {
    let bytes = subject.bytes;
    let Some(link) = separator::after(bytes, start, end) else { return };
    if pieces::find(bytes, link.at, name, hits) {
        return;
    }
    if let Some(changed) = changed_words(bytes, link.at) {
        return changed.into_iter().for_each(|value| take(name, subject, value, hits));
    }
    let Some(value) = value::read(bytes, link.at, link.how) else { return };
    let lead = Lead::of(bytes, start);
    let Some(ground) = ground(bytes, (start, end), link, value, lead) else {
        if link.how == How::Space {
            retry_after_type(subject, name, value, hits);
        }
        return;
    };
    let ground = match ground {
        Ground::Code
            if name.certain && !value.quoted && record::is_value(bytes, (start, end), link.how, value) =>
        {
            Ground::Bare
        }
        Ground::Listed if &bytes[start..end] == b"pass" && is_beside_login(&bytes[..start]) => {
            Ground::Literal
        }
        ground => ground,
    };
    let value = without_scheme(bytes, otherwise(bytes, without_braces(bytes, start, value)));
    let value = without_login(bytes, (start, end), without_brackets(bytes, narrow(bytes, value, lead)));
    let value = without_divider(bytes, start, value);
    if is_folder(&bytes[start..end], &bytes[value.start..value.end]) {
        return;
    }
    if is_own_name(&bytes[start..end], &bytes[value.start..value.end], link.how, value.quoted) {
        return;
    }
    if let Some((confidence, evidence)) = judge(name, &bytes[value.start..value.end], ground, subject.field) {
        push(hits, value.start, value.end, confidence, evidence);
        // What a plan changes it to.
        if value.quoted && bytes[value.end..].starts_with(b"\" -> ") {
            take_literal(name, subject, value.end + 5, hits);
        }
        return;
    }
    if value.quoted && (name.kind == Kind::Auth || link.how == How::Call && takes_login(&bytes[start..end])) {
        second_literal(bytes, value.end, hits);
    }
    formatted(bytes, name, value, hits);
    pieces::added(bytes, name, value, hits);
    retry_after_type(subject, name, value, hits);
    alternative(subject, name, value, hits);
}

/// Whether the value only says the name again: `SSL_TXT_kPSK "kPSK"`, `password = self.password`, an option in a page.
fn is_own_name(name: &[u8], value: &[u8], how: How, quoted: bool) -> bool {
    let last = value.rsplit(|b| *b == b'.').next().unwrap_or(value);
    let member = last.len() >= 4 && value.len() > last.len() && name.ends_with(last);
    let spelled = quoted
        && value.len() >= 4
        && name.len() >= value.len()
        && name[name.len() - value.len()..].eq_ignore_ascii_case(value);
    member || spelled || how == How::Element && is_option(value)
}

/// What a key means, if it may mean a secret. There are few of them.
fn meaning_of_key(key: &[u8]) -> Option<Name> {
    thread_local! {
        static KEYS: RefCell<Recall<Option<Name>, 256>> = const { RefCell::new(Recall::new()) };
    }
    KEYS.with_borrow_mut(|keys| keys.get(key, |key| meaning(key).or_else(|| asked(key))))
}

/// What a key asks for that is a question: `What is the admin password?`
fn asked(key: &[u8]) -> Option<Name> {
    let question = key.trim_ascii().strip_suffix(b"?").or_else(|| key.trim_ascii().strip_suffix(b":"))?;
    let word = question.trim_ascii_end().rsplit(|b| *b == b' ').next()?;
    meaning(word).filter(|name| name.certain && word.len() < question.len())
}

/// Takes the literal at `at`, if there is one, for a value under `name`.
fn take_literal(name: Name, subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let bytes = subject.bytes;
    if let Some(found) = literal(bytes, at) {
        take(name, subject, without_pressed_key(bytes, found), hits);
    }
}

/// Looks at what is sent to the question whose `assword` ends at byte `end`: `expect "*assword:*"`, `send "x\r"`.
pub(super) fn find_sent(subject: &Subject<'_>, end: usize, hits: &mut Hits) {
    let marks =
        subject.bytes[end..].iter().take(4).take_while(|b| matches!(b, b':' | b'*' | b'?' | b' ')).count();
    if let Some(at) = setter::typed(subject.bytes, end + marks) {
        take_literal(Name { kind: Kind::Password, certain: true }, subject, at, hits);
    }
}

/// `x{enter}`, `x\r`: what a test or a dialogue types, without the key that it presses behind it.
fn without_pressed_key(bytes: &[u8], found: Value) -> Value {
    let text = &bytes[found.start..found.end];
    if let Some(text) = text.strip_suffix(b"\\r").or_else(|| text.strip_suffix(b"\\n")) {
        return Value { end: found.start + text.len(), ..found };
    }
    let open = text.strip_suffix(b"}").and_then(|text| memchr::memrchr(b'{', text)).unwrap_or(0);
    let key = |key: &[u8]| key.iter().all(u8::is_ascii_alphabetic);
    if open > 0 && key(&text[open + 1..text.len() - 1]) {
        Value { end: found.start + open, ..found }
    } else {
        found
    }
}

/// Takes a value that stands under `name` beyond doubt.
fn take(name: Name, subject: &Subject<'_>, found: Value, hits: &mut Hits) {
    let value = &subject.bytes[found.start..found.end];
    if let Some((sure, evidence)) = judge(name, value, Ground::Literal, subject.field) {
        push(hits, found.start, found.end, sure, evidence);
    }
}

/// Looks at a whole text whose own key means a secret.
pub(super) fn find_keyed(subject: &Subject<'_>, hits: &mut Hits) {
    let (Some(key), Role::Value | Role::Number) = (subject.key, subject.role) else { return };
    if key.len() < 2 || key.len() > name::LONGEST || subject.bytes.len() > value::LONGEST {
        return;
    }
    if is_container(key) {
        credentials(subject, hits);
    }
    let Some(name) = meaning_of_key(key) else { return questioned(subject, key, hits) };
    let text = subject.bytes.trim_ascii();
    let start = subject.bytes.len() - subject.bytes.trim_ascii_start().len();
    if is_folder(key, text) {
        return;
    }
    if let Some((confidence, _)) = judge(name, text, Ground::Literal, Field::Free) {
        push(hits, start, start + text.len(), confidence, "the value of a key that means a secret");
    }
}

/// `"credentials": "bob:x"`: a login and a password that are all of a text.
fn credentials(subject: &Subject<'_>, hits: &mut Hits) {
    let text = subject.bytes;
    let Some(sign) = memchr::memchr(b':', text).filter(|sign| (1..64).contains(sign)) else { return };
    let plain = text[..sign].iter().all(|b| b.is_ascii_alphanumeric() || b"._-@+".contains(b));
    if plain && is_held(&text[sign + 1..]) {
        push(hits, sign + 1, text.len(), Confidence::Medium, "a login and a password");
    }
}

/// `"Which password should I use?": "x"`: an answer to a question that names a secret.
fn questioned(subject: &Subject<'_>, key: &[u8], hits: &mut Hits) {
    let text = subject.bytes;
    let asks = key.ends_with(b"?")
        && key
            .split(|b| !b.is_ascii_alphanumeric())
            .any(|word| word.len() > 2 && meaning(word).is_some_and(|n| n.certain));
    if asks && reference::is_strongly_made_up(text) && !reference::is_explained(text) {
        push(hits, 0, text.len(), Confidence::Medium, "an answer to a question for a secret");
    }
}

/// Whether something is typed into the field whose name ends at `end`.
pub(super) fn is_typed(bytes: &[u8], end: usize) -> bool {
    setter::typed(bytes, end).is_some()
}

/// Adds a hit unless another word of the same name has.
fn push(hits: &mut Hits, start: usize, end: usize, confidence: Confidence, evidence: &'static str) {
    if start < end && !is_known(hits, start, end) {
        hits.push(Hit::new(id::SECRET_ASSIGNMENT, start, end, evidence).confidence(confidence));
    }
}

/// Whether one of the latest hits has this span.
pub(super) fn is_known(hits: &Hits, start: usize, end: usize) -> bool {
    hits.iter().rev().take(8).any(|hit| hit.span.start() == start && hit.span.end() == end)
}

/// Whether what stands before a name makes it a type's (`AWS::AccessToken`) or a placeholder's.
fn is_qualified(before: &[u8]) -> bool {
    before.ends_with(b"REDACTED:") || before.ends_with(b"::")
}

/// Whether the name stands in the value of another: `password=password=x`.
fn is_in_value(bytes: &[u8], start: usize) -> bool {
    let Some(sign) = start.checked_sub(1).filter(|&i| bytes[i] == b'=' && i > 0) else { return false };
    let other =
        name_around(bytes, sign - 1).and_then(|(from, to)| meaning(&bytes[from..to]).filter(|_| to == sign));
    other.is_some_and(|name| name.certain)
}

/// Whether a `user` stands just before: `user: 'bob', pass: 'x'`.
fn is_beside_login(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(80)..];
    memchr::memmem::find(near, b"user").is_some()
}

/// Whether `pwd` names a working directory: `PWD=/srv/app`.
fn is_folder(name: &[u8], value: &[u8]) -> bool {
    let begins = matches!(value, [b'/' | b'~', ..] | [_, b':', b'\\' | b'/', ..]);
    begins && name.len() >= 3 && name[name.len() - 3..].eq_ignore_ascii_case(b"pwd")
}

/// `CURLOPT_USERPWD, "bob:x"`: what stands behind the login.
fn without_login(bytes: &[u8], (start, end): (usize, usize), value: Value) -> Value {
    let text = &bytes[value.start..value.end];
    let sign = memchr::memchr(b':', text).filter(|_| value.quoted && bytes[start..end].ends_with(b"USERPWD"));
    Value { start: value.start + sign.map_or(0, |sign| sign + 1), ..value }
}

/// `{noop}x`, `{PLAIN}x`: a password behind the name of how it is kept, which is as it is.
fn without_scheme(bytes: &[u8], value: Value) -> Value {
    const SCHEMES: [&[u8]; 4] = [b"{noop}", b"{plain}", b"{PLAIN}", b"{CLEARTEXT}"];
    let scheme = SCHEMES.iter().find(|scheme| bytes[value.start..value.end].starts_with(scheme));
    Value { start: value.start + scheme.map_or(0, |scheme| scheme.len()), ..value }
}

/// `${1:-x}`: what a shell takes if nothing else is said.
fn otherwise(bytes: &[u8], value: Value) -> Value {
    let text = &bytes[value.start..value.end];
    if !text.starts_with(b"${") {
        return value;
    }
    let Some(sign) = memchr::memmem::find(text, b":-").or_else(|| memchr::memmem::find(text, b":=")) else {
        return value;
    };
    let start = value.start + sign + 2;
    let end = bytes[start..bytes.len().min(start + 128)]
        .iter()
        .position(|b| matches!(b, b'}' | b'$' | b'\n' | b'"'))
        .map_or(value.end, |i| start + i);
    if bytes.get(end) == Some(&b'}') { Value { start, end, ..value } } else { value }
}

/// `Pwd={x7Kq9z}`: what a connection string puts into braces.
fn without_braces(bytes: &[u8], start: usize, value: Value) -> Value {
    match bytes[value.start..value.end] {
        [b'{', ref inside @ .., b'}']
            if bytes[..start].ends_with(b";")
                && inside.len() >= 6
                && inside.iter().any(u8::is_ascii_digit)
                && !inside.iter().any(|b| b"{}[]()\"'".contains(b)) =>
        {
            Value { start: value.start + 1, end: value.end - 1, quoted: true }
        }
        _ => value,
    }
}

/// `password: [-x-]{+y+}`: what a comparison of words says was there and is.
fn changed_words(bytes: &[u8], at: usize) -> Option<[Value; 2]> {
    let old = at + usize::from(bytes[at..].starts_with(b"\""));
    let rest = bytes[old..].strip_prefix(b"[-")?;
    let rest = &rest[..rest.len().min(value::LONGEST)];
    let middle = memchr::memmem::find(rest, b"-]{+")?;
    let close = memchr::memmem::find(&rest[middle..], b"+}")?;
    let quoted = true;
    let start = old + 2;
    let plain = !rest[..middle + close].contains(&b'\n');
    plain.then_some([
        Value { start, end: start + middle, quoted },
        Value { start: start + middle + 4, end: start + middle + close, quoted },
    ])
}

/// `password=[x7Kq9z]`: what a log puts into brackets, if it is no word that stands for a value.
fn without_brackets(bytes: &[u8], value: Value) -> Value {
    match bytes[value.start..value.end] {
        [b'[', ref inside @ .., b']']
            if !value.quoted
                && inside.iter().any(u8::is_ascii_digit)
                && inside.iter().filter(|b| b.is_ascii_lowercase()).count() > 2
                && !inside.iter().any(|b| matches!(b, b'[' | b']' | b',' | b'-' | b'"' | b'\'')) =>
        {
            Value { start: value.start + 1, end: value.end - 1, quoted: true }
        }
        _ => value,
    }
}

/// `s/PASSWORD=.*/PASSWORD=x/g`: what an editor's command puts in, without the sign that ends it.
fn without_divider(bytes: &[u8], start: usize, value: Value) -> Value {
    let text = &bytes[value.start..value.end];
    let divider = start.checked_sub(1).map(|i| bytes[i]).filter(|b| matches!(b, b'/' | b'|' | b'#' | b'~'));
    let Some(sign) = divider.and_then(|divider| memchr::memrchr(divider, text)) else { return value };
    let flags = text[sign + 1..].iter().all(|b| matches!(b, b'g' | b'i' | b'I'));
    if flags && sign > 0 { Value { end: value.start + sign, ..value } } else { value }
}

/// A parameter of a URL ends at `&` and `#`.
fn narrow(bytes: &[u8], value: Value, lead: Lead) -> Value {
    if lead != Lead::Parameter {
        return value;
    }
    let cut = bytes[value.start..value.end].iter().position(|b| matches!(b, b'&' | b'#' | b')' | b'>'));
    Value { end: value.start + cut.unwrap_or(value.end - value.start), ..value }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, keyed};

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
}
