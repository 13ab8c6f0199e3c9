use super::*;
use proptest::prelude::*;

#[test]
fn a_finding_over_lines_leaves_the_line_breaks() {
    let raw = br"one\ntwo three\r\nfour";
    let view = unescape(raw, 100);
    assert_eq!(view.bytes(), b"one\ntwo three\nfour");
    let spans = view.raw(Span::new(1, view.bytes().len() - 1));
    let texts: Vec<_> = spans.iter().map(|s| &raw[s.start() - 100..s.end() - 100]).collect();
    assert_eq!(texts, [&b"ne"[..], b"two three", b"fou"]);
}

#[test]
fn views_compose_back_to_raw_bytes() {
    let raw = br#"a \\\"tok\\u0065n\\\" z"#;
    let outer = unescape(raw, 7);
    assert_eq!(outer.bytes(), br#"a \"tok\u0065n\" z"#);
    let mut inner = Builder::new(&outer, 0);
    inner.copy(0, 2);
    inner.block(2, 4, b"\"");
    inner.copy(4, 7);
    inner.block(7, 13, b"e");
    inner.copy(13, 14);
    let inner = inner.finish();
    assert_eq!(inner.bytes(), b"a \"token");
    let at = memchr::memmem::find(inner.bytes(), b"token").unwrap();
    let spans = inner.raw(Span::new(at, at + 5));
    assert_eq!(spans.len(), 1);
    assert_eq!(&raw[spans[0].start() - 7..spans[0].end() - 7], br"tok\\u0065n");
}

#[test]
fn dropped_bytes_go_with_a_finding_and_left_out_bytes_stay() {
    let raw = b"12:ab\x1b[0mcd";
    let parent = View::identity(raw, 0);
    let mut view = Builder::new(&parent, 4);
    view.copy(0, 1);
    view.copy(3, 5);
    view.block(5, 9, b"");
    view.copy(9, 11);
    let view = view.finish();
    assert_eq!(view.bytes(), b"1abcd");
    assert_eq!(view.raw(Span::new(0, 5)), [Span::new(0, 1), Span::new(3, 11)]);
    assert_eq!(view.raw(Span::new(1, 3)), [Span::new(3, 5)], "a dropped byte at the rim stays");
}

#[test]
fn a_dropped_line_break_stays() {
    let raw = b"ab=\ncd\r\n";
    let parent = View::identity(raw, 0);
    let mut view = Builder::new(&parent, 4);
    view.copy(0, 2);
    view.block(2, 4, b"");
    view.copy(4, 6);
    let view = view.finish();
    assert_eq!(view.bytes(), b"abcd");
    assert_eq!(view.raw(Span::new(0, 4)), [Span::new(0, 3), Span::new(4, 6)]);
}

#[test]
fn a_block_that_lies_in_several_places_is_replaced_in_all() {
    let raw = b"%4\n12:1 x";
    let parent = View::identity(raw, 0);
    let mut joined = Builder::new(&parent, 4);
    joined.copy(0, 2);
    joined.copy(6, 9);
    let joined = joined.finish();
    let mut decoded = Builder::new(&joined, 3);
    decoded.block(0, 3, b"A");
    decoded.copy(3, 5);
    let decoded = decoded.finish();
    assert_eq!(decoded.bytes(), b"A x");
    assert_eq!(decoded.raw(Span::new(0, 1)), [Span::new(0, 2), Span::new(6, 7)]);
    assert_eq!(decoded.raw(Span::new(0, 2)), [Span::new(0, 2), Span::new(6, 8)]);
    assert_eq!(decoded.raw(Span::new(1, 3)), [Span::new(7, 9)]);
}

#[test]
fn an_opaque_view_is_replaced_as_a_whole_without_its_line_breaks() {
    let raw = br"QUJD\nREVG";
    let view = unescape(raw, 10);
    let opaque = view.opaque(&[Span::new(0, 9)], b"ABCDEF".to_vec());
    let whole = [Span::new(10, 14), Span::new(16, 20)];
    assert_eq!(opaque.raw(Span::new(1, 2)), whole);
    let mut inner = Builder::new(&opaque, 2);
    inner.block(0, 2, b"x");
    inner.copy(3, 4);
    let inner = inner.finish();
    assert_eq!((inner.bytes(), inner.raw(Span::new(0, 1))), (&b"xD"[..], whole.to_vec()));
    assert_eq!(inner.part(Span::new(1, 2)).raw(Span::new(0, 1)), whole);
}

/// What a builder may be told of the next bytes.
#[derive(Clone, Copy, Debug)]
enum Step {
    Copy(usize),
    Block(usize, &'static [u8]),
    Leave(usize),
    Glue,
}

const DECODED: &[&[u8]] = &[b"", b"x", b"yz", b"\n"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1usize..6).prop_map(Step::Copy),
        2 => (1usize..4, prop::sample::select(DECODED)).prop_map(|(n, d)| Step::Block(n, d)),
        1 => (1usize..4).prop_map(Step::Leave),
        1 => Just(Step::Glue),
    ]
}

