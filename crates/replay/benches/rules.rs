//! The fold and the rules, natively. Prints one JSON object: `cargo bench -p replay`.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "takes the time and prints it")]

use replay::load;
use serde_json::json;
use std::{fs, sync::OnceLock, time};

const FOLD_MS: f64 = 1_000.0;
const ONE_RECORD_MS: f64 = 5.0;

fn main() {
    let report = json!({
        "fold": load::fold(&processor_ms, FOLD_MS),
        "one_record": load::one_record(&wall_ms, ONE_RECORD_MS),
    });
    println!("{report:#}");
}

/// Time on a processor where the system tells it, so that a busy machine does not count; else by the clock.
/// It moves in steps of some milliseconds: for what takes long.
fn processor_ms() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    spent.map_or_else(wall_ms, |nanos| nanos / 1e6)
}

fn wall_ms() -> f64 {
    static START: OnceLock<time::Instant> = OnceLock::new();
    START.get_or_init(time::Instant::now).elapsed().as_secs_f64() * 1000.0
}
