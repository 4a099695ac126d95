//! `POST /v1/attention`: a registered manager says what was done about an entry that is kept apart. The entry stays
//! where it is and leaves the list. Who was first counts: said twice, the first words stand.
//! `GET /v1/dealt-with`: whoever wrote an entry learns that it was dealt with, and nothing of what was said.

use super::{
    attention::{HELD, SET_ASIDE, kept},
    open,
};
use crate::{
    app::App,
    door::who::Person,
    error::{AppError, Why},
    http::{Body, Reply},
    store::{DealtRow, HeldRow},
};
use axum::extract::State;
use chrono::Duration;
use domain::{directory::Directory, ids::SiteId, roles::Role, time::Instant};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use sync::{
    Envelope, Hash, Signed,
    own::KEPT_DAYS,
    wire::{DealtEntry, DealtReply},
};

const LONGEST: usize = 500;

#[derive(Deserialize)]
pub struct Told {
    /// Both as the list names the entry.
    kind: String,
    id: String,
    /// What was done.
    said: String,
}

/// What was done about an entry, by whom and when.
#[derive(Debug, Serialize)]
pub struct Dealt {
    pub at: Instant,
    by: String,
    by_name: String,
    said: String,
}

impl Dealt {
    pub(super) fn of(row: &DealtRow, directory: &Directory) -> Self {
        Self {
            at: row.dealt_at,
            by: row.staff.clone(),
            by_name: directory.staff_name(&row.staff).to_owned(),
            said: row.said.clone(),
        }
    }
}

pub async fn deal_with(
    State(app): State<App>,
    person: Person,
    Body(told): Body<Told>,
) -> Result<Reply<Dealt>, AppError> {
    let said = told.said.trim();
    if said.is_empty() {
        return Err(AppError::from(Why::MissingField)
            .field("said")
            .saying("Say in a few words what was done."));
    }
    if said.chars().count() > LONGEST {
        let words = format!("Say what was done in {LONGEST} characters or fewer.");
        return Err(AppError::from(Why::BadValue).field("said").saying(words));
    }
    let reading = app.store.read(&person.hub.tenant);
    let held = reading.held().await?;
    // What the list shows them is what they may deal with.
    let items =
        kept(&reading, &person, Role::RegisteredManager, &held, usize::MAX, |kind, _| kind == told.kind)
            .await?;
    let item = items.into_iter().find(|item| item.id == told.id).ok_or(Why::NotKeptApart)?;
    let row = DealtRow {
        kind: item.kind.to_owned(),
        hash: item.hash,
        site: item.site.map(|site| site.to_string()),
        said: said.to_owned(),
        staff: person.staff.to_string(),
        dealt_at: app.clock.now(),
    };
    let mut writing = app.store.write(&person.hub.tenant).await?;
    let stands = writing.deal_with(row).await?;
    writing.commit().await?;
    let state = person.hub.read().await?;
    Ok(Reply(Dealt::of(&stands, state.directory())))
}

/// As long as a device keeps what it wrote. What waited and was then kept apart is news to its manager, and not told.
pub async fn of_own(State(app): State<App>, person: Person) -> Result<Reply<DealtReply>, AppError> {
    let since = app.clock.now() - Duration::days(KEPT_DAYS + 1);
    let reading = app.store.read(&person.hub.tenant);
    let rows = reading.dealt_with().await?;
    let quarantined = reading.quarantined_and_dealt_with(since).await?;
    let quarantined = quarantined.into_iter().filter_map(|(bytes, at)| {
        let envelope = open::content(&Signed { bytes, sig: String::new() }).ok()?;
        let is_own = |envelope: &Envelope| {
            envelope.tenant == person.hub.tenant.as_str() && envelope.actor == *person.staff
        };
        is_own(&envelope).then_some(DealtEntry { id: envelope.id, at })
    });
    let mut dealt: Vec<DealtEntry> = quarantined.collect();
    let state = person.hub.read().await?;
    let set_aside = rows.iter().filter(|row| row.kind == SET_ASIDE && row.dealt_at >= since);
    dealt.extend(set_aside.filter_map(|row| {
        let event = &state.row(state.place_of(&row.hash)?)?.event;
        let is_own = event.by.staff() == Some(&person.staff);
        is_own.then(|| DealtEntry { id: event.id.clone(), at: row.dealt_at })
    }));
    Ok(Reply(DealtReply { dealt }))
}

/// What was dealt with, by kind and hash.
#[derive(Clone)]
pub(super) struct DealtWith(HashMap<Hash, Vec<DealtRow>>);

impl DealtWith {
    pub fn of(rows: Vec<DealtRow>) -> Self {
        let mut all: HashMap<Hash, Vec<DealtRow>> = HashMap::new();
        for row in rows {
            all.entry(row.hash).or_default().push(row);
        }
        Self(all)
    }

    pub fn find(&self, kind: &str, hash: &Hash) -> Option<&DealtRow> {
        self.0.get(hash)?.iter().find(|row| row.kind == kind)
    }

    /// Without those of sites that this person does not manage. An entry whose words are gone tells its site no more.
    pub fn of_sites(self, manages: impl Fn(&SiteId) -> bool) -> Self {
        let is_theirs = |row: &DealtRow| row.site.as_deref().is_none_or(|site| manages(&SiteId::from(site)));
        let rows = self.0.into_values().flatten();
        Self::of(rows.filter(is_theirs).collect())
    }

    /// Without what waited and has arrived since.
    pub fn count(&self, held: &[HeldRow]) -> usize {
        let is_there = |row: &&DealtRow| row.kind != HELD || held.iter().any(|held| held.hash == row.hash);
        self.0.values().flatten().filter(is_there).count()
    }
}
