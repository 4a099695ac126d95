//! The secret address with which a person's own calendar program shows the dates that are theirs.

use crate::{
    pages::links::ShownOnce,
    routes,
    state::{Calendar, Problem, use_app},
    text::{common, links as text},
    ui::{Button, Buttons, Kind, Notice, Page, Tone},
};
use leptos::task::spawn_local;
use markup::prelude::*;

#[component]
pub fn CalendarPage() -> impl IntoView {
    let app = use_app();
    let known = RwSignal::new(None::<Result<Calendar, Problem>>);
    let busy = RwSignal::new(false);
    spawn_local(async move {
        let found = app.outside.calendar().await;
        // What was made meanwhile is newer, and shown once.
        known.try_update(|known| {
            known.get_or_insert(found);
        });
    });
    let make = move |()| {
        busy.set(true);
        spawn_local(async move {
            let made = app.outside.make_calendar().await;
            busy.try_set(false);
            known.try_set(Some(made));
        });
    };
    let end = move |()| {
        busy.set(true);
        spawn_local(async move {
            let ended = app.outside.end_calendar().await.map(|()| Calendar::default());
            busy.try_set(false);
            known.try_set(Some(ended));
        });
    };
    let shown = move || match known.get() {
        None => view! { <p class="muted">"Looking."</p> },
        Some(Err(problem)) => view! { <Notice tone=Tone::Warning><p>{problem.sentence}</p></Notice> },
        Some(Ok(Calendar { link: Some(link), .. })) => {
            view! {
                <Notice tone=Tone::Success title="The address is ready">
                    <p>{text::CALENDAR_HOW}</p>
                </Notice>
                <ShownOnce what="Address" address=link />
            }
        }
        Some(Ok(Calendar { since: Some(since), .. })) => {
            let words = format!("Your calendar has had an address since {}.", common::moment(since));
            view! { <p>{words}</p> }
        }
        Some(Ok(_)) => view! { <p>"No calendar program has an address of yours."</p> },
    };
    let has_one = move || matches!(&*known.read(), Some(Ok(Calendar { since: Some(_), .. })));
    view! {
        <Page title=text::CALENDAR heading=text::CALENDAR back=routes::SETTINGS>
            <p class="lede">{text::CALENDAR_WORDS}</p>
            {shown}
            <Buttons>
                <Button busy on_press=Callback::new(make)>
                    {move || if has_one() { text::CALENDAR_AGAIN } else { text::CALENDAR_MAKE }}
                </Button>
                {move || {
                    has_one()
                        .then(|| {
                            view! { <Button busy kind=Kind::Secondary on_press=Callback::new(end)>{text::CALENDAR_END}</Button> }
                        })
                }}
            </Buttons>
            {move || has_one().then(|| view! { <p class="muted">{text::CALENDAR_AGAIN_WORDS}</p> })}
        </Page>
    }
}
