//! May this person do this now? `decide` for the author, `judge` for an event that arrives.
//! Pure: the caller gives every time; nothing is read or saved here. Source: model.md sections 1.3 and 12.3.

mod act;
mod content;
mod marks;
mod rights;

#[cfg(test)]
mod tests;

use crate::{
    event::{Author, Event, Judgement, Outcome},
    ids::RecordId,
    notification,
    record::Record,
    refusal::{Code, Refusal},
    register::Register,
    roles::Roles,
    time::{self, Instant},
    verbs::{self, VerbSpec},
};
use chrono::Duration;
use serde_json::{Map, Value};

/// When the author writes, as corrected time, and the record whose one-time token the author presents.
#[derive(Clone, Debug)]
pub struct Moment {
    pub corrected_at: Instant,
    pub token_for: Option<RecordId>,
}

/// How an event reached the server.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its place in the order of arrival.
    pub seq: u64,
    pub received_at: Instant,
    /// Device clock minus server clock at this contact, for a device that had never been in contact before.
    pub offset_ms: i64,
    pub token_for: Option<RecordId>,
    /// The author was online when writing: a refusal is told at once and nothing is kept.
    pub online: bool,
}

/// Whose checks are run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The author's device, or the server on behalf of an author who is online.
    Author,
    /// The server, for an event written earlier: open conflicts and suggestions hold as the author saw them.
    Arrival,
}

/// The author's check. The event comes back with what is worked out on the author's device.
/// # Errors  the first failing check of model.md section 1.3.
pub fn decide(register: &Register, mut event: Event, moment: &Moment) -> Result<Event, Refusal> {
    add_suggestions(register, &mut event, moment.corrected_at);
    check(register, &event, moment, Side::Author)?;
    Ok(event)
}

/// What becomes of an event that arrives. Never fails: the worst case is that it is set aside.
pub fn judge(register: &Register, event: &Event, arrival: &Arrival) -> Judgement {
    let offset_ms = event.offset_ms.unwrap_or(arrival.offset_ms);
    let corrected_at = corrected(event.device_time, offset_ms, arrival.received_at);
    let moment = Moment { corrected_at, token_for: arrival.token_for.clone() };
    let verdict = verdict(register, event, &moment, arrival.received_at);
    let (result, code) = match verdict {
        Ok(outcome) => (outcome, None),
        Err(refusal) if arrival.online => (Outcome::Refused, Some(refusal.code)),
        Err(refusal) => (Outcome::SetAside, Some(refusal.code)),
    };
    let accepted = matches!(result, Outcome::Applied | Outcome::Conflict);
    let record = event.record.as_ref().and_then(|id| register.record(id));
    let version = (accepted && event.record.is_some()).then(|| record.map_or(1, |record| record.version + 1));
    let settings = register.directory().settings(&event.site);
    let mut marks = if accepted { marks::of_step(register, event, corrected_at) } else { Vec::new() };
    marks.extend(marks::of_time(&settings, corrected_at, arrival.received_at, offset_ms));
    Judgement {
        seq: arrival.seq,
        received_at: arrival.received_at,
        offset_ms,
        corrected_at,
        version,
        result,
        code,
        marks,
        deliveries: 1,
        second: None,
        author_away: false,
        words_gone: None,
    }
}

/// The time of the device, corrected by its offset and never later than receipt. Model.md section 12.1.
/// Where the two give no time at all, the receipt is all that is known.
pub fn corrected(device_time: Instant, offset_ms: i64, received_at: Instant) -> Instant {
    let offset = Duration::try_milliseconds(offset_ms);
    let told = offset.and_then(|offset| device_time.checked_sub_signed(offset));
    told.filter(|told| time::can_be_written(*told)).unwrap_or(received_at).min(received_at)
}

fn verdict(
    register: &Register,
    event: &Event,
    moment: &Moment,
    received_at: Instant,
) -> Result<Outcome, Refusal> {
    check_id(register, event)?;
    let Some(spec) = verbs::find(&event.verb) else { return Err(Refusal::of(Code::UnknownCode, "do")) };
    let record = record_at_site(register, event);
    if rights::ended(register, event, spec, record, moment, received_at) {
        return Err(Code::RoleEnded.into());
    }
    if let Some(record) = record
        && record.rivals_of(event).next().is_some()
        && rights::check_in_any_state(register, event, spec, Some(record), moment).is_ok()
        && content::check(event, spec, Some(record), None).is_ok()
    {
        return Ok(Outcome::Conflict);
    }
    check(register, event, moment, Side::Arrival)?;
    Ok(Outcome::Applied)
}

