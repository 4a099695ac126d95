//! Imports the numbers of months: every row is shown first with what is wrong, then all are saved.

use super::write;
use crate::{
    pages::measures::month_numbers_csv::{HEAD, Row, Sheet, sheet},
    routes,
    state::{Kind as Said, read_file, use_app},
    text::common::count,
    ui::{
        Button, Buttons, Cell, ErrorSummary, FieldError, FileField, Form, Notice, Page, StatusTag, Table,
        TextArea, Tone,
    },
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;

/// Rows that are drawn; rows with a fault come first.
const DRAWN: usize = 60;

#[component]
pub fn ImportNumbers() -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let busy = RwSignal::new(false);
    let rows = Memo::new(move |_| sheet(&text.read(), app.today()));
    let load = move |event| {
        spawn_local(async move {
            match read_file(event).await {
                Ok(read) => drop(text.try_set(read)),
                Err(problem) => drop(errors.try_set(vec![FieldError::new("file", problem.sentence)])),
            }
        });
    };
    let navigate = use_navigate();
    let save = move |()| {
        let sheet = rows.get_untracked();
        if let Some(words) = trouble(&sheet) {
            return errors.set(vec![FieldError::new("rows", words)]);
        }
        errors.set(Vec::new());
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let mut saved = 0;
            for row in &sheet.rows {
                let Ok(entry) = &row.read else { continue };
                if let Err(words) = write(app, entry.measure, &entry.month.to_string(), entry.value).await {
                    let told = format!(
                        "Row {} was not saved: {words} {} saved before it.",
                        row.number,
                        count(saved, "row was", "rows were")
                    );
                    errors.try_set(vec![FieldError::new("rows", told)]);
                    busy.try_set(false);
                    return;
                }
                saved += 1;
            }
            busy.try_set(false);
            app.notices.show(Said::Success, format!("{} imported.", count(saved, "number", "numbers")));
            navigate(routes::MEASURE_NUMBERS, Default::default());
        });
    };
    let error = move |id: &'static str| {
        Signal::derive(move || {
            errors.read().iter().find(|error| error.id == id).map(|error| error.message.clone())
        })
    };
    view! {
        <Page
            title="Import bed days, hours and doses"
            heading="Import bed days, hours and doses"
            back=routes::MEASURE_NUMBERS
            back_label="Bed days, hours and doses"
            has_error=Signal::derive(move || !errors.read().is_empty())
            wide=true
        >
            <ErrorSummary errors=errors />
            <p>"The first line names the columns:"</p>
            <p><code>{HEAD}</code></p>
            <p>"For example: 2026-10,occupied_bed_days,930. Nothing is saved until you have looked at every row."</p>
            <Form on_submit=save>
                <FileField id="file" label="CSV file" accept=".csv,text/csv,text/plain" error=error("file") on_change=Callback::new(load) />
                <TextArea
                    id="rows"
                    label="Or paste the rows here"
                    hint="You can copy them from a spreadsheet"
                    rows=6
                    value=text
                    error=error("rows")
                />
                {move || {
                    let problem = rows.read().problem.clone();
                    problem.map(|words| view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> })
                }}
                {move || (!rows.read().rows.is_empty()).then(|| view! { <Preview rows=rows.get().rows /> })}
                <Buttons>
                    <Button busy=busy>{move || format!("Import {}", count(rows.read().rows.len(), "row", "rows"))}</Button>
                </Buttons>
            </Form>
        </Page>
    }
}

/// Why nothing can be imported yet.
fn trouble(sheet: &Sheet) -> Option<String> {
    if let Some(problem) = &sheet.problem {
        return Some(problem.clone());
    }
    if sheet.rows.is_empty() {
        return Some("Choose a file, or paste the rows".into());
    }
    let faulty = sheet.rows.iter().filter(|row| row.read.is_err()).count();
    (faulty > 0).then(|| format!("Correct {} first", count(faulty, "row", "rows")))
}

#[component]
fn Preview(rows: Vec<Row>) -> impl IntoView {
    let (total, faulty) = (rows.len(), rows.iter().filter(|row| row.read.is_err()).count());
    let (bad, good): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.read.is_err());
    let drawn = bad.into_iter().chain(good).take(DRAWN);
    let drawn = drawn.map(|row| {
        let heads = ["Month", "Measure", "Value"];
        let cells = heads.into_iter().zip(row.cells).map(|(head, cell)| view! { <Cell head>{cell}</Cell> });
        let problem = match row.read {
            Ok(_) => view! { <StatusTag status="done" label="Ready" /> },
            Err(words) => view! { <StatusTag status="overdue" label="Correct this" /> <p>{words}</p> },
        };
        view! {
            <tr role="row">
                <Cell head="Row" names_row=true>{row.number}</Cell>
                {cells.collect_view()}
                <Cell head="Problem">{problem}</Cell>
            </tr>
        }
    });
    let heads = ["Row", "Month", "Measure", "Value", "Problem"].map(str::to_owned).to_vec();
    let more = (total > DRAWN).then(|| format!(" {DRAWN} are shown, those to correct first."));
    view! {
        <p role="status">{count(total, "row", "rows")} ", " {faulty} " to correct." {more}</p>
        <Table caption="What will be imported" heads>{drawn.collect_view()}</Table>
    }
}
