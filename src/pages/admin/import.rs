//! Imports a CSV file into a list: first every row is shown with what is wrong, then all are saved or none.

use super::{
    csv::{Row, Sheet, head, sheet},
    ideas,
    lists::ListSpec,
    proof::Proof,
    values::{change, entries},
};
use crate::{
    pages::record::form::Entry,
    routes,
    state::{EndedLink, Kind, RowProblem, read_file, use_app},
    text::{common::count, ideas as text},
    ui::{
        Button, Buttons, Cell, ErrorSummary, FieldError, FileField, Form, Notice, Page, StatusTag, Table,
        TextArea, Tone,
    },
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value};

const CODES: &str =
    "A code that is already on the list is changed. Nothing is imported until you have looked at every row.";

#[component]
pub fn ImportPage(list: &'static ListSpec) -> impl IntoView {
    let app = use_app();
    let site = untrack(|| app.site()).unwrap_or_default();
    let here = routes::admin(list.section);
    let entry = Entry::open(app, format!("admin/{}/import", list.section), site.clone(), None, Map::new());
    let refused = RwSignal::new(Vec::<RowProblem>::new());
    let is_ideas = list.kind == ideas::KIND;
    let at = site.clone();
    let rows = Memo::new(move |_| {
        let directory = app.directory.read();
        let mut sheet = sheet(list, &entry.code("rows"), &directory);
        if is_ideas {
            ideas::complete(&mut sheet.rows, &directory, &ideas::sites_of_new(app, &at));
        }
        sheet
    });
    let load = move |event| {
        spawn_local(async move {
            match read_file(event).await {
                Ok(text) => {
                    refused.try_set(Vec::new());
                    entry.set("rows", text.into());
                }
                Err(problem) => entry.errors.set(vec![FieldError::new("file", problem.sentence)]),
            }
        });
    };
    let navigate = use_navigate();
    let home = here.clone();
    let proof = Proof::new(false);
    let save = move |()| {
        let sheet = rows.get_untracked();
        if let Some(problem) = trouble(&sheet) {
            return entry.errors.set(vec![FieldError::new("rows", problem)]);
        }
        let secret = match proof.given() {
            Ok(secret) => secret,
            Err(missing) => return entry.errors.set(vec![missing]),
        };
        let known = entries(list, &app.directory.read_untracked(), &site);
        let changes: Vec<Value> = sheet
            .rows
            .iter()
            .map(|row| {
                let id = row.answers.get("id").and_then(Value::as_str);
                let before = known.iter().find(|entry| Some(entry.id.as_str()) == id);
                change(list, before, &with_what_stays(list, before, row, &site), &site)
            })
            .collect();
        let total = changes.len();
        entry.errors.set(Vec::new());
        entry.busy.set(true);
        let (navigate, home) = (navigate.clone(), home.clone());
        spawn_local(async move {
            let result = app.admin.change(changes, secret.as_deref()).await;
            if entry.busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(ended) => {
                    entry.forget();
                    let done = format!("{} imported.", count(total, "row", "rows"));
                    app.notices.show(Kind::Success, EndedLink::told_after(&done, &ended));
                    navigate(&home, Default::default());
                }
                Err(problem) => {
                    let asked = proof.asked_by(&problem.problem);
                    let found = || FieldError::new("rows", problem.problem.sentence);
                    entry.errors.set(vec![asked.unwrap_or_else(found)]);
                    refused.set(problem.rows);
                }
            }
        });
    };
    let words = move || {
        let total = rows.read().rows.len();
        format!("Import {}", count(total, "row", "rows"))
    };
    view! {
        <Page
            title=format!("Import a CSV file – {}", list.title)
            heading="Import a CSV file"
            caption=list.title
            back=here
            back_label=list.title
            has_error=entry.has_error()
            wide=true
        >
            <ErrorSummary errors=entry.errors />
            <p>"The first line names the columns:"</p>
            <p><code>{head(list)}</code></p>
            <p>{if is_ideas { text::CSV_WORDS } else { CODES }}</p>
            <Form on_submit=save>
                <FileField
                    id="file"
                    label="CSV file"
                    accept=".csv,text/csv,text/plain"
                    error=entry.error("file")
                    on_change=Callback::new(load)
                />
                <TextArea
                    id="rows"
                    label="Or paste the rows here"
                    hint="You can copy them from a spreadsheet"
                    rows=6
                    value=entry.text("rows")
                    error=entry.error("rows")
                />
                {move || (!rows.read().rows.is_empty()).then(|| view! { <Preview sheet=rows.get() refused /> })}
                {move || {
                    rows.read()
                        .problem
                        .clone()
                        .map(|words| view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> })
                }}
                {proof.field(entry)}
                <Buttons>
                    <Button busy=entry.busy>{words}</Button>
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
    let faulty = sheet.rows.iter().filter(|row| !row.problems.is_empty()).count();
    (faulty > 0).then(|| format!("Correct {} first", count(faulty, "row", "rows")))
}

/// A column that the file does not have keeps what the entry has.
fn with_what_stays(
    list: &ListSpec,
    before: Option<&super::values::Listed>,
    row: &Row,
    site: &str,
) -> Map<String, Value> {
    let mut answers = match before {
        Some(entry) => {
            crate::pages::record::form::read(list.fields, &super::values::in_boxes(list, entry, site)).0
        }
        None => Map::new(),
    };
    answers.extend(row.answers.clone());
    answers
}

#[component]
fn Preview(sheet: Sheet, refused: RwSignal<Vec<RowProblem>>) -> impl IntoView {
    let heads: Vec<String> =
        ["Row".to_owned()].into_iter().chain(sheet.heads.clone()).chain(["Problem".to_owned()]).collect();
    let columns = sheet.heads.clone();
    let rows = sheet
        .rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| {
            let cells = columns
                .iter()
                .zip(row.cells.iter())
                .map(|(head, cell)| (head.clone(), cell.clone()))
                .map(|(head, cell)| view! { <Cell head>{cell}</Cell> })
                .collect_view();
            let own = row.problems.join(" ");
            let from_server = move || {
                let refused = refused.read();
                let words = refused
                    .iter()
                    .filter(|problem| problem.row == index + 1)
                    .map(|problem| problem.sentence.as_str());
                words.collect::<Vec<_>>().join(" ")
            };
            let problem = move || {
                let words = [own.clone(), from_server()].join(" ");
                let words = words.trim().to_owned();
                match words.is_empty() {
                    true => view! { <StatusTag status="done" label="Ready" /> },
                    false => view! { <StatusTag status="overdue" label="Correct this" /> <p>{words}</p> },
                }
            };
            view! {
                <tr role="row">
                    <Cell head="Row" names_row=true>{row.number}</Cell>
                    {cells}
                    <Cell head="Problem">{problem}</Cell>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption="What will be imported" heads>{rows}</Table> }
}
