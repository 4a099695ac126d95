//! Help, the same on every screen and without signal: what counts, who to call, what to do after a mistake.

use crate::{
    routes,
    state::{App, use_app},
    text::{capture::device as text, common::definitions},
    ui::{Details, Kind, LinkButton, Page},
};
use domain::{
    category::{CATEGORIES, Example},
    record,
};
use markup::prelude::*;

#[component]
pub fn HelpPage() -> impl IntoView {
    let app = use_app();
    let kinds = CATEGORIES
        .into_iter()
        .map(|spec| {
            let at = app.instant();
            let (count, not) = spec.examples.iter().partition::<Vec<_>, _>(|example| {
                matches!(example.kind(spec.id, at), record::Kind::Hazard | record::Kind::NearMiss)
            });
            let lines = |examples: Vec<&'static Example>| {
                examples.into_iter().map(|example| view! { <li>{example.words}</li> }).collect_view()
            };
            let (examples, not) = (lines(count), lines(not));
            view! {
                <Details summary=spec.name>
                    <p>{spec.help}</p>
                    <p>{text::EXAMPLES}</p>
                    <ul class="steps">{examples}</ul>
                    <p>{text::NOT_EXAMPLES}</p>
                    <ul class="steps">{not}</ul>
                </Details>
            }
        })
        .collect_view();
    view! {
        <Page title=text::HELP heading=text::HELP>
            <section class="stack">
                <h2>{text::WHAT_IS}</h2>
                <p class="lede">{text::WHAT_IS_WORDS}</p>
                <p>{text::WHAT_COUNTS}</p>
                {kinds}
                <p><LinkButton href=routes::PRACTICE kind=Kind::Secondary icon="book-open">{text::PRACTISE}</LinkButton></p>
                <p class="muted">{format!("By the {}.", definitions())}</p>
            </section>
            <WhoToCall app />
            <section class="stack">
                <Topic title=text::HURT words=text::HURT_WORDS />
                <Topic title=text::WHY words=text::WHY_WORDS />
                <Topic title=text::ABOUT_ME words=text::ABOUT_ME_WORDS />
                <Topic title=text::MISTAKE words=text::MISTAKE_WORDS />
                <Topic title=text::OFFLINE words=text::OFFLINE_WORDS />
            </section>
        </Page>
    }
}

#[component]
fn Topic(title: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <Details summary=title>
            <p>{words}</p>
        </Details>
    }
}

#[component]
fn WhoToCall(app: App) -> impl IntoView {
    let on_call = move || {
        let site = app.site()?;
        let directory = app.directory.read();
        let number = directory.sites.get(&site)?.on_call.trim().to_owned();
        (!number.is_empty()).then_some(number)
    };
    let number = move || match on_call() {
        Some(number) => {
            let dialled: String =
                number.chars().filter(|digit| digit.is_ascii_digit() || *digit == '+').collect();
            view! {
                <p>
                    <LinkButton href=format!("tel:{dialled}") icon="phone">
                        {crate::text::capture::call(&number)}
                    </LinkButton>
                </p>
            }
        }
        None => view! { <p>{text::NO_NUMBER}</p> },
    };
    view! {
        <section class="stack">
            <h2>{text::WHO_TO_CALL}</h2>
            {number}
            <p class="cluster">
                <LinkButton href="tel:999" kind=Kind::Secondary icon="phone">{text::CALL_999}</LinkButton>
                <LinkButton href="tel:111" kind=Kind::Secondary icon="phone">{text::CALL_111}</LinkButton>
            </p>
        </section>
    }
}
