//! Is a scenario file sound? What the schema says in words: unique ids, order, names that lead somewhere.

use super::{
    file::{ANONYMOUS, Event, NOTHING, SERVER, Scenario},
    looks,
};
use anyhow::{Result, bail, ensure};
use domain::{time::Instant, verbs};
use std::collections::{BTreeMap, BTreeSet};

/// # Errors  One sentence with the place in the file.
pub fn check(scenario: &Scenario) -> Result<()> {
    let sites = unique("sites", scenario.sites.iter().map(|site| &site.id))?;
    let staff = unique("staff", scenario.staff.iter().map(|staff| &staff.id))?;
    let devices = unique("devices", scenario.devices.iter().map(|device| &device.id))?;
    let events = unique("events", scenario.events.iter().map(|event| &event.id))?;
    ensure!(!sites.is_empty(), "sites: at least one is needed");
    for person in &scenario.staff {
        let named = person.roles.keys().chain(person.delegate.iter().map(|part| part.site()));
        for site in named {
            ensure!(sites.contains(site), "staff {}: site `{site}` is not listed", person.id);
        }
    }
    for device in &scenario.devices {
        ensure!(
            device.clock.is_sorted_by_key(|entry| entry.from),
            "devices {}: clock is not in order of `from`",
            device.id
        );
    }
    let known = Known { sites, staff, devices, events };
    let mut before = None;
    for event in &scenario.events {
        ensure!(before <= Some(event.at), "events {}: events are not in order of `at`", event.id);
        before = Some(event.at);
        check_event(scenario, event, &known)?;
    }
    check_spells(scenario)?;
    for (index, expectation) in scenario.expect.iter().enumerate() {
        looks::check_shape(expectation).map_err(|error| error.context(format!("expect[{index}]")))?;
        let seen_by = &expectation.seen_by;
        let device = seen_by == SERVER
            || known.staff.contains(seen_by)
            || known.devices.contains(seen_by)
            || scenario.events.iter().any(|event| event.device() == seen_by);
        ensure!(device, "expect[{index}]: seen_by `{seen_by}` is no device");
    }
    Ok(())
}

struct Known<'a> {
    sites: BTreeSet<&'a String>,
    staff: BTreeSet<&'a String>,
    devices: BTreeSet<&'a String>,
    events: BTreeSet<&'a String>,
}

fn check_event(scenario: &Scenario, event: &Event, known: &Known<'_>) -> Result<()> {
    let place = format!("events {}", event.id);
    let Some(verb) = verbs::find(&event.verb) else { bail!("{place}: `{}` is no verb", event.verb) };
    let of_record = !verb.of_site;
    ensure!(!of_record || event.record.is_some(), "{place}: record is needed");
    ensure!(event.deliveries > 0, "{place}: deliveries is at least 1");
    if let Some(site) = &event.site {
        ensure!(known.sites.contains(site), "{place}: site `{site}` is not listed");
    } else if known.sites.len() > 1 && (!of_record || event.verb == "report") {
        bail!("{place}: site is needed");
    }
    for (key, named) in [("seen", &event.seen), ("same_id_as", &event.same_id_as)] {
        let fine =
            named.as_ref().is_none_or(|id| known.events.contains(id) || key == "seen" && id == NOTHING);
        ensure!(fine, "{place}: {key} names no event");
    }
    ensure!(event.token.is_none() || event.is_anonymous(), "{place}: only {ANONYMOUS} presents a token");
    ensure!(
        event.offline_from.is_none() || event.offline_until.is_some(),
        "{place}: offline_from needs offline_until"
    );
    ensure!(event.offline_from.is_none_or(|from| from <= event.at), "{place}: offline_from is after at");
    ensure!(event.offline_until.is_none_or(|until| until >= event.at), "{place}: offline_until is before at");
    let contact = scenario
        .devices
        .iter()
        .find(|device| device.id == event.device())
        .and_then(|device| device.first_contact);
    ensure!(
        contact.is_none_or(|contact| contact <= event.at || event.offline_until.is_some()),
        "{place}: before first_contact, so offline_until is needed"
    );
    Ok(())
}

/// Events of one device never overtake each other: inside a spell all carry the same `offline_until`.
fn check_spells(scenario: &Scenario) -> Result<()> {
    let mut offline: BTreeMap<&str, Instant> = BTreeMap::new();
    for event in &scenario.events {
        if let Some(until) = offline.get(event.device()) {
            ensure!(
                event.at >= *until || event.offline_until == Some(*until),
                "events {}: the device is still offline, so offline_until must be that of its spell",
                event.id
            );
        }
        if let Some(until) = event.offline_until {
            offline.insert(event.device(), until);
        }
    }
    Ok(())
}

fn unique<'a>(what: &str, ids: impl Iterator<Item = &'a String>) -> Result<BTreeSet<&'a String>> {
    let mut seen = BTreeSet::new();
    for id in ids {
        ensure!(seen.insert(id), "{what}: `{id}` is there twice");
    }
    Ok(seen)
}
