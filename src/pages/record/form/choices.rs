//! The choices of a question, from a vocabulary or from the provider's own lists.

use super::{Entry, Source};
use crate::{
    state::App,
    text::{common, review::record::title},
    ui::Choice,
};
use domain::{
    ids::RecordId,
    roles::Roles,
    time::{london_date, take_days},
    vocabulary::{CodeList, EVIDENCE_SOURCE},
};
use leptos::prelude::{Read, ReadUntracked, WithValue};

pub fn of_list(list: &'static CodeList) -> Vec<Choice> {
    let choice = |code: &domain::vocabulary::Code| {
        let choice = Choice::new(code.code, code.label);
        if code.help.is_empty() { choice } else { choice.hint(code.help.trim_end_matches('.')) }
    };
    list.codes.iter().map(choice).collect()
}

/// Kinds of evidence, those first by which improvement is known in the category of the record.
pub fn of_evidence(entry: Entry) -> Vec<Choice> {
    let register = entry.app.register.read_untracked();
    let spec = entry.record.with_value(|record| register.record(record.as_ref()?)?.spec());
    let usual = spec.map(|spec| spec.evidence).unwrap_or_default();
    let place = |choice: &Choice| usual.iter().position(|code| *code == choice.value).unwrap_or(usual.len());
    let mut choices = of_list(&EVIDENCE_SOURCE);
    choices.sort_by_key(place);
    choices
}

/// How far back another record may be to be offered.
const RECORDS_OF_DAYS: u64 = 90;

/// The provider's own things of a site. Tracked.
pub fn choices(app: App, source: Source, site: &str, record: Option<&RecordId>) -> Vec<Choice> {
    let directory = app.directory.read();
    let mut choices: Vec<Choice> = match source {
        Source::Staff => directory
            .staff
            .keys()
            .filter(|id| directory.held(id, site, app.today()).all().meets(Roles::STAFF))
            .map(|id| Choice::new(id.as_str(), directory.staff_name(id)))
            .collect(),
        Source::Place => directory
            .places
            .iter()
            .filter(|(_, place)| &*place.site == site && !place.retired)
            .map(|(code, place)| {
                Choice::new(code.clone(), if place.name.is_empty() { code } else { &place.name })
            })
            .collect(),
        Source::Asset => directory
            .assets
            .iter()
            .filter(|(_, asset)| &*asset.site == site && !asset.retired)
            .map(|(code, asset)| {
                Choice::new(code.clone(), if asset.name.is_empty() { code } else { &asset.name })
            })
            .collect(),
        Source::Person => directory
            .people
            .iter()
            .filter(|(_, person)| &*person.site == site && !person.retired)
            .map(|(code, _)| Choice::new(code.as_str(), code.as_str()))
            .collect(),
        Source::Unit => {
            let units = directory.sites.get(site).map(|site| site.units.as_slice()).unwrap_or_default();
            return units.iter().map(|unit| Choice::new(unit.clone(), unit.clone())).collect();
        }
        Source::Site => directory
            .sites
            .iter()
            .filter(|(_, site)| !site.retired)
            .map(|(id, site)| {
                Choice::new(id.as_str(), if site.name.is_empty() { id.as_str() } else { &site.name })
            })
            .collect(),
        Source::Council => directory
            .councils
            .iter()
            .filter(|(_, council)| !council.retired)
            .map(|(code, council)| Choice::new(code.as_str(), council.name.as_str()))
            .collect(),
        Source::Record => return others(app, site, record),
    };
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    choices
}

/// Other records of the same site and category, the newest first.
fn others(app: App, site: &str, record: Option<&RecordId>) -> Vec<Choice> {
    let register = app.register.read();
    let Some(this) = record.and_then(|id| register.record(id)) else { return Vec::new() };
    let first = take_days(app.today(), RECORDS_OF_DAYS);
    let mut others: Vec<_> = register
        .of_site(site)
        .filter(|other| {
            other.id != this.id && other.state.is_live() && london_date(other.reported_at) >= first
        })
        .collect();
    others.sort_by_key(|other| std::cmp::Reverse(other.reported_at));
    others
        .into_iter()
        .map(|other| {
            let words = format!("{}, {}", title(other), common::moment(other.facts.occurred_at()));
            Choice::new(other.id.as_str(), words)
        })
        .collect()
}
