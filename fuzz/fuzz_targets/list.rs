//! Lists of past incidents: each row is ready or has a sentence, in one piece and row by row.
#![no_main]

use exchange::import::{Limits, Reading, Target, decode, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let Ok((text, _)) = decode(file) else { return };
    let (register, site) = (fuzzed::register(), "elm".into());
    let target = Target { register: &register, site: &site, now: fuzzed::start() };
    let limits = Limits { rows: 500, ..Limits::default() };
    let whole = read(&text, target, &limits);
    let Ok(mut reading) = Reading::begin(&text, target, &limits) else {
        assert!(whole.is_err());
        return;
    };
    while !reading.is_over() {
        reading.step(1);
    }
    let total = reading.total();
    let dry_run = reading.finish();
    assert!(dry_run.ready.len() + dry_run.faults.len() <= total);
    assert!(dry_run.faults.iter().all(|fault| !fault.sentence.is_empty()));
    drop((dry_run.plan(true).is_ok(), dry_run.plan(false).is_ok(), dry_run.twins().count()));
    assert_eq!(whole, Ok(dry_run));
});
