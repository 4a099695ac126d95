//! A record that this person may see, or the reason why there is nothing to show.

use super::way_back;
use crate::{
    routes,
    state::{App, use_app},
    ui::{EmptyState, LinkButton, Page},
};
use domain::{ids::RecordId, record::Record, sight::Viewer};
use markup::prelude::*;
use std::sync::Arc;

pub const NOT_HERE: &str = "It has not arrived on this device, or your role does not see it.";

/// The record, when it is known here and this person may see it. Tracked.
pub fn seen(app: App, id: &str) -> Option<Arc<Record>> {
    let record = app.register.read().shared_record(id)?;
    let me = app.me()?;
    let directory = app.directory.read();
    let viewer = Viewer { staff: &me.staff, directory: &directory, date: app.today() };
    viewer.sees(&record).then_some(record)
}

/// The page of a record as it stands when the page opens: what is typed stays when news arrives.
pub fn known(id: RecordId, page: impl Fn(Arc<Record>) -> Node + Send + 'static) -> Node {
    let app = use_app();
    let look = id.clone();
    let is_known = Memo::new(move |_| seen(app, &look).is_some());
    live(move || match is_known.get().then(|| untrack(|| seen(app, &id))).flatten() {
        Some(record) => {
            app.looked_at(&record);
            page(record)
        }
        None => view! { <Unknown /> },
    })
}

#[component]
fn Unknown() -> impl IntoView {
    let (back, label) = way_back(use_app());
    let go = if back == routes::INBOX { "Go to the inbox".to_owned() } else { format!("Go to {label}") };
    view! {
        <Page title="Record not here" heading="This record is not here" back=back back_label=label>
            <EmptyState title=NOT_HERE icon="file-text">
                <LinkButton href=back kind=crate::ui::Kind::Secondary>{go}</LinkButton>
            </EmptyState>
        </Page>
    }
}