/// The checks of model.md section 1.3 in their order; the first that fails gives the code.
fn check(register: &Register, event: &Event, moment: &Moment, side: Side) -> Result<(), Refusal> {
    check_id(register, event)?;
    let Some(spec) = verbs::find(&event.verb) else { return Err(Refusal::of(Code::UnknownCode, "do")) };
    let record = check_known(register, event, spec)?;
    rights::check(register, event, spec, record, moment)?;
    content::check(event, spec, record, units_for(register, event, spec, side))?;
    let roles = rights::held(register, event, moment.corrected_at).all();
    let desk = Desk { register, event, spec, record, moment, side, roles };
    desk.check_act()
}

/// Everything that the checks of a verb may look at.
struct Desk<'a> {
    register: &'a Register,
    event: &'a Event,
    spec: &'static VerbSpec,
    record: Option<&'a Record>,
    moment: &'a Moment,
    side: Side,
    /// What the author holds at the site.
    roles: Roles,
}

fn check_id(register: &Register, event: &Event) -> Result<(), Refusal> {
    match register.known(&event.id) {
        Some(known) if known.event != *event => Err(Code::IdReused.into()),
        _ => Ok(()),
    }
}

/// Check 2: everything that the event names is known here. Gives the record that it is about.
fn check_known<'a>(
    register: &'a Register,
    event: &Event,
    spec: &VerbSpec,
) -> Result<Option<&'a Record>, Refusal> {
    if spec.of_site {
        return register.check_site_references(event).map(|()| None);
    }
    if spec.makes_record() {
        return Ok(event.record.as_ref().and_then(|id| register.record(id)));
    }
    let Some(record) = record_at_site(register, event) else {
        return Err(Refusal::of(Code::RecordUnknown, "record"));
    };
    let named = |field: &'static str| event.text(field);
    let other = match spec.name {
        "mark_duplicate" => named("of"),
        "link" => named("to"),
        _ => None,
    };
    if other.is_some_and(|other| register.record(other).is_none()) {
        return Err(Code::RecordUnknown.into());
    }
    let asks = |id: &str| record.questions.iter().any(|question| &*question.id == id && !question.returned);
    let unknown = match spec.name {
        "answer" => named("question").filter(|id| !asks(id)).map(|_| Code::QuestionUnknown),
        "complete_action" | "verify_action" => {
            named("action").filter(|id| record.action(id).is_none()).map(|_| Code::ActionUnknown)
        }
        "end_outage" => named("outage")
            .filter(|id| !record.outages.iter().any(|outage| &*outage.id == *id))
            .map(|_| Code::OutageUnknown),
        _ => None,
    };
    match unknown {
        Some(code) => Err(code.into()),
        None => Ok(Some(record)),
    }
}

/// The units that an event is held to. A report that was written while its device knew an older list is taken as it
/// is: reports always are (model.md section 15, 20).
fn units_for<'a>(register: &'a Register, event: &Event, spec: &VerbSpec, side: Side) -> Option<&'a [String]> {
    if side == Side::Arrival && spec.makes_record() {
        return None;
    }
    register.directory().sites.get(&event.site).map(|site| site.units.as_slice())
}

/// The record that an event is about. One of another site is not known at this one.
fn record_at_site<'a>(register: &'a Register, event: &Event) -> Option<&'a Record> {
    let record = event.record.as_ref().and_then(|id| register.record(id));
    record.filter(|record| record.site == event.site)
}

/// Suggestions are worked out on what the author's device knows and carried in the event for ever.
fn add_suggestions(register: &Register, event: &mut Event, now: Instant) {
    if !matches!(event.verb.as_str(), "assess_notification" | "revise_notification") {
        return;
    }
    let Some(record) = event.record.as_ref().and_then(|id| register.record(id)) else { return };
    let answers = crate::record::answers(&event.with);
    let suggestions = notification::suggest(record, &answers, now, register.is_repeat_concern(record));
    let carried: Map<String, Value> =
        suggestions.into_iter().map(|(body, suggestion)| (body, Value::from(suggestion.code()))).collect();
    event.with.insert("suggests".into(), Value::Object(carried));
    event.with.insert("rules".into(), Value::from(notification::rules().version.as_str()));
}

fn is_anonymous(event: &Event) -> bool {
    event.by == Author::Anonymous
}
