//! Many open alerts at a glance: how many of each rule, and about which place, equipment or person; each is a way to
//! only those.

use super::{
    line::{Group, Line, Wanted},
    thing::Thing,
};
use crate::{
    state::use_app,
    text::alerts::{page as text, rule},
};
use domain::{directory::Directory, patterns::Rule};
use markup::prelude::*;
use std::{cmp::Reverse, collections::BTreeMap};

/// As many are read one by one.
const FEW: usize = 10;
/// What more alerts than one are about, most first.
const THINGS: usize = 6;

/// What is counted, with how many alerts and the way to them.
#[derive(Clone, PartialEq)]
struct Counted {
    name: String,
    number: usize,
    href: String,
}

#[component]
pub fn Glance(all: Memo<Vec<Line>>, wanted: Memo<Wanted>) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let (all, wanted) = (all.read(), wanted.read());
        let need: Vec<&Line> =
            all.iter().filter(|line| line.group == Group::NeedsYou && wanted.leaves(line)).collect();
        if need.len() <= FEW {
            return (Vec::new(), Vec::new());
        }
        (by_rule(&need, &wanted), by_thing(&need, &wanted, &app.directory.read()))
    });
    live(move || {
        let (rules, things) = found.get();
        view! {
            {list(text::BY_RULE, &rules)}
            {list(text::BY_THING, &things)}
        }
    })
}

fn list(title: &'static str, counted: &[Counted]) -> Node {
    if counted.is_empty() {
        return Node::Nothing;
    }
    let line = |counted: &Counted| {
        let Counted { name, number, href } = counted.clone();
        view! {
            <li>
                <a href=href>
                    <span class="alert-glance__name">{name}</span>
                    " "
                    <span class="number muted">{number.to_string()}</span>
                </a>
            </li>
        }
    };
    view! {
        <section class="stack">
            <h2 class="inbox-group">{title}</h2>
            <ul class="alert-glance">{counted.iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// None while one rule is chosen, or where there is one only.
fn by_rule(lines: &[&Line], wanted: &Wanted) -> Vec<Counted> {
    let counts = count(lines.iter().map(|line| line.alert.rule));
    if !wanted.rule.is_empty() || counts.len() < 2 {
        return Vec::new();
    }
    let counted = |(of, number): (Rule, usize)| {
        let only = Wanted { rule: of.code().to_owned(), ..wanted.clone() };
        Counted { name: rule::name(of).to_owned(), number, href: only.address() }
    };
    counts.into_iter().map(counted).collect()
}

/// None while one is chosen.
fn by_thing(lines: &[&Line], wanted: &Wanted, directory: &Directory) -> Vec<Counted> {
    if !wanted.about.is_empty() {
        return Vec::new();
    }
    let counts = count(lines.iter().flat_map(|line| &line.things));
    let several = counts.into_iter().filter(|(_, number)| *number > 1).take(THINGS);
    let counted = |(thing, number): (&Thing, usize)| {
        let only = Wanted { about: thing.code(), ..wanted.clone() };
        Counted { name: thing.name(directory), number, href: only.address() }
    };
    several.map(counted).collect()
}

/// Most first.
fn count<T: Ord>(of: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    of.for_each(|one| *counts.entry(one).or_default() += 1);
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, number)| Reverse(*number));
    counts
}

#[cfg(test)]
mod tests {
    use super::{super::thing::things, *};
    use crate::testing::Sent;
    use domain::register::Register;
    use serde_json::json;

    #[test]
    fn what_several_alerts_share_is_counted_and_leads_to_them() {
        let mut register = Register::default();
        for (record, at) in
            [("a", "2026-11-01T12:00Z"), ("b", "2026-11-05T12:00Z"), ("c", "2026-11-10T12:00Z")]
        {
            let with = json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist",
                "asset": "H7", "location": format!("room_{record}"), "people": ["R-001"]});
            Sent { record, at, with, ..Sent::default() }.arrives(&mut register);
        }
        let line = |name: &str| {
            let alert = register.alert("elm", name).unwrap_or_else(|| panic!("{name}")).clone();
            let things = things(&alert, &register);
            Line { alert, nth: None, group: Group::NeedsYou, mine: true, categories: Vec::new(), things }
        };
        let lines = [line("same_asset|H7"), line("same_person|R-001"), line("delayed_repair|a")];
        let lines: Vec<&Line> = lines.iter().collect();
        let (all, directory) = (Wanted::default(), Directory::default());
        let said = |counted: Vec<Counted>| {
            counted
                .into_iter()
                .map(|one| format!("{} {} {}", one.name, one.number, one.href))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            said(by_thing(&lines, &all, &directory)),
            ["H7 3 /alerts?about=equipment~3AH7", "Person R-001 3 /alerts?about=person~3AR-001"]
        );
        assert_eq!(said(by_rule(&lines, &all)).len(), 3);

        let only = Wanted { rule: "same_asset".into(), about: "equipment:H7".into(), ..Wanted::default() };
        assert_eq!(said(by_thing(&lines, &only, &directory)), [""; 0], "one is chosen");
        assert_eq!(said(by_rule(&lines, &only)), [""; 0], "one is chosen");
        assert!(only.leaves(lines[0]) && !only.leaves(lines[1]));
    }
}
