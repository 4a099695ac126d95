//! An author at work: what they know, the event as their device writes it, and their own check of it.

use super::{
    devices::Devices,
    draft::{self, Moment},
    file::{ANONYMOUS, Event as Line, NOTHING, Scenario},
    ids::{Ids, Sort},
    knowledge::{Knowledge, Seen},
    world::{Checked, Viewer},
};
use domain::{
    decide::{self, Arrival, decide, judge},
    event::{Event, Judgement, Received},
    ids::RecordId,
    register::Register,
    time::Instant,
};
use std::collections::BTreeSet;

/// An event as it is about to be written, and what its author looks at.
pub struct Desk {
    pub event: Event,
    pub known: Knowledge,
    token_for: Option<RecordId>,
}

impl Desk {
    /// `known` is what the author's device or, online, the server knows.
    pub fn open(
        line: &Line,
        scenario: &Scenario,
        known: &Knowledge,
        ids: &Ids,
        devices: &mut Devices,
    ) -> Desk {
        let record = line.record.as_deref().map(|record| ids.real(Sort::Record, record));
        let cut = line.seen.as_deref().zip(record).map(|(seen, record)| {
            let seen = if seen == NOTHING { Seen::Nothing } else { Seen::Until(ids.real(Sort::Event, seen)) };
            known.cut(record, seen)
        });
        let known = cut.unwrap_or_else(|| known.clone());
        let device = devices.of(line.device());
        let moment = Moment {
            clock_min: device.clock_min(line.at),
            offset_min: device.known_offset_min(line.at),
            seen: record.map_or(0, |record| known.version(record)),
        };
        let category = draft::category(line, scenario, &known, ids);
        let event = draft::event(line, draft::site(line, scenario), moment, ids, category);
        Desk { event, known, token_for: token_for(line, ids) }
    }

    pub fn check(self) -> Checked {
        let corrected_at = draft::corrected_at(&self.event);
        let moment = decide::Moment { corrected_at, token_for: self.token_for };
        match decide(&settled(&self.known.register, corrected_at), self.event.clone(), &moment) {
            Ok(event) => Checked::Fine(event),
            Err(refusal) => Checked::Refused { event: self.event, code: refusal.code.to_string() },
        }
    }
}

/// How a device that is away judges its own event until the server does.
pub fn provisional(line: &Line, event: &Event, known: &Knowledge, ids: &Ids) -> Received {
    let received_at = draft::corrected_at(event);
    let offset_ms = event.offset_ms.unwrap_or_default();
    let arrival = Arrival { seq: 0, received_at, offset_ms, token_for: token_for(line, ids), online: false };
    let judgement = judge(&settled(&known.register, received_at), event, &arrival);
    Received { event: event.clone(), judgement }
}

/// How a server that knows `known` judges an event.
pub fn judged(
    line: &Line,
    event: &Event,
    known: &Knowledge,
    ids: &Ids,
    at: Instant,
    clock_min: i64,
) -> Judgement {
    let arrival = Arrival {
        seq: known.rows.len() as u64 + 1,
        received_at: at,
        offset_ms: clock_min * 60_000,
        token_for: token_for(line, ids),
        online: line.offline_until.is_none(),
    };
    judge(&settled(&known.register, at), event, &arrival)
}

/// Who looks at a device: its user, or whoever holds the tokens of what was reported on it without a name.
pub fn viewer(device: &str, user: Option<&str>, scenario: &Scenario, ids: &Ids) -> Viewer {
    if let Some(staff) = user.filter(|user| *user != ANONYMOUS) {
        return Viewer::Staff(staff.to_owned());
    }
    let reports = scenario.events.iter().filter(|line| line.verb == "report" && line.is_anonymous());
    let here = reports.filter(|line| line.device() == device).filter_map(|line| line.record.as_deref());
    Viewer::Tokens(here.map(|record| ids.real(Sort::Record, record).to_owned()).collect::<BTreeSet<_>>())
}

fn token_for(line: &Line, ids: &Ids) -> Option<RecordId> {
    line.token.as_deref().map(|record| ids.real(Sort::Record, record).into())
}

/// All events of one contact are taken in before the rules that time drives run at that moment.
fn settled(register: &Register, at: Instant) -> Register {
    let mut register = register.clone();
    register.settle_before(at);
    register
}
