//! Checks a pack that somebody gave: `/evidence/check`. Nothing leaves this device.

use crate::{
    routes,
    state::{read_pack, use_app},
    text::{
        common::{count, day, grouped},
        evidence as text,
    },
    ui::{FileField, Notice, Page, SummaryList, SummaryRow, Tone},
};
use domain::time::parse_date;
use evidence::{Problem, Report, verify};
use leptos::task::spawn_local;
use markup::prelude::*;

#[derive(Clone)]
enum Check {
    Nothing,
    Working,
    Unread(String),
    Done(Result<Report, Vec<Problem>>),
}

#[component]
pub fn CheckPackPage() -> impl IntoView {
    let app = use_app();
    let check = RwSignal::new(Check::Nothing);
    let load = move |event| {
        check.set(Check::Working);
        spawn_local(async move {
            let found = match read_pack(event).await {
                Ok(bytes) => {
                    app.breathe().await;
                    Check::Done(verify(&bytes))
                }
                Err(problem) => Check::Unread(problem.sentence),
            };
            check.try_set(found);
        });
    };
    let error = Signal::derive(move || match &*check.read() {
        Check::Unread(words) => Some(words.clone()),
        _ => None,
    });
    view! {
        <Page title=text::CHECK heading=text::CHECK back=routes::EVIDENCE back_label=text::EVIDENCE>
            <p class="lede">{text::CHECK_LEDE}</p>
            <FileField
                id="pack"
                label=text::CHECK_FILE
                accept=".zip,application/zip"
                error
                on_change=Callback::new(load)
            />
            {move || match check.get() {
                Check::Nothing | Check::Unread(_) => Node::Nothing,
                Check::Working => view! { <p role="status">{text::CHECKING}</p> },
                Check::Done(Ok(report)) => view! { <Honest report /> },
                Check::Done(Err(problems)) => view! { <Doctored problems /> },
            }}
        </Page>
    }
}

#[component]
fn Honest(report: Report) -> impl IntoView {
    let made = domain::time::parse_instant(&report.made_at)
        .map_or_else(|| report.made_at.clone(), crate::text::common::moment);
    let hashes = format!(
        "{}. Worked out again here: {}. Links between them that were checked: {}.",
        text::entries(report.events, report.with_hash),
        grouped(report.hashed_again),
        grouped(report.links),
    );
    let names = if report.identified { "In it" } else { "Left out" };
    view! {
        <div class="stack">
            <Notice tone=Tone::Success title=text::HONEST alert=true>
                <p>{format!("All {} are as they were made.", count(report.files, "file", "files"))}</p>
            </Notice>
            <SummaryList>
                <SummaryRow key="Pack">{report.title}</SummaryRow>
                <SummaryRow key="Provider">{report.provider}</SummaryRow>
                <SummaryRow key="Sites">{report.sites.join(", ")}</SummaryRow>
                <SummaryRow key="Period">{format!("{} to {}", date(&report.from), date(&report.to))}</SummaryRow>
                <SummaryRow key="Made">{made}</SummaryRow>
                <SummaryRow key=text::NAMES>{names}</SummaryRow>
                <SummaryRow key="Log">{hashes}</SummaryRow>
                <SummaryRow key=text::FINGERPRINT>
                    <code class="fingerprint">{report.manifest_sha256}</code>
                    <p class="muted small">"Compare it with the one that the maker of the pack was shown."</p>
                </SummaryRow>
            </SummaryList>
        </div>
    }
}

#[component]
fn Doctored(problems: Vec<Problem>) -> impl IntoView {
    let lines = problems.iter().map(|problem| view! { <li>{problem.to_string()}</li> }).collect_view();
    view! {
        <Notice tone=Tone::Error title=text::DOCTORED alert=true>
            <ul>{lines}</ul>
            <p>"Do not rely on it. Ask whoever made it for a new one."</p>
        </Notice>
    }
}

/// "27 August 2026"; as it stands in the pack where it is no date.
fn date(written: &str) -> String {
    parse_date(written).map_or_else(|| written.to_owned(), day)
}
