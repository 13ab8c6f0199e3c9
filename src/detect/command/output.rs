//! What a command prints that was asked for a secret: `$ op read op://vault/db/password` and the line below it.

use super::secret;
use crate::{
    detect::{Wanted, asked, reference, shape::Shape, subject::Hits},
    rule::Class,
};

/// The longest command line that is looked at, in bytes.
const LONGEST: usize = 200;

/// How much of the line below a command that prints a secret is looked at, in bytes.
const MADE: usize = 1024;

/// Parts of command lines that print a secret which they name.
const PRINTING: [&[u8]; 23] = [
    b" output ",
    b"echo $",
    b"echo \"$",
    b"echo ${",
    b"echo %",
    b"printenv ",
    b"$env:",
    b" read ",
    b" get ",
    b" show ",
    b" access ",
    b" -w ",
    b"auth token",
    b"print-",
    b"jq ",
    b"yq ",
    b"base64 -d",
    b"base64 --decode",
    b"initial-password",
    b").Password",
    b"config:get",
    b"-field=",
    b"rand ",
];

/// Looks at the line below that of the word which ends at byte `end`, if its line is a command that prints a secret.
pub(in crate::detect) fn find(bytes: &[u8], start: usize, end: usize, hits: &mut Hits) {
    let low = start.saturating_sub(LONGEST);
    let line = memchr::memrchr(b'\n', &bytes[low..start]).map_or(low, |i| low + i + 1);
    let Some(prompt) = prompt(&bytes[line..start]) else { return };
    let rest = &bytes[end..bytes.len().min(end + LONGEST)];
    let Some(stop) = memchr::memchr(b'\n', rest) else { return };
    let command = &bytes[line..end + stop];
    if let Some(asked) = asked::of_script(&command[prompt..], Wanted::new(|class, _| class == Class::Secret))
    {
        let at = end + stop + 1;
        let object = bytes.get(at) == Some(&b'{');
        let len = if object {
            memchr::memmem::find(&bytes[at..bytes.len().min(at + MADE)], b"\n}")
        } else {
            memchr::memchr(b'\n', &bytes[at..bytes.len().min(at + MADE)])
        };
        let answer = at..len.map_or(bytes.len().min(at + MADE), |len| at + len);
        for (from, to) in asked::lines(&bytes[answer]) {
            asked::find(bytes, (at + from, at + to), (0, 1), asked, hits);
        }
    }
    let at = end + stop + 1;
    if is_interpreter(command) {
        return evaluated(bytes, &command[prompt..], at, hits);
    }
    let prints = command.ends_with(b" -w")
        || PRINTING.iter().any(|part| memchr::memmem::find(command, part).is_some());
    if !prints && !shows_file(command) {
        return;
    }
    let len = bytes[at..].iter().take(LONGEST).take_while(|b| !b.is_ascii_whitespace()).count();
    let alone = matches!(bytes.get(at + len), None | Some(b'\n' | b'\r'));
    let quoted = usize::from(len > 2 && bytes[at] == b'"' && bytes[at + len - 1] == b'"');
    let (from, to) = (at + quoted, at + len - quoted);
    let named = !prints && bytes[from..to].contains(&b'.');
    if alone && !named && is_secret(&bytes[from..to]) {
        secret(bytes, from, to, hits);
    }
}

/// Whether a command shows a file whose name says that it holds a secret alone: `cat .vault_pass`, `cat master.key`.
fn shows_file(command: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(command, b"cat ") else { return false };
    let file = command[at + 4..].trim_ascii();
    let name = file.rsplit(|b| *b == b'/').next().unwrap_or(file);
    let ending = memchr::memrchr(b'.', name).filter(|dot| *dot > 0).map_or(&b""[..], |dot| &name[dot + 1..]);
    !file.contains(&b' ') && matches!(ending, b"" | b"txt" | b"key" | b"pass" | b"token" | b"secret" | b"pw")
}

/// Whether a prompt names a server and its port: `127.0.0.1:6379`.
fn is_server(prompt: &[u8]) -> bool {
    let port = prompt.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    port > 1 && prompt[..prompt.len() - port].ends_with(b":") && prompt.contains(&b'.')
}

/// Whether a line is one of an interpreter that shows what an expression is: `>>> `, `In [3]: `, `irb(main):001> `.
fn is_interpreter(line: &[u8]) -> bool {
    const HEADS: [&[u8]; 7] = [b">>> ", b"In [", b"irb(", b"iex(", b"[1] pry", b"pry(", b"scala> "];
    HEADS.iter().any(|head| line.starts_with(head)) || line.starts_with(b"> ") && line.contains(&b'.')
}

