//! Shapes that structural values have: what does not have its shape is searched like any other text.

/// `8-4-4-4-12` hexadecimal digits.
pub(super) fn uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// An id that an agent or its API makes: a uuid, a number, a known prefix with the right alphabet and length, or a few
/// hexadecimal digits.
pub(super) fn id(value: &[u8]) -> bool {
    uuid(value) || prefixed_id(value) || short_id(value) || readable_id(value)
}

/// Prefixes of ids in transcripts, and the least and most characters after them.
static ID_PREFIXES: &[(&[u8], usize, usize)] = &[
    (b"toolu_vrtx_", 20, 28),
    (b"toolu_bdrk_", 20, 28),
    (b"toolu_", 20, 28),
    (b"srvtoolu_", 20, 28),
    (b"msg_vrtx_", 20, 28),
    (b"msg_bdrk_", 20, 28),
    (b"msg_", 20, 58),
    (b"req_vrtx_", 20, 28),
    (b"req_", 20, 32),
    (b"call_", 8, 32),
    (b"fc_", 20, 60),
    (b"rs_", 20, 60),
    (b"ctc_", 20, 60),
    (b"ws_", 20, 60),
    (b"resp_", 20, 60),
    (b"prt_", 20, 32),
    (b"ses_", 20, 32),
    (b"prj_", 20, 40),
    (b"agent-", 7, 20),
    (b"session_", 20, 32),
    (b"cse_", 20, 32),
];

fn prefixed_id(value: &[u8]) -> bool {
    ID_PREFIXES.iter().any(|&(prefix, least, most)| {
        value.strip_prefix(prefix).is_some_and(|rest| {
            (least..=most).contains(&rest.len()) && rest.iter().all(u8::is_ascii_alphanumeric)
        })
    })
}

/// Up to 17 lower-case hexadecimal digits, `b2qq2a1k8`, or a small number.
fn short_id(value: &[u8]) -> bool {
    let hex = |b: &u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    let small = |b: &u8| matches!(b, b'0'..=b'9' | b'a'..=b'z');
    match value.len() {
        1..=9 => value.iter().all(small),
        10..=17 => value.iter().all(hex) && !value.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// `ses_stage0_large`: up to six parts of a few small letters and then digits.
fn readable_id(value: &[u8]) -> bool {
    let part = |part: &[u8]| {
        let letters = part.iter().take_while(|b| b.is_ascii_lowercase()).count();
        let digits = &part[letters..];
        letters <= 10 && digits.len() <= 4 && !part.is_empty() && digits.iter().all(u8::is_ascii_digit)
    };
    let mut parts = value.split(|b| matches!(b, b'_' | b'-'));
    value.first().is_some_and(u8::is_ascii_lowercase)
        && parts.by_ref().take(6).all(part)
        && parts.next().is_none()
}

/// `2026-01-27T00:16:19.164Z`, with or without a fraction, `Z` or an offset.
pub(super) fn time(value: &[u8]) -> bool {
    let pattern = b"0000-00-00T00:00:00";
    value.len() >= pattern.len()
        && value.len() <= 35
        && value.iter().zip(pattern).all(|(v, p)| if *p == b'0' { v.is_ascii_digit() } else { v == p })
        && value[pattern.len()..]
            .iter()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b':' | b'+' | b'-' | b'Z'))
}

/// A fixed word: letters with single separators, no digit: `end_turn`, `acceptEdits`, `image/png`.
pub(super) fn word(value: &[u8]) -> bool {
    let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
    value.len() <= 40
        && letter(value.first())
        && letter(value.last())
        && value.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-' | b'/' | b'+' | b'.'))
        && case_changes(value) <= 3
}

/// How often a lower-case letter is followed by a capital: more often in random letters than in words.
fn case_changes(value: &[u8]) -> usize {
    value.windows(2).filter(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase()).count()
}

/// `2.1.330`, `0.98.0-alpha.3`.
pub(super) fn version(value: &[u8]) -> bool {
    value.len() <= 24
        && value.first().is_some_and(u8::is_ascii_digit)
        && value.contains(&b'.')
        && value
            .iter()
            .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase() || matches!(b, b'.' | b'-' | b'+'))
        && value.split(|b| !b.is_ascii_alphanumeric()).all(|part| part.len() <= 8)
}

