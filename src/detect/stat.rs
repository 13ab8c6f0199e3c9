//! tmp
use super::*;
use crate::transcript::record::*;
#[test]
#[ignore]
fn stat() {
    let bytes = std::fs::read(std::env::var("F").unwrap()).unwrap();
    let d = Detector::new(Key::from_material(&[1; 32]), Wanted::new(|c, _| c == Class::Secret));
    let (mut scratch, mut found, known) = (Scratch::default(), Found::default(), Known::default());
    let (mut hot, mut clean, mut hb, mut cb) = (0, 0, 0usize, 0usize);
    let mut why = std::collections::BTreeMap::new();
    for line in bytes.split(|b| *b == b'\n') {
        let record = Record { bytes: line, offset: 0, line: 1 };
        scratch.candidates.clear();
        scratch.hot.clear();
        let Scratch { candidates, hot: h, probe, .. } = &mut scratch;
        d.scanner.scan(line, candidates);
        let live: Vec<Candidate> = candidates.iter().copied().filter(|c| probe.holds(line, *c)).collect();
        let _ = h;
        d.look_for_wrappings(line, &mut scratch);
        let wraps = scratch.hot.clone();
        if live.is_empty() && wraps.is_empty() {
            continue;
        }
        hot += 1;
        hb += line.len();
        d.search(&record, &known, &mut scratch, &mut found);
        if !found.findings.is_empty() {
            continue;
        }
        clean += 1;
        cb += line.len();
        let mut keys: Vec<String> = live.iter().map(|c| format!("{:?}", c.kind)).collect();
        if !wraps.is_empty() {
            keys.push("Wrap".into());
        }
        keys.sort();
        keys.dedup();
        let x = why.entry(keys.join("+")).or_insert((0, Vec::new()));
        x.0 += 1;
        let at = live.first().map(|c| c.at).or(wraps.first().copied()).unwrap();
        x.1.push(
            String::from_utf8_lossy(&line[at.saturating_sub(50)..(at + 60).min(line.len())]).into_owned(),
        );
    }
    println!("hot {hot} clean {clean} bytes {hb} {cb}");
    let mut w: Vec<_> = why.into_iter().collect();
    w.sort_by_key(|x| -(x.1.0 as i64));
    for (k, (n, v)) in w.iter().take(30) {
        println!("{n} {k}");
        let step = (v.len() / 25).max(1);
        for v in v.iter().step_by(step).take(25) {
            println!("      {v:?}");
        }
    }
}
