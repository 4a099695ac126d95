//! The files, each with what is in it and a button that saves it.

use super::{
    chosen::Chosen,
    save::{CSV, file_name, register, save},
};
use crate::{
    routes,
    state::{App, use_app},
    ui::{Button, Card, Cell, Kind, Table},
};
use domain::sight::Viewer;
use exchange::{Pack, Selection, csv, fhir, ical, lfpse};
use markup::prelude::*;

/// Name and what is in it, in the order in which they are of use.
const TABLES: [(&str, &str); 9] = [
    ("records.csv", "One row for each record, with all its steps."),
    ("actions.csv", "One row for each action: when it was due, and when it was done."),
    ("decisions.csv", "One row for each decision and body that might have to be told."),
    ("alerts.csv", "Patterns that were noticed, and what became of them."),
    ("audits.csv", "Audits and oversight: due, open and signed, with their figures."),
    ("audit_answers.csv", "Each answer of each audit."),
    ("measures.csv", "Counts, rates and times by month."),
    ("dictionary.csv", "What each column means."),
    ("codes.csv", "Every code with its words."),
];

#[component]
pub fn TableFiles(chosen: Chosen) -> impl IntoView {
    let app = use_app();
    let rows = TABLES
        .into_iter()
        .map(|(name, words)| {
            let press = move |()| save_table(app, chosen, name);
            view! {
                <tr role="row">
                    <Cell head="File" names_row=true>{name}</Cell>
                    <Cell head="What is in it">{words}</Cell>
                    <Cell head="Save">
                        <Button kind=Kind::Secondary icon="download" on_press=press>
                            "Save" <span class="visually-hidden">{format!(" {name}")}</span>
                        </Button>
                    </Cell>
                </tr>
            }
        })
        .collect_view();
    let heads = ["File", "What is in it", "Save"].map(str::to_owned).to_vec();
    view! {
        <section class="stack">
            <h2>"For a spreadsheet"</h2>
            <p>"CSV files that any spreadsheet opens. Each code has its words beside it. Times are London time."</p>
            <div class="exchange-files">
                <Table caption="Files for a spreadsheet" heads hide_caption=true>{rows}</Table>
            </div>
        </section>
    }
}

fn save_table(app: App, chosen: Chosen, name: &str) {
    let Some(selection) = chosen.asked() else { return };
    let Some(table) = csv::table(&register(app), &selection, name) else { return };
    let what = name.trim_end_matches(".csv");
    took_along(app, &selection);
    save(app, &file_name(&selection, what, "csv"), CSV, &csv::to_text(&table, true));
}

/// Without people a file has no words either.
fn took_along(app: App, selection: &Selection) {
    if selection.identified {
        app.took_along(Pack::new(&register(app), selection).records());
    }
}

#[component]
pub fn OtherFiles(chosen: Chosen) -> impl IntoView {
    let app = use_app();
    let save_lfpse = move |()| {
        let Some(selection) = chosen.asked() else { return };
        let taxonomy = lfpse::built_in();
        let sheets = lfpse::sheets(&register(app), &selection, taxonomy);
        let table = csv::with_why(lfpse::table(&sheets, taxonomy), selection.why());
        let text = csv::to_text(&table, true);
        took_along(app, &selection);
        save(app, &file_name(&selection, "lfpse", "csv"), CSV, &text);
    };
    let save_fhir = move |()| {
        let Some(selection) = chosen.asked() else { return };
        let text = fhir::to_text(&fhir::bundle(&register(app), &selection));
        took_along(app, &selection);
        save(app, &file_name(&selection, "fhir", "json"), "application/fhir+json", &text);
    };
    let save_calendar = move |()| save_calendar(app);
    let taxonomy = lfpse::built_in();
    view! {
        <section class="stack">
            <h2>"For other systems"</h2>
            <ul class="cards">
                <li>
                    <Card title="LFPSE sheet" icon="clipboard-list">
                        <p>
                            "The questions of Learn from patient safety events in their order, with your answers and their "
                            "codes. Copy it into their web form. What we do not know says so."
                        </p>
                        <p class="small muted">{format!("{}. {}", taxonomy.source, taxonomy.note)}</p>
                        <Button kind=Kind::Secondary icon="download" on_press=save_lfpse>"Save the LFPSE sheet"</Button>
                    </Card>
                </li>
                <li>
                    <Card title="FHIR R4 bundle" icon="package">
                        <p>
                            "For systems of health and care: adverse events with their risk, steps, actions and alerts. "
                            "Records that were taken back are left out."
                        </p>
                        <Button kind=Kind::Secondary icon="download" on_press=save_fhir>"Save the FHIR bundle"</Button>
                    </Card>
                </li>
                <li>
                    <Card title="Calendar of what is due" icon="calendar">
                        <p>
                            "Audits, oversight, steps and actions that are due for you at this site, now and next. It names "
                            "nobody. The file does not change by itself; "
                            <a href=routes::CALENDAR>"a calendar that keeps itself up to date"</a> " does."
                        </p>
                        <Button kind=Kind::Secondary icon="download" on_press=save_calendar>"Save the calendar"</Button>
                    </Card>
                </li>
            </ul>
        </section>
    }
}

fn save_calendar(app: App) {
    untrack(|| {
        let (Some(me), Some(site)) = (app.me(), app.site()) else { return };
        let register = app.register.get();
        let directory = app.directory.get();
        let viewer = Viewer { staff: &me.staff, directory: &directory, date: app.today() };
        let name = format!("Noticed: {}", app.site_name(&site));
        let text = ical::calendar(&register, std::slice::from_ref(&site), &viewer, app.instant(), &name);
        save(app, &format!("noticed-{site}-due.ics"), "text/calendar;charset=utf-8", &text);
    });
}
