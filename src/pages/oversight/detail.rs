//! One oversight: the numbers, the audits, what is late, questions, and the signature.

use super::{
    Subject,
    numbers::{LateAction, Number, between, late_actions, numbers},
    pictures::Pictures,
    questions::Questions,
    roles_at,
    sign::Sign,
};
use crate::{
    pages::{
        audits::calendar::{Slot, slot},
        oversee::waiting::oversight,
    },
    routes,
    state::use_app,
    text::{
        audits as text, common,
        measures::counted_by,
        review::{people, record::title},
    },
    ui::{Cell, Details, Notice, Page, PrintButton, StatusTag, Table, Tone},
};
use domain::{
    audits::{Figures, Period},
    ids::RecordId,
    roles::Role,
    time::london_date,
};
use markup::prelude::*;

/// A list behind a number is drawn up to here.
const LISTED: usize = 100;

#[component]
pub fn Detail(subject: Subject) -> impl IntoView {
    let app = use_app();
    let words = text::oversight_title(subject.spec, subject.period);
    let site = app.site_name(&subject.site);
    let is_provider = roles_at(app, &subject.site).has(Role::Provider);
    let of = subject.clone();
    let stand = Memo::new(move |_| {
        oversight(&app.register.read(), &of.site, of.spec, of.period, app.now.get()).stand
    });
    let of = subject.clone();
    let figures = Memo::new(move |_| numbers(&app.register.read(), &of, app.today()).to_vec());
    let of = subject.clone();
    let late = Memo::new(move |_| late_actions(&app.register.read(), &of, app.today()));
    let of = subject.clone();
    let slots = Memo::new(move |_| {
        let (register, now) = (app.register.read(), app.now.get());
        inside(of.period, of.spec.audits)
            .map(|period| slot(&register, &of.site, of.spec, period, now))
            .filter(|slot| slot.stand != text::Stand::NotNeeded)
            .collect::<Vec<Slot>>()
    });
    let tag = move || {
        let stand = stand.get();
        let (status, label) = (stand.status(), stand.words().replace("To open", "To sign"));
        let detail = match stand {
            text::Stand::NotOver { over_on } => format!("Can be signed from {}", common::day(over_on)),
            other => other.detail(app.today()),
        };
        view! { <p class="cluster"><StatusTag status label /> <span class="muted">{detail}</span></p> }
    };
    let of = subject.clone();
    let when = move || between(&of, app.today());
    let signing = subject.clone();
    view! {
        <Page
            title=format!("{words} – {site}")
            heading=words
            caption=site
            back=routes::OVERSIGHT
            back_label=text::OVERSIGHT.to_owned()
            wide=true
        >
            {tag}
            <section class="stack">
                <h2>"Five numbers"</h2>
                <p class="muted">{move || format!("{} {}", when(), counted_by())}</p>
                <Figures figures />
            </section>
            <Pictures subject=subject.clone() />
            <AuditsInside slots />
            <LateActions late />
            <Questions subject=subject.clone() />
            {move || view! { <Sign subject=signing.clone() is_provider slots=slots.get() stand=stand.get() /> }}
            <p><PrintButton>"Print this page"</PrintButton></p>
        </Page>
    }
}

/// The audit periods inside an oversight period.
fn inside(oversight: Period, audits: domain::category::Cadence) -> impl Iterator<Item = Period> {
    let first = Period::of(audits, oversight.first());
    std::iter::successors(Some(first), |period| Some(period.next()))
        .take_while(move |period| oversight.has(period.first()))
}

#[component]
fn Figures(figures: Memo<Vec<Number>>) -> impl IntoView {
    let cards = move || -> Vec<Node> {
        figures.get().into_iter().map(|number| view! { <Figure number /> }).collect()
    };
    view! { <ul class="figures figures--five">{cards}</ul> }
}

#[component]
fn Figure(number: Number) -> impl IntoView {
    let Number { name, value, before, what, lists } = number;
    let lists: Vec<Node> = lists
        .into_iter()
        .filter(|list| !list.records.is_empty())
        .map(|list| {
            let summary = list.words();
            view! { <Details summary><Records records=list.records /></Details> }
        })
        .collect();
    view! {
        <li class="figure">
            <h3 class="figure__name">{name}</h3>
            <p class="figure__value number">{value}</p>
            <p class="small muted number">{format!("Before: {before}")}</p>
            <p class="figure__what small">{what}</p>
            {lists}
        </li>
    }
}

