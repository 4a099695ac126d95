//! The team board: the stories of the site, for everybody who works there. `?story=` shows one, as a poster to print.

mod home;
mod story;

pub use home::HomeStory;

use crate::{
    pages::address::address,
    routes,
    state::{App, use_app},
    text::{common::FILLING, learning as text},
    ui::{Button, Buttons, EmptyState, Kind, LinkButton, Page},
};
use domain::{
    roles::{Role, Roles},
    stories::Story,
};
use markup::prelude::*;
use story::StoryView;

/// May share a story and take it down.
pub const TELLERS: Roles = Roles::of(&[Role::DeputyManager, Role::RegisteredManager]);

/// The stories that this person may read here, the newest first. Tracked.
pub fn stories(app: App) -> Vec<Story> {
    let Some(site) = app.site() else { return Vec::new() };
    // A reader from outside gets no words of staff.
    app.register.read().stories(&site).filter(|story| !story.noticed.is_empty()).collect()
}

#[component]
pub fn BoardPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let one = Memo::new(move |_| address.read().query.get("story"));
    let all = Memo::new(move |_| stories(app));
    live(move || {
        let find =
            |id: Option<String>| id.and_then(|id| all.get().into_iter().find(|story| *story.id == *id));
        match find(one.get()) {
            Some(story) => view! { <Poster story /> },
            None => view! { <All all /> },
        }
    })
}

#[component]
fn All(all: Memo<Vec<Story>>) -> impl IntoView {
    let app = use_app();
    let site = move || app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    let empty = move || {
        all.read().is_empty().then(|| {
            if app.sync.filling.get() {
                return view! { <EmptyState title=FILLING icon="newspaper" /> };
            }
            let teller = app.roles().meets(TELLERS);
            let first = match teller {
                false if app.roles().only_reads() => Node::Nothing,
                true => view! {
                    <p>{text::BOARD_EMPTY_TELLER}</p>
                    <LinkButton href=routes::LEARNING kind=Kind::Secondary>"Open Outcomes"</LinkButton>
                },
                false => view! { <LinkButton href=routes::HOME kind=Kind::Secondary>"Record a near miss"</LinkButton> },
            };
            view! {
                <EmptyState title=text::BOARD_EMPTY icon="newspaper">
                    <p>{text::BOARD_EMPTY_WORDS}</p>
                    {first}
                </EmptyState>
            }
        })
    };
    let print = move || {
        (!all.read().is_empty()).then(|| {
            let press = Callback::new(move |()| app.print());
            view! { <Buttons><Button kind=Kind::Secondary icon="printer" on_press=press>"Print all"</Button></Buttons> }
        })
    };
    view! {
        <Page title=text::BOARD heading=text::BOARD_HEADING caption=Signal::derive(site)>
            <p class="lede no-print">{text::BOARD_WORDS}</p>
            {empty}
            <ul class="stories">
                <For each=move || all.get() key=|story| story.id.clone() let:story>
                    <li><StoryView story /></li>
                </For>
            </ul>
            {print}
        </Page>
    }
}

#[component]
fn Poster(story: Story) -> impl IntoView {
    let app = use_app();
    let site = app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    let press = Callback::new(move |()| app.print());
    view! {
        <Page title="Poster" heading=text::BOARD_HEADING caption=site back=routes::BOARD back_label=text::BOARD>
            <StoryView story alone=true />
            <Buttons><Button icon="printer" on_press=press>"Print this poster"</Button></Buttons>
        </Page>
    }
}
