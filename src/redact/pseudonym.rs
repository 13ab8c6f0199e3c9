//! Pseudonyms: replacements that keep the kind of what they stand for.

use crate::{rule::Style, tag::Tag};

/// Appends the pseudonym of `style` for a value with `tag`.
pub(crate) fn render(style: Style, tag: Tag, out: &mut Vec<u8>) {
    let (before, behind) = match style {
        Style::User => ("user-", ""),
        Style::Email => ("user-", "@example.com"),
        Style::Ipv4 | Style::Ipv6 | Style::Mac => return address(style, tag.bits(), out),
        Style::Host => ("host-", ".example"),
        Style::Machine => ("host-", ""),
        Style::Org => ("org-", ""),
        Style::Branch => ("branch-", ""),
        Style::Project => ("project-", ""),
        Style::Dir => ("dir-", ""),
        Style::File => ("mod-", ""),
        Style::Function => ("fn-", ""),
        Style::Type => ("type-", ""),
        Style::Constant => ("const-", ""),
        Style::Uuid => ("00000000-0000-4000-8000-0000", "00"),
        Style::Tag | Style::Outline | Style::Media => return,
    };
    out.extend_from_slice(before.as_bytes());
    out.extend_from_slice(&tag.digits());
    out.extend_from_slice(behind.as_bytes());
}

/// Appends an address of a range that nobody has, of the shown bits of a tag.
fn address(style: Style, bits: u64, out: &mut Vec<u8>) {
    let [high, middle, low, ..] = bits.to_be_bytes();
    let text = match style {
        Style::Ipv4 => format!("240.{high}.{middle}.{low}"),
        Style::Ipv6 => format!("2001:db8::{high:x}:{:x}", u16::from_be_bytes([middle, low])),
        _ => format!("02:00:5e:{high:02x}:{middle:02x}:{low:02x}"),
    };
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::Key;
    use std::collections::HashSet;

    #[test]
    fn a_pseudonym_says_as_much_as_its_tag() {
        let key = Key::from_material(&[1; 32]);
        let tags: HashSet<String> = (0..500u32).map(|i| key.tag(&i.to_le_bytes()).to_string()).collect();
        for style in
            [Style::User, Style::Email, Style::Ipv4, Style::Ipv6, Style::Mac, Style::Host, Style::Uuid]
        {
            let rendered = |i: u32| {
                let mut out = Vec::new();
                render(style, key.tag(&i.to_le_bytes()), &mut out);
                out
            };
            assert_eq!((0..500).map(rendered).collect::<HashSet<_>>().len(), tags.len(), "{style:?}");
        }
    }
}
