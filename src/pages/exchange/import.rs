//! Past incidents read in: choose a file, look at what would happen, then all in one go.

use super::{
    IMPORT_TITLE,
    look::{Dry, Look},
    save::{CSV, save},
};
use crate::{
    routes,
    state::{App, read_bytes, use_app},
    text::common::count,
    ui::{
        Button, Buttons, Details, ErrorSummary, FieldError, FileField, Kind, LinkButton, Notice, Page, Panel,
        Tone,
    },
};
use exchange::{
    csv::{About, Form as CellForm, Table, to_text},
    import::{DryRun, Limits, Target, decode, read},
};
use leptos::{ev, task::spawn_local};
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Rows that are saved in one go; what waits to be sent must fit on a phone.
const MOST_AT_ONCE: usize = 5_000;
const TEMPLATE: &str =
    "date,time,category,type,kind,place,person code,what happened,harm,hands_on,how it ended\r\n";

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Choosing,
    Importing { total: usize },
    Done { total: usize },
}

#[component]
pub fn ImportForm() -> impl IntoView {
    let app = use_app();
    let dry = RwSignal::new(None::<Dry>);
    let stage = RwSignal::new(Stage::Choosing);
    let sealed = RwSignal::new(0_usize);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let reading = RwSignal::new(false);
    let load = move |event: ev::Event| {
        errors.set(Vec::new());
        dry.set(None);
        reading.set(true);
        spawn_local(async move {
            let looked = match read_bytes(event).await {
                Ok(bytes) => look_at(app, &bytes),
                Err(problem) => Err(problem.sentence),
            };
            if reading.try_set(false).is_some() {
                return;
            }
            match looked {
                Ok(run) => dry.set(Some(Dry(Arc::new(run)))),
                Err(sentence) => errors.set(vec![FieldError::new("file", sentence)]),
            }
        });
    };
    let import = move |()| {
        let Some(Dry(run)) = dry.get_untracked() else { return };
        let rows = match rows_of(&run) {
            Ok(rows) => rows,
            Err(sentence) => return errors.set(vec![FieldError::new("file", sentence)]),
        };
        let total = rows.len();
        errors.set(Vec::new());
        sealed.set(0);
        stage.set(Stage::Importing { total });
        spawn_local(async move {
            let progress = move |ready: usize| {
                if ready.is_multiple_of(25) || ready == total {
                    sealed.try_set(ready);
                }
            };
            let result = app.import_past(rows, progress).await;
            match result {
                Ok(total) => drop(stage.try_set(Stage::Done { total })),
                Err(problem) => {
                    stage.try_set(Stage::Choosing);
                    errors.try_set(vec![FieldError::new("file", problem.sentence)]);
                }
            }
        });
    };
    live(move || match stage.get() {
        Stage::Done { total } => view! { <Result total dry=dry.get_untracked() /> },
        Stage::Importing { total } => view! { <Progress total sealed /> },
        Stage::Choosing => {
            let has_error = Signal::derive(move || !errors.read().is_empty());
            let error = Signal::derive(move || errors.read().first().map(|error| error.message.clone()));
            let site = app.site().map(|site| app.site_name(&site)).unwrap_or_default();
            view! {
                <Page
                    title=IMPORT_TITLE
                    heading=IMPORT_TITLE
                    caption=site
                    back=routes::EXCHANGE
                    back_label="Data in and out"
                    has_error
                    wide=true
                >
                    <ErrorSummary errors />
                    <Explained />
                    <FileField
                        id="file"
                        label="Your list as a CSV file"
                        hint="Nothing is saved until you have looked at what would happen."
                        accept=".csv,.txt,text/csv,text/plain"
                        error
                        on_change=Callback::new(load)
                    />
                    <p role="status">{move || reading.get().then_some("Reading the file.")}</p>
                    {move || {
                        dry.get()
                            .map(|dry| {
                                view! { <Look dry on_import=Callback::new(import) most=MOST_AT_ONCE /> }
                            })
                    }}
                </Page>
            }
        }
    })
}

/// What the file would do, without doing it.
fn look_at(app: App, bytes: &[u8]) -> std::result::Result<DryRun, String> {
    let (text, _) = decode(bytes)?;
    untrack(|| {
        let site = app.site().ok_or("Choose a site first.")?;
        let register = app.register.get();
        let target = Target { register: &register, site: &site, now: app.instant() };
        read(&text, target, &Limits::default())
    })
}

