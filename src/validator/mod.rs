//! Pure yes and no on bytes: checksums, ranges, entropy. One kind per file, its source cited.
//!
//! A checksum that fits is evidence. One that does not fit is none against a value: samples are edited by hand, and
//! issuers change their ways.

pub mod atlassian;
pub mod aws;
pub mod base58;
pub mod bech32;
pub mod card;
pub mod cloudflare;
pub mod confluent;
mod crc32;
mod digits;
mod encoding;
pub mod entropy;
pub mod github;
pub mod gitlab;
pub mod grafana;
pub mod iban;
pub mod jwt;
pub mod laravel;
pub mod luhn;
pub mod mnemonic;
pub mod national;
pub mod nkey;
pub mod pypi;
pub mod verhoeff;
pub mod zuplo;

/// What a rule file can name as `checksum`.
type Check = fn(&[u8]) -> bool;

/// Every validator by its name in rule files.
static BY_NAME: &[(&str, Check)] = &[
    ("aadhaar", national::aadhaar::fits),
    ("atlassian-crc32", atlassian::fits),
    ("aws-key-id", aws::fits),
    ("base58check", base58::fits),
    ("bech32", bech32::fits),
    ("bip39", mnemonic::fits),
    ("card", card::fits),
    ("cloudflare-crc32", cloudflare::fits),
    ("codice-fiscale", national::codice_fiscale::fits),
    ("confluent-crc32", confluent::fits),
    ("cpf", national::cpf::fits),
    ("dni", national::dni::fits),
    ("german-tax-id", national::german_tax_id::fits),
    ("github-crc32", github::fits),
    ("gitlab-crc32", gitlab::fits),
    ("grafana-crc32", grafana::fits),
    ("iban", iban::fits),
    ("itin", national::ssn::is_itin),
    ("jwt", jwt::fits),
    ("laravel-crc32", laravel::fits),
    ("luhn", luhn::fits),
    ("nino", national::nino::fits),
    ("nir", national::nir::fits),
    ("nkey-crc16", nkey::fits),
    ("nric", national::nric::fits),
    ("pan", national::pan::fits),
    ("personnummer", national::personnummer::fits),
    ("pesel", national::pesel::fits),
    ("pypi-macaroon", pypi::fits),
    ("rrn", national::rrn::fits),
    ("sin", national::sin::fits),
    ("south-african-id", national::south_african_id::fits),
    ("ssn", national::ssn::fits),
    ("tfn", national::tfn::fits),
    ("verhoeff", verhoeff::fits),
    ("zuplo-crc32", zuplo::fits),
];

/// The validator of that name, as a rule's `checksum` gives it.
///
/// ```
/// let luhn = transcrub::validator::by_name("luhn").expect("it is built in");
/// assert!(luhn(b"4556 0392 9226 3785"));
/// ```
#[must_use]
pub fn by_name(name: &str) -> Option<Check> {
    BY_NAME.binary_search_by_key(&name, |&(known, _)| known).ok().map(|index| BY_NAME[index].1)
}

#[cfg(test)]
mod tests {
    use super::BY_NAME;

    #[test]
    fn names_are_sorted() {
        assert!(BY_NAME.is_sorted_by_key(|&(name, _)| name));
    }

    #[test]
    fn nothing_and_noise_fit_nowhere() {
        for (name, fits) in BY_NAME {
            for noise in [
                &b""[..],
                b"_",
                b"-",
                b"=",
                b"\xff\xfe",
                b"________________",
                "\u{e9}\u{e9}\u{e9}".as_bytes(),
            ] {
                assert!(!fits(noise), "{name} on {noise:?}");
            }
        }
    }
}
