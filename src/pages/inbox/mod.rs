//! What waits for this person, and the record that is open beside it.

mod attention;
mod list;
mod row;
pub mod waiting;

use crate::{
    pages::{
        capture::ReadsOnly,
        record::{NOT_HERE, RecordView, seen, way_back},
    },
    routes,
    state::{App, use_app},
    text::{capture::outside, review::record::title},
    ui::{BackLink, EmptyState, Page, TwoPane, focus_again},
};
use domain::{
    ids::{RecordId, SiteId},
    roles::{Role, Roles},
    sight::Viewer,
};
use leptos::html;
use leptos_router::hooks::use_query_map;
use list::List;
use markup::prelude::*;
use waiting::{Waiting, waiting as all_waiting};

/// What waits for the person here. One count for the navigation, for Home and for the inbox itself.
#[derive(Clone, Copy)]
pub struct Inbox(Memo<Vec<Waiting>>);

impl Inbox {
    pub fn provide(app: App) {
        provide_context(Self(Memo::new(move |_| waiting_here(app))));
    }

    /// What this person owns.
    pub fn mine(self) -> usize {
        self.0.read().iter().filter(|line| line.mine).count()
    }
}

/// Call it at the top of a component.
pub fn use_inbox() -> Inbox {
    expect_context()
}

/// Everybody with a task beyond reporting.
pub fn has_inbox(roles: Roles) -> bool {
    roles.iter().any(|role| {
        !matches!(role, Role::Reporter | Role::Administrator | Role::Inspector | Role::Commissioner)
    })
}

/// `?record=` opens a record in the pane beside the list; `?all=1` also shows what others own.
#[component]
pub fn InboxPage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let open = Memo::new(move |_| query.read().get("record").map(RecordId::from));
    let all = Memo::new(move |_| query.read().get("all").is_some());
    let Inbox(lines) = use_inbox();
    let window = move || match open.get().and_then(|id| seen(app, &id)) {
        Some(record) => format!("{} – Inbox", title(&record)),
        None => "Inbox".to_owned(),
    };
    back_to_the_one_left(open);
    let only_reads = Memo::new(move |_| app.roles().only_reads() && open.read().is_none());
    live(move || match only_reads.get() {
        true => view! {
            <Page title="Inbox" heading="Inbox">
                <ReadsOnly title=outside::NOTHING_WAITS />
            </Page>
        },
        false => view! {
            <Page title=Signal::derive(window) wide=true>
                <TwoPane
                    has_detail=Signal::derive(move || open.read().is_some())
                    list=move || view! { <List lines open all /> }
                >
                    {move || match open.get() {
                        Some(id) => view! { <Detail id all /> },
                        None if lines.with(Vec::is_empty) => Node::Nothing,
                        None => {
                            view! { <EmptyState title="Choose one on the left to see it here." icon="file-text" /> }
                        }
                    }}
                </TwoPane>
            </Page>
        },
    })
}

/// A record that closes, as by the Back button of the browser, takes the focus with it: the card that led to it has it
/// again.
fn back_to_the_one_left(open: Memo<Option<RecordId>>) {
    Effect::new(move |before: Option<Option<RecordId>>| {
        let now = open.get();
        if let (Some(Some(left)), None) = (before, &now) {
            focus_again(format!(".inbox a[href*='record={left}']"));
        }
        now
    });
}

/// Everything that this person may do at the current site. Tracked.
fn waiting_here(app: App) -> Vec<Waiting> {
    app.site().map(|site| waiting_at(app, &site)).unwrap_or_default()
}

/// How much of it at a site is this person's. Tracked.
pub fn mine_at(app: App, site: &SiteId) -> usize {
    waiting_at(app, site).iter().filter(|line| line.mine).count()
}

fn waiting_at(app: App, site: &SiteId) -> Vec<Waiting> {
    let Some(me) = app.me() else { return Vec::new() };
    let register = app.register.read();
    let directory = app.directory.read();
    let viewer = Viewer { staff: &me.staff, directory: &directory, date: app.today() };
    all_waiting(&register, &viewer, site, app.now.get())
}

/// Where to go after one record is dealt with: the next one that waits, or the empty inbox.
pub fn after(app: App, done: &RecordId) -> String {
    let lines = untrack(|| waiting_here(app));
    waiting::next(&lines, done).map_or_else(|| routes::INBOX.to_owned(), |line| address(&line.record, false))
}

/// A record in the pane of the inbox.
pub fn address(record: &RecordId, all: bool) -> String {
    format!("{}?record={record}{}", routes::INBOX, if all { "&all=1" } else { "" })
}

fn inbox(all: bool) -> String {
    if all { format!("{}?all=1", routes::INBOX) } else { routes::INBOX.to_owned() }
}

#[component]
fn Detail(id: RecordId, all: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // A heading that cannot take focus leaves it where it was.
            drop(heading.focus());
        }
    });
    let (look, known) = (id.clone(), id.clone());
    let is_here = Memo::new(move |_| seen(app, &known).is_some());
    let words = move || {
        seen(app, &look).map_or_else(|| "This record is not here".to_owned(), |record| title(&record))
    };
    let back = move || match way_back(app) {
        (routes::INBOX, label) => (inbox(all.get()), label),
        (href, label) => (href.to_owned(), label),
    };
    view! {
        <div class="inbox-back">
            {move || {
                let (href, label) = back();
                view! { <BackLink href label=label.to_owned() /> }
            }}
        </div>
        <h1 class="page__heading" tabindex="-1" node_ref=heading>{words}</h1>
        {move || (!is_here.get()).then(|| view! { <p>{NOT_HERE}</p> })}
        <RecordView id />
    }
}