/// The view that `steps` make of `parent`, and for each of its bytes where in the parent it was copied from.
fn build(parent: &View<'_>, steps: &[Step]) -> (View<'static>, Vec<Option<usize>>) {
    let (mut out, mut at, mut origin) = (Builder::new(parent, 0), 0, Vec::new());
    let len = parent.bytes().len();
    for step in steps {
        match *step {
            Step::Copy(n) => {
                let end = len.min(at + n);
                out.copy(at, end);
                origin.extend((at..end).map(Some));
                at = end;
            }
            Step::Block(n, decoded) if at < len => {
                let end = len.min(at + n);
                out.block(at, end, decoded);
                origin.extend(decoded.iter().map(|_| None));
                at = end;
            }
            Step::Leave(n) => at = len.min(at + n),
            Step::Block(..) => {}
            Step::Glue => {
                out.glue(b"|");
                origin.push(None);
            }
        }
    }
    (out.finish(), origin)
}

proptest! {
    #[test]
    fn maps_are_monotone_in_bounds_and_disjoint(
        raw in r#"([a-z\n]|\\n|\\u0041|\\"){0,30}"#,
        steps in prop::collection::vec(step(), 0..12),
        more in prop::collection::vec(step(), 0..12),
    ) {
        let base = unescape(raw.as_bytes(), 50);
        let (first, _) = build(&base, &steps);
        let (second, _) = build(&first, &more);
        for view in [&base, &first, &second] {
            let len = view.bytes().len();
            for (from, to) in (0..len).flat_map(|from| (from + 1..=len).map(move |to| (from, to))) {
                let spans = view.raw(Span::new(from, to));
                prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
                prop_assert!(spans.iter().all(|s| !s.is_empty() && s.start() >= 50 && s.end() <= 50 + raw.len()));
                let line_break = |s: &Span<Raw>| raw.as_bytes()[s.start() - 50..s.end() - 50].contains(&b'\n');
                prop_assert!(view.history.depth > 0 || !spans.iter().any(line_break));
                let part = view.part(Span::new(from, to));
                prop_assert_eq!(part.bytes(), &view.bytes()[from..to]);
                prop_assert_eq!(part.raw(Span::new(0, to - from)), spans);
            }
        }
    }

    #[test]
    fn copying_is_the_identity_and_steps_compose(
        raw in r#"([a-z\n]|\\n|\\u0041|\\"){0,30}"#,
        steps in prop::collection::vec(step(), 0..12),
        more in prop::collection::vec(step(), 0..12),
    ) {
        let base = unescape(raw.as_bytes(), 0);
        let (first, _) = build(&base, &steps);
        let (copy, _) = build(&first, &[Step::Copy(usize::MAX / 2)]);
        prop_assert_eq!(copy.bytes(), first.bytes());
        for (from, to) in (0..copy.bytes().len()).flat_map(|from| (from..copy.bytes().len()).map(move |to| (from, to + 1))) {
            prop_assert_eq!(copy.raw(Span::new(from, to)), first.raw(Span::new(from, to)));
        }
        let (second, origin) = build(&first, &more);
        for (at, from) in origin.iter().enumerate().filter_map(|(at, from)| Some((at, (*from)?))) {
            prop_assert_eq!(second.raw(Span::new(at, at + 1)), first.raw(Span::new(from, from + 1)));
        }
    }
}
