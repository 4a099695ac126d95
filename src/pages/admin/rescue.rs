//! Hands in a rescue file: `/admin/rescue`. The service says what became of each entry in it.

use crate::{
    routes,
    state::{RescueReport, use_app},
    text::rescue as text,
    ui::{FileField, Notice, Page, SummaryList, SummaryRow, Tone},
};
use leptos::task::spawn_local;
use markup::prelude::*;

#[derive(Clone)]
enum Stage {
    Nothing,
    Working,
    Failed(String),
    Done(RescueReport),
}

#[component]
pub fn RescuePage() -> impl IntoView {
    let app = use_app();
    let stage = RwSignal::new(Stage::Nothing);
    let hand_in = move |event| {
        stage.set(Stage::Working);
        spawn_local(async move {
            let done = match app.admin.hand_in_rescue(event).await {
                Ok(report) => Stage::Done(report),
                Err(problem) => Stage::Failed(problem.sentence),
            };
            stage.try_set(done);
        });
    };
    let error = Signal::derive(move || match &*stage.read() {
        Stage::Failed(words) => Some(words.clone()),
        _ => None,
    });
    view! {
        <Page title=text::TITLE heading=text::TITLE caption=text::MANAGE back=routes::ADMIN back_label=text::MANAGE>
            <p class="lede">{text::LEDE}</p>
            <FileField
                id="rescue"
                label=text::FILE
                accept=".nmrescue"
                error
                on_change=Callback::new(hand_in)
            />
            {move || match stage.get() {
                Stage::Nothing | Stage::Failed(_) => Node::Nothing,
                Stage::Working => view! { <p role="status">{text::WORKING}</p> },
                Stage::Done(report) => view! { <Done report /> },
            }}
        </Page>
    }
}

#[component]
fn Done(report: RescueReport) -> impl IntoView {
    let lines: Vec<_> = lines(&report).into_iter().filter(|(_, number, _)| *number > 0).collect();
    let left = [report.set_aside, report.not_taken, report.letters_refused, report.photos_refused];
    let all_here = left.iter().sum::<usize>() + report.unreadable == 0;
    let (tone, title) = match (lines.is_empty(), all_here) {
        (true, _) => (Tone::Info, text::EMPTY),
        (_, true) => (Tone::Success, text::ALL_HERE),
        (_, false) => (Tone::Warning, text::NOT_ALL),
    };
    let rows = lines
        .into_iter()
        .map(|(key, number, words)| {
            view! {
                <SummaryRow key>
                    <strong>{number.to_string()}</strong>
                    <p class="muted small">{words}</p>
                </SummaryRow>
            }
        })
        .collect_view();
    view! {
        <div class="stack">
            <Notice tone title alert=true>
                <p>{text::TELL}</p>
            </Notice>
            <SummaryList>{rows}</SummaryList>
        </div>
    }
}

/// Name, number, and what it means.
fn lines(report: &RescueReport) -> [(&'static str, usize, &'static str); 11] {
    [
        ("Taken in", report.accepted, "They are in Noticed now."),
        ("Here already", report.here_before, "Nothing was changed."),
        ("Waiting", report.held, "They are kept until an earlier entry of the same phone arrives."),
        ("Kept aside", report.set_aside, "They are kept. The Registered Manager sees them with the reason."),
        ("Without a name", report.letters, "They are in Noticed now."),
        ("Without a name, not accepted", report.letters_refused, "They stay on the phone."),
        ("Photos", report.photos, "They are in Noticed now, with the small picture of each."),
        (
            "Photos, not taken",
            report.photos_refused,
            "No entry in the file names them. They stay on the phone.",
        ),
        (
            "Not taken",
            report.not_taken,
            "Too much came from devices that nobody knows here. Try again in an hour.",
        ),
        ("Not finished", report.drafts, "Only their author can finish them, on the phone."),
        ("Unreadable", report.unreadable, "They stay on the phone. Keep it, and ask for help."),
    ]
}
