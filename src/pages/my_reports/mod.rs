//! What this person reported, what changed because of it, and what they can still say.

mod act;
mod answer;
mod detail;
mod list;
pub mod mine;
mod opened;
mod show;
mod story;

pub use list::last_words;
pub use opened::NameOpened;

use crate::{
    routes,
    state::use_app,
    text::capture::reports as text,
    ui::{EmptyState, Page, TwoPane},
};
use detail::Detail;
use leptos_router::hooks::use_params_map;
use list::List;
use markup::prelude::*;
use opened::NamesOpened;

/// The list; on a wide screen with room for a report beside it.
#[component]
pub fn MyReportsPage() -> impl IntoView {
    let app = use_app();
    let has_any = Memo::new(move |_| {
        let register = app.register.get();
        !mine::letters(app, &register).is_empty() || !mine::reports(app, &register).is_empty()
    });
    let choose = move || {
        has_any.get().then(|| {
            view! {
                <EmptyState title=text::CHOOSE icon="file-text">
                    <p>{text::CHOOSE_WORDS}</p>
                </EmptyState>
            }
        })
    };
    view! {
        <Page title=text::TITLE heading=text::TITLE wide=true>
            <NamesOpened app />
            <TwoPane has_detail=false list=move || view! { <List app open=String::new() /> }>
                {choose}
            </TwoPane>
        </Page>
    }
}

/// One report; built anew for another one.
#[component]
pub fn MyReportPage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let wanted = show::use_wanted();
    let back = Signal::derive(move || show::keeping(routes::REPORTS, wanted.get()));
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    live(move || {
        let open = id.get();
        let shown = open.clone();
        let list = move || {
            view! {
                <h2>{text::TITLE}</h2>
                <List app open=open.clone() />
            }
        };
        let title = Signal::derive(move || detail::window_title(app, &id.read()));
        view! {
            <Page title back back_label=text::TITLE wide=true>
                <TwoPane has_detail=true list>
                    <Detail app id=shown.clone() />
                </TwoPane>
            </Page>
        }
    })
}
