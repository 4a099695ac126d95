//! Whom a pack about one person is about, and which days it holds: everything, unless days are chosen.

use super::asked::Asked;
use crate::{
    state::{EvidenceRights, use_app},
    text::evidence as text,
    ui::{Choice, Radios, Select},
};
use chrono::NaiveDate;
use domain::{directory::Directory, ids::SiteId, register::Register};
use markup::prelude::*;

/// Value of the choice of all days.
pub const ALL_DAYS: &str = "all";

#[component]
pub fn PersonField(rights: EvidenceRights, asked: Asked) -> impl IntoView {
    let app = use_app();
    let options = Signal::derive(move || people_of(&app.directory.read(), &rights.sites));
    view! {
        <Select
            id="person"
            label=text::PERSON
            hint=text::PERSON_HINT
            options
            value=asked.person
            error=asked.error("person")
        />
    }
}

#[component]
pub fn AllDays(asked: Asked) -> impl IntoView {
    let days = vec![Choice::new(ALL_DAYS, text::ALL_DAYS), Choice::new("own", "Other days")];
    view! {
        <Radios
            id="days"
            legend=text::PERIOD
            hint=text::PERIOD_HINT
            options=Signal::stored(days)
            value=asked.days
        />
    }
}

/// Everybody who is or was supported at one of the sites, by code; with the site where there are several.
fn people_of(directory: &Directory, sites: &[(SiteId, String)]) -> Vec<Choice> {
    let name = |site: &SiteId| sites.iter().find(|(id, _)| id == site).map(|(_, name)| name.as_str());
    let people =
        directory.people.iter().filter_map(|(code, person)| Some((code, person, name(&person.site)?)));
    people
        .map(|(code, person, site)| {
            let mut more = Vec::new();
            if sites.len() > 1 {
                more.push(site);
            }
            if person.retired {
                more.push(text::NOT_HERE_NOW);
            }
            let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
            Choice::new(code.as_str(), format!("{code}{more}"))
        })
        .collect()
}

/// What is wrong with the person that was chosen; none where it is one of the list.
pub fn fault(directory: &Directory, chosen: &str) -> Option<&'static str> {
    match chosen {
        "" => Some(text::CHOOSE_PERSON),
        code if !directory.people.contains_key(code) => Some(text::UNKNOWN_PERSON),
        _ => None,
    }
}

/// From the first record of these sites on; today alone where there is none. What a slow clock puts after today is held
/// too.
pub fn all_days(register: &Register, sites: &[SiteId], today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let here = register.records().filter(|record| sites.contains(&record.site));
    here.map(|record| record.facts.occurred_on())
        .fold((today, today), |(first, last), day| (first.min(day), last.max(day)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pages::evidence::asked::{asks_sites, chooses_categories, kinds},
        testing::Sent,
    };
    use domain::{directory::Person, roles::Role, time::parse_date};
    use evidence::PackKind;
    use serde_json::json;
    use std::sync::Arc;

    fn directory() -> Directory {
        let mut directory = Directory::default();
        for (code, site, retired) in [("R-2", "elm", false), ("R-1", "elm", true), ("S-1", "oak", false)] {
            let person = Person { site: site.into(), retired, ..Person::default() };
            directory.people.insert(code.into(), person);
        }
        directory
    }

    fn rights(role: Role, coded_only: bool, manages: bool) -> EvidenceRights {
        EvidenceRights { sites: vec![("elm".into(), "Elm House".into())], role, coded_only, manages }
    }

    #[test]
    fn who_manages_or_provides_may_ask_and_nobody_outside() {
        let offers = |rights: &EvidenceRights| kinds(rights).contains(&PackKind::AboutOnePerson);
        for inside in [Role::RegisteredManager, Role::DeputyManager, Role::Provider] {
            assert!(offers(&rights(inside, false, true)), "{inside:?}");
        }
        assert!(!offers(&rights(Role::Inspector, false, false)));
        assert!(!offers(&rights(Role::Commissioner, true, false)));
    }

    #[test]
    fn it_asks_for_a_person_and_for_no_category_or_site() {
        assert!(!chooses_categories(PackKind::AboutOnePerson) && !asks_sites(PackKind::AboutOnePerson));
        assert!(asks_sites(PackKind::SupervisionNote) && chooses_categories(PackKind::Inspector));
        assert_eq!(fault(&directory(), ""), Some("Choose which person it is about."));
        let unknown = "This person is not in the list any more. Choose a person from the list.";
        assert_eq!(fault(&directory(), "R-9"), Some(unknown));
        assert_eq!(fault(&directory(), "R-1"), None, "somebody who left asks too");
    }

    #[test]
    fn people_are_those_of_the_sites_who_left_included() {
        let labels = |sites: &[(SiteId, String)]| -> Vec<String> {
            people_of(&directory(), sites).into_iter().map(|choice| choice.label).collect()
        };
        let (elm, oak) = (("elm".into(), "Elm House".to_owned()), ("oak".into(), "Oak".to_owned()));
        assert_eq!(labels(std::slice::from_ref(&elm)), ["R-1 (not in the list now)", "R-2"]);
        assert_eq!(
            labels(&[elm, oak]),
            ["R-1 (Elm House, not in the list now)", "R-2 (Elm House)", "S-1 (Oak)"]
        );
    }

    #[test]
    fn all_days_begin_with_the_first_record_of_these_sites() {
        let mut register = Register::new(Arc::new(directory()));
        let day = |text: &str| parse_date(text).expect("a date");
        let today = day("2026-11-26");
        assert_eq!(all_days(&register, &["elm".into()], today), (today, today));
        for (site, record, at) in [
            ("elm", "r1", "2024-03-02T09:00Z"),
            ("oak", "r2", "2011-01-01T09:00Z"),
            ("elm", "r3", "2026-11-27T09:00Z"),
        ] {
            let with = json!({"category": "medication", "happened": "something_happened", "reached": "no"});
            Sent { site, record, at, with, ..Sent::default() }.arrives(&mut register);
        }
        assert_eq!(all_days(&register, &["elm".into()], today), (day("2024-03-02"), day("2026-11-27")));
    }
}
