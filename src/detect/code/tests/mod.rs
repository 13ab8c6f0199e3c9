//! What becomes of code in texts of all kinds; here what is code as a whole: fields, patches, fences, edits.

use super::*;

mod any;
mod beside;
mod command;
mod define;
mod output;
mod prose;

/// Each line of a text marked by whether it is code.
pub(in crate::detect::code) fn marks(text: &str) -> String {
    let mut lines = page::split(text.as_bytes());
    let count = lines.len();
    structure::read(text.as_bytes(), &mut lines, 0, count, 0);
    lines.iter().map(|line| if line.verdict == line::Verdict::Code { 'c' } else { '.' }).collect()
}

/// `text` with its code replaced, as a redactor does it: the outline in the first span, nothing in the others, line
/// breaks kept. The outline is `[CODE language lines lines 7f3a9c]`.
pub(in crate::detect::code) fn redacted(text: &str, field: Field) -> String {
    let subject = Subject { bytes: text.as_bytes(), key: None, role: Role::Value, field, cwd: None };
    let mut hits = Hits::new();
    find(&subject, &mut hits, &mut Vec::new());
    let view = View::identity(text.as_bytes(), 0);
    let mut edits = Vec::new();
    for hit in hits.iter().filter(|hit| hit.rule == id::CODE_BLOCK) {
        for (i, span) in view.raw(hit.span).into_iter().enumerate() {
            let with = match hit.detail {
                Detail::Outline { language, lines } if i == 0 => {
                    let language = if language.is_empty() { "text" } else { language };
                    format!("[CODE {language} {lines} lines 7f3a9c]")
                }
                _ => String::new(),
            };
            edits.push((span.start(), span.end(), with));
        }
    }
    edits.sort();
    assert!(edits.windows(2).all(|w| w[0].1 <= w[1].0), "disjoint in {text:?}");
    let mut out = text.as_bytes().to_vec();
    for (start, end, with) in edits.into_iter().rev() {
        out.splice(start..end, with.into_bytes());
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Checks what becomes of `text`, and that nothing more becomes of it the second time.
#[track_caller]
fn check(field: Field, text: &str, expected: &str) {
    let once = redacted(text, field);
    assert_eq!(once.replace("7f3a9c]", "]").replace(" ]", "]"), expected, "of {text}");
    assert_eq!(redacted(&once, field), once, "twice");
    assert_eq!(once.matches('\n').count(), text.matches('\n').count());
}

/// Checks that a text stays as it is.
#[track_caller]
fn stays(field: Field, text: &str) {
    assert_eq!(redacted(text, field), text);
}

#[test]
fn fields_that_are_code_go_whole_and_line_numbers_stay() {
    check(Field::Code("rust"), "fn a() {\n\n    b();\n}\n", "[CODE rust 4 lines]\n\n\n\n");
    check(
        Field::Code("go"),
        "     1→package a\n     2→\n     3→func b() {}",
        "     1→[CODE go 3 lines]\n     2→\n     3→",
    );
    check(Field::Code("go"), "12\tpackage a\n13\t\n14\tx", "12\t[CODE go 3 lines]\n13\t\n14\t");
    check(Field::Code(""), "word", "[CODE text 1 lines]");
    check(Field::Code(""), "\r\nlet x = 1;\r\nlet y = 2;\r\n", "\r\n[CODE text 2 lines]\r\n\r\n");
}

#[test]
fn patches_keep_signs_and_headers() {
    check(
        Field::Output,
        "diff --git a/src/a.go b/src/a.go\nindex 12ab..34cd 100644\n--- a/src/a.go\n+++ b/src/a.go\n@@ -1,3 +1,3 @@ func Settle() {\n x := 1\n-y := 2\n+y := 3\n\nDone in one second.\n",
        "diff --git a/src/a.go b/src/a.go\nindex 12ab..34cd 100644\n--- a/src/a.go\n+++ b/src/a.go\n@@ -1,3 +1,3 @@ [CODE go 4 lines]\n \n-\n+\n\nDone in one second.\n",
    );
    check(
        Field::Patch(""),
        "*** Begin Patch\n*** Update File: src/app.js\n@@ function pay() {\n const x = 1;\n-const y = 2;\n+const y = 3;\n*** Add File: b.py\n+import os\n+\n*** End Patch",
        "*** Begin Patch\n*** Update File: src/app.js\n@@ [CODE javascript 4 lines]\n \n-\n+\n*** Add File: b.py\n+[CODE python 1 lines]\n+\n*** End Patch",
    );
    check(Field::Patch("go"), "+\tx := 1", "+[CODE go 1 lines]");
    check(Field::Patch("go"), " ", " ");
    check(Field::Output, "3c3\n< let a = 1\n---\n> let a = 2\n", "3c3\n< [CODE text 3 lines]\n---\n> \n");
    check(
        Field::Free,
        "*** a.c\n--- b.c\n***************\n*** 1,2 ****\n  int x;\n! int y;\n--- 1,2 ----\n  int x;\n! int z;\n",
        "*** a.c\n--- b.c\n***************\n*** 1,2 ****\n  [CODE c 2 lines]\n! \n--- 1,2 ----\n  [CODE c 2 lines]\n! \n",
    );
    check(
        Field::Prose,
        "Take this:\n```diff\n- old_call(a)\n+ new_call(b)\n```\nThanks.",
        "Take this:\n```diff\n-[CODE text 2 lines]\n+\n```\nThanks.",
    );
    check(
        Field::Output,
        "<<<<<<< HEAD\nlet a = 1;\n=======\nlet a = 2;\n>>>>>>> main\n",
        "<<<<<<< HEAD\n[CODE text 1 lines]\n=======\n[CODE text 1 lines]\n>>>>>>> main\n",
    );
}

#[test]
fn fences_of_both_kinds_nested_indented_unclosed() {
    check(
        Field::Prose,
        "Look:\n```python\nimport os\nx\n```\nFine.",
        "Look:\n```python\n[CODE python 2 lines]\n\n```\nFine.",
    );
    check(Field::Prose, "~~~ rust\nwords here\n~~~\n", "~~~ rust\n[CODE rust 1 lines]\n~~~\n");
    check(
        Field::Prose,
        "1. Do:\n   ```js\n   a()\n   ```\n",
        "1. Do:\n   ```js\n[CODE javascript 1 lines]\n   ```\n",
    );
    check(Field::Prose, "```go\nfunc a() {}\nmore", "```go\n[CODE go 2 lines]\n");
    check(
        Field::Prose,
        "````markdown\nRead this:\n```python\nx = 1\n```\nand go on.\n````\nBye.",
        "````markdown\nRead this:\n```python\n[CODE python 1 lines]\n```\nand go on.\n````\nBye.",
    );
    check(Field::Prose, "```\ndef a(b):\n    return b\n```", "```\n[CODE text 2 lines]\n\n```");
    check(
        Field::Prose,
        "```\nTypeError: x is not a function\n    at a (/srv/b.js:1:2)\n```",
        "```\nTypeError: x is not a function\n    at a (/srv/b.js:1:2)\n```",
    );
    check(Field::Prose, "> ```py\n> import os\n> ```", "> ```py\n[CODE python 1 lines]\n> ```");
}

/// A fence closes also with white space behind it that ASCII does not have, so that the words behind it stay.
#[test]
fn a_fence_closes_before_white_space_that_is_hardly_seen() {
    for wide in ["\u{2028}", "\u{feff}", " \u{200b}\u{a0}", "\u{85}\u{3000} "] {
        let text = format!(
            "Look:\n```python\nimport os\nx = compute(1)\n```{wide}\nand it fails, why is that so?\n"
        );
        let once = redacted(&text, Field::Prose);
        let wanted = format!(
            "Look:\n```python\n[CODE python 2 lines 7f3a9c]\n\n```{wide}\nand it fails, why is that so?\n"
        );
        assert_eq!(once, wanted);
        assert_eq!(redacted(&once, Field::Prose), once);
    }
}

#[test]
fn what_edits_say_they_replaced_is_code() {
    check(
        Field::Output,
        "The file /srv/a.go has been updated. All occurrences of 's.settle(id, \"x\")' were successfully replaced with 's.settle(id, rate)'.",
        "The file /srv/a.go has been updated. All occurrences of '[CODE text 1 lines]' were successfully replaced with '[CODE text 1 lines]'.",
    );
    check(
        Field::Output,
        "The file a.env has been updated. All occurrences of '# The rates\n# of gold' were successfully replaced with '# None'.",
        "The file a.env has been updated. All occurrences of '[CODE text 2 lines]\n' were successfully replaced with '[CODE text 1 lines]'.",
    );
    check(
        Field::Output,
        "Applied 2 edits to /srv/a.md:\n1. Replaced \"A ledger for gold...\" with \"A ledger for silver...\"\n2. Replaced \"- **Rates**: the rates\n- **Row...\" with \"\"",
        "Applied 2 edits to /srv/a.md:\n1. Replaced \"[CODE text 1 lines]\" with \"[CODE text 1 lines]\"\n2. Replaced \"[CODE text 2 lines]\n\" with \"\"",
    );
    check(
        Field::Output,
        "Saved.\n<final_file_content path=\"a.txt\">\nthe rates of gold\n</final_file_content>\nGo on.",
        "Saved.\n<final_file_content path=\"a.txt\">\n[CODE text 1 lines]\n</final_file_content>\nGo on.",
    );
    check(
        Field::Output,
        "Successfully modified file: a.txt (1 replacements). Here is the updated code:\nthe rates of gold\n",
        "Successfully modified file: a.txt (1 replacements). Here is the updated code:\n[CODE text 1 lines]\n",
    );
    check(
        Field::Output,
        "<tool_use_error>String to replace not found in file.\nString: \tpath := join(root, Name)</tool_use_error>",
        "<tool_use_error>String to replace not found in file.\nString: [CODE text 1 lines]</tool_use_error>",
    );
    check(
        Field::Output,
        "<tool_use_error>String to replace not found in file.\nString: ## The rates\n\nof gold</tool_use_error>",
        "<tool_use_error>String to replace not found in file.\nString: [CODE text 3 lines]\n\n</tool_use_error>",
    );
    check(
        Field::Output,
        "Found 3 matches of the string to replace, but replace_all is false.\nString: \tpath := join(root, \"x\")",
        "Found 3 matches of the string to replace, but replace_all is false.\nString: [CODE text 1 lines]",
    );
    check(
        Field::Output,
        "No replacement was performed, old_str `the rates\nof gold` did not appear verbatim in /srv/a.md.\nTry again.",
        "No replacement was performed, old_str `[CODE text 2 lines]\n` did not appear verbatim in /srv/a.md.\nTry again.",
    );
    check(
        Field::Output,
        "apply_patch verification failed: Failed to find expected lines in /srv/a.md:\nthe rates\nof gold",
        "apply_patch verification failed: Failed to find expected lines in /srv/a.md:\n[CODE text 2 lines]\n",
    );
    stays(Field::Prose, "2. Replaced \"gold\" with \"silver\" in the heading.");
    stays(Field::Prose, "1. Replaced the old rates.\nAll occurrences of gold are gone.");
}
