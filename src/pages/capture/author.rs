//! Who writes, on a device where nobody is signed in.

use super::{
    flow::Flow,
    list::{Filter, Head, has},
    step::AUTHOR,
};
use crate::{
    pages::drafts::details::resume,
    routes,
    text::capture as text,
    ui::{Choice, Details, Kind, LinkButton, Tiles},
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
    let staff = Memo::new(move |_| here.get().map(|people| known(flow, &site, &people)).unwrap_or_default());
    let is_long = move || staff.read().len() > SHORT;
    let wanted = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        staff.read().iter().filter(|choice| has(&choice.label, &wanted.read())).cloned().collect::<Vec<_>>()
    });
    let choose = move |code: String| {
        flow.app.author.set(Some(code.into()));
        let draft = flow.draft();
        let back = if draft.quick { resume(&draft) } else { flow.step().check().href() };
        flow.go.to(&back);
    };
    let sign_in = routes::with_next(routes::SIGN_IN, &flow.step().check().href());
    let selected = flow.app.author.get_untracked().map(|staff| staff.to_string());
    view! {
        <Head heading=text::AUTHOR caption=flow.spec.name />
        <p>{text::AUTHOR_HINT}</p>
        {move || is_long().then(|| view! { <Filter wanted found=Signal::derive(move || options.read().len()) /> })}
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
            <p>
                <LinkButton href=sign_in kind=Kind::Secondary>{text::account::SIGN_IN}</LinkButton>
            </p>
        </Details>
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
