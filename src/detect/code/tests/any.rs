//! Whatever stands side by side: line counts stay, twice is once, and the work has an end.

use super::redacted;
use crate::transcript::text::Field;
use proptest::prelude::*;

/// Their speed is measured by `cargo bench walls`.
#[test]
fn walls_of_marks_come_to_an_end() {
    for mark in ["<<<<<<< x\n", "cat <<EOF\n", "```a\n", "1:\n", "a-1-", "((((", "{\"a\":", "'\"", "sh -c '"]
    {
        let text = mark.repeat(1_000);
        for field in [Field::Output, Field::Command, Field::Code(""), Field::Patch("")] {
            assert!(redacted(&text, field).len() <= text.len() + 100, "{mark}");
        }
    }
}

/// Lines that mean something to some part of this detector.
const PIECES: &[&str] = &[
    "```python",
    "```",
    "~~~",
    "````md",
    "> ```",
    "diff --git a/x.go b/x.go",
    "--- a/x.go",
    "+++ b/x.go",
    "@@ -1,2 +1,2 @@ fn a",
    "@@",
    "+x = 1",
    "-y = 2",
    " z",
    "<<<<<<< HEAD",
    "=======",
    ">>>>>>> main",
    "cat <<'EOF'",
    "EOF",
    "     1→let a = 1;",
    "     2→",
    "3\tfoo",
    "4\tbar",
    "a.rs:12:fn b() {",
    "a.rs-13-  c",
    "12:x",
    "13:y",
    "words of a sentence.",
    "x = f(y);",
    "    return x",
    "}",
    "",
    "  File \"a.py\", line 3, in f",
    "    a.b()",
    "    ^^^",
    "12 |   foo",
    "   | ^^^ no",
    "key: value",
    "  nested: 1",
    "- item",
    ">>> a",
    "$ ls -l",
    "python -c 'a(b)' \\",
    "\"open",
    "{\"a\":\"x = f(y);\\n}\"}",
    "*** Begin Patch",
    "*** Update File: a.js",
    "3c3",
    "< a",
    "> b",
    "// comment",
    "# heading",
    "[CODE go 3 lines 7f3a9c]",
    "user-7f3a9c = f(x);",
    "node -p a.b(cde)",
    "x --query=\"select abc\" psql --command=\"select abc\"",
    "sh -c \"psql -c \\\"select abc\\\"\"",
    "ghci> f x",
    "LINE 3: abc",
    "echo 'let abc' | tee a.ts",
    "echo 'let abc' > a.ts",
    "14c",
    ".",
    "change fn abc(d: e) -> Rows<f, g> so that",
    "3f2a91bc (A 2024-01-01 11:20:31 +0100 1) abc",
    "<bash-stdout>let abc = 1;",
    "(gdb) p a.b",
    "... 12 more",
    "it is in the way of it",
    "\r",
    "a\rb",
];

proptest! {
    #[test]
    fn line_counts_are_kept_and_twice_is_once(
        picks in prop::collection::vec(0..PIECES.len(), 0..14),
        kind in 0..5,
    ) {
        let text = picks.iter().map(|&i| PIECES[i]).collect::<Vec<_>>().join("\n");
        let field = [Field::Output, Field::Prose, Field::Command, Field::Code("go"), Field::Patch("")][kind as usize];
        let once = redacted(&text, field);
        prop_assert_eq!(once.matches('\n').count(), text.matches('\n').count());
        prop_assert_eq!(redacted(&once, field), once);
    }

    #[test]
    fn any_bytes_do_no_harm(text in ".{0,200}", command in any::<bool>()) {
        let field = if command { Field::Command } else { Field::Free };
        let _ = redacted(&text, field);
    }
}