/// Links to records, the newest first.
#[component]
pub fn Records(records: Vec<RecordId>) -> impl IntoView {
    let app = use_app();
    let line = |id: &RecordId| {
        let words = untrack(|| {
            app.with_record(id, |record, _| {
                format!("{}, {}", title(record), common::day(record.facts.occurred_on()))
            })
        })?;
        Some(view! { <li><a href=routes::record(id)>{words}</a></li> })
    };
    let (first, rest) = records.split_at(records.len().min(LISTED));
    let first: Vec<Node> = first.iter().filter_map(line).collect();
    let rest = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", rest.len());
        let lines: Vec<Node> = rest.iter().filter_map(line).collect();
        view! { <Details summary><ul class="plain-list list-of-records">{lines}</ul></Details> }
    });
    view! {
        <ul class="plain-list list-of-records">{first}</ul>
        {rest}
    }
}

/// Audits of the period, those that are missing first to the eye.
#[component]
fn AuditsInside(slots: Memo<Vec<Slot>>) -> impl IntoView {
    let app = use_app();
    let warning = move || {
        let slots = slots.read();
        let open: Vec<String> =
            slots.iter().filter(|slot| slot.stand.waits()).map(|slot| text::period(slot.period)).collect();
        let late = slots.iter().any(|slot| slot.stand.is_late());
        (!open.is_empty()).then(|| {
            let tone = if late { Tone::Warning } else { Tone::Info };
            let words = format!("Not signed: {}.", text::names(&open));
            view! { <Notice tone title="Audits of this period are not signed"><p>{words}</p></Notice> }
        })
    };
    let rows = move || -> Vec<Node> {
        let register = app.register.read();
        let directory = app.directory.read();
        slots
            .get()
            .into_iter()
            .map(|slot| {
                let audit = slot.audit.as_ref().and_then(|id| register.audit_by_id(id));
                let signed = audit.and_then(|audit| audit.signed.clone());
                let dash = || "\u{2013}".to_owned();
                let number = |pick: fn(&Figures) -> u32| {
                    signed.as_ref().map_or_else(dash, |signed| pick(&signed.figures).to_string())
                };
                let near_misses = number(|figures| figures.near_misses);
                let closed = number(|figures| figures.closed);
                let findings = number(|figures| figures.findings);
                let note = signed.map_or_else(dash, |signed| {
                    let site = slot.audit.as_ref().and_then(|id| register.site_of_audit(id));
                    let site = site.map(|site| site.as_str()).unwrap_or_default();
                    let by = people::author(&signed.by, &directory, site);
                    let said = match signed.summary.is_empty() {
                        true => String::new(),
                        false => format!("\u{201c}{}\u{201d} ", signed.summary),
                    };
                    format!("{said}{by}, {}", common::day(london_date(signed.at)))
                });
                let (status, label) = (slot.stand.status(), slot.stand.words());
                let name = text::period(slot.period);
                let name = match &slot.audit {
                    Some(id) => view! { <a href=routes::audit(id)>{name}</a> },
                    None => name.into_node(),
                };
                view! {
                    <tr role="row">
                        <Cell head="Audit" names_row=true>{name}</Cell>
                        <Cell head="State"><StatusTag status label /></Cell>
                        <Cell head="Near misses" number=true>{near_misses}</Cell>
                        <Cell head="Finished" number=true>{closed}</Cell>
                        <Cell head="Findings" number=true>{findings}</Cell>
                        <Cell head="The manager's note">{note}</Cell>
                    </tr>
                }
            })
            .collect()
    };
    let heads =
        ["Audit", "State", "Near misses", "Finished", "Findings", "The manager's note"].map(str::to_owned);
    view! {
        <section class="stack">
            <h2>"Audits of this period"</h2>
            {warning}
            <Table caption="Audits of this period" hide_caption=true heads=heads.to_vec()>{rows}</Table>
            <p class="small muted">{text::FROZEN.replace("the audit was", "each audit was")}</p>
        </section>
    }
}

#[component]
fn LateActions(late: Memo<Vec<LateAction>>) -> impl IntoView {
    let lines = move || -> Vec<Node> {
        late.get()
            .into_iter()
            .map(|action| {
                let meta = format!("{}, was due {}", action.owner, common::day(action.due));
                view! {
                    <li>
                        <a href=routes::record(&action.record)>{action.text}</a>
                        " " <span class="muted small">{meta}</span>
                    </li>
                }
            })
            .collect()
    };
    let none = move || {
        late.read().is_empty().then(|| view! { <p class="muted">"No action of this kind is late now."</p> })
    };
    view! {
        <section class="stack">
            <h2>"Late actions, open now" " " <span class="number muted">{move || late.read().len()}</span></h2>
            {none}
            <ul class="plain-list list-of-records">{lines}</ul>
        </section>
    }
}
