//! What a list would do: how many rows are ready, what is wrong with the others, and the first of those that are ready.

use super::{
    import::faults_text,
    named::{LOOK_FIRST, MayName, Named},
    save::{CSV, save},
};
use crate::{
    state::{App, use_app},
    text::common::{count, moment},
    ui::{Button, Buttons, Cell, EmptyState, Kind, Notice, SummaryList, SummaryRow, Table, Tone},
};
use domain::{
    record::Facts,
    time::Instant,
    vocabulary::{CATEGORY, KIND},
};
use exchange::import::{DryRun, Ready, Reason};
use markup::prelude::*;
use std::sync::Arc;

/// A dry run that a signal can hold: equal where it is the same one.
#[derive(Clone)]
pub struct Dry {
    pub run: Arc<DryRun>,
    /// Rows that are ready and may name somebody.
    pub named: Arc<Named>,
}

impl PartialEq for Dry {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.run, &other.run)
    }
}

/// Rows of the preview, and reasons that are listed.
const SHOWN: usize = 10;
const REASONS: usize = 50;

#[component]
pub fn Look(dry: Dry, on_import: Callback<()>, most: usize) -> impl IntoView {
    let app = use_app();
    let Dry { run, named } = dry;
    let (ready, twins) = (run.ready.len(), run.twins().count());
    let faults = run.faults.len() - twins;
    let save_faults = (!run.faults.is_empty()).then(|| save_faults(app, run.clone()));
    let may_name = !named.rows.is_empty();
    let has_looked = RwSignal::new(Vec::<String>::new());
    let asked = RwSignal::new(None::<String>);
    let press = move |()| match may_name && has_looked.read_untracked().is_empty() {
        true => asked.set(Some(LOOK_FIRST.to_owned())),
        false => on_import.run(()),
    };
    let is_too_much = ready > most;
    let words = press_words(&run, most);
    let unused = not_read(&run).map(|(title, names)| {
        view! {
            <Notice tone=Tone::Warning title>
                <p class="break-anywhere">{names}</p>
                <p>
                    "What stands there is not kept. If it matters, give the column a name that we know, as the explanation above says, and choose the file again."
                </p>
            </Notice>
        }
    });
    let notes = run.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    let (categories, kinds) = (by_category(&run), by_kind(&run));
    let first: Vec<Ready> = run.ready.iter().take(SHOWN).cloned().collect();
    let now = untrack(|| app.instant());
    view! {
        <section class="stack" aria-label="What would happen">
            <h2>"What would happen"</h2>
            {unused}
            <SummaryList>
                <SummaryRow key="Ready to be read in">{count(ready, "row", "rows")}</SummaryRow>
                <SummaryRow key="Cannot be read in">{count(faults, "row", "rows")}</SummaryRow>
                <SummaryRow key="Here already, or twice in the list">{count(twins, "row", "rows")}</SummaryRow>
                <SummaryRow key="By category">{categories}</SummaryRow>
                <SummaryRow key="By kind">{kinds}</SummaryRow>
            </SummaryList>
            {(!run.notes.is_empty())
                .then(|| {
                    view! {
                        <Notice tone=Tone::Info title="How we understood your list">
                            <ul>{notes}</ul>
                        </Notice>
                    }
                })}
            {(!run.reasons.is_empty()).then(|| view! { <Reasons reasons=run.reasons.clone() /> })}
            {(ready > 0).then(|| view! { <Preview ready=first.clone() total=ready now /> })}
            {match (ready, is_too_much) {
                (0, _) => {
                    view! {
                        <EmptyState title="No row can be read in." icon="file-text">
                            <p>"Mend the list and choose the file again."</p>
                        </EmptyState>
                    }
                }
                (_, true) => {
                    view! {
                        <Notice tone=Tone::Info title="The list is long">
                            <p>{format!("{most} rows are read in at a time, so that what waits to be sent fits on this device. Read in the first {most} now. When they are sent, this page offers the next.")}</p>
                            <p>"Records that are read in can be opened again, but not removed as if they had never been."</p>
                        </Notice>
                    }
                }
                _ => {
                    view! {
                        <p>
                            "Look at the numbers above. Records that are read in can be opened again, but not removed as if they "
                            "had never been."
                        </p>
                    }
                }
            }}
            {may_name.then(|| view! { <MayName named has_looked asked /> })}
            <Buttons>
                {(ready > 0).then(|| view! { <Button icon="upload" on_press=press>{words}</Button> })}
                {save_faults}
            </Buttons>
        </section>
    }
}

/// The button that saves the rows with faults as a list to work through.
pub fn save_faults(app: App, run: Arc<DryRun>) -> Node {
    let press = move |()| save(app, "rows-to-mend.csv", CSV, &faults_text(&run));
    view! {
        <Button kind=Kind::Secondary icon="download" on_press=press>"Save the list of rows to mend"</Button>
    }
}

/// What the button does: every row that stays out is counted, also those that are here already.
fn press_words(run: &DryRun, most: usize) -> String {
    let ready = run.ready.len();
    let which = if ready > most { "the first " } else { "" };
    let now_in = count(ready.min(most), "row", "rows");
    match run.faults.len() {
        0 => format!("Read in {which}{now_in}"),
        out => format!("Read in {which}{now_in} and leave out {}", count(out, "row", "rows")),
    }
}

