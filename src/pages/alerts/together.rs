//! Several alerts about the same thing that came back: why they stand together, each of them, and one decision for all.

use super::{
    card::AlertCard,
    detail::form_of,
    settle_acts::SettleActs,
    shown::{Shown, shown},
    subject::Subject,
};
use crate::{
    pages::{
        address::address,
        oversee::{NotYours, sections::READERS},
        record::Part,
    },
    routes,
    state::use_app,
    text::{
        alerts::{alert as words, page as text, rule, several},
        review::record as record_words,
    },
    ui::{Card, EmptyState, Kind, LinkButton, Page},
};
use domain::patterns::CameBack;
use markup::prelude::*;

/// `?of=` says what they have in common, `&waiting=1` those that wait; `&do=` opens one of the forms.
#[derive(Clone, Debug, Default, PartialEq)]
struct Asked {
    of: String,
    waiting: bool,
    form: String,
}

/// What the address asks for, and the card that it means.
#[derive(Clone, PartialEq)]
struct Opened {
    asked: Asked,
    card: Option<Shown>,
}

#[component]
pub fn AlertsTogetherPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let asked = Memo::new(move |last: Option<&Asked>| {
        let address = address.read();
        // On the way to another page of alerts, this one stays as it is.
        if routes::ALERTS_TOGETHER.rsplit('/').next() != Some(&address.of) {
            return last.cloned().unwrap_or_default();
        }
        let text = |name: &str| address.query.get(name).unwrap_or_default();
        let of = routes::decoded(&text("of")).unwrap_or_default();
        Asked { of, waiting: address.query.get("waiting").is_some(), form: text("do") }
    });
    let opened = Memo::new(move |last: Option<&Opened>| {
        let asked = asked.get();
        match last {
            // A form stays as it was opened when news arrives, and when it has settled what it is about.
            Some(last) if last.asked == asked && !asked.form.is_empty() && last.card.is_some() => {
                last.clone()
            }
            _ => Opened { card: shown(app).into_iter().find(|card| is_meant(card, &asked)), asked },
        }
    });
    let allowed = Memo::new(move |_| app.roles().meets(READERS));
    live(move || {
        if !allowed.get() {
            return view! { <NotYours heading=text::ALERTS /> };
        }
        let Opened { asked, card } = opened.get();
        let found = card.and_then(|card| Some((card.about.clone()?, Subject::of_several(app, &card)?, card)));
        let Some((about, subject, card)) = found else { return view! { <Gone /> } };
        form_of(&asked.form, subject.clone()).unwrap_or_else(|| view! { <Whole about subject card /> })
    })
}

fn is_meant(card: &Shown, asked: &Asked) -> bool {
    let is_waiting = card.group() == super::line::Group::Waiting;
    card.about.as_ref().is_some_and(|about| about.code() == asked.of) && is_waiting == asked.waiting
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <Page title=several::GONE heading=several::GONE back=routes::ALERTS back_label=text::ALERTS>
            <EmptyState title=several::GONE_WORDS icon="bell">
                <LinkButton href=routes::ALERTS kind=Kind::Secondary>"See all alerts"</LinkButton>
            </EmptyState>
        </Page>
    }
}

#[component]
fn Whole(about: CameBack, subject: Subject, card: Shown) -> impl IntoView {
    let app = use_app();
    let number = card.lines.len();
    let rule = subject.alerts.first().map(|alert| alert.rule);
    let first = rule.map(|of| format!("{} {}", several::why(&about, number), rule::why(of)));
    let whom = subject.alerts.first().map(words::whom);
    let newest = several::newest_record(&card.alerts(), &app.register.read_untracked()).cloned();
    let newest = newest.map(|record| {
        let words =
            several::where_and_when(&record, &app.directory.read_untracked(), app.now.get_untracked());
        view! {
            <Part title="The newest report">
                <Card
                    title=record_words::title(&record)
                    href=routes::record(&record.id)
                    icon=record_words::icon(&record)
                    tone=record.facts.category().to_owned()
                >
                    <p class="card__meta">{words}</p>
                </Card>
            </Part>
        }
    });
    let cards = card.lines.into_iter().map(|line| view! { <li><AlertCard line /></li> }).collect_view();
    let (title, caption) = (subject.headline.clone(), rule.map(rule::name).unwrap_or_default());
    view! {
        <Page title=title.clone() heading=title caption=caption back=routes::ALERTS back_label="Alerts" wide=true>
            <div class="stack alert-says">
                <p>{first}</p>
                <p>{whom}</p>
                <p>{several::one_decision(number)}</p>
            </div>
            <SettleActs subject />
            <div class="record-columns">
                <div class="stack">
                    <Part title=several::each(number)><ul class="cards">{cards}</ul></Part>
                </div>
                <div class="stack">{newest}</div>
            </div>
        </Page>
    }
}
