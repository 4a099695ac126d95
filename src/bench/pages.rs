//! What the pages of the measures and of the inbox work out, over histories of any length. What they draw is the same
//! for each: so many numbers, pictures and lines.

use crate::{browser::clock, pages::inbox::waiting::waiting};
use chrono::Duration;
use domain::{
    directory::{Directory, Staff},
    event::Received,
    measures::index::{By, Filter, Index, Which, came_back, group, late},
    record::Record,
    register::Register,
    roles::Role,
    sight::Viewer,
    time::{Instant, london_date},
};
use replay::load;
use serde_json::{Value, json};
use std::sync::Arc;

/// The newest, which wait for somebody; all before them are finished.
const OPEN: usize = 1_000;
const RUNS: usize = 5;
const MANAGER: &str = "manager";
/// Of the large numbers.
const COUNTED: [Which; 9] = [
    Which::All,
    Which::NearMiss,
    Which::Incident,
    Which::Prevented,
    Which::NoHarm,
    Which::Serious,
    Which::Reviewed,
    Which::Luck,
    Which::Nameless,
];

pub fn measure() -> Value {
    let sizes: Vec<Value> = load::SIZES.iter().filter_map(|records| one(*records)).collect();
    json!({ "what": "what_pages_work_out", "unit": "ms", "open": OPEN, "sizes": sizes })
}

fn one(records: usize) -> Option<Value> {
    let directory = directory();
    let mut register = Register::new(directory.clone());
    for (number, received) in load::reports(0, records).into_iter().enumerate() {
        let is_open = number + OPEN >= records;
        register.take(if is_open { received } else { finished(&received) });
    }
    let now = register.records().map(|record| record.reported_at).max()? + Duration::hours(1);
    let (site, staff) = (directory.sites.keys().next()?, directory.staff.keys().next()?);
    let viewer = Viewer { staff, directory: &directory, date: london_date(now) };
    let mut lines = 0;
    let inbox = quickest(|| lines = waiting(&register, &viewer, site, now).len());
    let measures = quickest(|| numbers(&register, &directory, now));
    Some(json!({ "size": records, "inbox": inbox, "inbox_lines": lines, "measures": measures }))
}

/// As the page does when the register has changed: the index made anew, then each large number of half a year.
fn numbers(register: &Register, directory: &Directory, now: Instant) {
    let index = Index::of(register, |_: &Record| true);
    let (from, to) = (london_date(now - Duration::days(182)), london_date(now));
    let filter = Filter { site: None, category: None, from, to };
    let counted: usize = COUNTED.into_iter().map(|which| index.rows(&filter, which).len()).sum();
    let reporters = group(&index.rows(&filter, Which::All), By::Reporter).len();
    let (late, back) =
        (late(&index, directory, &filter, now).len(), came_back(&index, register, &filter).len());
    // Otherwise it might not be worked out at all.
    std::hint::black_box((counted, reporters, late, back));
}

/// In milliseconds: nothing else can make it quicker.
fn quickest(mut work: impl FnMut()) -> f64 {
    let times = (0..RUNS).map(|_| {
        let start = clock::monotonic_ms();
        work();
        clock::monotonic_ms() - start
    });
    times.fold(f64::INFINITY, f64::min)
}

/// The same report as one of the past that was brought in, finished.
fn finished(received: &Received) -> Arc<Received> {
    let mut past = received.clone();
    past.event.verb = "import_past".to_owned();
    Arc::new(past)
}

fn directory() -> Arc<Directory> {
    let mut directory = (*load::directory()).clone();
    let everywhere = directory.sites.keys().map(|site| (site.clone(), vec![Role::RegisteredManager]));
    let manager = Staff { name: "Manager".into(), roles: everywhere.collect(), ..Staff::default() };
    directory.staff.insert(MANAGER.into(), manager);
    Arc::new(directory)
}
