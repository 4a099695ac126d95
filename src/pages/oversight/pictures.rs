//! The year up to the end of an oversight period as pictures.

use super::Subject;
use crate::{
    pages::measures::{Framed, find, look},
    state::use_app,
};
use domain::time::take_days;
use markup::prelude::*;

/// In this order.
const SHOWN: [&str; 2] = ["near_misses", "incidents"];
const DAYS: u64 = 364;

#[component]
pub fn Pictures(subject: Subject) -> impl IntoView {
    let app = use_app();
    let to = subject.period.last().min(untrack(|| app.today()));
    let asked = |name: &str| match name {
        "site" => Some(subject.site.to_string()),
        "category" => Some(subject.spec.id.to_owned()),
        "period" => Some("dates".to_owned()),
        "from" => Some(take_days(to, DAYS).to_string()),
        "to" => Some(to.to_string()),
        _ => None,
    };
    let Some(look) = look(asked) else { return Node::Nothing };
    let drawn: Vec<Node> = SHOWN
        .into_iter()
        .filter_map(find)
        .map(|measure| view! { <Framed measure look=look.clone() /> })
        .collect();
    view! { <div class="stack oversight-pictures">{drawn}</div> }
}
