//! What rates are divided by: bed days, care hours and doses of each month, typed or imported.

use super::{month_numbers_csv::value, query_here, query_of};
use crate::{
    pages::oversee::{
        NotYours,
        sections::{KEEPERS, MANAGERS},
    },
    routes,
    state::{App, Kind as Said, use_app},
    text::{
        common::{count, day, thousands},
        measures::{measure_of, near_misses_per, point},
        review::record::lower_first,
    },
    ui::{
        Button, Buttons, Cell, Details, ErrorSummary, FieldError, Form, Kind, LinkButton, Notice, Page,
        Select, Table, Tone,
    },
};
use domain::{
    audits::Period, category::Cadence, measures::index::Grain, roles::Role, time::london_date,
    vocabulary::DENOMINATOR,
};
use leptos::task::spawn_local;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use markup::prelude::*;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

mod far;
mod import;

/// Months that stand in the table.
const MONTHS: usize = 13;

/// May write the numbers. Source: model.md section 6.2.
fn may_enter(app: App) -> bool {
    app.roles().meets(MANAGERS.with(Role::Administrator))
}

#[component]
pub fn MonthNumbersPage() -> impl IntoView {
    let app = use_app();
    let query = query_here(|path| path == routes::MEASURE_NUMBERS);
    let allowed = Memo::new(move |_| app.roles().meets(KEEPERS));
    live(move || {
        if !allowed.get() {
            let words = "The Registered Manager, the deputy and the administrator look after these numbers.";
            return view! { <NotYours heading="Bed days, hours and doses" words /> };
        }
        let query = query.get();
        match query.get("import").is_some() && untrack(|| may_enter(app)) {
            true => view! { <import::ImportNumbers /> },
            false => view! { <Months measure=query.get("measure").unwrap_or_default() /> },
        }
    })
}

/// Every value of one month, the oldest first; the last one counts.
#[derive(Clone)]
struct MonthLine {
    month: Period,
    values: Vec<(f64, String)>,
}

fn months(app: App, measure: &str) -> Vec<MonthLine> {
    let Some(site) = app.site() else { return Vec::new() };
    let register = app.register.read();
    let directory = app.directory.read();
    let mut month = Period::of(Cadence::Monthly, app.today());
    let mut lines = Vec::new();
    for _ in 0..MONTHS {
        let known = register.denominators(&site, measure, month);
        let values = known.map(|known| {
            let who = known.by.staff().map(|staff| directory.staff_name(staff).to_owned());
            let by = who.map(|who| format!(" by {who}")).unwrap_or_default();
            (known.value, format!("{} on {}{by}", thousands(known.value), day(london_date(known.at))))
        });
        lines.push(MonthLine { month, values: values.collect() });
        month = Period::of(Cadence::Monthly, domain::time::take_days(month.first(), 1));
    }
    lines
}

/// The value that counts of each month that has one.
fn known_values(lines: &[MonthLine]) -> BTreeMap<String, f64> {
    lines.iter().filter_map(|line| Some((line.month.to_string(), line.values.last()?.0))).collect()
}

