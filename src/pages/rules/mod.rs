//! The rules that raise alerts: each in words with its numbers here, every change of them, and the editor.

mod card;
mod editor;
mod history;
mod trial;
mod values;

use super::{
    address::address,
    oversee::{NotYours, sections::READERS},
};
use crate::{routes, state::use_app, text::alerts::page as text, ui::Page};
use card::RuleCard;
use domain::{
    patterns::{RULE_SET, RULES, Rule},
    roles::Role,
};
use editor::EditorPage;
use history::History;
use markup::prelude::*;

/// `?rule=` opens the editor, with `&key=` for one key that has numbers of its own.
#[component]
pub fn RulesPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let asked = Memo::new(move |_| {
        let query = &address.read().query;
        let rule = query.get("rule").and_then(|code| Rule::from_code(&code))?;
        rule.spec().window?;
        let key = query.get("key").and_then(|key| routes::decoded(&key)).unwrap_or_default();
        Some((rule, key))
    });
    let allowed = Memo::new(move |_| app.roles().meets(READERS.with(Role::Administrator)));
    let edits = Memo::new(move |_| app.is_manager());
    live(move || match (allowed.get(), asked.get()) {
        (false, _) => view! { <NotYours heading=text::RULES /> },
        (true, Some((rule, key))) if edits.get() => view! { <EditorPage rule key /> },
        _ => view! { <All edits=edits.get() /> },
    })
}

#[component]
fn All(edits: bool) -> impl IntoView {
    let app = use_app();
    let site = move || app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    let cards = move |with_numbers: bool| {
        let some = RULES.iter().filter(move |spec| spec.window.is_some() == with_numbers);
        some.map(move |spec| view! { <li><RuleCard rule=spec.rule edits /></li> }).collect_view()
    };
    let who = match edits {
        true => {
            "You can change them. Noticed first shows what the new numbers would have done in the last 12 months."
        }
        false => "The Registered Manager or an administrator can change them.",
    };
    view! {
        <Page
            title=text::RULES
            heading=text::RULES
            caption=Signal::derive(site)
            back=routes::OVERSEE
            back_label=crate::text::oversee::OVERSEE
            wide=true
        >
            <p class="lede">
                "A rule looks at all reports of the site, on this device and at the service, and raises one alert when it finds a pattern."
            </p>
            <section class="stack">
                <h2>"Rules with numbers"</h2>
                <p>{who}</p>
                <ul class="cards rule-cards">{cards(true)}</ul>
            </section>
            <section class="stack">
                <h2>"Rules without numbers"</h2>
                <p>"These are the same at every site."</p>
                <ul class="cards rule-cards">{cards(false)}</ul>
            </section>
            <History />
            <p class="muted small">{format!("Rule set {RULE_SET}.")}</p>
        </Page>
    }
}
