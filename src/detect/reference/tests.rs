use super::*;

#[test]
fn references_placeholders_and_masks_explain_themselves() {
    for value in [
        "${DB_PASSWORD}",
        "$DB_PASSWORD",
        "$token",
        "{{ token }}",
        "<your-token>",
        "%TOKEN%",
        "your-api-key",
        "YOUR_API_KEY_HERE",
        "changeme",
        "xxxxxxxx",
        "sk-...",
        "sk-xxxxxxxx",
        "***",
        "ghp_****abcd",
        "[REDACTED:x:7f3a9c]",
        "null",
        "",
        "my-secret-key",
        "op://vault/item",
        "/run/secrets/db",
        "secrets.json",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "{token}",
        "Bearer {token}",
        "0123456789abcdef",
        "arn:aws:secretsmanager:x",
        "@Microsoft.KeyVault(x)",
        "test",
        "••••••",
        "insert-token",
        "example-password",
        "process.env.X",
        "%s",
    ] {
        assert!(is_explained(value.as_bytes()), "{value}");
    }
    for value in [
        "hunter2",
        "tr0ub4dor&3x",
        "$ecr3t!Pa",
        "vatitqRakSUAm",
        "8c6372521fd4b3afb659a21f4c8c5609",
        "pa$$w0rd!",
        "sunshine",
        "q71edERoC5IO/MOR8FaGzlQWfxhUQbtHkU2Yxlgs",
        "s3cr3t",
        "P@ssw0rd!",
        "letmein",
    ] {
        assert!(!is_explained(value.as_bytes()), "{value}");
    }
}

#[test]
fn code_is_told_from_values() {
    for value in [
        "get_token()",
        "config.password",
        "os.environ[\"X\"]",
        "await",
        "str",
        "Option<String>",
        "string|null",
        "tokens[0]",
        "self.token",
        "password",
        "dbPassword",
        "user_password",
        "token1",
        "Key::Enter",
        "arrow.Float64",
        "table.Column12",
        "user.Field2",
        "numpy.float64",
        "bcrypt.hashpw(pw",
        "digest.sha512",
        "Content-Header-Value-12",
        "&str",
        "new_password,",
        "String?",
        "a",
        "pwd",
    ] {
        assert!(is_code(value.trim_end_matches(',').as_bytes()), "{value}");
    }
    for value in [
        "hunter2",
        "garnet.Otter84",
        "garnet.otter845",
        "Copper-Meadow-Garden-41",
        "Copper.Meadow.Garden41",
        "Tr0ub4dor-NiDl",
        "s.XsOvnLnU4Dse1jPPv3yvloxe",
        "tr0ub4dor&3x",
        "q71edERoC5IO/MOR8",
    ] {
        assert!(!is_code(value.as_bytes()), "{value}");
    }
}
