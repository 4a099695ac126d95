//! How long it takes to fold a log, and to take one more event, with every rule running. Prints one JSON line each.
//! `cargo bench -p domain`

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "takes the time and prints it")]

use domain::{
    directory::{Directory, Site},
    event::{Event, Judgement, Outcome, Received},
    register::Register,
    time::Instant,
};
use serde_json::{Value, json};
use std::{sync::Arc, time};

const EVENTS: usize = 100_000;
const SITES: usize = 2;

fn main() {
    let rounds = rounds();
    let (register, took) = fold(&rounds);
    line("fold_events", rounds.len(), took, &register);
    let reports = reports(EVENTS);
    let (register, took) = fold(&reports);
    line("fold_reports", reports.len(), took, &register);
    one_more(register, "one_more_against_reports", EVENTS);
    let (register, _) = fold(&rounds);
    one_more(register, "one_more_against_events", EVENTS);
}

/// Time on a processor where the system tells it, so that a busy machine does not count; else by the clock.
fn now() -> time::Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|told| told.split(' ').next()?.parse().ok()).map(time::Duration::from_nanos);
    static START: std::sync::OnceLock<time::Instant> = std::sync::OnceLock::new();
    spent.unwrap_or_else(|| START.get_or_init(time::Instant::now).elapsed())
}

fn line(what: &str, count: usize, took: time::Duration, register: &Register) {
    let alerts: usize = (0..SITES).map(|site| register.alerts(&format!("site-{site}")).count()).sum();
    let records = register.records().count();
    println!(
        "{}",
        json!({"what": what, "count": count, "ms": took.as_millis() as u64, "records": records, "alerts": alerts})
    );
}

fn fold(log: &[Arc<Received>]) -> (Register, time::Duration) {
    let mut register = Register::new(directory());
    let log = log.to_vec();
    let start = now();
    log.into_iter().for_each(|received| register.take(received));
    (register, now() - start)
}

/// The median and the worst of a hundred; then the first one after a copy was kept, as the app does.
fn one_more(mut register: Register, what: &str, seed: usize) {
    let more = reports_from(seed, 200);
    let mut times: Vec<u128> = Vec::new();
    for received in &more[..100] {
        let start = time::Instant::now();
        register.take(received.clone());
        times.push(start.elapsed().as_micros());
    }
    times.sort_unstable();
    let start = time::Instant::now();
    let kept = register.clone();
    let copied = start.elapsed().as_micros();
    let start = time::Instant::now();
    register.take(more[100].clone());
    let after_copy = start.elapsed().as_micros();
    println!(
        "{}",
        json!({"what": what, "records": kept.records().count(), "p50_us": times[50] as u64, "max_us": times[99] as u64,
               "copy_us": copied as u64, "take_after_copy_us": after_copy as u64})
    );
}

fn directory() -> Arc<Directory> {
    let mut directory = Directory::default();
    for site in 0..SITES {
        directory.sites.insert(format!("site-{site}").into(), Site::default());
    }
    Arc::new(directory)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

fn reports(count: usize) -> Vec<Arc<Received>> {
    reports_from(0, count)
}

/// One report every 15 minutes: 100,000 in not quite three years.
fn reports_from(first: usize, count: usize) -> Vec<Arc<Received>> {
    let mut dice = Dice(7 + first as u64);
    (first..first + count)
        .map(|number| event(number, number as i64 * 15, number, "report", 1, report(&mut dice)))
        .collect()
}

/// Records that go through their five steps, about seven events each.
fn rounds() -> Vec<Arc<Received>> {
    let mut dice = Dice(11);
    let mut log = Vec::new();
    let steps = [
        "report",
        "review_risk",
        "assess_notification",
        "plan_action",
        "complete_action",
        "finish_actions",
        "record_outcome",
        "close",
    ];
    for record in 0..EVENTS / steps.len() {
        let mut action = String::new();
        for (version, verb) in steps.into_iter().enumerate() {
            let number = log.len();
            let with = match verb {
                "report" => report(&mut dice),
                "review_risk" => {
                    json!({"potential_most_likely": 1 + dice.roll(5), "potential_worst": 5, "likelihood": 1 + dice.roll(4), "factors": [dice.of(&["task", "team", "training"])], "confirms_near_miss": "y"})
                }
                "assess_notification" => {
                    json!({"answers": {"death": "n"}, "outcome": "potential_risk_monitor", "reason": "x"})
                }
                "plan_action" => {
                    action = format!("event-{number}");
                    json!({"text": "x", "owner": "boss", "due": "2030-01-01", "strength": "weaker"})
                }
                "complete_action" => json!({"action": action}),
                "record_outcome" => {
                    json!({"measure": "m", "baseline": {"count": 1}, "value": {"count": 0}, "review": "28d", "verdict": "improved", "evidence": ["audit"]})
                }
                _ => json!({}),
            };
            log.push((record as i64 * 120 + version as i64 * 3000, number, record, verb, version, with));
        }
    }
    log.sort_by_key(|(minute, number, ..)| (*minute, *number));
    log.into_iter()
        .map(|(minute, number, record, verb, version, with)| {
            event(number, minute, record, verb, version + 1, with)
        })
        .collect()
}

fn report(dice: &mut Dice) -> Value {
    let people = format!("R-{}", dice.roll(60));
    let location = format!("room-{}", dice.roll(80));
    match dice.roll(10) {
        0..5 => {
            json!({"category": "medication", "happened": "something_happened", "reached": "no", "people": [people], "location": location,
            "error_type": dice.of(&["mar_gap", "wrong_dose", "expired", "found_tablet", "patch", "wrong_time"]), "risk_group": dice.of(&["insulin", "lithium", "antibiotic", "paracetamol", "other"]),
            "caught_by": dice.of(&["colleague", "self_check", "chance"])})
        }
        5..8 => {
            json!({"category": "environment", "happened": "nothing_yet", "location": location, "hazard": dice.of(&["hoist", "lighting", "trip"]),
            "asset": format!("A-{}", dice.roll(2000))})
        }
        _ => {
            json!({"category": "behaviour", "happened": "something_happened", "reached": "no", "hands_on": "no", "people": [people], "location": location,
            "behaviour_type": "throwing", "triggers": [dice.of(&["noise", "unfamiliar_staff", "change_of_routine"])]})
        }
    }
}

fn event(
    number: usize,
    minute: i64,
    record: usize,
    verb: &str,
    version: usize,
    with: Value,
) -> Arc<Received> {
    let start = domain::time::parse_instant("2024-01-01T00:00+00:00").unwrap_or_default();
    let now: Instant = start + chrono::Duration::minutes(minute);
    let event = Event {
        id: format!("event-{number}").into(),
        verb: verb.to_owned(),
        site: format!("site-{}", record % SITES).into(),
        record: Some(format!("0197a-record-{record:08}").into()),
        by: "boss".into(),
        device: "phone".into(),
        with: with.as_object().cloned().unwrap_or_default(),
        seen: 0,
        device_time: now,
        offset_ms: Some(0),
    };
    let judgement = Judgement {
        seq: number as u64 + 1,
        received_at: now,
        offset_ms: 0,
        corrected_at: now,
        version: u32::try_from(version).ok(),
        result: Outcome::Applied,
        code: None,
        marks: Vec::new(),
        deliveries: 1,
        second: None,
    };
    Arc::new(Received { event, judgement })
}
