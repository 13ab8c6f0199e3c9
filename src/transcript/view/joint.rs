//! Joints: places where a value may go on after a break; the views that put both sides together.

use super::{Builder, View, cells, inline, lines, literal};
use std::ops::Range;

/// How much is taken along at least after a joint on a long line, in bytes.
const CONTEXT: usize = 1024;

/// A value that ends at `left` may go on at `right`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Joint {
    /// One past the last byte of the first part.
    pub(super) left: usize,
    /// The first byte of the second part.
    pub(super) right: usize,
    /// The line break between the two, if they stand on different lines.
    pub(super) newline: Option<usize>,
    /// Whether the text says that it goes on (`"…" +`, a backslash at the end), or only looks so.
    pub(super) sure: bool,
}

/// Appends the views in which values that were cut stand as one. `starts` are the offsets where tokens start: what
/// stands there goes on from nothing; `mail` says whether the text looks quoted-printable.
pub(crate) fn rejoin(view: &View<'_>, starts: &[usize], mail: bool, out: &mut Vec<View<'static>>) {
    if view.history.relined {
        return;
    }
    let bytes = view.bytes();
    let mut joints = Vec::new();
    literal::joints(bytes, &mut joints);
    lines::joints(bytes, starts, mail, &mut joints);
    cells::joints(bytes, starts, &mut joints);
    joints.sort_unstable_by_key(|joint| joint.left);
    joints.dedup_by(|next, joint| next.left < joint.right);
    let new =
        regions(bytes, joints.iter()).into_iter().filter(|region| view.is_new(region.start, region.end));
    retain_in(&mut joints, new);
    let sure: Vec<Joint> = joints.iter().copied().filter(|joint| joint.sure).collect();
    out.extend(view_of(view, &sure, Keep::Nothing).map(|view| history(view, false)));
    let guessed = regions(bytes, joints.iter().filter(|joint| !joint.sure));
    retain_in(&mut joints, guessed.into_iter());
    out.extend(view_of(view, &joints, Keep::Nothing).map(|view| history(view, true)));
    joints.retain(|joint| joint.newline.is_some_and(|newline| joint.right > newline + 1));
    if joints.len() > 1 {
        out.extend(view_of(view, &joints, Keep::Newlines).map(|view| history(view, true)));
    }
}

/// What stays between the two sides of a joint.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Nothing,
    Newlines,
}

fn history(mut view: View<'static>, guessed: bool) -> View<'static> {
    view.history.relined = true;
    view.history.guessed |= guessed;
    view
}

/// Keeps the joints, in order, that are in one of the regions, in order.
fn retain_in(joints: &mut Vec<Joint>, regions: impl Iterator<Item = Range<usize>>) {
    let mut regions = regions.peekable();
    joints.retain(|joint| {
        while regions.next_if(|region| region.end <= joint.left).is_some() {}
        regions.peek().is_some_and(|region| region.contains(&joint.left))
    });
}

/// The lines around the joints, in order, those that touch as one.
fn regions<'j>(bytes: &[u8], joints: impl Iterator<Item = &'j Joint>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for joint in joints {
        let done = out.last().map_or(0, |last| last.end);
        if joint.right + CONTEXT < done {
            continue;
        }
        let start = if joint.left <= done { done } else { inline::line_start(bytes, joint.left).max(done) };
        let end = inline::line_end(bytes, joint.right);
        match out.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => out.push(start..end),
        }
    }
    out
}

/// The lines around the joints, put together at each.
fn view_of(view: &View<'_>, joints: &[Joint], keep: Keep) -> Option<View<'static>> {
    let regions = regions(view.bytes(), joints.iter());
    let mut joints = joints.iter().peekable();
    let mut out = Builder::new(view, regions.iter().map(ExactSizeIterator::len).sum());
    for (i, region) in regions.iter().enumerate() {
        if i > 0 {
            out.glue(inline::BREAK);
        }
        let mut at = region.start;
        while let Some(joint) = joints.next_if(|joint| joint.left < region.end) {
            out.copy(at, joint.left);
            if let (Keep::Newlines, Some(newline)) = (keep, joint.newline) {
                out.copy(newline, newline + 1);
            }
            out.seam();
            at = joint.right;
        }
        out.copy(at, region.end);
    }
    (!regions.is_empty()).then(|| out.finish())
}
