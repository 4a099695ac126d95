//! Saved, thank you: where it is now, and what happens next.

use crate::{
    pages::{
        capture::{Go, Trouble, use_go},
        drafts::details::{finish, needs_details},
        my_reports::mine::shows_letters,
        settings::install::InstallOnce,
    },
    routes,
    state::{App, Problem, use_app},
    text::{capture as text, review::record as words},
    ui::{Button, Buttons, EmptyState, Kind, LinkButton, Page, Panel},
};
use domain::{ids::RecordId, record::Record, register::Register};
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use markup::prelude::*;

#[component]
pub fn SavedPage() -> impl IntoView {
    let app = use_app();
    let go = use_go();
    let params = use_params_map();
    let query = use_query_map();
    live(move || {
        let record = RecordId::from(params.read().get("record").unwrap_or_default());
        let repeats = query.read().get("repeats");
        view! { <Saved app go record repeats /> }
    })
}

/// What the page needs to know of the record, if it is known here.
#[derive(Clone, Default, PartialEq)]
struct Known {
    next: String,
    is_urgent: bool,
    needs_details: bool,
    category: String,
}

#[component]
fn Saved(app: App, go: Go, record: RecordId, repeats: Option<String>) -> impl IntoView {
    let id = StoredValue::new(record.clone());
    let is_here = untrack(|| app.is_saved(&record) || !app.is_sent(&record));
    if !is_here {
        return view! { <NotHere /> };
    }
    let is_letter = untrack(|| app.letters.holds(&record));
    let seen = |record: &Record, register: &Register| look(record, register, app);
    let in_register = untrack(|| app.with_record(&record, seen));
    let may_add = in_register.is_some();
    let known = in_register.or_else(|| app.with_own_report(&record, seen));
    let Known { next, is_urgent, needs_details, category } = known.unwrap_or_default();
    let needs_details = needs_details && may_add;
    let sent = move || app.is_sent(&id.read_value());
    // What was promised when it was saved may not hold once the service has answered.
    let apart = Memo::new(move |_| sent() && app.is_kept_apart(&id.read_value()));
    let where_it_is = move || match sent().then(|| app.sent_at(&id.read_value())) {
        None => text::KEPT_HERE.to_owned(),
        Some(_) if apart.get() => text::KEPT_APART.to_owned(),
        Some(Some(at)) => text::sent_at(at),
        Some(None) => text::SENT.to_owned(),
    };
    let photos = move || {
        let waiting = app.photos.waiting();
        let number = waiting.iter().filter(|note| note.record == id.get_value()).count();
        (number > 0).then(|| view! { <p>{text::photos::after_saving(number)}</p> })
    };
    let at_once = move || if sent() { text::AT_ONCE } else { text::AT_ONCE_WHEN_SENT };
    let problem = RwSignal::new(None::<Problem>);
    let add_details = move |()| {
        spawn_local(async move {
            match finish(app, &id.get_value()).await {
                Ok(href) => go.to(&href),
                Err(found) => drop(problem.try_set(Some(found))),
            }
        });
    };
    let another = if category.is_empty() { routes::HOME.to_owned() } else { routes::capture(&category) };
    let title = if needs_details { text::SAVED_QUICK } else { text::SAVED };
    let see = match is_letter {
        false if untrack(|| app.me()).is_none() => text::SEE_AFTER_SIGN_IN,
        false => text::SEE_MY_REPORTS,
        true if untrack(|| shows_letters(app)) => text::SEE_ON_THIS_PHONE,
        true => text::NOT_SEEN_AGAIN,
    };
    let promised = live(move || {
        (!apart.get()).then(|| {
            let next = next.clone();
            view! {
                <h2>{text::NEXT}</h2>
                {is_urgent.then(|| view! { <p>{at_once}</p> })}
                {(!next.is_empty()).then(|| view! { <p>{next}</p> })}
                <p>{if needs_details { text::DETAILS_LATER } else { see }}</p>
            }
        })
    });
    let details_now = live(move || {
        (needs_details && !apart.get())
            .then(|| view! { <Button on_press=add_details>{text::ADD_DETAILS}</Button> })
    });
    let is_mine = untrack(|| if is_letter { shows_letters(app) } else { app.me().is_some() });
    let mine = is_mine.then(|| {
        view! { <p><a class="lone" href=routes::report(&record)>{text::SEE_REPORT}</a></p> }
    });
    let first = repeats.map(|first| {
        let href = format!("{}/{first}?as={}", routes::APART, words::reference(&record));
        view! {
            <section class="stack">
                <p>{text::FIRST_STANDS}</p>
                <p><LinkButton href kind=Kind::Secondary>{text::MARK_FIRST}</LinkButton></p>
            </section>
        }
    });
    view! {
        <Page title=title>
            <Panel title=title>
                <p role="status">{where_it_is}</p>
                {photos}
            </Panel>
            <Trouble problem />
            {first}
            <section class="stack">
                {promised}
                {mine}
            </section>
            {untrack(|| app.me().is_some()).then(|| view! { <InstallOnce app /> })}
            <Buttons>
                {details_now}
                <LinkButton href=routes::HOME kind=if needs_details { Kind::Secondary } else { Kind::Primary }>
                    {text::GO_HOME}
                </LinkButton>
                <LinkButton href=another kind=Kind::Secondary>
                    {text::RECORD_ANOTHER}
                </LinkButton>
            </Buttons>
            <p class="muted small">{text::reference(&words::reference(&record))}</p>
        </Page>
    }
}

fn look(record: &Record, register: &Register, app: App) -> Known {
    let settings = register.directory().settings(&record.site);
    let now = app.instant();
    let reviewed = |spec: &domain::category::CategorySpec| {
        text::reviewed_by(spec.pathway.reviewer, &settings, record.clock_start, now)
    };
    Known {
        next: record.spec().map(reviewed).unwrap_or_default(),
        is_urgent: record.is_urgent(),
        category: record.facts.category().to_owned(),
        needs_details: needs_details(record),
    }
}

#[component]
fn NotHere() -> impl IntoView {
    view! {
        <Page title=text::reports::NOT_HERE heading=text::reports::NOT_HERE back="/">
            <EmptyState title=text::reports::NOT_HERE_WORDS icon="file-text">
                <LinkButton href=routes::REPORTS>{text::reports::TITLE}</LinkButton>
            </EmptyState>
        </Page>
    }
}
