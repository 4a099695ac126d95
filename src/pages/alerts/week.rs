//! The week in alerts, on one page for the screen and for paper: nobody needs a stream of messages.

use super::line::{is_mine, sees};
use crate::{
    pages::{
        address::address,
        oversee::{NotYours, sections::READERS},
    },
    routes,
    state::{App, use_app},
    text::{
        alerts::{alert as words, page as text, state},
        common::{count, day, list, short_day},
        review::record::{place, title, upper_first},
    },
    ui::{Button, Kind, Page},
};
use domain::{
    patterns::{Alert, Digest, Status, Week, digest},
    record::Record,
    time::london_date,
};
use markup::prelude::*;

/// `?of=2026-W47`; without it the week that is not over yet.
#[component]
pub fn AlertsWeekPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let this_week = Memo::new(move |_| Week::of(app.today()));
    let week = Memo::new(move |_| {
        let asked = address.read().query.get("of").and_then(|text| Week::parse(&text));
        asked.unwrap_or_else(|| this_week.get()).min(this_week.get())
    });
    let allowed = Memo::new(move |_| app.roles().meets(READERS));
    live(move || match allowed.get() {
        true => view! { <OneWeek week=week.get() this_week=this_week.get() /> },
        false => view! { <NotYours heading=text::WEEK /> },
    })
}

#[component]
fn OneWeek(week: Week, this_week: Week) -> impl IntoView {
    let app = use_app();
    let site = move || app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    let before = routes::alerts_of_week(&week.before().to_string());
    let after = (week < this_week).then(|| {
        let href = routes::alerts_of_week(&week.after().to_string());
        view! { <li><a href=href>"The week after"</a></li> }
    });
    let dates = text::week_dates(week);
    let over = match week == this_week {
        true => "This week is not over yet.",
        false => "As it stood when the week ended.",
    };
    let lists = Memo::new(move |_| Lists::of(app, week));
    view! {
        <Page
            title=format!("{}, {dates}", text::WEEK)
            heading=text::WEEK
            caption=Signal::derive(move || format!("{}, {dates}", site()))
            back=routes::ALERTS
            back_label="Alerts"
            wide=true
        >
            <ul class="record-part__acts no-print">
                <li><a href=before>"The week before"</a></li>
                {after}
            </ul>
            <p class="muted">{over}</p>
            {move || view! { <Sheet lists=lists.get() /> }}
            <p class="no-print">
                <Button kind=Kind::Secondary icon="printer" on_press=Callback::new(move |()| app.print())>
                    "Print this page"
                </Button>
            </p>
        </Page>
    }
}

/// One line of the sheet: what, where it leads, and what is said beside it.
#[derive(Clone, PartialEq)]
struct Entry {
    title: String,
    href: String,
    words: String,
}

#[derive(Clone, PartialEq)]
struct Lists {
    summary: String,
    new: Vec<Entry>,
    open: Vec<Entry>,
    settled: Vec<Entry>,
    late: Vec<Entry>,
    silent: Option<String>,
}

impl Lists {
    /// Tracked.
    fn of(app: App, week: Week) -> Lists {
        let site = app.site().unwrap_or_default();
        let (roles, now) = (app.roles(), app.now.get());
        let (register, directory) = (app.register.read(), app.directory.read());
        let found = digest(&register, &site, week, |alert| sees(alert, roles));
        // For a week that is over: what was open is as old as it was then.
        let at = week.moments().1.min(now);
        let entry = |alert: &Alert, words: String| {
            let mine = !alert.is_settled() && is_mine(alert, roles);
            let mine = if mine { " Goes to you." } else { "" };
            let name = alert.name();
            let mut same = register.alerts(&site).filter(|other| other.name() == name);
            let is_newest = register.alert(&site, &name) == Some(alert);
            let nth = same.position(|other| other == alert).filter(|_| !is_newest).map(|place| place + 1);
            Entry {
                title: words::headline(alert, &register, &directory),
                href: super::line::of(&name, nth),
                words: format!("{words}{mine}"),
            }
        };
        let raised = |alert: &Alert| format!("Raised {}.", day(london_date(alert.raised_at)));
        let open_for = |alert: &Alert| {
            let waits = match alert.status {
                Status::Snoozed { .. } => {
                    format!(" It {}.", state::in_a_line(alert, &register, &directory, at))
                }
                _ => String::new(),
            };
            format!("{} Open for {}.{waits}", raised(alert), words::age(alert, at))
        };
        let late = |record: &&Record| {
            let report = record.events.first();
            let words = report.map_or_else(String::new, |report| {
                let judgement = &report.judgement;
                let (written, arrived) =
                    (london_date(judgement.corrected_at), london_date(judgement.received_at));
                format!("Recorded {}, arrived {}.", short_day(written), short_day(arrived))
            });
            let about: Vec<String> = place(record, &directory).into_iter().chain([words]).collect();
            Entry { title: title(record), href: routes::record(&record.id), words: about.join(". ") }
        };
        let silent: Vec<String> = found.silent_units().map(words::unit).collect();
        let silent: Vec<&str> = silent.iter().map(String::as_str).collect();
        Lists {
            summary: summary(&found),
            new: found.new.iter().map(|alert| entry(alert, raised(alert))).collect(),
            open: found.open.iter().map(|alert| entry(alert, open_for(alert))).collect(),
            settled: found
                .settled
                .iter()
                .map(|alert| {
                    let how = state::in_a_line(alert, &register, &directory, at);
                    entry(alert, format!("{} {}.", raised(alert), upper_first(how.trim_end_matches('.'))))
                })
                .collect(),
            late: found.late.iter().map(late).collect(),
            silent: (!silent.is_empty())
                .then(|| format!("No near miss for 28 days from {}. Ask why.", list(&silent))),
        }
    }
}

/// "2 new alerts, 1 still open, 3 settled."
fn summary(found: &Digest<'_>) -> String {
    if found.is_empty() {
        return "No alert was raised, open or settled in this week, and no report came late.".into();
    }
    let many = |number: usize, one: &str, more: &str| match number {
        0 => format!("no {more}"),
        some => count(some, one, more),
    };
    let words = format!(
        "{}, {} still open, {} settled. {} late.",
        many(found.new.len(), "new alert", "new alerts"),
        found.open.len(),
        found.settled.len(),
        upper_first(&many(found.late.len(), "report came", "reports came")),
    );
    upper_first(&words)
}

#[component]
fn Sheet(lists: Lists) -> impl IntoView {
    let Lists { summary, new, open, settled, late, silent } = lists;
    view! {
        <div class="alert-week">
            <p class="lede">{summary}</p>
            {silent
                .map(|words| {
                    view! {
                        <section class="stack">
                            <h2>"Silent units"</h2>
                            <p>{words}</p>
                        </section>
                    }
                })}
            <Section title="New" entries=new />
            <Section title="Still open" entries=open />
            <Section title="Settled" entries=settled />
            <Section title="Reports that came late" entries=late />
        </div>
    }
}

#[component]
fn Section(title: &'static str, entries: Vec<Entry>) -> impl IntoView {
    if entries.is_empty() {
        return Node::Nothing;
    }
    let number = entries.len();
    let items = entries
        .into_iter()
        .map(|entry| {
            let Entry { title, href, words } = entry;
            view! { <li><a href=href>{title}</a> <span class="muted small">{words}</span></li> }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{title} " " <span class="number muted">{number}</span></h2>
            <ul class="alert-week__list">{items}</ul>
        </section>
    }
}
