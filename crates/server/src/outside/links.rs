//! `POST /v1/links`, `GET /v1/links`, `POST /v1/links/{id}/end`: read-only links for people outside.

use super::pack::Shown;
use crate::{
    app::App,
    clock::real_now,
    door::{
        secrets, sign_in,
        who::{Person, roles_of},
    },
    error::{AppError, Why},
    http::{Body, Reply},
    store::{ReadingLink, Writing},
};
use axum::extract::{Path, State};
use chrono::{Duration, NaiveDate};
use domain::{
    directory::Directory,
    ids::SiteId,
    roles::{Role, Roles},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use sync::Hash;

const LONGEST_READER: usize = 80;
const LONGEST_DAYS: i64 = 90;

#[derive(Deserialize)]
pub struct NewLink {
    /// For whom: stands across every page.
    reader: String,
    /// Ends after so many days.
    days: i64,
    kind: String,
    sites: Vec<SiteId>,
    from: NaiveDate,
    to: NaiveDate,
    #[serde(default)]
    framework: Option<String>,
    #[serde(default)]
    categories: Vec<String>,
}

#[derive(Serialize)]
pub struct LinkReply {
    /// Shown once; nobody can look it up later.
    link: String,
    expires_at: Instant,
}

#[derive(Serialize)]
pub struct LinkList {
    links: Vec<LinkLine>,
}

#[derive(Serialize)]
struct LinkLine {
    id: String,
    reader: String,
    shows: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    laid_out: Option<LaidOut>,
    made_by: String,
    made_at: Instant,
    expires_at: Instant,
    ended_at: Option<Instant>,
    /// It shows nothing: whoever made it may not give links to all its sites today.
    maker_left: bool,
    views: u64,
    last_view: Option<Instant>,
}

/// The framework of a link for an inspection.
#[derive(Serialize)]
struct LaidOut {
    title: String,
    version: String,
    /// What became of it since the link was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
}

pub fn hash(secret: &str) -> Hash {
    secrets::hash("reading-link", secret)
}

pub async fn make(
    State(app): State<App>,
    person: Person,
    Body(new): Body<NewLink>,
) -> Result<Reply<LinkReply>, AppError> {
    let reader = new.reader.trim().to_owned();
    if reader.is_empty() {
        return Err(AppError::from(Why::MissingField).field("reader"));
    }
    if reader.chars().count() > LONGEST_READER || reader.chars().any(char::is_control) {
        let words = format!("Who is it for? Type {LONGEST_READER} letters or fewer, on one line.");
        return Err(AppError::from(Why::BadValue).field("reader").saying(words));
    }
    if !(1..=LONGEST_DAYS).contains(&new.days) {
        let words = format!("Choose from 1 to {LONGEST_DAYS} days.");
        return Err(AppError::from(Why::BadValue).field("days").saying(words));
    }
    let made_by = gives_all(&person, &new.sites)?;
    let NewLink { kind, sites, from, to, framework, categories, .. } = new;
    let mut shown = Shown { kind, sites, from, to, framework, kept: None, categories, made_by };
    let now = real_now();
    let state = person.hub.read().await?;
    shown.keep_framework(state.directory())?;
    shown.request(&state.register, app.clock.now())?;
    drop(state);
    let secret = secrets::token()?;
    let pack = serde_json::to_string(&shown).map_err(|_| AppError::from(Why::Broken))?;
    let link = ReadingLink {
        id: uuid::Uuid::new_v4().to_string(),
        reader,
        pack,
        made_by: person.staff.to_string(),
        made_at: now,
        expires_at: now + Duration::days(new.days),
        revoked_at: None,
        views: 0,
        last_view: None,
    };
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.add_reading_link(&link, hash(&secret)).await?;
    writing.commit().await?;
    tracing::info!(link = link.id, "a read-only link was made");
    let address = format!("{}/read/{secret}", app.site.base_url);
    Ok(Reply(LinkReply { link: address, expires_at: link.expires_at }))
}

pub async fn list(State(app): State<App>, person: Person) -> Result<Reply<LinkList>, AppError> {
    let links = app.store.read(&person.hub.tenant).reading_links().await?;
    let state = person.hub.read().await?;
    let now = app.clock.now();
    let lines = links.into_iter().filter_map(|link| {
        let mut shows: Shown = serde_json::from_str(&link.pack).ok()?;
        if !gives_any(&person, &shows.sites) {
            return None;
        }
        let laid_out = laid_out(&shows, state.directory());
        // The whole file is for the page, not for a line of a list.
        shows.kept = None;
        Some(LinkLine {
            laid_out,
            maker_left: !is_given(state.directory(), &link, now),
            id: link.id,
            reader: link.reader,
            made_by: state.directory().staff_name(&link.made_by).to_owned(),
            made_at: link.made_at,
            expires_at: link.expires_at,
            ended_at: link.revoked_at,
            views: link.views,
            last_view: link.last_view,
            shows,
        })
    });
    Ok(Reply(LinkList { links: lines.collect() }))
}

pub async fn end(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Reply<sign_in::Done>, AppError> {
    let links = app.store.read(&person.hub.tenant).reading_links().await?;
    let link = links.into_iter().find(|link| link.id == id).ok_or(Why::LinkNotFound)?;
    let shows: Shown = serde_json::from_str(&link.pack).map_err(|_| AppError::from(Why::Broken))?;
    if !gives_any(&person, &shows.sites) {
        return Err(Why::NotOfSite.into());
    }
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.revoke_reading_link(&id, &person.staff, real_now()).await?;
    writing.commit().await?;
    Ok(Reply(sign_in::Done::ok()))
}

/// Whether whoever made a link may still give one to all its sites. It ends with their role (decision 047).
pub fn is_given(directory: &Directory, link: &ReadingLink, now: Instant) -> bool {
    let Ok(shows) = serde_json::from_str::<Shown>(&link.pack) else { return false };
    let roles = roles_of(directory, &link.made_by, now);
    shows.sites.iter().all(|site| roles.get(site).is_some_and(|held| held.meets(Roles::GIVES_LINKS)))
}

/// A link that ended with the role of whoever made it.
#[derive(Debug, Serialize)]
pub struct EndedLink {
    reader: String,
    /// Their name.
    made_by: String,
}

/// Ends the links that a change of the lists takes the maker away from.
pub async fn end_with_makers(
    writing: &mut Writing,
    (before, after): (&Directory, &Directory),
    (by, now): (&str, Instant),
) -> Result<Vec<EndedLink>, AppError> {
    let real = real_now();
    let mut ended = Vec::new();
    for link in writing.reading_links().await? {
        let is_open = link.revoked_at.is_none() && link.expires_at > real;
        if is_open && is_given(before, &link, now) && !is_given(after, &link, now) {
            writing.revoke_reading_link(&link.id, by, real).await?;
            let made_by = after.staff_name(&link.made_by).to_owned();
            ended.push(EndedLink { reader: link.reader, made_by });
        }
    }
    Ok(ended)
}

fn laid_out(shows: &Shown, directory: &Directory) -> Option<LaidOut> {
    shows.kind().ok().filter(|kind| kind.uses_framework())?;
    let (framework, since) = shows.laid_out(directory);
    Some(LaidOut { title: framework.title, version: framework.version, since })
}

/// The role in which a person gives a link to all these sites.
fn gives_all(person: &Person, sites: &[SiteId]) -> Result<Role, AppError> {
    let roles = |site: &SiteId| person.roles.get(site).copied().unwrap_or_default();
    if !sites.iter().all(|site| roles(site).meets(Roles::GIVES_LINKS)) {
        return Err(Why::NotOfSite.into());
    }
    let is_provider = !sites.is_empty() && sites.iter().all(|site| roles(site).has(Role::Provider));
    Ok(if is_provider { Role::Provider } else { Role::RegisteredManager })
}

fn gives_any(person: &Person, sites: &[SiteId]) -> bool {
    sites.iter().any(|site| person.roles.get(site).is_some_and(|roles| roles.meets(Roles::GIVES_LINKS)))
}
