//! `POST /v1/passes`: lets somebody from an agency or the bank in for some days. They report at one site and see their
//! own reports; a line of the staff list says who let them in and until when.

use super::{
    enrol,
    invites::{self, InviteReply},
    secrets,
    who::{Person, roles_of},
};
use crate::{
    app::App,
    clock::real_now,
    directory::{entries::STAFF, rows},
    error::{AppError, Why},
    http::{Body, Reply},
    log::{hub::Change, state::State as Provider},
    store::{ChangeRow, Invited, Writing},
};
use axum::extract::State;
use chrono::{Duration, NaiveDate};
use domain::{
    directory::Staff,
    ids::{BY_A_PASS, SiteId, StaffId},
    roles::{Role, Roles},
    time::{Instant, add_days, london_date},
};
use serde::Deserialize;
use sync::Hash;

/// With today.
const MOST_DAYS: u64 = 7;
/// A manager makes the code in the afternoon for a shift at night.
const CODE_HOURS: i64 = 12;
const USUAL_NAME: &str = "Agency worker";
const NOT_THEN: &str = "Choose a last day from today on, and at most 7 days with today.";

#[derive(Deserialize)]
pub struct NewPass {
    site: SiteId,
    /// The last day, included.
    until: NaiveDate,
    /// What colleagues call them; empty: an agency worker.
    #[serde(default)]
    name: String,
}

pub async fn make(
    State(app): State<App>,
    person: Person,
    Body(body): Body<NewPass>,
) -> Result<Reply<InviteReply>, AppError> {
    let code = secrets::code()?;
    let real = real_now();
    let expires_at = real + Duration::hours(CODE_HOURS);
    let (hash, now) = (enrol::hash(&code), app.clock.now());
    person.hub.change(Pass { new: body, by: person.staff, hash, now, real, expires_at }).await?;
    Ok(Reply(invites::reply(&app, code, expires_at)))
}

struct Pass {
    new: NewPass,
    by: StaffId,
    /// Of the code.
    hash: Hash,
    now: Instant,
    real: Instant,
    expires_at: Instant,
}

impl Change for Pass {
    type Done = ();

    /// Roles are looked at under the lock: they may have ended since the request came in.
    async fn make(self, state: &mut Provider, writing: &mut Writing) -> Result<(), AppError> {
        let Pass { new, by, hash, now, real, expires_at } = self;
        let held = roles_of(state.directory(), &by, now).remove(&new.site).unwrap_or_default();
        if !held.meets(Roles::LETS_IN) {
            return Err(Why::NotOfSite.into());
        }
        let today = london_date(now);
        if new.until < today || new.until >= add_days(today, MOST_DAYS) {
            return Err(AppError::from(Why::BadValue).field("until").saying(NOT_THEN));
        }
        let name = Some(new.name.trim()).filter(|name| !name.is_empty()).unwrap_or(USUAL_NAME);
        let staff = Staff {
            name: name.to_owned(),
            roles: [(new.site, vec![Role::Reporter])].into(),
            from: Some(today),
            to: Some(new.until),
            ..Staff::default()
        };
        if let Some((_, sentence)) = rows::staff(state.directory(), &staff).into_iter().next() {
            return Err(AppError::from(Why::BadValue).field("name").saying(sentence));
        }
        let mut after = state.directory().clone();
        let id = loop {
            let id = StaffId::from(format!("{BY_A_PASS}{}", secrets::code()?[..4].to_lowercase()).as_str());
            if !after.staff.keys().any(|known| known.eq_ignore_ascii_case(&id)) {
                break id;
            }
        };
        let value = serde_json::to_string(&staff).map_err(|_| Why::Broken)?;
        let row = ChangeRow { kind: STAFF.to_owned(), id: id.to_string(), before: None, after: value };
        after.staff.insert(id.clone(), staff);
        let version = writing.change_directory(&[row], &by, now).await?;
        writing.add_invite(hash, &Invited::Person { staff: id.to_string() }, &by, real, expires_at).await?;
        state.set_directory(after, version);
        Ok(())
    }
}
