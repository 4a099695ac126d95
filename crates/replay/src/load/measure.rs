//! How long it takes to fold a log, and to take one new record against a history, with every rule running.
//! The caller brings the clock, in milliseconds.

use super::{directory, reports, rounds};
use domain::register::Register;
use serde_json::{Value, json};
use std::hint::black_box;

/// Events to fold, and records of history.
pub const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// New records that are timed one by one.
const NEW: usize = 100;
/// Times a log is folded; the quickest counts, for nothing else can make it quicker.
const FOLDS: usize = 3;

/// A log of records with all their steps, folded: milliseconds for each size, and how they grow.
pub fn fold(now_ms: &dyn Fn() -> f64, budget_ms: f64) -> Value {
    let sizes: Vec<Value> = SIZES.iter().map(|size| fold_one(*size, now_ms)).collect();
    figures("fold_events", &sizes, budget_ms)
}

fn fold_one(size: usize, now_ms: &dyn Fn() -> f64) -> Value {
    let log = rounds(size);
    let times = (0..FOLDS).map(|_| {
        let mut register = Register::new(directory());
        let log = log.clone();
        let start = now_ms();
        log.into_iter().for_each(|received| register.take(received));
        ask(&register);
        (now_ms() - start, register.records().count())
    });
    let (quickest, records) =
        times.fold((f64::INFINITY, 0), |best, one| if one.0 < best.0 { one } else { best });
    json!({"size": log.len(), "value": rounded(quickest), "records": records})
}

/// The rules run at the latest when somebody asks for an alert.
fn ask(register: &Register) {
    for site in register.directory().sites.keys() {
        black_box(register.alerts(site).next_back());
    }
}

/// One new record against so many records of history, timed a hundred times: `value` is what 95 of them take at most.
/// The reports come at the same pace in each history, so the windows of the rules hold the same from 10,000 records
/// on, and what is added is outside them.
pub fn one_record(now_ms: &dyn Fn() -> f64, budget_ms: f64) -> Value {
    let sizes: Vec<Value> = SIZES.iter().map(|size| one_record_at(*size, now_ms)).collect();
    figures("one_new_record", &sizes, budget_ms)
}

fn one_record_at(size: usize, now_ms: &dyn Fn() -> f64) -> Value {
    let mut register = Register::new(directory());
    reports(0, size).into_iter().for_each(|received| register.take(received));
    ask(&register);
    let mut times: Vec<f64> = Vec::with_capacity(NEW);
    for received in reports(size, NEW) {
        // As the app does: whoever looks at the register keeps a copy of it.
        let shown = register.clone();
        let start = now_ms();
        register.take(received);
        ask(&register);
        times.push(now_ms() - start);
        drop(shown);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| rounded(times[(NEW * share / 100).min(NEW - 1)]);
    json!({"size": size, "value": at(95), "p50": at(50), "max": at(100)})
}

/// The largest size has the budget.
fn figures(what: &str, sizes: &[Value], budget_ms: f64) -> Value {
    let of = |name: &str, size: &Value| size.get(name).and_then(Value::as_f64).unwrap_or_default();
    let value = sizes.last().map(|size| of("value", size)).unwrap_or_default();
    let measure = if sizes.iter().any(|size| size.get("p50").is_some()) { "p50" } else { "value" };
    let growth: Vec<Value> = sizes
        .windows(2)
        .map(|pair| {
            let (small, large) = (of(measure, &pair[0]), of(measure, &pair[1]));
            let times = if small > 0.0 { json!(rounded(large / small)) } else { Value::Null };
            json!({"from": pair[0]["size"], "to": pair[1]["size"], "times": times})
        })
        .collect();
    json!({
        "what": what,
        "unit": "ms",
        "value": value,
        "budget": budget_ms,
        "ok": value <= budget_ms,
        "sizes": sizes,
        "growth": growth,
    })
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
