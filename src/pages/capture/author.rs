//! Who writes, on a device where nobody is signed in.

use super::{
    flow::Flow,
    list::{Filter, Head, has},
    step::AUTHOR,
};
use crate::{
    pages::drafts::details::resume,
    text::capture as text,
    ui::{Choice, Tiles},
};
use domain::{ids::SiteId, roles::Roles};
use leptos::prelude::*;

/// A list this short is read faster than it is searched.
const SHORT: usize = 8;

#[component]
pub fn WhoWrites(flow: Flow) -> impl IntoView {
    let staff = staff_of(flow, &flow.draft().site);
    let is_long = staff.len() > SHORT;
    let wanted = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        staff.iter().filter(|choice| has(&choice.label, &wanted.read())).cloned().collect::<Vec<_>>()
    });
    let choose = move |code: String| {
        flow.app.author.set(Some(code.into()));
        let draft = flow.draft();
        let back = if draft.quick { resume(&draft) } else { flow.step().check().href() };
        flow.go.to(&back);
    };
    let selected = flow.app.author.get_untracked().map(|staff| staff.to_string());
    view! {
        <Head heading=text::AUTHOR caption=flow.spec.name />
        <p>{text::AUTHOR_HINT}</p>
        {is_long.then(|| view! { <Filter wanted found=Signal::derive(move || options.read().len()) /> })}
        <Tiles
            id=AUTHOR
            legend=text::CHOOSE_NAME
            heading=false
            options
            selected
            on_choose=choose
            press_continue=flow.app.prefs.press_continue
            missing=text::SELECT_ONE
        />
    }
}

/// Everybody who may report at the site today.
fn staff_of(flow: Flow, site: &SiteId) -> Vec<Choice> {
    let directory = flow.app.directory.get_untracked();
    let today = untrack(|| flow.app.today());
    let works_here = |code: &str| directory.held(code, site, today).all().meets(Roles::STAFF);
    let mut staff: Vec<Choice> = directory
        .staff
        .keys()
        .filter(|code| works_here(code))
        .map(|code| Choice::new(code.to_string(), directory.staff_name(code)).icon("user-round"))
        .collect();
    staff.sort_by(|one, other| one.label.cmp(&other.label));
    staff
}
