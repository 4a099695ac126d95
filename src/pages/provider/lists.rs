//! The list behind a number of a site.

use super::{
    facts::{audits_due, last_month, near_misses, open_alerts, overdue},
    phones::{Phones, last},
};
use crate::{
    pages::{
        audits::calendar::Slot,
        oversee::{late, untold},
        oversight::Records,
    },
    routes,
    state::use_app,
    text::{
        alerts::alert::headline,
        audits as words,
        capture::home::now_at,
        common,
        provider::ALL_SITES,
        review::{
            due::{self as due_words},
            people,
            record::{title, upper_first},
            steps,
        },
    },
    ui::{Button, Card, Details, EmptyState, Kind, Page},
};
use domain::{
    audits::Period,
    category,
    due::Late,
    ids::{RecordId, SiteId},
};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;

#[component]
pub fn ListPage(site: SiteId, list: String) -> impl IntoView {
    let app = use_app();
    let name = app.site_name(&site);
    let (heading, body) = match list.as_str() {
        "near_misses" | "near_misses_medication" => {
            let month = words::period(last_month(app.today()));
            let (what, category) = match list.as_str() {
                "near_misses" => ("Near misses", None),
                _ => ("Near misses with medicines", Some("medication")),
            };
            (format!("{what}, {month}"), view! { <NearMisses site category /> })
        }
        "audits" => ("Audits that fell due in a year".to_owned(), view! { <Audits site /> }),
        "untold" => ("Somebody must still be told".to_owned(), view! { <Untold site /> }),
        "alerts" => ("Alerts that are open".to_owned(), view! { <Alerts site /> }),
        "phones" => ("Phones silent for a day".to_owned(), view! { <SilentPhones site /> }),
        _ => ("Late now".to_owned(), view! { <LateNow site /> }),
    };
    view! {
        <Page
            title=format!("{heading} – {name}")
            heading
            caption=name
            back=routes::PROVIDER
            back_label=ALL_SITES.to_owned()
        >
            {body}
        </Page>
    }
}

/// Cards, or that there is nothing, what would stand here, and a way on.
fn cards(cards: Vec<Node>, none: &'static str, belongs: &'static str) -> Node {
    if cards.is_empty() {
        return view! {
            <EmptyState title=none icon="circle-check">
                <p>{belongs}</p>
                <p><a class="lone" href=routes::PROVIDER>"Go on with the other sites"</a></p>
            </EmptyState>
        };
    }
    let lines: Vec<Node> = cards.into_iter().map(|card| view! { <li>{card}</li> }).collect();
    view! { <ul class="cards">{lines}</ul> }
}

#[component]
fn NearMisses(site: SiteId, category: Option<&'static str>) -> impl IntoView {
    let app = use_app();
    live(move || {
        let records = near_misses(&app.register.read(), &site, category, app.now.get());
        match records.is_empty() {
            true => view! {
                <EmptyState title="No near miss of this month is recorded." icon="file-text">
                    <p>"Each near miss of the last whole month stands here. None can mean that nobody wrote one down: ask the site how people report."</p>
                    <p><a href=routes::OVERSIGHT>"Ask the manager in Oversight sign-off"</a></p>
                </EmptyState>
            },
            false => view! { <Records records /> },
        }
    })
}

#[component]
fn LateNow(site: SiteId) -> impl IntoView {
    let app = use_app();
    live(move || {
        let (register, now) = (app.register.read(), app.now.get());
        let lines = overdue(&register, &site, now);
        let directory = app.directory.read();
        let all = lines
            .into_iter()
            .map(|late| {
                let shown: Vec<String> = late
                    .shown_to(now)
                    .iter()
                    .map(|owner| people::owner(owner, &directory).to_owned())
                    .collect();
                let due = upper_first(&due_words::due(late.due(), true, now));
                let meta = format!("{due}. For {}.", words::names(&shown));
                let (name, href) = match &late {
                    Late::Record(line) => {
                        let what = record_item(&register, &line.record, &line.item.name);
                        (what, Some(routes::record(&line.record)))
                    }
                    Late::Audit { name, .. } => {
                        let (text, period) = named(name, words::title);
                        let audit = period.and_then(|(category, period)| {
                            register
                                .opened_audits(&site)
                                .find(|audit| audit.category == category && audit.period == period)
                        });
                        (text, audit.map(|audit| routes::audit(&audit.id)))
                    }
                    Late::Oversight { name, .. } => {
                        let (text, period) = named(name, words::oversight_title);
                        let href = period.map(|(category, period)| {
                            routes::oversight(&site, category, &period.to_string())
                        });
                        (text, href)
                    }
                };
                let body = view! { <p class="card__meta">{meta}</p> };
                match href {
                    Some(href) => view! { <Card title=name href level=2>{body}</Card> },
                    None => view! { <Card title=name level=2>{body}</Card> },
                }
            })
            .collect();
        cards(
            all,
            "Nothing is late at this site.",
            "A step, an action, an audit or an oversight stands here when its date has passed.",
        )
    })
}

/// "Medicines: wrong dose or amount. Look at the risk".
fn record_item(register: &domain::register::Register, record: &RecordId, item: &str) -> String {
    let Some(record) = register.record(record) else { return "A record".to_owned() };
    let what = match item {
        "returned" => steps::task(1).to_owned(),
        step => match step.parse::<u8>() {
            Ok(step @ 2..=5) => steps::task_of(record, step).to_owned(),
            _ => record.action(item).map(|action| action.text.clone()).unwrap_or_default(),
        },
    };
    format!("{}. {what}", title(record))
}