/// How many columns are not read, and their names; none where every column is.
fn not_read(run: &DryRun) -> Option<(String, String)> {
    match run.unused.len() {
        0 => None,
        1 => Some(("1 column is not read".to_owned(), run.unused.join(", "))),
        several => Some((format!("{several} columns are not read"), run.unused.join(", "))),
    }
}

fn by_category(run: &DryRun) -> String {
    let each = run.by_category.iter().map(|(code, number)| format!("{}: {number}", CATEGORY.label(code)));
    or_none(each.collect())
}

fn by_kind(run: &DryRun) -> String {
    or_none(run.by_kind.iter().map(|(code, number)| format!("{}: {number}", KIND.label(code))).collect())
}

fn or_none(lines: Vec<String>) -> String {
    if lines.is_empty() { "None".to_owned() } else { lines.join("; ") }
}

#[component]
fn Reasons(reasons: Vec<Reason>) -> impl IntoView {
    let more = reasons.len().saturating_sub(REASONS);
    let rows = reasons
        .into_iter()
        .take(REASONS)
        .map(|reason| {
            let named: Vec<String> = reason.rows.iter().map(u32::to_string).collect();
            let more = if reason.count > named.len() { " and more" } else { "" };
            let named = format!("{}{more}", named.join(", "));
            let column = if reason.column.is_empty() { "-".to_owned() } else { reason.column };
            view! {
                <tr role="row">
                    <Cell head="What to do" names_row=true>{reason.sentence}</Cell>
                    <Cell head="Rows" number=true>{reason.count}</Cell>
                    <Cell head="Column">{column}</Cell>
                    <Cell head="Which rows">{named}</Cell>
                </tr>
            }
        })
        .collect_view();
    let heads = ["What to do", "Rows", "Column", "Which rows"].map(str::to_owned).to_vec();
    view! {
        <Table caption="Rows that are not read in" heads>{rows}</Table>
        {(more > 0).then(|| view! { <p>{format!("And {more} other reasons. Save the list to see them all.")}</p> })}
    }
}

#[component]
fn Preview(ready: Vec<Ready>, total: usize, now: Instant) -> impl IntoView {
    let caption = match total > ready.len() {
        true => format!("The first {} rows that are ready", ready.len()),
        false => "Rows that are ready".to_owned(),
    };
    let rows = ready
        .into_iter()
        .map(|ready| {
            let facts = Facts::new(ready.with, now);
            let what = facts.spec().map_or_else(String::new, |spec| {
                format!("{}: {}", spec.name, spec.subtypes.label(facts.subtype().unwrap_or_default()))
            });
            let people: Vec<String> = facts.people().map(|person| person.to_string()).collect();
            view! {
                <tr role="row">
                    <Cell head="Row" names_row=true>{ready.row}</Cell>
                    <Cell head="When">{moment(facts.occurred_at())}</Cell>
                    <Cell head="What">{what}</Cell>
                    <Cell head="Kind">{KIND.label(ready.kind.code())}</Cell>
                    <Cell head="Who">{people.join(", ")}</Cell>
                </tr>
            }
        })
        .collect_view();
    let heads = ["Row", "When", "What", "Kind", "Who"].map(str::to_owned).to_vec();
    view! { <Table caption heads>{rows}</Table> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use exchange::import::{Fault, Same};

    fn run(ready: u32, twins: u32, wrong: u32) -> DryRun {
        let fault = |row, same_as| Fault { row, column: String::new(), sentence: "Why.".to_owned(), same_as };
        let ready = (0..ready).map(|row| Ready {
            row,
            kind: domain::record::Kind::NearMiss,
            with: serde_json::Map::new(),
        });
        let twins = (0..twins).map(|row| fault(row, Some(Same::Row(2))));
        let faults = twins.chain((0..wrong).map(|row| fault(row, None))).collect();
        DryRun { ready: ready.collect(), faults, ..DryRun::default() }
    }

    #[test]
    fn the_button_counts_every_row_that_is_left_out() {
        assert_eq!(press_words(&run(2, 0, 0), 10), "Read in 2 rows");
        assert_eq!(press_words(&run(2, 4, 0), 10), "Read in 2 rows and leave out 4 rows");
        assert_eq!(press_words(&run(12, 4, 1), 10), "Read in the first 10 rows and leave out 5 rows");
    }

    #[test]
    fn columns_that_are_not_read_are_counted_and_named() {
        let with = |names: &[&str]| DryRun {
            unused: names.iter().map(|name| (*name).to_owned()).collect(),
            ..DryRun::default()
        };
        assert_eq!(not_read(&with(&[])), None);
        assert_eq!(
            not_read(&with(&["shift"])),
            Some(("1 column is not read".to_owned(), "shift".to_owned()))
        );
        let two = not_read(&with(&["shift", "colour"])).expect("two");
        assert_eq!(two, ("2 columns are not read".to_owned(), "shift, colour".to_owned()));
    }
}
