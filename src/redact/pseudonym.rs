//! Pseudonyms: replacements that keep the kind of what they stand for.

use crate::{rule::Style, tag::Tag};

/// Appends the pseudonym of `style` for a value with `tag`.
pub(crate) fn render(style: Style, tag: Tag, out: &mut Vec<u8>) {
    let bits = tag.bits();
    let text = match style {
        Style::User => format!("user-{tag}"),
        Style::Email => format!("user-{tag}@example.com"),
        Style::Ipv4 => format!("203.0.113.{}", 1 + (bits >> 40) % 254),
        Style::Ipv6 => format!("2001:db8::{:x}:{:x}", bits >> 56, bits >> 40 & 0xffff),
        Style::Mac => format!("00:00:5e:00:53:{:02x}", bits >> 56),
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