/// The words of `category/period`, and its parts.
fn named(
    name: &str,
    say: fn(&category::CategorySpec, Period) -> String,
) -> (String, Option<(&'static str, Period)>) {
    let parts =
        name.split_once('/').and_then(|(spec, period)| Some((category::find(spec)?, Period::parse(period)?)));
    match parts {
        Some((spec, period)) => (say(spec, period), Some((spec.id, period))),
        None => (name.to_owned(), None),
    }
}

/// All that the number is of: those that were late first, because they need somebody.
#[component]
fn Audits(site: SiteId) -> impl IntoView {
    let app = use_app();
    live(move || {
        let (register, now) = (app.register.read(), app.now.get());
        let (on_time, signed_late) = audits_due(&register, &site, now);
        let signed_late: Vec<Slot> = signed_late.into_iter().filter(|slot| !slot.stand.waits()).collect();
        // Whenever it was due: what is not done does not go away after a year.
        let late = late::late(&register, &site, now);
        if on_time.is_empty() && signed_late.is_empty() && late.is_empty() {
            return view! { <EmptyState title="No audit fell due in the last year." icon="circle-check" /> };
        }
        let today = app.today();
        let part = |heading: &str, slots: Vec<Slot>, none: &'static str, belongs: &'static str| {
            let heading = format!("{heading}: {}", slots.len());
            let all: Vec<Node> = slots.iter().map(|slot| late::card(slot, today, 3)).collect();
            view! {
                <section class="stack">
                    <h2>{heading}</h2>
                    {cards(all, none, belongs)}
                </section>
            }
        };
        view! {
            {part(
                "Late now",
                late,
                "No audit is late now.",
                "An audit stands here from the day after its date until it is signed, also when it was opened.",
            )}
            {part(
                "Signed late",
                signed_late,
                "No audit that fell due in the last year was signed late.",
                "An audit stands here when it was signed after its date.",
            )}
            {part(
                "Signed in time",
                on_time,
                "No audit that fell due in the last year was signed in time.",
                "An audit stands here when it was signed by its date.",
            )}
        }
    })
}

#[component]
fn Untold(site: SiteId) -> impl IntoView {
    let app = use_app();
    live(move || {
        let (register, now) = (app.register.read(), app.now.get());
        let settings = register.directory().settings(&site);
        let all = untold::untold(&register, &site)
            .into_iter()
            .map(|record| {
                let meta = format!("{}. {}", untold::task(record), untold::since(record, &settings, now));
                let href = routes::record(&record.id);
                view! { <Card title=title(record) href level=2><p class="card__meta">{meta}</p></Card> }
            })
            .collect();
        cards(
            all,
            "Everybody who must be told was told.",
            "A record stands here when the manager decided that somebody must be told, until it is recorded that they were.",
        )
    })
}

#[component]
fn Alerts(site: SiteId) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    live(move || {
        let (register, directory, now) = (app.register.read(), app.directory.read(), app.now.get());
        let all = open_alerts(&register, &site, now)
            .map(|alert| {
                let name = headline(alert, &register, &directory);
                let records: Vec<RecordId> = alert.records().rev().cloned().collect();
                let meta = format!("Raised {}", common::when(alert.raised_at, now));
                let (to, at) = (routes::alert(&alert.name()), site.clone());
                let (go, name_of_site) = (navigate.clone(), app.site_name(&at));
                let open = Callback::new(move |()| {
                    app.choose_site(at.clone());
                    app.notices.say(now_at(&name_of_site));
                    go(&to, Default::default());
                });
                let many = common::count(records.len(), "report", "reports");
                view! {
                    <Card title=name level=2>
                        <p class="card__meta">{meta}</p>
                        {(!records.is_empty())
                            .then(|| view! { <Details summary=many><Records records /></Details> })}
                        <p>
                            <Button kind=Kind::Quiet icon="arrow-right" on_press=open>
                                "Open this alert"
                            </Button>
                        </p>
                    </Card>
                }
            })
            .collect();
        cards(
            all,
            "No alert is open at this site.",
            "A pattern in the reports stands here until somebody at the site deals with it.",
        )
    })
}

#[component]
fn SilentPhones(site: SiteId) -> impl IntoView {
    let app = use_app();
    let phones = Phones::ask(app);
    live(move || {
        if let Some(words) = phones.words() {
            return view! { <p class="muted" role="status">{words}</p> };
        }
        let now = app.now.get();
        let all: Vec<Node> = phones
            .silent(&site)
            .unwrap_or_default()
            .into_iter()
            .map(|row| {
                let people: Vec<String> = row.people.iter().map(|person| person.name.clone()).collect();
                let used = match (row.shared, people.is_empty()) {
                    (true, _) => "Shared".to_owned(),
                    (false, true) => "Nobody yet".to_owned(),
                    (false, false) => words::names(&people),
                };
                let seen = match row.last_contact_at {
                    Some(at) => format!("Last there {}", common::days_ago(at, now)),
                    None => format!("Joined {} and not there since", common::when(last(&row), now)),
                };
                view! {
                    <Card title=row.label level=2 icon="smartphone">
                        <p>{used}</p>
                        <p class="card__meta">{seen}</p>
                    </Card>
                }
            })
            .collect();
        let none = "Every phone of this site was there in the last day.";
        let ask = (!all.is_empty()).then(|| {
            view! {
                <p>"Ask the people to open Noticed where there is signal. What they recorded is kept on their phones until then."</p>
            }
        });
        view! {
            {ask}
            {cards(all, none, "A phone stands here when it has not sent for a day.")}
        }
    })
}
