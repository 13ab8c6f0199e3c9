//! tmp
use super::*;
use crate::transcript::record::*;
#[test]
#[ignore]
fn stat() {
    let bytes = std::fs::read(std::env::var("F").unwrap()).unwrap();
    let scanner = Scanner::new(Kinds::SECRETS);
    let mut counts = std::collections::BTreeMap::new();
    let mut hot_records = 0; let mut records = 0; let mut hintonly = 0;
    let mut hints = 0; let mut guesses = 0; let mut gh = 0; let mut hotr = 0; let mut live = 0; let mut shown = Vec::new(); let mut probe = super::Probe::default(); let mut held = std::collections::BTreeMap::new();
    let mut words = std::collections::BTreeMap::new();
    let mut enc = std::collections::BTreeMap::new();
    for line in bytes.split(|b| *b == b'\n') {
        let mut out = Vec::new();
        scanner.scan(line, &mut out);
        records += 1;
        let mut hh = view::Hints::default();
        view::hints(line, &mut hh); guesses += hh.guesses.len(); let mut h: Vec<usize> = hh.sure.clone();
        for (l, r) in &hh.guesses { let j = [&line[l.clone()], &line[r.clone()]].concat(); let mut o = Vec::new(); scanner.scan(&j, &mut o); if o.iter().any(|c| matches!(c.kind, Kind::Token | Kind::Pem)) { h.push(l.start); gh += 1; } }
        for c in &out { if probe.holds(line, *c) { *held.entry(c.kind).or_insert(0) += 1; live += 1; let a = c.at.saturating_sub(30); let e = (c.at+60).min(line.len()); if live % 10 == 0 {shown.push(format!("{:?} {:?}", c.kind, String::from_utf8_lossy(&line[a..e])));} } }
        if out.iter().any(|c| probe.holds(line, *c)) || !h.is_empty() { hotr += 1; }
        hints += h.len();
        for &h in &h { let a=h.saturating_sub(20); let e=(h+30).min(line.len()); let w: String = String::from_utf8_lossy(&line[a..e]).into(); let k: String = format!("H {}", String::from_utf8_lossy(&line[h..(h+3).min(line.len())])); let x = enc.entry(k).or_insert((0, Vec::new())); x.0 += 1; if x.0 % 300 == 1 { x.1.push(w); } }
        if !out.is_empty() { hot_records += 1; } else if !h.is_empty() { hintonly += 1; }
        for c in out {
            *counts.entry(c.kind).or_insert(0) += 1;
            if c.kind == Kind::Word { let e = (c.at+40).min(line.len()); let w: String = String::from_utf8_lossy(&line[c.at..e]).into(); let k: String = w.chars().take(6).collect::<String>().to_lowercase(); let x = words.entry(k).or_insert((0, Vec::new())); x.0 += 1; if x.0 % 40 == 1 { x.1.push(w); } }
            if c.kind == Kind::Token || c.kind==Kind::Url || c.kind == Kind::Pem { let e = (c.at+30).min(line.len()); let w: String = String::from_utf8_lossy(&line[c.at..e]).into(); let k: String = format!("{:?} {}", c.kind, w.chars().take(if c.kind==Kind::Url {12} else {4}).collect::<String>()); let x = enc.entry(k).or_insert((0, Vec::new())); x.0 += 1; if x.1.len() < 3 { x.1.push(w); } }
        }
    }
    println!("records {records} hot {hot_records} hintonly {hintonly} hints {hints} {counts:?} guesses {guesses} {gh} live {live} {held:?} hotrecords {hotr}"); for s in shown.iter().take(150) { println!("S {s}"); }
    let mut w: Vec<_> = words.into_iter().collect(); w.sort_by_key(|x| -(x.1.0 as i64));
    for (k, (n, v)) in w.iter().take(0) { println!("{n} {k} {:?}", &v[..v.len().min(4)]); }
    let mut w: Vec<_> = enc.into_iter().collect(); w.sort_by_key(|x| -(x.1.0 as i64));
    for (k, (n, v)) in w.iter().take(60) { println!("{n} {k} {v:?}"); }
}
