//! `POST /v1/calendar`, `POST /v1/calendar/end`, `GET /v1/calendar`, and `GET /calendar/{secret}` that a person's own
//! calendar program fetches: audits, reviews and due dates that are theirs. No names, no words of a report.

use crate::{
    app::App,
    clock::real_now,
    door::{
        limits::Counted,
        secrets, sign_in,
        who::{CameFrom, Person, roles_of},
    },
    error::{AppError, Why},
    http::Reply,
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    ids::SiteId,
    time::{Instant, london_date},
};
use serde::Serialize;
use sync::Hash;

#[derive(Serialize)]
pub struct CalendarReply {
    /// Only when it was just made: nobody can look it up later.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    since: Option<Instant>,
}

const OFTEN: &str =
    "This calendar was fetched 60 times within an hour. Let the calendar program fetch it less often.";

fn hash(secret: &str) -> Hash {
    secrets::hash("calendar", secret)
}

/// Makes the address, and ends the one before.
pub async fn make(State(app): State<App>, person: Person) -> Result<Reply<CalendarReply>, AppError> {
    let (secret, now) = (secrets::token()?, real_now());
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.set_calendar(&person.staff, hash(&secret), now).await?;
    writing.commit().await?;
    let link = format!("{}/calendar/{secret}.ics", app.site.base_url);
    Ok(Reply(CalendarReply { link: Some(link), since: Some(now) }))
}

pub async fn look(State(app): State<App>, person: Person) -> Result<Reply<CalendarReply>, AppError> {
    let since = app.store.read(&person.hub.tenant).calendar_since(&person.staff).await?;
    Ok(Reply(CalendarReply { link: None, since }))
}

pub async fn end(State(app): State<App>, person: Person) -> Result<Reply<sign_in::Done>, AppError> {
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.end_calendar(&person.staff).await?;
    writing.commit().await?;
    Ok(Reply(sign_in::Done::ok()))
}

/// Of the person's roles today: without one it is empty.
pub async fn feed(
    State(app): State<App>,
    CameFrom(address): CameFrom,
    Path(file): Path<String>,
) -> Result<Response, AppError> {
    let hash = hash(file.trim_end_matches(".ics"));
    let Some(tenant) = app.store.door().by_calendar(hash).await? else {
        // The wait is for those who guess, never for the program that holds the address.
        app.limits.try_once(Counted::Address(address))?;
        return Err(Why::NotFound.into());
    };
    app.limits.try_once(Counted::Opened(hash)).map_err(|wait| wait.saying(OFTEN))?;
    let staff = app.store.read(&tenant).calendar_of(hash).await?.ok_or(Why::NotFound)?;
    let now = app.clock.now();
    let hub = app.hubs.of(&tenant);
    let state = hub.read().await?;
    let mut register = state.register.clone();
    let sites: Vec<SiteId> = roles_of(state.directory(), &staff, now).into_keys().collect();
    drop(state);
    let text = tokio::task::spawn_blocking(move || {
        register.settle(now);
        let directory = register.shared_directory();
        let viewer = domain::sight::Viewer { staff: &staff, directory: &directory, date: london_date(now) };
        exchange::ical::calendar(&register, &sites, &viewer, now, "Noticed")
    });
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text.await?).into_response())
}
