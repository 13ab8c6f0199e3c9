//! What follows the user in a slug, and slugs within a path.

use super::{super::slug, Part, State};
use crate::detect::subject::{Hits, Subject};

/// Adds hits for what follows the user in a slug.
pub(in crate::detect::path) fn slug(subject: &Subject<'_>, at: usize, hits: &mut Hits) {
    let Some(slug) = slug::locate(subject, at) else { return };
    let whole = &subject.bytes[slug.start..slug.end];
    let behind = |cwd| slug::behind(cwd, whole, slug.user_end - slug.start);
    let known = subject.cwd.map_or(&[][..], behind);
    let state = State { home: true, ..State::default() };
    slug_parts(subject.bytes, slug.user_end, slug.end, known, state, hits);
}

/// Adds hits for the components of a slug in `from..end`, which are those of the path `known` as far as it goes.
fn slug_parts(bytes: &[u8], from: usize, end: usize, known: &[u8], mut state: State, hits: &mut Hits) {
    let (mut from, mut known) = (from, known);
    while from < end {
        from += bytes[from..end].iter().take_while(|b| **b == b'-').count();
        let (len, rest) = slug::part(&bytes[from..end], known);
        known = rest;
        state.component(&bytes[from..from + len], Part { start: from, end: from + len }, false, hits);
        from += len;
    }
}

/// Adds hits for a component that is a slug itself; says whether it is one.
pub(super) fn slug_component(subject: &Subject<'_>, part: Part, hits: &mut Hits) -> bool {
    let text = &subject.bytes[part.start..part.end];
    // Of Cursor's, without a hyphen before them, the scan tells.
    if slug::may_be_bare(subject.bytes, part.start) && slug::locate(subject, part.start).is_some() {
        return true;
    }
    if !slug::is_whole(text) {
        return false;
    }
    if !slug::has_user(text) {
        let known = subject.cwd.map_or(&[][..], |cwd| slug::behind(cwd, text, 0));
        slug_parts(subject.bytes, part.start, part.end, known, State::default(), hits);
    }
    true
}
