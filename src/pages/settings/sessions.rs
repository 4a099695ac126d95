//! Where the person is signed in: each device, and a way to sign out there with the password.

use super::with_password::WithPassword;
use crate::{
    state::{App, Kind as News, Problem, SessionRow},
    text::own_sessions as text,
};
use leptos::task::spawn_local;
use markup::prelude::*;

type Known = RwSignal<Option<Result<Vec<SessionRow>, Problem>>>;

#[component]
pub fn SessionSettings(app: App) -> impl IntoView {
    let known: Known = RwSignal::new(None);
    spawn_local(async move {
        let found = app.own_sessions().await;
        known.try_set(Some(found));
    });
    let shown = move || match known.get() {
        None => ().into_node(),
        Some(Err(_)) => view! { <p class="muted">{text::NEEDS_SIGNAL}</p> },
        Some(Ok(sessions)) => view! { <Shown app known sessions /> },
    };
    view! {
        <section class="stack" id="sessions">
            <h2>{text::WHERE}</h2>
            {shown}
        </section>
    }
}

#[component]
fn Shown(app: App, known: Known, sessions: Vec<SessionRow>) -> impl IntoView {
    let others = sessions.iter().filter(|session| !session.this).count();
    let items: Vec<_> = sessions.into_iter().map(|session| view! { <Row app known session /> }).collect();
    view! {
        <ul class="kept-list">{items}</ul>
        {(others == 0).then(|| view! { <p class="muted">{text::ONLY_HERE}</p> })}
        {(others > 1).then(|| view! { <End app known on=None summary=text::END_ALL.to_owned() /> })}
    }
}

#[component]
fn Row(app: App, known: Known, session: SessionRow) -> impl IntoView {
    let SessionRow { device, label, shared, started_at, this } = session;
    let facts = text::facts(this, shared, started_at, app.now.get_untracked());
    let end = (!this).then(|| view! { <End app known on=Some(device) summary=text::end_on(&label) /> });
    view! {
        <li class="kept-list__one">
            <p>
                <strong>{label}</strong>
                <br />
                <span class="muted">{facts}</span>
            </p>
            {end}
        </li>
    }
}

/// `on`: one device, or all others.
#[component]
fn End(app: App, known: Known, on: Option<String>, summary: String) -> impl IntoView {
    let field = format!("end-{}", on.as_deref().unwrap_or("all"));
    let send = move |password: String| {
        let on = on.clone();
        async move {
            let left = app.sign_out_elsewhere(on.as_deref(), &password).await?;
            app.notices.show(News::Success, text::ENDED);
            known.try_set(Some(Ok(left)));
            Ok(())
        }
    };
    view! { <WithPassword summary words=text::END_WORDS field label=text::END send /> }
}
