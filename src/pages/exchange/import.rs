//! Past incidents read in: choose a file, look at what would happen, then all in one go.

use super::{
    IMPORT_TITLE,
    look::{Dry, Look},
    named::Named,
    result::Result,
    save::{CSV, save},
};
use crate::{
    routes,
    state::{App, read_bytes, use_app},
    text::common::count,
    ui::{Button, Details, ErrorSummary, FieldError, FileField, Kind, Page},
};
use exchange::{
    csv::{About, Form as CellForm, Table, to_text},
    import::{DryRun, Limits, Reading, Target, decode},
};
use leptos::{ev, task::spawn_local};
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Rows that are saved in one go; what waits to be sent must fit on a phone.
pub(super) const MOST_AT_ONCE: usize = 5_000;
/// Rows that are looked at before the page is drawn again.
const PIECE: usize = 500;
const TEMPLATE: &str =
    "date,time,category,type,kind,place,person code,what happened,harm,hands_on,how it ended\r\n";

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Choosing,
    Importing {
        total: usize,
    },
    /// `left`: rows of a long list that wait for the next go.
    Done {
        total: usize,
        left: usize,
    },
}

#[component]
pub fn ImportForm() -> impl IntoView {
    let app = use_app();
    let dry = RwSignal::new(None::<Dry>);
    let stage = RwSignal::new(Stage::Choosing);
    let sealed = RwSignal::new(0_usize);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let reading = RwSignal::new(None::<(usize, usize)>);
    // Rows of the list that earlier goes read in.
    let taken = RwSignal::new(0_usize);
    let round = RwSignal::new(0_u32);
    let load = move |event: ev::Event| {
        errors.set(Vec::new());
        dry.set(None);
        taken.set(0);
        reading.set(Some((0, 0)));
        round.update(|round| *round += 1);
        let this = round.get_untracked();
        spawn_local(async move {
            // The page is open, and no other file was chosen meanwhile.
            let is_wanted = move || round.try_get_untracked() == Some(this);
            let told = move |done, total| is_wanted() && reading.try_set(Some((done, total))).is_none();
            let looked = match read_bytes(event).await {
                Ok(bytes) => look_at(app, &bytes, told).await,
                Err(problem) => Err(problem.sentence),
            };
            if !is_wanted() {
                return;
            }
            reading.set(None);
            match looked {
                Ok(looked) => dry.set(looked),
                Err(sentence) => errors.set(vec![FieldError::new("file", sentence)]),
            }
        });
    };
    let import = move |()| {
        let Some(Dry { run, .. }) = dry.get_untracked() else { return };
        let from = taken.get_untracked();
        let rows = match rows_of(&run, from) {
            Ok(rows) => rows,
            Err(sentence) => return errors.set(vec![FieldError::new("file", sentence)]),
        };
        let total = rows.len();
        let left = run.ready.len().saturating_sub(from + total);
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
                Ok(total) => {
                    taken.try_update(|taken| *taken += total);
                    stage.try_set(Stage::Done { total, left });
                }
                Err(problem) => {
                    stage.try_set(Stage::Choosing);
                    errors.try_set(vec![FieldError::new("file", problem.sentence)]);
                }
            }
        });
    };
    live(move || match stage.get() {
        Stage::Done { total, left } => {
            view! { <Result total left dry=dry.get_untracked() on_next=Callback::new(import) /> }
        }
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
                    <p role="status">{move || reading.read().is_some().then_some("Reading the file.")}</p>
                    {move || {
                        let (done, total) = reading.get().filter(|(_, total)| *total > 0)?;
                        Some(view! { <Bar words=format!("{done} of {} looked at", count(total, "row", "rows")) done total /> })
                    }}
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

/// What the file would do, without doing it. `told` hears how many rows of how many are looked at, and says if the
/// file is still wanted; none where it is not.
async fn look_at(
    app: App,
    bytes: &[u8],
    told: impl Fn(usize, usize) -> bool,
) -> std::result::Result<Option<Dry>, String> {
    app.breathe().await;
    let (text, _) = decode(bytes)?;
    let (site, register, now) = untrack(|| (app.site(), app.register.get(), app.instant()));
    let site = site.ok_or("Choose a site first.")?;
    let target = Target { register: &register, site: &site, now };
    let mut reading = Reading::begin(&text, target, &Limits::default())?;
    while !reading.is_over() {
        reading.step(PIECE);
        if !told(reading.done(), reading.total()) {
            return Ok(None);
        }
        app.breathe().await;
    }
    let run = reading.finish();
    let mut named = Named::default();
    for ready in run.ready.chunks(PIECE) {
        named.add(ready);
        if !told(run.ready.len(), run.ready.len()) {
            return Ok(None);
        }
        app.breathe().await;
    }
    Ok(Some(Dry { run: Arc::new(run), named: Arc::new(named) }))
}

/// Rows of one go, after those that were read in before. The person has seen the rows with faults, which stay out.
fn rows_of(run: &DryRun, from: usize) -> std::result::Result<Vec<Map<String, Value>>, String> {
    let ready = run.plan(true)?;
    Ok(ready.iter().skip(from).take(MOST_AT_ONCE).map(|ready| ready.with.clone()).collect())
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
            <ul class="steps">
                <li><strong>"date"</strong>": day before month, for example 26/06/2025. A time may stand beside it."</li>
                <li><strong>"category"</strong>": Medicines, Place or equipment, or Distress or behaviour."</li>
                <li><strong>"type"</strong>": as in Noticed, for example Wrong dose or amount."</li>
                <li><strong>"kind"</strong>": near miss, hazard, no harm or incident."</li>
                <li><strong>"place"</strong>" and "<strong>"person code"</strong>": as in your lists. Never a name."</li>
                <li>
                    <strong>"what happened"</strong>", "<strong>"harm"</strong>" (none, some, unsure), "
                    <strong>"how it ended"</strong>"."
                </li>
                <li><strong>"hands_on"</strong>": yes or no, needed for behaviour."</li>
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
            {move || {
                let done = sealed.get();
                view! { <Bar words=format!("{done} of {} ready to be saved", count(total, "row", "rows")) done total /> }
            }}
            <p>"Keep this page open. They are saved all together, or not at all."</p>
        </Page>
    }
}

/// How far long work is, in words and as a bar.
#[component]
fn Bar(words: String, done: usize, total: usize) -> impl IntoView {
    view! {
        <label class="exchange-progress">
            <span>{words}</span>
            <progress max=total.to_string() value=done.to_string()></progress>
        </label>
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

#[cfg(test)]
mod tests {
    use super::*;
    use exchange::import::Ready;

    #[test]
    fn a_long_list_is_read_in_part_after_part_and_no_row_twice() {
        let ready = |row: u32| Ready {
            row,
            kind: domain::record::Kind::NearMiss,
            with: Map::from_iter([("source_row".to_owned(), row.into())]),
        };
        let run = DryRun { ready: (2..12_002).map(ready).collect(), ..DryRun::default() };
        let (mut taken, mut all) = (0, Vec::new());
        while taken < run.ready.len() {
            let part = rows_of(&run, taken).expect("rows");
            assert!(part.len() <= MOST_AT_ONCE && !part.is_empty());
            taken += part.len();
            all.extend(part.iter().filter_map(|with| with.get("source_row")?.as_u64()));
        }
        assert_eq!(all, (2..12_002).collect::<Vec<u64>>());
    }
}
