//! `/admin/log`: is everything that was written still there, as it was written? A check, and checkpoints to keep.

use crate::{
    pages::record::seen,
    routes,
    state::{App, Checkpoint, Disposal, Doubt, Found, Kind as News, LogState, Problem, use_app},
    text::{
        common::{self, count},
        review::record,
    },
    ui::{Button, Buttons, Cell, EmptyState, Kind, Notice, Page, SummaryList, SummaryRow, Table, Tone},
};
use domain::time::{london_date, parse_date};
use leptos::task::spawn_local;
use markup::prelude::*;
use sync::digest;

pub const TITLE: &str = "The log";
pub const HINT: &str = "Is everything still there, as it was written?";

const LEDE: &str = "What people write about near misses, audits and alerts stands in one log, in order. What is in it cannot be changed or taken out without a trace.";
const NOT_HERE: &str = "Changes of the lists are not in it: people and their roles, sites, places, settings. They have a history of their own.";
const KEEP: &str = "A checkpoint says how long the log was on one day. The server signs one each day. Save one each month and keep it somewhere else: then nobody can cut off the end of the log and hide it. Keep the key of the checkpoints with it: it shows whether a checkpoint was signed by this server.";
/// In place of a device and its person that the reader does not look after.
const ELSEWHERE: &str = "A device of another site";
const BROKEN: &str =
    "Do not delete anything. Tell the person who runs the server, and keep the checkpoints that you saved.";

#[derive(Clone, PartialEq)]
enum Check {
    NotYet,
    Working,
    Done(Found),
    Failed(String),
}

#[component]
pub fn LogPage() -> impl IntoView {
    let app = use_app();
    let state = LocalResource::new(move || async move { app.admin.log().await });
    let check = RwSignal::new(Check::NotYet);
    let look = move |()| {
        check.set(Check::Working);
        spawn_local(async move {
            let found = match app.admin.check_log().await {
                Ok(found) => Check::Done(found),
                Err(problem) => Check::Failed(problem.sentence),
            };
            check.try_set(found);
        });
    };
    let sign = move |()| {
        spawn_local(async move {
            match app.admin.sign_log().await {
                Ok(checkpoint) => {
                    save(app, &checkpoint);
                    // What a check said names the checkpoint before.
                    check.set(Check::NotYet);
                    state.refetch();
                }
                Err(problem) => app.notices.show(News::Warning, problem.sentence),
            }
        });
    };
    view! {
        <Page title=TITLE heading=TITLE back=routes::ADMIN back_label="Manage" wide=true>
            <p class="lede">{LEDE}</p>
            <p>{NOT_HERE} " " <a href=routes::LIST_CHANGES>"See the changes of the lists"</a> "."</p>
            <Buttons>
                <Button icon="check" on_press=Callback::new(look)>"Check the log"</Button>
                <Button kind=Kind::Secondary icon="download" on_press=Callback::new(sign)>
                    "Save a checkpoint"
                </Button>
            </Buttons>
            {move || result(check.get())}
            {move || shown(app, state.get())}
        </Page>
    }
}

fn result(check: Check) -> Node {
    match check {
        Check::NotYet => Node::Nothing,
        Check::Working => view! { <p role="status">"Checking every entry. This can take a minute."</p> },
        Check::Done(Found { fine: true, words }) => {
            view! { <Notice tone=Tone::Success title="Nothing was changed" alert=true><p>{words}</p></Notice> }
        }
        Check::Done(Found { words, .. }) => {
            view! {
                <Notice tone=Tone::Error title="Something is wrong with the log" alert=true>
                    <p>{words}</p>
                    <p>{BROKEN}</p>
                </Notice>
            }
        }
        Check::Failed(words) => view! { <Notice tone=Tone::Warning alert=true><p>{words}</p></Notice> },
    }
}

fn shown(app: App, state: Option<Result<LogState, Problem>>) -> Node {
    let state = match state {
        None => return view! { <p class="muted">"Looking."</p> },
        Some(Err(problem)) => {
            let words = problem.sentence;
            return view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> };
        }
        Some(Ok(state)) => state,
    };
    let latest = state.checkpoints.first().map_or_else(
        || "None yet. The server signs the first one within an hour of the first entry.".to_owned(),
        |latest| common::moment(latest.made_at()),
    );
    let entries = entries(state.seq);
    view! {
        <SummaryList>
            <SummaryRow key="Length">{entries}</SummaryRow>
            <SummaryRow key="Latest checkpoint">{latest}</SummaryRow>
            <SummaryRow key="Fingerprint of the whole log">
                <code class="fingerprint">{state.chain}</code>
            </SummaryRow>
            <SummaryRow key="Key of the checkpoints">
                <code class="fingerprint">{state.key}</code>
            </SummaryRow>
        </SummaryList>
        <h2>"Checkpoints"</h2>
        <p>{KEEP}</p>
        {checkpoints(app, state.checkpoints)}
        <h2>"What devices say"</h2>
        {doubts(state.doubts)}
        <h2>"What was disposed of"</h2>
        {disposals(app, state.disposals)}
    }
}

fn entries(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "entry", "entries")
}

