//! Where a record stands in the indexes: what it is alike in, and since when it waits or is finished.

use super::{
    Rule,
    board::{Board, Kind},
    key::{self, COMES_BACK, EVERYWHERE, SAME_ASSET, SAME_SPOT},
};
use crate::{
    category::CategorySpec,
    event::Event,
    pathway::State,
    record::{self, Record},
    time::{self, Instant},
};
use chrono::NaiveDate;
use std::sync::Arc;

/// A record in play. Numbers are places in the lists of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub alike: Arc<AlikeIn>,
    /// When step 4 was finished, of a record in S5 or C.
    pub finished: Option<Instant>,
    /// Waits in R, S2, S3 or S4.
    pub waits: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AlikeIn {
    pub occurred_at: Instant,
    pub date: NaiveDate,
    pub reported_at: Instant,
    pub happened: record::Kind,
    pub lanes: Vec<u32>,
    pub comes_back: Vec<u32>,
    pub repair: Option<u32>,
    /// Lane of the unit.
    pub unit: u32,
}

/// Can this event change what a record is alike in? All others leave it as it was.
fn changes_keys(record: &Record, event: &Event) -> bool {
    let names_causes = event.with.contains_key("factors");
    match event.verb.as_str() {
        "report" | "amend" | "resubmit" | "resolve" | "withdraw" | "mark_duplicate" | "reopen" => true,
        "review_risk" => names_causes || record.spec().is_some_and(|spec| spec.needs_confirmation),
        "finish_actions" | "no_action_needed" => names_causes,
        _ => false,
    }
}

impl Place {
    /// The place of a record as it now stands; none while it is not in play.
    pub fn of(board: &mut Board, record: &Record, event: &Event) -> Option<Place> {
        let known = board.place(record.arrival).map(|place| place.alike.clone());
        let alike = if changes_keys(record, event) {
            let spec = record.spec().filter(|_| record.is_in_play())?;
            let fresh = alike_in(board, record, spec);
            match known {
                Some(known) if *known == fresh => known,
                _ => Arc::new(fresh),
            }
        } else {
            known?
        };
        let done = matches!(record.state, State::AwaitingOutcome | State::Closed);
        Some(Place {
            alike,
            finished: record.action_decision().filter(|_| done).map(|decision| decision.at),
            waits: matches!(record.state.step(), Some(1..=4)),
        })
    }
}

fn alike_in(board: &mut Board, record: &Record, spec: &CategorySpec) -> AlikeIn {
    let occurred_at = record.facts.occurred_at();
    let mut lanes = Vec::new();
    for alike in EVERYWHERE.iter().chain(spec.patterns) {
        key::each_key(record, alike.parts, &mut |key| lanes.push(board.lane(Some(alike.rule), key)));
    }
    lanes.sort_unstable();
    lanes.dedup();
    let mut comes_back = Vec::new();
    for (kind, parts) in COMES_BACK.iter().enumerate() {
        key::each_key(record, parts, &mut |key| comes_back.push(board.sequel(Kind::ComesBack(kind), key)));
    }
    let mut repair = None;
    if spec.raises.contains(&Rule::DelayedRepair) {
        let has_asset = record.facts.code("asset").is_some();
        let (kind, parts) =
            if has_asset { (Kind::RepairOfAsset, SAME_ASSET) } else { (Kind::RepairOfSpot, SAME_SPOT) };
        key::each_key(record, parts, &mut |key| repair = Some(board.sequel(kind, key)));
    }
    AlikeIn {
        occurred_at,
        date: time::london_date(occurred_at),
        reported_at: record.reported_at,
        happened: record.kind,
        lanes,
        comes_back,
        repair,
        unit: board.lane(None, record.facts.text("unit")),
    }
}
