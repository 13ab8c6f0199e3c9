//! What programs of Windows print of its users: the rows of `net user`.

use super::{super::subject::Hits, name, table};

/// Most rows.
const MAX_ROWS: usize = 500;

/// The logins below `User accounts for \\LEDGER-PC`, the line `start..end`: three in a row, below a rule.
pub(super) fn accounts(bytes: &[u8], end: usize, hits: &mut Hits) {
    let mut ruled = false;
    let mut at = end;
    for _ in 0..MAX_ROWS {
        let Some((from, to)) = table::next_line(bytes, at) else { return };
        let line = bytes[from..to].trim_ascii();
        let rule = !line.is_empty() && line.iter().all(|b| *b == b'-');
        if ruled && (line.is_empty() || line.ends_with(b".")) || !ruled && !rule && !line.is_empty() {
            return;
        }
        if ruled {
            for (start, stop) in table::cells(bytes, from, to) {
                name::login_at(&bytes[..stop], start, "row of accounts", hits);
            }
        }
        ruled |= rule;
        at = to;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    #[test]
    fn every_account_of_a_row_is_found() {
        for expected in [
            "User accounts for \\\\«ZELMO-PC»\r\n\r\n-------------\r\nAdministrator            «zkavinas»                 Guest\r\n«mortiz»                   WDAGUtilityAccount\r\nThe command completed successfully.",
            "User accounts for new people\nzkavinas   mortiz",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&plain(&text));
            assert_eq!(marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity), expected);
        }
    }
}
