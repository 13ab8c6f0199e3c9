//! tmp
use super::*;
use crate::transcript::record::*;
#[test]
#[ignore]
fn stat() {
    let bytes = std::fs::read(std::env::var("F").unwrap()).unwrap();
    let d = Detector::new(Key::from_material(&[1; 32]), Wanted::new(|c, l| c == Class::Secret || c == Class::Identity || c == Class::Media || c == Class::Path && l == Level::Home));
    let (mut scratch, mut found, mut known) = (Scratch::default(), Found::default(), Known::default());
    let mut all = Vec::new();
    let mut learned = Vec::new();
    for line in bytes.split(|b| *b == b'\n') {
        let record = Record { bytes: line, offset: 0, line: 1 };
        d.search(&record, &known, &mut scratch, &mut found);
        learned.extend(found.learned.drain(..).map(|l| (0, l)));
        all.push((line, found.findings.clone(), found.decoded));
    }
    known.add(learned);
    let mut why = std::collections::BTreeMap::new();
    let (mut dec, mut told, mut not, mut db, mut tb, mut nb) = (0, 0, 0, 0, 0, 0);
    for (line, findings, decoded) in &all {
        if findings.is_empty() { continue; }
        if *decoded { dec += 1; db += line.len(); continue; }
        let t = known.why(0, line, findings);
        if t.is_empty() { told += 1; tb += line.len(); } else { not += 1; nb += line.len(); }
        for (k, at) in t { let x = why.entry(k).or_insert((0, Vec::new())); x.0 += 1; x.1.push(String::from_utf8_lossy(&line[at.saturating_sub(40)..(at + 40).min(line.len())]).into_owned()); }
    }
    println!("decoded {dec} told {told} not {not} bytes {db} {tb} {nb}");
    let mut w: Vec<_> = why.into_iter().collect(); w.sort_by_key(|x| -(x.1.0 as i64));
    for (k, (n, v)) in w.iter().take(30) { println!("{n} {k}"); let step = (v.len() / 12).max(1); for v in v.iter().step_by(step).take(12) { println!("      {v:?}"); } }
}
