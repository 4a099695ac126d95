//! `GET /v1/attention`: what arrived and was not folded, in words, for the registered manager of the site.
//! With `?dealt_with=true` what one of them has dealt with, which the list leaves out. A deputy manager is told how many
//! there are.

mod desk;

use super::{
    dealt_with::{Dealt, DealtWith},
    quarantine::Reason,
};
use crate::{
    app::App,
    door::who::Person,
    error::{AppError, Why},
    http::Reply,
    store::{HeldRow, Reading},
};
use axum::extract::{Query, State, rejection::QueryRejection};
use desk::{Desk, Item};
use domain::{
    ids::{SiteId, in_no_order},
    roles::{Role, Roles},
};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use sync::Hash;

pub(super) const HELD: &str = "held";
const QUARANTINED: &str = "quarantined";
pub(super) const SET_ASIDE: &str = "set_aside";
/// Of the quarantined events, which strangers may send in any number.
const MOST: usize = 500;
/// Rows read at once.
const PAGE: u32 = 500;

#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    dealt_with: bool,
}

#[derive(Serialize)]
pub struct Attention {
    items: Vec<Item>,
    /// How many there are that were dealt with.
    dealt_with: usize,
    /// How many there are at sites where this person stands in for the registered manager, who deals with them.
    for_manager: usize,
}

pub async fn attention(
    State(app): State<App>,
    person: Person,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Reply<Attention>, AppError> {
    let Query(which) = which.map_err(|_| AppError::from(Why::BadRequest).field("dealt_with"))?;
    let reading = app.store.read(&person.hub.tenant);
    let held = reading.held().await?;
    let devices = reading.devices().await?;
    let dealt = DealtWith::of(reading.dealt_with().await?);
    let theirs = dealt.clone().of_sites(|site| manages(&person, site, Role::RegisteredManager));
    let wanted = |kind: &str, hash: &Hash| match which.dealt_with {
        true => theirs.find(kind, hash).is_some(),
        false => dealt.find(kind, hash).is_none(),
    };
    let mut items = kept(&reading, &person, Role::RegisteredManager, &held, MOST, wanted).await?;
    let for_manager = match which.dealt_with {
        true => 0,
        false => number_for_manager(&reading, &person, &held, wanted).await?,
    };
    let state = person.hub.read().await?;
    for item in &mut items {
        let found = devices.iter().find(|device| device.id == item.device);
        item.device_label = found.map(|device| device.label.clone());
        if let Some(label) = item.device_label.as_ref().filter(|_| item.reason == Reason::DeviceLoss.code()) {
            item.sentence = item.sentence.replacen("This device", &format!("The device “{label}”"), 1);
        }
        item.dealt = theirs.find(item.kind, &item.hash).map(|row| Dealt::of(row, state.directory()));
    }
    let at = |item: &Item| item.dealt.as_ref().map_or(item.received_at, |dealt| dealt.at);
    // Entries of one day in confidence stand in no order.
    items.sort_by_cached_key(|item| (Reverse(at(item)), in_no_order(&item.id)));
    Ok(Reply(Attention { items, dealt_with: theirs.count(&held), for_manager }))
}

/// What this person may only know of: those of sites that they manage are in their own list.
async fn number_for_manager(
    reading: &Reading<'_>,
    person: &Person,
    held: &[HeldRow],
    wanted: impl Fn(&str, &Hash) -> bool,
) -> Result<usize, AppError> {
    let is = |roles: &Roles, role| roles.has(role);
    if !person.roles.values().any(|roles| is(roles, Role::DeputyManager)) {
        return Ok(0);
    }
    let manages_some = person.roles.values().any(|roles| is(roles, Role::RegisteredManager));
    let items = kept(reading, person, Role::DeputyManager, held, MOST, wanted).await?;
    let is_new = |item: &&Item| match &item.site {
        Some(site) => !manages(person, site, Role::RegisteredManager),
        None => !manages_some,
    };
    Ok(items.iter().filter(is_new).count())
}

fn manages(person: &Person, site: &SiteId, role: Role) -> bool {
    person.roles.get(site).is_some_and(|roles| roles.has(role))
}

/// Of the sites at which this person has the role, as far as `wanted`; `most` is for what was quarantined.
pub(super) async fn kept(
    reading: &Reading<'_>,
    person: &Person,
    role: Role,
    held: &[HeldRow],
    most: usize,
    wanted: impl Fn(&str, &Hash) -> bool,
) -> Result<Vec<Item>, AppError> {
    let mut items = quarantined(reading, person, role, most, &wanted).await?;
    let state = person.hub.read().await?;
    let desk = Desk { state: &state, person, role };
    let set_aside = state.directory().sites.keys().filter(|site| desk.manages(site));
    let set_aside = set_aside.flat_map(|site| state.register.attention(site));
    let set_aside = set_aside.filter_map(|row| Some((row, state.hash(row.judgement.seq)?)));
    // Whole: the rules keep these for a person to look at, and no stranger can make them many.
    items.extend(
        set_aside.filter(|(_, hash)| wanted(SET_ASIDE, hash)).map(|(row, hash)| desk.set_aside(row, hash)),
    );
    let held = held.iter().filter(|row| wanted(HELD, &row.hash));
    items.extend(held.filter_map(|row| desk.held(row)));
    Ok(items)
}

/// What a device has proven first, up to the limit.
async fn quarantined(
    reading: &Reading<'_>,
    person: &Person,
    role: Role,
    most: usize,
    wanted: &impl Fn(&str, &Hash) -> bool,
) -> Result<Vec<Item>, AppError> {
    let mut items = Vec::new();
    for page in 0.. {
        let rows = reading.quarantined(Reason::UNPROVEN.map(Reason::code), PAGE, page * PAGE).await?;
        let state = person.hub.read().await?;
        let desk = Desk { state: &state, person, role };
        let here = rows.iter().filter(|row| wanted(QUARANTINED, &row.hash));
        items.extend(here.filter_map(|row| desk.quarantined(row)));
        if items.len() >= most || rows.len() < PAGE as usize {
            break;
        }
    }
    items.truncate(most);
    Ok(items)
}
