//! `POST /v1/check`: the check of an author who is online, against everything the server knows. Writes nothing.
//! Nor does it tell what there is: of what the author may not see it answers as if it were not there.

use crate::{
    app::App,
    door::who::Person,
    error::{AppError, Why},
    http::{Body, Reply},
};
use axum::extract::State;
use domain::{
    decide::{Moment, corrected, decide},
    event::Event,
    register::Register,
    sight::Viewer,
    time::london_date,
    verbs,
};
use sync::wire::{CheckReply, CheckRequest, Problem};

pub async fn check(
    State(app): State<App>,
    person: Person,
    Body(body): Body<CheckRequest>,
) -> Result<Reply<CheckReply>, AppError> {
    let event = body.event;
    if !event.by.is(&person.staff) || *event.device != *person.device.id {
        return Err(Why::NotYourEvent.into());
    }
    let now = app.clock.now();
    let corrected_at = corrected(event.device_time, event.offset_ms.unwrap_or_default(), now);
    let mut register = person.hub.read().await?.register.clone();
    register.settle_before(now);
    let viewer = Viewer { staff: &person.staff, directory: register.directory(), date: london_date(now) };
    let asked = as_seen_by(&viewer, &register, event.clone());
    let reply = match decide(&register, asked, &Moment { corrected_at, token_for: None }) {
        Ok(fine) => CheckReply::fine(Event { id: event.id, record: event.record, ..fine }),
        Err(refusal) => CheckReply::refused(Problem {
            code: refusal.code.as_str().into(),
            sentence: refusal.code.sentence().into(),
            field: refusal.field,
        }),
    };
    Ok(Reply(reply))
}

/// Fields that name a record, and those by which a verb of a site names an alert, an audit or what hangs on one.
const RECORDS: [&str; 3] = ["record", "of", "to"];
const OF_SITE: [&str; 4] = ["alert", "audit", "question", "action"];

/// Each id of what the author may not see becomes one that nothing has.
fn as_seen_by(viewer: &Viewer<'_>, register: &Register, mut event: Event) -> Event {
    let nothing = || uuid::Uuid::new_v4().to_string();
    let is_hidden = |id: &str| register.record(id).is_some_and(|record| !viewer.sees(record));
    if register.known(&event.id).is_some_and(|known| !known.event.by.is(viewer.staff)) {
        event.id = nothing().into();
    }
    if event.record.as_ref().is_some_and(|id| is_hidden(id)) {
        event.record = Some(nothing().into());
    }
    for (_, value) in event.with.iter_mut().filter(|(name, _)| RECORDS.contains(&name.as_str())) {
        if value.as_str().is_some_and(is_hidden) {
            *value = nothing().into();
        }
    }
    if verbs::find(&event.verb).is_some_and(|spec| spec.of_site) && !viewer.sees_site(&event.site) {
        let named = event.with.iter_mut().filter(|(name, _)| OF_SITE.contains(&name.as_str()));
        named.for_each(|(_, value)| *value = nothing().into());
    }
    event
}
