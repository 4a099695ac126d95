//! The way from an empty list to a whole team that reports: staff on the list, and a code for each of them.

use crate::{
    routes,
    state::{App, use_app},
    text::common::count,
    ui::{Buttons, Kind, LinkButton, NextStep},
};
use chrono::NaiveDate;
use domain::{
    directory::{Directory, Staff},
    ids::{BY_A_PASS, SiteId},
};
use markup::prelude::*;
use std::collections::BTreeSet;

const STAFF: &str = "staff";

/// Somebody of a list: the code and the name.
type Named = (String, String);

pub fn invite(staff: &str) -> String {
    format!("{}?invite={staff}", routes::admin(STAFF))
}

/// On Manage: only while nobody but the first person is here.
#[component]
pub fn FirstSteps() -> impl IntoView {
    let app = use_app();
    let alone = Memo::new(move |_| app.directory.read().staff.len() == 1);
    live(move || match alone.get() {
        true => {
            view! {
                <NextStep title="Next: add your staff" meta="One by one, or all of them from a CSV file. Then make a code for each person.">
                    <LinkButton href=routes::admin(STAFF)>"Add your staff"</LinkButton>
                </NextStep>
            }
        }
        false => view! { <Codes only_first=true /> },
    })
}

/// Whom of this site no device belongs to yet. Without the service nobody knows, and nothing is said.
#[component]
pub fn Codes(
    /// Only while nobody but the first person has a device.
    #[prop(optional)]
    only_first: bool,
) -> impl IntoView {
    let app = use_app();
    let joined = joined(app);
    live(move || {
        let joined = joined.get().flatten()?;
        let left = waiting(app, &joined);
        let (id, name) = left.first().filter(|_| !only_first || joined.len() < 2).cloned()?;
        let meta = match left.len() {
            1 => "1 person has no device yet. A code lets them join with their own phone or computer."
                .to_owned(),
            number => format!(
                "{} have no device yet. A code lets each join with their own phone or computer.",
                count(number, "person", "people")
            ),
        };
        Some(view! {
            <NextStep title="Next: a code for each person" meta>
                <LinkButton href=invite(&id) kind=Kind::Secondary>{format!("Make a code for {name}")}</LinkButton>
            </NextStep>
        })
    })
}

/// After somebody has their code: who is next, and the way out.
#[component]
pub fn NextPerson(
    /// Whose code was made.
    who: String,
) -> impl IntoView {
    let app = use_app();
    let joined = joined(app);
    live(move || {
        let left = joined.get()?.map(|joined| waiting(app, &joined)).unwrap_or_default();
        let next = after(&left, &who, &app.directory.read());
        let (words, button) = match next {
            Some((id, name)) => {
                let button = view! { <LinkButton href=invite(&id)>{format!("Next: {name}")}</LinkButton> };
                ("When this person has their code, go on with the next one.", button)
            }
            None => {
                let button = view! { <LinkButton href=routes::ADMIN>"Done, go to Manage"</LinkButton> };
                ("Nobody after this person in the list needs a code.", button)
            }
        };
        Some(view! {
            <div class="stack">
                <p>{words}</p>
                <Buttons>
                    {button}
                    <LinkButton href=routes::admin(STAFF) kind=Kind::Secondary>"Staff and roles"</LinkButton>
                </Buttons>
            </div>
        })
    })
}

/// Who has a device; none inside where the service did not say.
fn joined(app: App) -> LocalResource<Option<BTreeSet<String>>> {
    LocalResource::new(move || async move {
        let devices = app.admin.devices().await.ok()?;
        let in_use = devices.into_iter().filter(|device| device.revoked_at.is_none());
        Some(in_use.flat_map(|device| device.people).map(|person| person.id.to_string()).collect())
    })
}

/// Tracked.
fn waiting(app: App, joined: &BTreeSet<String>) -> Vec<Named> {
    let site = app.site().unwrap_or_default();
    without_device(&app.directory.read(), &site, joined, app.today())
}

/// Whoever works at this site and has not joined, in the order of the list.
fn without_device(
    directory: &Directory,
    site: &SiteId,
    joined: &BTreeSet<String>,
    today: NaiveDate,
) -> Vec<Named> {
    let works_here = |staff: &Staff| {
        staff.roles.get(site).is_some_and(|roles| !roles.is_empty()) && staff.to.is_none_or(|to| to >= today)
    };
    // Whoever came in by a pass has had their code.
    let here = directory.staff.iter().filter(|(id, staff)| {
        works_here(staff) && !joined.contains(id.as_str()) && !id.starts_with(BY_A_PASS)
    });
    let mut left: Vec<Named> =
        here.map(|(id, _)| (id.to_string(), directory.staff_name(id).to_owned())).collect();
    left.sort_by_key(|(_, name)| name.to_lowercase());
    left
}

/// The first one behind `who` in the order of the list: whoever stands before had their code, or was left out.
fn after(left: &[Named], who: &str, directory: &Directory) -> Option<Named> {
    let name = directory.staff_name(who).to_lowercase();
    let is_behind = |(id, other): &&Named| id != who && (other.to_lowercase(), &**id) > (name.clone(), who);
    left.iter().find(is_behind).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{roles::Role, time::parse_date};

    fn staff(name: &str, site: &str, to: Option<&str>) -> Staff {
        let roles = [(SiteId::from(site), vec![Role::Reporter])].into_iter().collect();
        Staff { name: name.into(), roles, to: to.and_then(parse_date), ..Staff::default() }
    }

    #[test]
    fn codes_are_made_down_the_list_for_those_who_work_here_and_have_none() {
        let mut directory = Directory::default();
        for (id, name, site, to) in [
            ("boss", "Adele", "elm", None),
            ("ama", "Ama", "elm", None),
            ("ben", "ben", "elm", Some("2026-11-28")),
            ("gone", "Bo", "elm", Some("2026-11-27")),
            ("agency-7k2m", "Night shift", "elm", None),
            ("oki", "Oki", "oak", None),
            ("zoe", "Zoe", "elm", None),
        ] {
            directory.staff.insert(id.into(), staff(name, site, to));
        }
        let joined = ["boss".to_owned()].into_iter().collect();
        let today = parse_date("2026-11-28").expect("a date");
        let left = without_device(&directory, &"elm".into(), &joined, today);
        let ids: Vec<&str> = left.iter().map(|(id, _)| &**id).collect();
        assert_eq!(ids, ["ama", "ben", "zoe"]);
        let next = |who: &str| after(&left, who, &directory).map(|(id, _)| id);
        assert_eq!(next("ama").as_deref(), Some("ben"));
        assert_eq!(next("ben").as_deref(), Some("zoe"));
        assert_eq!(next("boss").as_deref(), Some("ama"), "one more device of their own");
        assert_eq!(next("zoe"), None, "then it is done");
    }
}
