//! Plans of databases: steps with their costs and times stay, for they say what was slow; conditions are code.

/// What stands before a condition or a list of columns.
const CONDITIONS: [&[u8]; 13] = [
    b"Filter: ",
    b"Group Key: ",
    b"Hash Cond: ",
    b"Index Cond: ",
    b"Join Filter: ",
    b"Merge Cond: ",
    b"One-Time Filter: ",
    b"Order By: ",
    b"Output: ",
    b"Presorted Key: ",
    b"Recheck Cond: ",
    b"Sort Key: ",
    b"TID Cond: ",
];

/// What a plan counts and measures.
const FIGURES: [&[u8]; 17] = [
    b"Batches: ",
    b"Buckets: ",
    b"Buffers: ",
    b"Cache Key: ",
    b"Execution Time: ",
    b"Full-sort Groups: ",
    b"Heap Blocks: ",
    b"Heap Fetches: ",
    b"I/O Timings: ",
    b"Planning Time: ",
    b"Planning:",
    b"Rows Removed by ",
    b"Sort Method: ",
    b"Worker ",
    b"Workers Launched: ",
    b"Workers Planned: ",
    b"Execution time: ",
];

/// What stands before the name of a table or an index in a step.
const NAMED: [&[u8]; 2] = [b" on ", b" using "];

/// `Seq Scan on rows  (cost=0.00..35.50 rows=10 width=36)`: a step of a plan.
fn is_step(body: &[u8]) -> bool {
    matches!(body, [.., b'0'..=b'9' | b'd', b')'])
        && [&b" (cost="[..], b" (actual time="].iter().any(|sign| memchr::memmem::find(body, sign).is_some())
}

/// Whether a line of a plan stays as it is but for the names of tables.
pub(super) fn is_firm(body: &[u8]) -> bool {
    let begins = matches!(body[0], b'B' | b'C' | b'E' | b'F' | b'H' | b'I' | b'P' | b'R' | b'S' | b'W');
    is_step(body)
        || begins
            && FIGURES.iter().any(|figure| body.starts_with(figure))
            && body.iter().any(u8::is_ascii_digit)
}

/// Where the condition stands in a line of a plan: `Filter: (settled_at IS NULL)`.
pub(super) fn condition(line: &[u8]) -> Option<usize> {
    // Indented below its step.
    let body = line.strip_prefix(b"  ")?.trim_ascii_start();
    if !matches!(body.first(), Some(b'F'..=b'T')) {
        return None;
    }
    let label = CONDITIONS.iter().find(|label| body.starts_with(label))?;
    let condition = &body[label.len()..];
    (!condition.is_empty()).then(|| line.len() - condition.len())
}

/// Where the tables and indexes stand that a step of a plan names.
pub(super) fn names(body: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let end = if is_step(body) { memchr::memchr(b'(', body).unwrap_or(0) } else { 0 };
    NAMED.iter().filter_map(move |before| {
        let start = memchr::memmem::find(&body[..end], before)? + before.len();
        let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.');
        let len = body[start..end].iter().take_while(|b| part(b)).count();
        (len > 0).then_some((start, start + len))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_figures_stay_and_conditions_are_code() {
        for line in [
            "Seq Scan on rows  (cost=0.00..35.50 rows=10 width=36)",
            "->  Hash Join  (cost=1.00..2.00 rows=1 width=8) (actual time=0.1..0.2 rows=1 loops=1)",
            "->  Index Scan using rows_key on rows r  (cost=0.1..8.2 rows=1 width=4) (never executed)",
            "Rows Removed by Filter: 1200",
            "Planning Time: 0.121 ms",
            "Sort Method: quicksort  Memory: 25kB",
        ] {
            assert!(is_firm(line.as_bytes()), "{line}");
        }
        assert_eq!(condition(b"   Filter: (settled_at IS NULL)"), Some(11));
        assert_eq!(condition(b"Filter: (settled_at IS NULL)"), None);
        assert_eq!(condition(b"  Rows Removed by Filter: 1"), None);
    }

    #[test]
    fn tables_and_indexes_are_named() {
        let named = |line: &str| -> Vec<String> {
            names(line.as_bytes()).map(|(start, end)| line[start..end].to_owned()).collect()
        };
        let step = "->  Index Scan using rows_key on pay.rows r  (cost=0.1..8.2 rows=1 width=4)";
        assert_eq!(named(step), ["pay.rows", "rows_key"]);
        assert!(named("a talk on rows (cost me a day)").is_empty());
    }
}
