//! Members that the key of their object names: `{"creator": {"name": "x"}}`, `{"user": {"id": "x"}}`.

use super::words::{WordSet, words};
use crate::transcript::tree::Tree;

/// The key of the string at token `index` of `json`, as written: that of the object in which it stands, if it is no more
/// than the name or the number of what that key says.
pub(super) fn key(json: &[u8], tree: &Tree, index: usize) -> Option<Vec<u8>> {
    let bytes = |index: usize| tree.tokens()[index].bytes(json);
    let own = bytes(tree.key(index)?);
    let suffix: &[u8] = match own {
        b"name" => b"",
        b"id" | b"uuid" => b"id",
        _ => return None,
    };
    let holder = bytes(tree.key(tree.parent(index)?)?);
    HOLDERS.has(holder).then(|| [holder, suffix].concat())
}

/// Keys of objects that are someone or a thing of a firm's; sorted.
static HOLDERS: WordSet = words![
    "assignee",
    "author",
    "client",
    "committer",
    "company",
    "created_by",
    "createdby",
    "creator",
    "customer",
    "employer",
    "lead",
    "member",
    "merged_by",
    "mergedby",
    "milestone",
    "org",
    "organisation",
    "organization",
    "owner",
    "project",
    "reporter",
    "requester",
    "reviewer",
    "squad",
    "team",
    "tenant",
    "updated_by",
    "updatedby",
    "user",
    "workspace",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::json::{Kind, Token};

    #[test]
    fn a_name_is_what_its_object_is() {
        for (json, expected) in [
            (r#"{"creator":{"name":"x"}}"#, Some("creator")),
            (r#"{"user":{"login":"y","id":"x"}}"#, Some("userid")),
            (r#"{"created_by":{"id":"x"}}"#, Some("created_byid")),
            (r#"{"team":{"color":"x"}}"#, None),
            (r#"{"dependency":{"name":"x"}}"#, None),
            (r#"{"name":"x"}"#, None),
            (r#"["x"]"#, None),
        ] {
            let mut tree = Tree::default();
            assert!(tree.read(json.as_bytes()).is_ok(), "{json}");
            let value = |token: &Token| token.kind == Kind::String && token.bytes(json.as_bytes()) == b"x";
            let index = tree.tokens().iter().position(value).expect("each has the value");
            let found = key(json.as_bytes(), &tree, index);
            assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{json}");
        }
    }
}