#[component]
fn Months(measure: String) -> impl IntoView {
    let app = use_app();
    let first = DENOMINATOR.codes.first().map_or("", |code| code.code);
    let measure = if DENOMINATOR.has(&measure) { measure } else { first.to_owned() };
    let site = untrack(|| app.site()).map(|site| untrack(|| app.site_name(&site))).unwrap_or_default();
    let enters = untrack(|| may_enter(app));
    let label = DENOMINATOR.label(&measure).to_owned();
    let typed = RwSignal::new(BTreeMap::<String, String>::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let busy = RwSignal::new(false);
    let doubted = RwSignal::new(Vec::<String>::new());
    let code = StoredValue::new(measure.clone());
    let save = move |()| {
        let read: Vec<(String, Result<f64, String>)> = typed
            .get_untracked()
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(month, text)| (month, value(&text)))
            .collect();
        let wrong = read.iter().filter_map(|(month, value)| Some((month, value.as_ref().err()?)));
        let mut wrong: Vec<FieldError> = wrong.map(|(month, words)| of_month(month, words)).collect();
        if read.is_empty() {
            wrong.push(FieldError::new(
                first_box(app),
                "New number: type the number of at least one month, for example 930",
            ));
        }
        errors.set(wrong);
        if !errors.read_untracked().is_empty() {
            return;
        }
        let entries: Vec<(String, f64)> =
            read.into_iter().filter_map(|(month, value)| Some((month, value.ok()?))).collect();
        // A number far from the others may be right: it is asked about once.
        let strange = far::warnings(&entries, &known_values(&untrack(|| months(app, &code.get_value()))));
        if !strange.is_empty() && doubted.get_untracked() != strange {
            return doubted.set(strange);
        }
        doubted.set(Vec::new());
        busy.set(true);
        spawn_local(async move {
            let mut saved = 0;
            for (month, value) in entries {
                match write(app, &code.get_value(), &month, value).await {
                    Ok(()) => {
                        saved += 1;
                        typed.try_update(|typed| typed.remove(&month));
                    }
                    Err(words) => {
                        errors.try_set(vec![of_month(&month, &words)]);
                        break;
                    }
                }
            }
            busy.try_set(false);
            if saved > 0 {
                app.notices.show(Said::Success, format!("{} saved.", count(saved, "number", "numbers")));
            }
        });
    };
    let table = move || {
        let measure = code.get_value();
        let lines = months(app, &measure);
        let heads = ["Month", "Counts now", "Earlier values"].iter().map(|head| (*head).to_owned());
        let heads = heads.chain(enters.then(|| "New number".to_owned())).collect::<Vec<_>>();
        let rows = lines.into_iter().map(|line| view! { <Row line enters typed errors /> }).collect_view();
        view! { <Table caption=format!("{}, month by month", DENOMINATOR.label(&measure)) heads>{rows}</Table> }
    };
    let import = format!("{}{}", routes::MEASURE_NUMBERS, query_of(&[("import", "1".to_owned())]));
    let buttons = enters.then(|| {
        view! {
            <Buttons>
                <Button busy=busy>"Save the numbers"</Button>
                <LinkButton href=import kind=Kind::Secondary icon="upload">"Import from CSV"</LinkButton>
            </Buttons>
        }
    });
    let words = measure_of(&measure);
    let lede = format!(
        "Rates are {} per 1,000 of these. Without the number of a month, that month has no rate.",
        near_misses_per(&measure)
    );
    let doubt = move || {
        let lines = doubted.get();
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
            view! {
                <Notice tone=Tone::Warning title="Is this right?" alert=true>
                    {lines}
                    <p>"If it is right, press \"Save the numbers\" again."</p>
                </Notice>
            }
        })
    };
    view! {
        <Page
            title="Bed days, hours and doses"
            heading="Bed days, hours and doses"
            caption=site
            back=routes::MEASURES
            back_label="Measures"
            has_error=Signal::derive(move || !errors.read().is_empty())
            wide=true
        >
            <ErrorSummary errors=errors />
            <p class="lede">{lede}</p>
            <ChooseMeasure measure />
            <Details summary=format!("What are {words}?")><p>{meaning(&label)}</p></Details>
            <div id="numbers" tabindex="-1">
                <Form on_submit=save>{table} {doubt} {buttons}</Form>
            </div>
        </Page>
    }
}

fn meaning(label: &str) -> &'static str {
    match label {
        "Occupied bed days" => {
            "Add up, for each day of the month, how many people lived here. 31 people on each of 30 days are 930."
        }
        "Care hours" => {
            "All hours of care that were given in the month, as your rota or your call logs have them."
        }
        _ => "All doses that were given in the month, as your MAR charts or your eMAR system count them.",
    }
}

