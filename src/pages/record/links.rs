//! Other records and references that belong to this one, and records that may be the same.

use super::{Part, seen};
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
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn LinksPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let lines = move || -> Vec<Node> {
        let same = app.register.read();
        let same = same.possible_duplicates(&record).filter(|_| record.state.is_open());
        let same = same.filter_map(|other| line(app, &other.id, "May be the same: "));
        let own = record.links.iter().filter_map(|link| match &link.target {
            LinkTarget::Record(id) => line(app, id, "Belongs together with: "),
            LinkTarget::Other { kind, reference } => {
                let words = format!("{}: {reference}", LINK_KIND.label(kind));
                Some(view! { <li>{words}</li> })
            }
        });
        let back = linked_from(app, &record.id).into_iter().filter_map(|id| line(app, &id, "Linked from: "));
        let kept = record.duplicate_of.iter().filter_map(|id| line(app, id, "Same as: "));
        kept.chain(own).chain(back).chain(same).collect()
    };
    live(move || {
        let lines = lines();
        (!lines.is_empty()).then(|| view! { <Part title="Links"><ul>{lines}</ul></Part> })
    })
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
fn line(app: App, id: &RecordId, before: &'static str) -> Option<Node> {
    let other = seen(app, id)?;
    let words = format!("{}, {}", title(&other), common::moment(other.facts.occurred_at()));
    Some(view! { <li>{before} <a href=routes::record(id)>{words}</a></li> })
}
