//! The filters of the list; they stand in the address, so that the way back keeps them.

use super::{
    line::{Line, Wanted},
    thing::Thing,
};
use crate::{
    state::use_app,
    text::alerts::rule,
    ui::{Bound, Choice, Select},
};
use domain::{category::CATEGORIES, patterns::RULES};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use markup::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn Filters(all: Memo<Vec<Line>>, wanted: Memo<Wanted>) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let go = Callback::new(move |wanted: Wanted| {
        navigate(&wanted.address(), NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let now = move || untrack(|| wanted.get());
    let rule =
        Bound::new(move || wanted.read().rule.clone(), move |rule: String| go.run(Wanted { rule, ..now() }));
    let category = Bound::new(
        move || wanted.read().category.clone(),
        move |category: String| go.run(Wanted { category, ..now() }),
    );
    let about = Bound::new(
        move || wanted.read().about.clone(),
        move |about: String| go.run(Wanted { about, ..now() }),
    );
    let rules = Signal::derive(move || {
        let all = all.read();
        let found = RULES.iter().filter(|spec| all.iter().any(|line| line.alert.rule == spec.rule));
        found.map(|spec| Choice::new(spec.code, rule::name(spec.rule))).collect::<Vec<_>>()
    });
    let things = Signal::derive(move || {
        let (all, directory) = (all.read(), app.directory.read());
        let found: BTreeSet<&Thing> = all.iter().flat_map(|line| &line.things).collect();
        found.into_iter().map(|thing| Choice::new(thing.code(), thing.name(&directory))).collect::<Vec<_>>()
    });
    let categories: Vec<Choice> = CATEGORIES.iter().map(|spec| Choice::new(spec.id, spec.name)).collect();
    let whose = move || {
        let now = wanted.get();
        let others = all.read().iter().any(|line| !line.mine);
        let other = Wanted { mine: !now.mine, ..now.clone() };
        let words = if now.mine { "Show those of others too" } else { "Show only those that go to me" };
        (others || now.mine).then(|| view! { <a href=other.address()>{words}</a> })
    };
    view! {
        <div class="alert-filters">
            <Select id="rule" label="Rule" options=rules value=rule empty="All rules" />
            <Select id="category" label="Category" options=categories value=category empty="All categories" />
            <Select id="about" label="Place, equipment or person" options=things value=about empty="All of them" />
            <p>{whose}</p>
        </div>
    }
}
