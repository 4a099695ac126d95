//! Lets somebody from an agency or the bank report here for some days: a code for their own phone.

use super::admin::InviteMade;
use crate::{
    pages::capture::{Trouble, names::MayName},
    routes,
    state::{Invite, Problem, use_app},
    text::{common::short_day, pass as text},
    ui::{Button, Buttons, Choice, EmptyState, Form, Kind, LinkButton, Page, Radios, TextField, Width},
};
use domain::{
    roles::Roles,
    time::{add_days, days_between},
};
use leptos::task::spawn_local;
use markup::prelude::*;

/// Days after today until when a pass may hold; the service takes no longer one.
const DAYS: [u64; 4] = [0, 1, 2, 6];
/// A shift at night ends tomorrow.
const USUAL: &str = "1";

#[component]
pub fn PassPage() -> impl IntoView {
    let app = use_app();
    let allowed = Memo::new(move |_| app.roles().meets(Roles::LETS_IN));
    // With what they are called.
    let made = RwSignal::new(None::<(Invite, String)>);
    live(move || match (allowed.get(), made.get()) {
        (false, _) => view! { <NotYours /> },
        (true, Some((invite, of))) => {
            let another = move |()| made.set(None);
            view! {
                <InviteMade invite of back=routes::SETTINGS>
                    <Buttons>
                        <LinkButton href=routes::HOME>{text::DONE}</LinkButton>
                        <Button kind=Kind::Secondary on_press=Callback::new(another)>{text::ANOTHER}</Button>
                    </Buttons>
                </InviteMade>
            }
        }
        (true, None) => view! { <Ask made /> },
    })
}

#[component]
fn Ask(made: RwSignal<Option<(Invite, String)>>) -> impl IntoView {
    let app = use_app();
    let (days, name) = (RwSignal::new(Some(USUAL.to_owned())), RwSignal::new(String::new()));
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let options = Signal::derive(move || {
        let today = app.today();
        let choice = |after: u64| {
            let day = add_days(today, after);
            let words = match days_between(today, day) {
                0 => text::TODAY.to_owned(),
                1 => text::TOMORROW.to_owned(),
                _ => text::until(&short_day(day)),
            };
            Choice::new(after.to_string(), words)
        };
        DAYS.map(choice).to_vec()
    });
    let make = move |()| {
        let Some(site) = app.site() else { return };
        let after = days.get_untracked().and_then(|days| days.parse().ok()).unwrap_or_default();
        let until = add_days(untrack(|| app.today()), after);
        let name = name.get_untracked();
        problem.set(None);
        busy.set(true);
        spawn_local(async move {
            let result = app.admin.make_pass(&site, until, name.trim()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(invite) => made.set(Some((invite, text::of(name.trim())))),
                Err(found) => problem.set(Some(found)),
            }
        });
    };
    let site = move || app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    view! {
        <Page title=text::TITLE heading=text::TITLE caption=Signal::derive(site) back=routes::SETTINGS>
            <Trouble problem />
            <p class="lede">{text::LEDE}</p>
            <ul class="steps">{text::STEPS.map(|step| view! { <li>{step}</li> }).collect_view()}</ul>
            <Form on_submit=make>
                <Radios id="until" legend=text::HOW_LONG options value=days chips=true />
                <TextField id="name" label=text::NAME hint=text::NAME_HINT value=name width=Width::Medium />
                <MayName words=name />
                <Buttons>
                    <Button busy icon="plus">{text::MAKE}</Button>
                </Buttons>
            </Form>
            <p class="muted">{text::AFTER}</p>
        </Page>
    }
}

#[component]
fn NotYours() -> impl IntoView {
    view! {
        <Page title=text::TITLE heading=text::TITLE back=routes::HOME>
            <EmptyState title=text::NOT_YOURS icon="lock">
                <LinkButton href=routes::HOME kind=Kind::Secondary>"Go home"</LinkButton>
            </EmptyState>
        </Page>
    }
}