/// `claude-sonnet-4-5-20251001`, `gpt-5.1-codex`, `<synthetic>`.
pub(super) fn model(value: &[u8]) -> bool {
    let families: [&[u8]; 14] = [
        b"claude",
        b"gpt",
        b"gemini",
        b"o1",
        b"o3",
        b"o4",
        b"codex",
        b"grok",
        b"kimi",
        b"qwen",
        b"deepseek",
        b"anthropic",
        b"<synth",
        b"openai",
    ];
    value.len() <= 64
        && families.iter().any(|family| value.starts_with(family))
        && value.iter().all(|b| b.is_ascii_alphanumeric() || b"-._:/@<>[]".contains(b))
        && value.split(|b| !b.is_ascii_alphanumeric()).all(|part| part.len() <= 10)
}

/// Base64, either alphabet, padded or not, with the `\/` and line breaks that JSON may add.
pub(super) fn base64(value: &[u8]) -> bool {
    let body = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
    let mut rest = value.iter().enumerate();
    let escape = |i: usize| matches!(value.get(i + 1), Some(b'/' | b'n' | b'r'));
    value.len() >= 16
        && rest.all(|(i, b)| body(b) || (*b == b'=' && i + 3 >= value.len()) || (*b == b'\\' && escape(i)))
}

/// The least length of a signature, in characters; those that were seen have 200 and more.
const MIN_SIGNATURE: usize = 64;

/// A signature or encrypted text as agents write them: long, and in the plain alphabet of base64, in which tokens with
/// `_` or `-` cannot hide; or Fernet, which starts with its version.
pub(super) fn signature(value: &[u8]) -> bool {
    let plain = memchr::memchr2(b'_', b'-', value).is_none() || value.starts_with(b"gAAAAA");
    value.len() >= MIN_SIGNATURE && plain && base64(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_secrets() {
        for good in [
            "d833c85c-46d6-4a3c-9b1e-0123456789ab",
            "toolu_01AMSUGee7o5spxBfWrzj6GG",
            "msg_017Xsxqum5RDQZPkhKdBJRuG",
            "req_011CXWw4HLMeBuFSdkjDt2vM",
            "a6849395",
            "b2qq2a1k8",
            "ses_stage0_large",
            "12",
        ] {
            assert!(id(good.as_bytes()), "{good}");
        }
        for bad in [
            "ghp_0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f",
            "Hunter2-hunter2",
            "sk_live_0a1b2c3d4e5f6a7b8c9d0e1f",
            "d833c85c-46d6-4a3c-9b1e-0123456789abc",
            "toolu_01AMSUGee7o5spxBfWrzj6GG sk-ant",
            "4111111111111111",
            "",
        ] {
            assert!(!id(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn words_times_versions_and_models_have_their_shapes() {
        assert!(word(b"end_turn") && word(b"acceptEdits") && word(b"image/svg+xml") && word(b"PostToolUse"));
        assert!(!word(b"hunter2") && !word(b"") && !word(b"aBcDeFgHiJkL") && !word(b"two words"));
        assert!(time(b"2026-01-27T00:16:19.164Z") && time(b"2026-01-27T00:16:19+02:00"));
        assert!(!time(b"2026-01-27T00:16:19 ghp") && !time(b"2026-01-27"));
        assert!(version(b"2.1.330") && version(b"0.98.0-alpha.3") && !version(b"1.2.3-s3cr3tt0k3n"));
        assert!(model(b"claude-sonnet-4-5-20251001") && model(b"<synthetic>") && !model(b"sk-ant-api03"));
    }

    #[test]
    fn a_token_is_no_signature() {
        let long = "EqUCCkYICxgCKkAJtWclNWdt".repeat(4);
        assert!(signature(long.as_bytes()) && signature(format!("gAAAAAB_-{long}").as_bytes()));
        assert!(!signature(b"ghp_0A1b2C3d4E5f0A1b2C3d4E5f0A1b2C3d4E5f"));
        assert!(!signature(format!("ghp_{long}").as_bytes()));
    }

    #[test]
    fn base64_is_base64_only() {
        assert!(base64(b"iVBORw0KGgoAAAANSUhEUg==") && base64(br"EqUCCkYICxgCKkAJtW\/clNWdtclAZA"));
        assert!(
            !base64(b"not base64 at all, really") && !base64(b"short") && !base64(b"aaaa=aaaaaaaaaaaaaaaa")
        );
    }
}
