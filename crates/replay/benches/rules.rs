//! The fold and the rules, natively. Prints one JSON object: `cargo bench -p replay`.

#![expect(clippy::print_stdout, reason = "prints what it measures")]

use cpu_time::ThreadTime;
use mimalloc::MiMalloc;
use replay::load;
use serde_json::json;

/// As in the server.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

const FOLD_MS: f64 = 1_000.0;
const ONE_RECORD_MS: f64 = 5.0;

fn main() {
    let start = ThreadTime::now();
    // Time of this thread on a processor, so that a busy machine counts as little as it can.
    let now_ms = || start.elapsed().as_secs_f64() * 1000.0;
    let report = json!({
        "fold": load::fold(&now_ms, FOLD_MS),
        "one_record": load::one_record(&now_ms, ONE_RECORD_MS),
    });
    println!("{report:#}");
}
