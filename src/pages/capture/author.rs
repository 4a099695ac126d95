//! Who writes, on a device where nobody is signed in.

use super::{
    flow::Flow,
    list::{Filter, Head, has},
    name,
    step::AUTHOR,
};
use crate::{
    routes,
    state::Draft,
    text::capture as text,
    ui::{Button, Buttons, Choice, Details, Kind, LinkButton, Tiles},
};
use domain::{
    ids::{SiteId, StaffId},
    roles::Roles,
};
use markup::prelude::*;

/// A list this short is read faster than it is searched.
const SHORT: usize = 8;

#[component]
pub fn WhoWrites(flow: Flow) -> impl IntoView {
    let site = flow.draft().site;
    let here = LocalResource::new(move || async move { flow.app.people_here().await });
    let staff = Memo::new(move |_| here.get().map(|people| known(flow, &site, &people)));
    view! {
        <Head heading=text::AUTHOR caption=flow.spec.name />
        {move || {
            staff.get().map(|staff| if staff.is_empty() {
                view! {
                    <p>{text::NO_NAMES}</p>
                    <OtherWays flow />
                }
            } else {
                view! { <Names flow staff /> }
            })
        }}
    }
}

#[component]
fn Names(flow: Flow, staff: Vec<Choice>) -> impl IntoView {
    let is_long = staff.len() > SHORT;
    let wanted = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        staff.iter().filter(|choice| has(&choice.label, &wanted.read())).cloned().collect::<Vec<_>>()
    });
    let choose = move |code: String| flow.change(Draft { author: Some(code.into()), ..flow.draft() });
    let selected = flow.draft().author.map(|staff| staff.to_string());
    view! {
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
        <Details summary=text::NAME_MISSES>
            <p>{text::NAME_MISSES_WORDS}</p>
            <OtherWays flow />
        </Details>
    }
}

/// For somebody whose name this device does not know.
#[component]
fn OtherWays(flow: Flow) -> impl IntoView {
    let sign_in = routes::with_next(routes::SIGN_IN, &flow.overview());
    let [.., (anonymous, words, _, icon)] = text::IDENTITIES;
    let leave_out = move |()| {
        let mut draft = flow.draft();
        draft.answers.insert(name::FIELD.into(), anonymous.into());
        flow.change(draft);
    };
    view! {
        <Buttons>
            <LinkButton href=sign_in kind=Kind::Secondary>{text::account::SIGN_IN}</LinkButton>
            <Button kind=Kind::Secondary icon on_press=leave_out>{words}</Button>
        </Buttons>
    }
}

/// Of the people who signed in on this device, those who may report at the site today.
fn known(flow: Flow, site: &SiteId, people: &[StaffId]) -> Vec<Choice> {
    let directory = flow.app.directory.get_untracked();
    let today = untrack(|| flow.app.today());
    let works_here = |code: &&StaffId| directory.held(code, site, today).all().meets(Roles::STAFF);
    let choice =
        |code: &StaffId| Choice::new(code.to_string(), directory.staff_name(code)).icon("user-round");
    people.iter().filter(works_here).map(choice).collect()
}
