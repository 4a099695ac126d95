//! Other records and references that belong to this one, and records that may be the same.

use super::{Part, may::may, seen};
use crate::{
    routes,
    state::{App, use_app},
    text::{common, review::record::title},
};
use domain::{
    ids::RecordId,
    record::{LinkTarget, Record},
    vocabulary::LINK_KIND,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn LinksPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let here = routes::record(&record.id);
    let mut acts = Vec::new();
    if may(app, "link", &record, None) {
        acts.push(("Link to another record", format!("{here}?do=link")));
        acts.push(("Link to another system", format!("{here}?do=reference")));
    }
    let same = {
        let record = record.clone();
        move || {
            let register = app.register.read();
            let others: Vec<AnyView> = register
                .possible_duplicates(&record)
                .filter(|_| record.state.is_open())
                .filter_map(|other| line(app, &other.id, "May be the same: "))
                .collect();
            others
        }
    };
    let links: Vec<AnyView> = record
        .links
        .iter()
        .filter_map(|link| match &link.target {
            LinkTarget::Record(id) => line(app, id, "Belongs together with: "),
            LinkTarget::Other { kind, reference } => {
                let words = format!("{}: {reference}", LINK_KIND.label(kind));
                Some(view! { <li>{words}</li> }.into_any())
            }
        })
        .collect();
    let back: Vec<AnyView> =
        linked_from(app, &record.id).into_iter().filter_map(|id| line(app, &id, "Linked from: ")).collect();
    let kept = record.duplicate_of.as_ref().and_then(|id| line(app, id, "Same as: "));
    let none = links.is_empty() && back.is_empty() && kept.is_none();
    view! {
        <Part title="Links" acts>
            {none.then(|| view! { <p class="muted">"No links yet."</p> })}
            <ul>{kept} {links} {back} {same}</ul>
        </Part>
    }
}

fn linked_from(app: App, id: &RecordId) -> Vec<RecordId> {
    let register = app.register.read();
    let points_here = |record: &&Record| {
        record.duplicate_of.as_ref() == Some(id)
            || record.links.iter().any(|link| matches!(&link.target, LinkTarget::Record(to) if to == id))
    };
    register.records().filter(points_here).map(|record| record.id.clone()).collect()
}

/// A record that this person may see, as a link.
fn line(app: App, id: &RecordId, before: &'static str) -> Option<AnyView> {
    let other = seen(app, id)?;
    let words = format!("{}, {}", title(&other), common::moment(other.facts.occurred_at()));
    Some(view! { <li>{before} <a href=routes::record(id)>{words}</a></li> }.into_any())
}