/// The person has seen the rows with faults, which stay out.
fn rows_of(run: &DryRun) -> std::result::Result<Vec<Map<String, Value>>, String> {
    let ready = run.plan(true)?;
    if ready.len() > MOST_AT_ONCE {
        return Err(format!(
            "At most {MOST_AT_ONCE} rows can be read in at once. Split the file into several."
        ));
    }
    Ok(ready.iter().map(|ready| ready.with.clone()).collect())
}

#[component]
fn Explained() -> impl IntoView {
    let app = use_app();
    let template = move |()| save(app, "noticed-past-incidents.csv", CSV, TEMPLATE);
    view! {
        <p class="lede">
            "Bring in what happened before you used Noticed. Each row becomes a finished record that counts in your numbers."
        </p>
        <Details summary="How the list should look">
            <p>
                "The first row names the columns. A date and a category are needed; everything else may be left empty. What a "
                "row does not say stays unknown."
            </p>
            <ul>
                <li>"date: day before month, for example 26/06/2025. A time may stand beside it."</li>
                <li>"category: Medicines, Place or equipment, or Distress or behaviour."</li>
                <li>"type: as in Noticed, for example Wrong dose or amount."</li>
                <li>"kind: near miss, hazard, no harm or incident."</li>
                <li>"place and person code: as in your lists. Never a name."</li>
                <li>"what happened, harm (none, some, unsure), how it ended."</li>
                <li>"hands_on: yes or no, needed for behaviour."</li>
            </ul>
            <p>"A records.csv that was saved here can be read in as it is."</p>
            <Button kind=Kind::Secondary icon="download" on_press=template>"Save an empty list"</Button>
        </Details>
    }
}

#[component]
fn Progress(total: usize, sealed: RwSignal<usize>) -> impl IntoView {
    view! {
        <Page title="Reading in" heading="Reading in past incidents">
            <label class="exchange-progress">
                <span role="status">
                    {move || format!("{} of {} ready to be saved", sealed.get(), count(total, "row", "rows"))}
                </span>
                <progress max=total.to_string() value=move || sealed.get().to_string()></progress>
            </label>
            <p>"Keep this page open. They are saved all together, or not at all."</p>
        </Page>
    }
}

#[component]
fn Result(total: usize, dry: Option<Dry>) -> impl IntoView {
    let app = use_app();
    let left_out = dry.map_or(0, |Dry(run)| run.faults.len() - run.twins().count());
    let waiting = move || {
        let waiting = app.sync.waiting.get();
        match waiting {
            0 => "All of them are sent.".to_owned(),
            waiting => format!("{} waiting to be sent. You can go on working.", waiting),
        }
    };
    view! {
        <Page title="Past incidents are in">
            <Panel title=format!("{} read in", count(total, "past incident", "past incidents"))>
                <p>"They are saved on this device and count in your numbers from now on."</p>
            </Panel>
            <p role="status">{waiting}</p>
            {(left_out > 0)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warning title=format!("{} left out", count(left_out, "row was", "rows were"))>
                            <p>
                                "Mend them in your list and read it in again. Rows that are here already are not read in twice."
                            </p>
                        </Notice>
                    }
                })}
            <Buttons>
                <LinkButton href=routes::OVERSEE>"Go to learning and oversight"</LinkButton>
                <LinkButton href=routes::EXCHANGE kind=Kind::Secondary>"Data in and out"</LinkButton>
            </Buttons>
        </Page>
    }
}

/// The rows with faults as a list to work through.
pub(super) fn faults_text(run: &DryRun) -> String {
    let about = |name: &str, meaning: &str, form: CellForm| About {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        form,
    };
    let columns = vec![
        about("row", "Row of the file.", CellForm::Whole),
        about("column", "Column of the file.", CellForm::Text),
        about("what_to_do", "What is wrong and what to do.", CellForm::Text),
    ];
    let rows = run
        .faults
        .iter()
        .map(|fault| vec![fault.row.into(), fault.column.as_str().into(), fault.sentence.as_str().into()]);
    to_text(&Table { name: "rows-to-mend.csv", columns, rows: rows.collect() }, true)
}
