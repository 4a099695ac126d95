//! `POST /v1/records/{id}/reporter`: the registered manager opens the sealed name of a reporter and says why. That is kept
//! among the looks at the record before the name is given. `GET /v1/opened-names`: a reporter reads when their own
//! name was opened, by whom and why.

use crate::{
    app::App,
    door::who::Person,
    error::{AppError, Why},
    http::{Body, Reply},
    store::ViewRow,
};
use axum::extract::{Path, State};
use domain::{
    event::Author,
    ids::StaffId,
    record::{Record, Seal},
    roles::Role,
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// Characters.
const LONGEST_REASON: usize = 500;

#[derive(Deserialize)]
pub struct Ask {
    reason: String,
}

/// Given once; the device shows it and keeps it nowhere.
#[derive(Serialize)]
pub struct Opened {
    name: String,
    opened_at: Instant,
}

#[derive(Serialize)]
pub struct OpenedNames {
    /// The latest first.
    opened: Vec<OpenedName>,
}

#[derive(Serialize)]
struct OpenedName {
    record: String,
    by_name: String,
    at: Instant,
    reason: String,
}

pub async fn open(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Body(ask): Body<Ask>,
) -> Result<Reply<Opened>, AppError> {
    let reporter = {
        let state = person.hub.read().await?;
        sealed(state.register.record(&id).ok_or(Why::NotFound)?, &person)?
    };
    let reason = reason(&ask)?;
    let opened_at = app.clock.now();
    let row = ViewRow {
        id: uuid::Uuid::now_v7().to_string(),
        record: id,
        staff: person.staff.to_string(),
        device: person.device.id.clone(),
        viewed_at: opened_at,
        received_at: opened_at,
        reason: Some(reason.to_owned()),
        in_file: false,
    };
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.add_view(&row).await?;
    writing.commit().await?;
    // Only now: what could not be kept is not told.
    let name = person.hub.read().await?.directory().staff_name(&reporter).to_owned();
    Ok(Reply(Opened { name, opened_at }))
}

pub async fn of_own(State(app): State<App>, person: Person) -> Result<Reply<OpenedNames>, AppError> {
    let rows = app.store.read(&person.hub.tenant).opened_names().await?;
    let state = person.hub.read().await?;
    let me = Author::Staff(person.staff.clone());
    let is_own = |row: &ViewRow| {
        let record = state.register.record(&row.record);
        record.is_some_and(|record| record.imported.is_none() && record.reporter.is(&me))
    };
    let line = |row: ViewRow| OpenedName {
        by_name: state.directory().staff_name(&row.staff).to_owned(),
        record: row.record,
        at: row.viewed_at,
        reason: row.reason.unwrap_or_default(),
    };
    Ok(Reply(OpenedNames { opened: rows.into_iter().filter(is_own).map(line).collect() }))
}

/// Whose name it is, if this person may open it.
fn sealed(record: &Record, person: &Person) -> Result<StaffId, AppError> {
    let roles = person.roles.get(&record.site).copied().unwrap_or_default();
    if !roles.has(Role::RegisteredManager) {
        return Err(Why::NotOfSite.into());
    }
    match record.seal() {
        Seal::Open => Err(Why::NameNotSealed.into()),
        Seal::Nobody | Seal::Sealed(None) => Err(Why::NobodyKnown.into()),
        Seal::Sealed(Some(_)) if !record.may_open_name(&person.staff, roles) => {
            Err(AppError::from(Why::NameNotSealed)
                .saying("You made this report yourself, so there is nothing to open."))
        }
        Seal::Sealed(Some(reporter)) => Ok(reporter.clone()),
    }
}

fn reason(ask: &Ask) -> Result<&str, AppError> {
    let reason = ask.reason.trim();
    if !reason.chars().any(char::is_alphabetic) {
        return Err(AppError::from(Why::MissingField)
            .field("reason")
            .saying("Say in a few words why you need the name."));
    }
    if reason.chars().count() > LONGEST_REASON {
        let words = format!("Say why in {LONGEST_REASON} characters or fewer.");
        return Err(AppError::from(Why::BadValue).field("reason").saying(words));
    }
    Ok(reason)
}