/// What an expression that names a secret is, in quotes on the line from byte `at` on: `'x'`, `Out[3]: 'x'`, `=> "x"`.
fn evaluated(bytes: &[u8], expression: &[u8], at: usize, hits: &mut Hits) {
    let calls = [&b"len("[..], b"hash", b"digest", b"sha", b"type(", b"import ", b"def "];
    let assigns = expression.windows(3).any(|w| w == b" = ");
    if assigns || calls.iter().any(|call| memchr::memmem::find(expression, call).is_some()) {
        return;
    }
    let rest = &bytes[at..bytes.len().min(at + LONGEST)];
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let head = if line.starts_with(b"Out[") { memchr::memchr(b' ', line).map_or(0, |i| i + 1) } else { 0 };
    let head = if line.starts_with(b"=> ") { 3 } else { head };
    let text = line[head..].trim_ascii_end();
    let quoted = text.len() > 5
        && matches!(text[0], b'\'' | b'"')
        && text[text.len() - 1] == text[0]
        && !text.contains(&b' ');
    let (from, to) = (at + head + 1, at + head + text.len() - usize::from(quoted));
    if quoted && is_secret(&bytes[from..to]) {
        secret(bytes, from, to, hits);
    }
}

/// Where the command of a line starts that begins as a shell's: `$ `, `# `, `> `, `PS C:\\> `, `user@host:~$ `, perhaps behind
/// a number.
fn prompt(line: &[u8]) -> Option<usize> {
    let head = &line[..line.len().min(64)];
    if is_interpreter(line) && !head.starts_with(b"> ") {
        return head.windows(2).position(|w| matches!(w, b": " | b"> ")).map(|sign| sign + 2);
    }
    let sign = head.windows(2).position(|w| matches!(w, b"$ " | b"# " | b"> " | b"% "))?;
    let told = sign < 2
        || head.starts_with(b"PS ")
        || memchr::memchr2(b'@', b'~', &head[..sign]).is_some()
        || is_server(&head[..sign]);
    told.then_some(sign + 2)
}

/// Whether what a line holds alone may be a secret: no word of a message, no number, no path.
fn is_secret(value: &[u8]) -> bool {
    let shape = Shape::of(value);
    value.len() >= 6
        && !reference::is_explained(value)
        && (shape.digits > 0 && shape.letters() > 1 && !reference::is_code(value)
            || shape.looks_random()
            || reference::is_word_list(value)
            || value.len() > 7 && reference::is_plain_word(value))
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::check;

    #[test]
    fn finds_what_was_asked_for() {
        for text in [
            "$ op read op://Prod/db/password\n«Comet84x»\n",
            "$ pass show prod/db\n«Comet84x»",
            "$ terraform output -raw db_password\n«Comet84x»\n",
            "$ security find-generic-password -s acme -w\n«Comet84x»\n",
            "$ yq '.smtp.pass' c.yml\n«Comet84x»\n",
            "$ yq '.smtp.host' c.yml\nComet84x\n",
            "bob@web1:~$ echo $DB_PASSWORD\n«Comet84x»\n",
            "PS C:\\> $cred.GetNetworkCredential().Password\n«Comet84x»\n",
            "$ kubectl get secret db -o jsonpath='{.data.password}' | base64 -d\n«Comet84x»\n",
            "$ jq .password cfg.json\n\"«Comet84x»\"\n",
            "$ cat .vault_pass\n«Comet84x»\n",
            "$ sudo cat /run/secrets/db_password\n«Comet84x»\n",
            "$ openssl rand -hex 16\n«4b1f0c9de2a87653b1c4d0e9f8a73521»\n",
            "bob@web1:~$ head -c 24 /dev/urandom | base64\n«q8Zr2mVx7LwT4yNcB1hJdK5gPf0sAeUu»\n$ ls",
            "$ python3 -c 'import secrets; print(secrets.token_hex(16))'\n«4b1f0c9de2a87653b1c4d0e9f8a73521»",
            "$ pwgen -s 20 1\n«LAkhCkRpkV2gB69yZI60»\n",
            "$ openssl rand -hex 16 > key\n$ git rev-parse HEAD\n4b1f0c9de2a87653b1c4d0e9f8a7352112345678\n",
            ">>> os.environ[\"DB_PASSWORD\"]\n'«Comet84x»'\n>>> ",
            "In [3]: settings.db_password\nOut[3]: '«comet7343»'\n",
            "irb(main):001> config.db_password\n=> \"«Comet84x»\"\n",
            "127.0.0.1:6379> get session:secret\n\"«Mac1CoxYfHosrH7qCxthXaplgoksvfGq»\"\n",
            ">>> len(password)\n'8'\n",
            ">>> hash_of(password)\n'Comet84x'\n",
            ">>> password = read()\n'Comet84x'\n",
            "$ az keyvault secret show --vault-name kv --name db\n{\n  \"contentType\": null,\n  \"value\": \"«Comet84x»\"\n}\n",
            "$ cat password_test.go\nComet84x\n",
            "$ echo $PASSWORD\n\n$ ls\n",
            "$ pass show prod/db\nError: prod/db is not in the password store.\n",
            "$ cat token.txt\nhunter2.txt\n",
            "$ git log --grep password get \na1b2c3d fix\n",
        ] {
            check(text);
        }
    }
}
