//! `POST /v1/check`: the check of an author who is online, against everything the server knows. Writes nothing.

use crate::{
    app::App,
    door::who::Person,
    error::{AppError, Why},
    http::{Body, Reply},
};
use axum::extract::State;
use domain::decide::{Moment, corrected, decide};
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
    let reply = match decide(&register, event, &Moment { corrected_at, token_for: None }) {
        Ok(event) => CheckReply::fine(event),
        Err(refusal) => CheckReply::refused(Problem {
            code: refusal.code.as_str().into(),
            sentence: refusal.code.sentence().into(),
            field: refusal.field,
        }),
    };
    Ok(Reply(reply))
}