fn checkpoints(app: App, all: Vec<Checkpoint>) -> Node {
    if all.is_empty() {
        return view! {
            <EmptyState title="No checkpoints yet." icon="check">
                <p>"Each checkpoint that the server signs stands here, one for each day. To sign and save the first one now, press Save a checkpoint at the top of this page."</p>
            </EmptyState>
        };
    }
    let heads = ["Signed", "Entries", "Save"].map(str::to_owned).to_vec();
    let rows = all.into_iter().map(|checkpoint| {
        let (signed, entries) = (
            common::moment(checkpoint.made_at()),
            common::grouped(usize::try_from(checkpoint.seq).unwrap_or(usize::MAX)),
        );
        let of = format!(" the checkpoint of {signed}");
        view! {
            <tr role="row">
                <Cell head="Signed" names_row=true>{signed}</Cell>
                <Cell head="Entries">{entries}</Cell>
                <Cell head="Save">
                    <Button kind=Kind::Quiet on_press=Callback::new(move |()| save(app, &checkpoint))>
                        "Save" <span class="visually-hidden">{of}</span>
                    </Button>
                </Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption="Checkpoints" hide_caption=true heads>{rows}</Table> }
}

fn doubts(all: Vec<Doubt>) -> Node {
    if all.is_empty() {
        return view! { <p>"Every device has seen this very log."</p> };
    }
    let heads = ["Told", "Device", "What it saw", "Now"].map(str::to_owned).to_vec();
    let is_about_log = all.iter().any(|doubt| !is_of_kept(&doubt.doubt));
    let rows = all.into_iter().map(|doubt| {
        let told = common::moment(doubt.told_at);
        let device = match doubt.device.is_empty() {
            true => ELSEWHERE.to_owned(),
            false => format!("{}, {}", doubt.device_label.unwrap_or(doubt.device), doubt.name),
        };
        let saw = match doubt.doubt.as_str() {
            "shorter" => format!("The log had {} before. Then it was shorter.", entries(doubt.seq)),
            "past_epoch" => "An older copy of the server answered.".to_owned(),
            code if is_of_kept(code) => "Some entries that it had were gone from it.".to_owned(),
            _ => format!("The first {} are not the ones it saw before.", entries(doubt.seq)),
        };
        let now = match doubt.doubt.as_str() {
            digest::MISSED => "It asked for all entries again.",
            digest::STILL_MISSED => {
                "It has asked for all entries, and some are still missing. It tries again each day."
            }
            _ if doubt.agrees_now => "The log agrees with this device again.",
            _ => "The log differs.",
        };
        view! {
            <tr role="row">
                <Cell head="Told" names_row=true>{told}</Cell>
                <Cell head="Device">{device}</Cell>
                <Cell head="What it saw">{saw}</Cell>
                <Cell head="Now">{now}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        {is_about_log.then(|| view! { <Notice tone=Tone::Warning><p>{BROKEN}</p></Notice> })}
        <Table caption="What devices say" hide_caption=true heads>{rows}</Table>
    }
}

/// About what the device keeps, and not about the log.
fn is_of_kept(code: &str) -> bool {
    [digest::MISSED, digest::STILL_MISSED].contains(&code)
}

fn disposals(app: App, all: Vec<Disposal>) -> Node {
    if all.is_empty() {
        return view! {
            <p>"Nothing yet. A record keeps its words for 10 years after it ends, or for 20 years when it is serious."</p>
        };
    }
    let heads = ["When", "Record", "By", "Why"].map(str::to_owned).to_vec();
    let rows = all.into_iter().map(|disposal| {
        let when = common::moment(disposal.done_at);
        let why = why_gone(&disposal.rule);
        let record = gone_record(app, &disposal.record);
        view! {
            <tr role="row">
                <Cell head="When" names_row=true>{when}</Cell>
                <Cell head="Record">{record}</Cell>
                <Cell head="By">{disposal.done_by}</Cell>
                <Cell head="Why">{why}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption="What was disposed of" hide_caption=true heads>{rows}</Table> }
}

/// By its reference; with its kind, its day and a link where this device has it.
fn gone_record(app: App, id: &str) -> Node {
    let reference = record::reference(id);
    let known = untrack(|| seen(app, id));
    match known {
        None => format!("Record {reference}").into_node(),
        Some(known) => {
            let about = format!(
                ", {}, reported {}",
                record::title(&known),
                common::day(london_date(known.reported_at))
            );
            view! { <a href=routes::record(&known.id)>{format!("Record {reference}")}</a> {about} }
        }
    }
}

/// The rule of a disposal in words: a stable code, a colon, and what the service wrote down.
fn why_gone(rule: &str) -> String {
    let Some((code, rest)) = rule.split_once(": ") else { return rule.to_owned() };
    if code == "erasure" {
        return "A person asked to be forgotten".to_owned();
    }
    let parts = rest.trim_end_matches('.').split_once(", over on ");
    match parts.and_then(|(years, day)| Some((years, parse_date(day)?))) {
        Some((years, day)) => format!("Its time was over: kept for {years}, until {}", common::day(day)),
        None => format!("Its time was over: {rest}"),
    }
}

fn save(app: App, checkpoint: &Checkpoint) {
    if let Err(problem) = app.save_checkpoint(checkpoint) {
        app.notices.show(News::Warning, problem.sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_words_went_is_said_without_codes() {
        assert_eq!(why_gone("erasure: a person asked for it."), "A person asked to be forgotten");
        assert_eq!(
            why_gone("near_miss (2026-11): 10 years, over on 2026-10-26."),
            "Its time was over: kept for 10 years, until 26 October 2026"
        );
        assert_eq!(why_gone("of a newer service"), "of a newer service");
    }
}
