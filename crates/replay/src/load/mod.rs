//! Logs of any length for measuring how long the domain takes, natively (`cargo bench -p replay`) and in a browser.
//! The same in every run.

mod measure;

use domain::{
    directory::{Directory, Site},
    event::{Event, Judgement, Outcome, Received},
    time::Instant,
};
pub use measure::{SIZES, fold, one_record};
use serde_json::{Value, json};
use std::sync::Arc;

const SITES: usize = 2;
/// Verbs of a record from start to end.
const STEPS: [&str; 8] = [
    "report",
    "review_risk",
    "assess_notification",
    "plan_action",
    "complete_action",
    "finish_actions",
    "record_outcome",
    "close",
];

/// The sites of every log here.
pub fn directory() -> Arc<Directory> {
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

/// Only reports, one every 15 minutes: 100,000 in not quite three years. `first`: number of the first one.
pub fn reports(first: usize, count: usize) -> Vec<Arc<Received>> {
    let mut dice = Dice(7 + first as u64);
    (first..first + count)
        .map(|number| event(number, number as i64 * 15, number, "report", 1, report(&mut dice)))
        .collect()
}

/// So many records with all their steps.
pub fn events_of(records: usize) -> Vec<Arc<Received>> {
    rounds(records * STEPS.len())
}

/// Records that go through their five steps, eight events each: a log of so many events.
pub fn rounds(events: usize) -> Vec<Arc<Received>> {
    let mut dice = Dice(11);
    let mut log = Vec::new();
    for record in 0..events / STEPS.len() {
        let mut action = String::new();
        for (version, verb) in STEPS.into_iter().enumerate() {
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
        with: with.as_object().cloned().unwrap_or_default().into(),
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
        author_away: false,
        words_gone: None,
    };
    Arc::new(Received { event, judgement })
}
