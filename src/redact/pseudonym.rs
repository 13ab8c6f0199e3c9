//! Pseudonyms: replacements that keep the kind of what they stand for.

use crate::{rule::Style, tag::Tag};

/// Appends the pseudonym of `style` for a value with `tag`.
pub(crate) fn render(style: Style, tag: Tag, out: &mut Vec<u8>) {
    let bits = tag.bits();
    let text = match style {
        Style::User => format!("user-{tag}"),
        Style::Email => format!("user-{tag}@example.com"),
        Style::Ipv4 => format!("240.{}.{}.{}", bits >> 56, bits >> 48 & 0xff, bits >> 40 & 0xff),
        Style::Ipv6 => format!("2001:db8::{:x}:{:x}", bits >> 56, bits >> 40 & 0xffff),
        Style::Mac => {
            format!("02:00:5e:{:02x}:{:02x}:{:02x}", bits >> 56, bits >> 48 & 0xff, bits >> 40 & 0xff)
        }
        Style::Host => format!("host-{tag}.example"),
        Style::Machine => format!("host-{tag}"),
        Style::Org => format!("org-{tag}"),
        Style::Branch => format!("branch-{tag}"),
        Style::Project => format!("project-{tag}"),
        Style::Dir => format!("dir-{tag}"),
        Style::File => format!("mod-{tag}"),
        Style::Function => format!("fn-{tag}"),
        Style::Type => format!("type-{tag}"),
        Style::Constant => format!("const-{tag}"),
        Style::Uuid => format!("00000000-0000-4000-8000-0000{tag}00"),
        Style::Tag | Style::Outline | Style::Media => return,
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