#[component]
fn ChooseMeasure(measure: String) -> impl IntoView {
    let navigate = use_navigate();
    let first = DENOMINATOR.codes.first();
    let others = DENOMINATOR.codes.iter().skip(1).map(|code| crate::ui::Choice::new(code.code, code.label));
    let options: Vec<crate::ui::Choice> = others.collect();
    let chosen =
        Some(measure).filter(|code| first.is_none_or(|first| first.code != code)).unwrap_or_default();
    let value = crate::ui::Bound::new(
        move || chosen.clone(),
        move |code: String| {
            let keep = NavigateOptions { scroll: false, replace: true, ..NavigateOptions::default() };
            navigate(&format!("{}{}", routes::MEASURE_NUMBERS, query_of(&[("measure", code)])), keep);
        },
    );
    view! { <Select id="measure" label="Numbers of" options value empty=first.map_or("", |code| code.label) /> }
}

#[component]
fn Row(
    line: MonthLine,
    enters: bool,
    typed: RwSignal<BTreeMap<String, String>>,
    errors: RwSignal<Vec<FieldError>>,
) -> impl IntoView {
    let MonthLine { month, values } = line;
    let name = point(Grain::Month, month.first());
    let now = values.last().map_or("not known".to_owned(), |(value, _)| thousands(*value));
    let earlier: Vec<String> = values.iter().rev().skip(1).map(|(_, words)| words.clone()).collect();
    let earlier = if earlier.is_empty() { "none".to_owned() } else { earlier.join("; ") };
    let written = values
        .last()
        .map(|(_, words)| words.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned()));
    let about = format!("New number for {name}");
    let entry = enters.then(|| {
        let code = month.to_string();
        let id = box_id(&code);
        let (read, beside, invalid) = (code.clone(), id.clone(), id.clone());
        let error_id = format!("{id}-error");
        let fault = move |id: &str| errors.read().iter().find(|error| error.id == id).map(|error| error.message.clone());
        let described = error_id.clone();
        view! {
            <Cell head="New number">
                <input
                    class="text-field"
                    id=id.clone()
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    data-width="short"
                    aria-label=about
                    aria-describedby=move || fault(&beside).map(|_| described.clone())
                    aria-invalid=move || fault(&invalid).map(|_| "true")
                    prop:value=move || typed.read().get(&read).cloned().unwrap_or_default()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        typed.update(|typed| drop(typed.insert(code.clone(), text)));
                    }
                />
                {move || fault(&id).map(|words| view! { <span class="error-message" id=error_id.clone()>{words}</span> })}
            </Cell>
        }
    });
    view! {
        <tr role="row">
            <Cell head="Month" names_row=true>{name.clone()}</Cell>
            <Cell head="Counts now">
                {now}
                {written.map(|words| view! { <span class="muted">" " {words}</span> })}
            </Cell>
            <Cell head="Earlier values">{earlier}</Cell>
            {entry}
        </tr>
    }
}

/// "October 2026: The number must be above 0, for example 930." at the box of the month.
fn of_month(month: &str, words: &str) -> FieldError {
    let first = domain::time::parse_date(&format!("{month}-01"));
    let name = first.map_or_else(|| month.to_owned(), |first| point(Grain::Month, first));
    FieldError::new(box_id(month), format!("{name}: {}", lower_first(words)))
}

/// The box of this month, on top of the table.
fn first_box(app: App) -> String {
    box_id(&Period::of(Cadence::Monthly, untrack(|| app.today())).to_string())
}

fn box_id(month: &str) -> String {
    format!("month-{month}")
}

/// One number of one month.
/// # Errors  Why not, in words.
async fn write(app: App, measure: &str, month: &str, value: f64) -> Result<(), String> {
    let with: Map<String, Value> = [
        ("measure".to_owned(), measure.into()),
        ("month".to_owned(), month.into()),
        ("value".to_owned(), value.into()),
    ]
    .into_iter()
    .collect();
    app.write("record_denominator", None, with).await.map(drop).map_err(|problem| problem.sentence)
}
