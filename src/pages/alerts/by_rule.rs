//! Many open alerts at a glance: how many of each rule, each a way to only those.

use super::line::{Group, Line, Wanted};
use crate::text::alerts::{page as text, rule};
use domain::patterns::Rule;
use markup::prelude::*;
use std::{cmp::Reverse, collections::BTreeMap};

/// As many are read one by one.
const FEW: usize = 10;

#[component]
pub fn ByRule(all: Memo<Vec<Line>>, wanted: Memo<Wanted>) -> impl IntoView {
    let counts = Memo::new(move |_| counts(&all.read(), &wanted.read()));
    live(move || {
        let counts = counts.read();
        if counts.len() < 2 || counts.iter().map(|(_, number)| number).sum::<usize>() <= FEW {
            return Node::Nothing;
        }
        let line = |(of, number): &(Rule, usize)| {
            let only = Wanted { rule: of.code().to_owned(), ..wanted.get_untracked() };
            let (href, name, number) = (only.address(), rule::name(*of), number.to_string());
            view! {
                <li>
                    <a href=href>
                        <span class="alert-rules__name">{name}</span>
                        " "
                        <span class="number muted">{number}</span>
                    </a>
                </li>
            }
        };
        view! {
            <section class="stack">
                <h2 class="inbox-group">{text::BY_RULE}</h2>
                <ul class="alert-rules">{counts.iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

/// Alerts that need this person, by rule, most first; none while one rule is chosen.
fn counts(all: &[Line], wanted: &Wanted) -> Vec<(Rule, usize)> {
    if !wanted.rule.is_empty() {
        return Vec::new();
    }
    let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
    for line in all.iter().filter(|line| line.group == Group::NeedsYou && wanted.leaves(line)) {
        *counts.entry(line.alert.rule).or_default() += 1;
    }
    let mut counts: Vec<(Rule, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, number)| Reverse(*number));
    counts
}
