//! Which further views of a text are worth a look: what a marker in it asks for.

use super::{shape::Shape, subject::Hits};
use crate::{
    rule::{RuleId, id},
    scan::{Candidate, Kind},
    transcript::view::{self, Points, View},
};

/// How often a text is unwrapped. Each decoding leaves fewer bytes than it was given; this bounds those that leave
/// only a few fewer.
const DEEPEST: u8 = 12;

/// The shortest text that can hold a wrapped one, in bytes.
const LEAST: usize = 8;

/// Appends the views that the bytes of `view`, where a scan found `candidates`, ask for.
///
/// The caller searches each of them and unwraps it in turn; that ends, and the bytes of all views together are a small
/// multiple of those of the first.
pub(crate) fn unwrap(view: &View<'_>, candidates: &[Candidate], out: &mut Vec<View<'static>>) {
    if view.depth() >= DEEPEST || view.bytes().len() < LEAST {
        return;
    }
    let offsets = |wanted: fn(Kind) -> bool| {
        candidates.iter().filter(move |candidate| wanted(candidate.kind)).map(|candidate| candidate.at)
    };
    let near: Vec<usize> =
        offsets(|kind| !matches!(kind, Kind::Escape | Kind::Invisible | Kind::Encoded | Kind::Call))
            .collect();
    let starts: Vec<usize> = offsets(|kind| kind == Kind::Token).collect();
    let blocks = view::blocks(view.bytes(), offsets(|kind| kind == Kind::Pem));
    let mail = view::is_mail(view.bytes());
    view::inline(view, Points { candidates: &near, blocks: &blocks, mail }, out);
    out.extend(view::strip(view, &blocks));
    out.extend(view::undress(view, offsets(|kind| kind == Kind::Word)));
    view::rejoin(view, &starts, mail, out);
    view::decode_new(view, out);
    view::decode_lists(view, out);
}

/// Whether a known value may stand in one of `views`, made of `view`, that a search of the record's bytes does not meet.
/// That search sees through plain escapes, once and twice; a guess is not made again.
pub(crate) fn may_hide_known(view: &View<'_>, views: &[View<'_>]) -> bool {
    views.iter().any(|made| !made.is_guess() && (view.depth() > 1 || !made.is_plain()))
}

/// Whether what a scan found in `view` may be believed. Where lines were joined on a guess, only a fixed format is, and
/// a word for a secret with a value that goes over the joint.
pub(crate) fn is_credible(view: &View<'_>, kind: Kind) -> bool {
    !view.is_guess() || matches!(kind, Kind::Token | Kind::Pem | Kind::Word)
}

/// Drops the hits that a word made in a view joined on a guess, but for machines' values that go over a joint.
pub(crate) fn keep_credible(view: &View<'_>, hits: &mut Hits) {
    const TOLD: [RuleId; 7] = [
        id::SECRET_COOKIE,
        id::SECRET_ASSIGNMENT,
        id::SECRET_PROSE,
        id::SECRET_COMMAND,
        id::SECRET_CREDENTIAL_FILE,
        id::SECRET_URL,
        id::SECRET_HEADER,
    ];
    if view.is_guess() {
        hits.retain(|hit| {
            !TOLD.contains(&hit.rule)
                || (matches!(hit.rule, id::SECRET_ASSIGNMENT | id::SECRET_HEADER)
                    && view.has_joint(hit.span)
                    && is_machine_made(&view.bytes()[hit.span.range()]))
        });
    }
}

/// Whether two lines together are one value rather than a name and the next one.
fn is_machine_made(value: &[u8]) -> bool {
    Shape::of(value).looks_random() && !value.contains(&b'.')
}

#[cfg(test)]
mod tests;
