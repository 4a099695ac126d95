//! `/admin/changes`: who changed which list, when, and what stood there before and after.

use super::changed;
use crate::{
    routes,
    state::{ListChange, Problem, use_app},
    text::common,
    ui::{EmptyState, Notice, Page, Timeline, TimelineItem, Tone},
};
use domain::directory::Directory;
use markup::prelude::*;

pub const SECTION: &str = "changes";
pub const TITLE: &str = "Changes of the lists";
pub const HINT: &str = "Who gave whom which role, and every other change of the lists.";
/// The service tells so many, the latest.
const LEDE: &str = "The latest 200 changes of people and their roles, sites, places and settings. Nobody can change or delete this history in the app.";

#[component]
pub fn ChangesPage() -> impl IntoView {
    let app = use_app();
    let changes = LocalResource::new(move || async move { app.admin.list_changes().await });
    view! {
        <Page title=TITLE heading=TITLE back=routes::ADMIN back_label="Manage">
            <p class="lede">{LEDE}</p>
            {move || shown(&app.directory.read(), changes.get())}
        </Page>
    }
}

fn shown(directory: &Directory, changes: Option<Result<Vec<ListChange>, Problem>>) -> Node {
    match changes {
        None => view! { <p class="muted">"Looking."</p> },
        Some(Err(problem)) => {
            let words = problem.sentence;
            view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }
        }
        Some(Ok(changes)) if changes.is_empty() => {
            view! { <EmptyState title="No list has been changed yet." icon="check" /> }
        }
        Some(Ok(changes)) => {
            let items = changes.iter().map(|change| item(directory, change)).collect_view();
            view! { <Timeline>{items}</Timeline> }
        }
    }
}

fn item(directory: &Directory, change: &ListChange) -> Node {
    let title = changed::title(directory, change);
    let by = format!("by {}", change.by_name);
    let lines =
        changed::lines(directory, change).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <TimelineItem title by when=common::moment(change.at) datetime=change.at.to_rfc3339() mark="decide">
            {lines}
        </TimelineItem>
    }
}
