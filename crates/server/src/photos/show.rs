//! `GET /v1/blob/{sha256}?record=...`: a photo, for whoever may see the record that names it. The rules are those of
//! a pull: what the log would not show this person, no photo does. Every look is written down.

use super::take::hash_of;
use crate::{
    app::App,
    door::who::Person,
    error::{AppError, Why},
    log::state::State as Provider,
    store::ViewRow,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{ids::RecordId, photo, time::london_date};
use serde::Deserialize;
use sync::Hash;

#[derive(Deserialize)]
pub struct Of {
    record: RecordId,
}

pub async fn show(
    State(app): State<App>,
    person: Person,
    Path(sha256): Path<String>,
    of: Result<Query<Of>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, AppError> {
    let sha256 = hash_of(&sha256)?;
    let Query(Of { record }) = of.map_err(|_| AppError::from(Why::BadRequest).field("record"))?;
    let now = app.clock.now();
    let may_see = sees(&*person.hub.read().await?, &person, &record, &sha256, london_date(now));
    if !may_see {
        return Err(Why::PhotoNotHere.into());
    }
    let tenant = &person.hub.tenant;
    let here = app.store.read(tenant).blob(sha256).await?;
    if !here.is_some_and(|here| here.complete) {
        return Err(Why::PhotoNotHere.into());
    }
    let bytes = app.photos.get(&app.store, tenant, sha256).await?.ok_or(Why::PhotoNotHere)?;
    let view = ViewRow {
        id: uuid::Uuid::now_v7().to_string(),
        record: record.to_string(),
        staff: person.staff.to_string(),
        device: person.device.id.clone(),
        viewed_at: now,
        received_at: now,
        reason: None,
        in_file: false,
    };
    let mut writing = app.store.write(tenant).await?;
    writing.add_view(&view).await?;
    writing.commit().await?;
    Ok(picture(&sha256, bytes))
}

/// Is there an event of this record that names the photo, and that this person may read with its photos?
fn sees(
    state: &Provider,
    person: &Person,
    record: &RecordId,
    sha256: &Hash,
    date: chrono::NaiveDate,
) -> bool {
    let viewer = state.viewer(&person.staff, date);
    let Some(record) = state.register.record(record).filter(|record| viewer.sees(record)) else {
        return false;
    };
    let name = sha256.to_string();
    record.events.iter().any(|received| {
        let shown = photo::of(&viewer.shown(&state.register, received).event);
        shown.iter().any(|photo| photo.sha256 == name || photo.thumb == name)
    })
}

/// A picture and nothing else, however it is opened.
fn picture(sha256: &Hash, bytes: Vec<u8>) -> Response {
    let name = format!("inline; filename=\"photo-{}.jpg\"", &sha256.to_string()[..8]);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
