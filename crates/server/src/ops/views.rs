//! `POST /v1/views` and `GET /v1/records/{id}/views`: every look at a sensitive record is kept, and the registered
//! manager reads who looked.

use crate::{
    app::App,
    door::{sign_in, who::Person},
    error::{AppError, Why},
    http::{Body, Reply},
    store::ViewRow,
};
use axum::extract::{Path, State};
use domain::{roles::Role, time::Instant};
use serde::Serialize;
use sync::wire::{MAX_VIEWS, ViewsRequest};

/// Looks of one person at one record, the latest.
const MOST: u32 = 100;
const LONGEST_ID: usize = 64;

#[derive(Serialize)]
pub struct ViewList {
    views: Vec<ViewLine>,
}

#[derive(Serialize)]
struct ViewLine {
    staff: String,
    name: String,
    device: String,
    device_label: Option<String>,
    viewed_at: Instant,
    received_at: Instant,
    /// Why the name of the reporter was opened; none where somebody only looked.
    reason: Option<String>,
    /// Taken along in a file, with its words.
    in_file: bool,
}

/// A look is kept also when the viewer sees the record no longer: they saw it then.
pub async fn keep(
    State(app): State<App>,
    person: Person,
    Body(request): Body<ViewsRequest>,
) -> Result<Reply<sign_in::Done>, AppError> {
    let fits = |text: &str| !text.is_empty() && text.len() <= LONGEST_ID;
    if request.views.len() > MAX_VIEWS
        || !request.views.iter().all(|view| fits(&view.id) && fits(&view.record))
    {
        return Err(AppError::from(Why::BadValue).field("views"));
    }
    let received_at = app.clock.now();
    let mut writing = app.store.write(&person.hub.tenant).await?;
    for view in request.views {
        let row = ViewRow {
            id: view.id.to_string(),
            record: view.record.to_string(),
            staff: person.staff.to_string(),
            device: person.device.id.clone(),
            viewed_at: view.at.min(received_at),
            received_at,
            reason: None,
            in_file: view.in_file,
        };
        writing.add_view(&row).await?;
    }
    writing.commit().await?;
    Ok(Reply(sign_in::Done::ok()))
}

pub async fn list(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Reply<ViewList>, AppError> {
    let reading = app.store.read(&person.hub.tenant);
    let (rows, devices) = (reading.views_of(&id, MOST).await?, reading.devices().await?);
    let state = person.hub.read().await?;
    let record = state.register.record(&id).ok_or(Why::NotFound)?;
    if !person.roles.get(&record.site).is_some_and(|roles| roles.has(Role::RegisteredManager)) {
        return Err(Why::NotOfSite.into());
    }
    let line = |row: ViewRow| ViewLine {
        name: state.directory().staff_name(&row.staff).to_owned(),
        device_label: devices
            .iter()
            .find(|device| device.id == row.device)
            .map(|device| device.label.clone()),
        staff: row.staff,
        device: row.device,
        viewed_at: row.viewed_at,
        received_at: row.received_at,
        reason: row.reason,
        in_file: row.in_file,
    };
    // A reporter looks at their own report too. Where the name is hidden, the list does not give it away.
    let is_hidden = |row: &ViewRow| row.reason.is_none() && record.is_hidden_reporter(&row.staff);
    Ok(Reply(ViewList { views: rows.into_iter().filter(|row| !is_hidden(row)).map(line).collect() }))
}
