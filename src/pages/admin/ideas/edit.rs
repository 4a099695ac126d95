//! Adds, changes or retires one idea of the provider's own. `?new=1` asks what it is for, `?new=medication` opens the
//! form, `&from=` begins with a copy of an idea of the app, and `?edit=` opens one that is there.

use super::{
    SECTION,
    rows::{self, KIND, idea_of, in_boxes, kept_sites, sites_at_first},
};
use crate::{
    pages::{
        act::StrengthBox,
        address::address,
        admin::ends::{Ends, RetireSure},
        record::form::{Ask, Begun, Entry, Fields},
    },
    routes,
    state::{App, Kind as News, Refused, use_app},
    text::ideas as text,
    ui::{self, EmptyState, ErrorSummary, FieldError, Form, LinkButton, Notice, Page, TileLink},
};
use domain::{
    category::{self, CATEGORIES, CategorySpec, Template},
    directory::Idea,
    ids::SiteId,
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Value, json};

#[component]
pub fn IdeaPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let asked = Memo::new(move |_| {
        let get = |name: &str| address.read().query.get(name);
        (get("edit"), get("new"), get("from"))
    });
    live(move || {
        let (edit, new, from) = asked.get();
        if let Some(id) = edit {
            let known = app.directory.read_untracked().ideas.get(&id).cloned();
            return match known.and_then(|idea| Some((category::find(&idea.category)?, idea))) {
                Some((spec, idea)) => view! { <IdeaForm spec idea id=Some(id) from=None /> },
                None => view! { <NotHere /> },
            };
        }
        match new.as_deref().and_then(category::find) {
            Some(spec) => {
                let copied = from.as_deref().and_then(category::shipped);
                view! { <IdeaForm spec idea=begun(app, spec, copied) id=None from=copied /> }
            }
            None => view! { <WhichPage /> },
        }
    })
}

/// A new idea before anything is typed.
fn begun(app: App, spec: &CategorySpec, copied: Option<&Template>) -> Idea {
    let sites = sites_of_new(app, &untrack(|| app.site()).unwrap_or_default());
    let category = spec.id.to_owned();
    match copied {
        None => Idea { category, sites, ..Idea::default() },
        Some(one) => Idea {
            category,
            text: one.text.into(),
            strength: one.strength.into(),
            kind: one.kind.into(),
            of: one.of.iter().map(|code| (*code).to_owned()).collect(),
            sites,
            retired: false,
        },
    }
}

/// Where a new idea is for when nobody says.
pub fn sites_of_new(app: App, site: &SiteId) -> Vec<SiteId> {
    sites_at_first(&app.directory.read_untracked(), &kept(app), site)
}

/// Sites whose lists the person may change.
pub fn kept(app: App) -> Vec<SiteId> {
    let today = untrack(|| app.today());
    let me = untrack(|| app.me());
    me.map(|me| kept_sites(&app.directory.read_untracked(), &me.staff, today)).unwrap_or_default()
}

#[component]
fn WhichPage() -> impl IntoView {
    let tiles = CATEGORIES
        .into_iter()
        .map(|spec| {
            let href = format!("{}?new={}", routes::admin(SECTION), spec.id);
            view! { <li><TileLink href label=spec.name icon=spec.icon tone=spec.id /></li> }
        })
        .collect_view();
    view! {
        <Page title=text::WHICH heading=text::WHICH caption=text::ADD back=routes::admin(SECTION) back_label=text::TITLE>
            <ul class="tiles">{tiles}</ul>
        </Page>
    }
}

#[component]
fn NotHere() -> impl IntoView {
    view! {
        <Page title=text::CHANGE heading=text::CHANGE back=routes::admin(SECTION) back_label=text::TITLE>
            <EmptyState title=text::NOT_HERE icon="file-text">
                <p>{text::NOT_HERE_WORDS}</p>
            </EmptyState>
        </Page>
    }
}

#[component]
fn IdeaForm(
    spec: &'static CategorySpec,
    idea: Idea,
    /// Its code; none for a new one.
    id: Option<String>,
    /// The idea of the app that it is a copy of.
    from: Option<&'static Template>,
) -> impl IntoView {
    let app = use_app();
    let site = untrack(|| app.site()).unwrap_or_default();
    let here = routes::admin(SECTION);
    let which = id.clone().unwrap_or_else(|| from.map_or(spec.id, |from| from.id).to_owned());
    let entry = Entry::open(app, format!("admin/{SECTION}/{which}"), site, None, in_boxes(spec, &idea));
    let several = kept(app).len() > 1;
    let causes = rows::causes(spec, &idea);
    let rest: Vec<Ask> = causes.into_iter().chain(several.then_some(rows::SITES)).collect();
    let asks: Vec<Ask> = [rows::TEXT, rows::STRENGTH, rows::ACTION].into_iter().chain(rest.clone()).collect();
    let (retired, can_retire) = (idea.retired, id.is_some() && !idea.retired);
    let navigate = use_navigate();
    let home = here.clone();
    let save = move |row: Value, words: &'static str| {
        if entry.busy.get_untracked() {
            return;
        }
        entry.busy.set(true);
        entry.errors.set(Vec::new());
        let (navigate, home) = (navigate.clone(), home.clone());
        spawn_local(async move {
            let result = app.admin.change(vec![row], None).await;
            if entry.busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(_) => {
                    entry.forget();
                    app.notices.show(News::Success, words);
                    navigate(&home, Default::default());
                }
                Err(refused) => entry.errors.set(errors(refused, several)),
            }
        });
    };
    let (to_send, known, at) = (asks, id.clone(), idea.sites);
    let submit = {
        let save = save.clone();
        move |()| {
            let Some(answers) = entry.read(&to_send) else { return };
            let mut new = idea_of(spec.id, &answers);
            if !several {
                new.sites.clone_from(&at);
            }
            let code = known.clone().unwrap_or_else(|| new.code());
            let faults = app.directory.read_untracked().faults_of_idea(&code, &new);
            if !faults.is_empty() {
                let told = faults
                    .iter()
                    .map(|fault| FieldError::new(beside(fault.field(), several), fault.to_string()));
                return entry.errors.set(told.collect());
            }
            save(json!({ "kind": KIND, "id": code, "value": new }), text::SAVED);
        }
    };
    let sure = RwSignal::new(false);
    let gone = id.clone().unwrap_or_default();
    let retire = move |()| {
        sure.set(false);
        save(json!({ "kind": KIND, "id": gone, "value": null }), text::RETIRED);
    };
    let (leave, list_of) = (use_navigate(), here.clone());
    let cancel = move |()| {
        entry.forget();
        leave(&list_of, Default::default());
    };
    let title = if id.is_some() { text::CHANGE } else { text::ADD };
    view! {
        <Page title heading=title caption=spec.name back=here back_label=text::TITLE has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <Begun entry />
            {retired.then(|| view! { <Notice><p>{text::IS_RETIRED}</p></Notice> })}
            {from.map(|_| view! { <Notice><p>{text::COPIED}</p></Notice> })}
            <Form on_submit=submit>
                <Fields asks=vec![rows::TEXT, rows::STRENGTH] entry />
                <StrengthBox entry />
                <Fields asks=vec![rows::ACTION] entry />
                <Fields asks=rest entry />
                <Ends entry one=text::ONE on_cancel=Callback::new(cancel) can_retire sure />
            </Form>
            <RetireSure sure title=text::RETIRE_SURE words=text::RETIRE_WORDS on_retire=Callback::new(retire) />
        </Page>
    }
}

/// The server's words beside the fields that they are about. A manager of one site is not asked for the sites.
fn errors(refused: Refused, asks_sites: bool) -> Vec<FieldError> {
    if refused.rows.is_empty() {
        return vec![FieldError::new("text", refused.problem.sentence)];
    }
    let told = refused.rows.into_iter();
    told.map(|row| FieldError::new(beside(&row.field, asks_sites), row.sentence)).collect()
}

fn beside(field: &str, asks_sites: bool) -> String {
    match field {
        "strength" | "of" => field.to_owned(),
        "kind" => rows::ACTION.name.to_owned(),
        "sites" if asks_sites => field.to_owned(),
        _ => "text".to_owned(),
    }
}

/// Opens the form for a copy of an idea of the app.
#[component]
pub fn CopyLink(spec: &'static CategorySpec, of: &'static Template) -> impl IntoView {
    let href = format!("{}?new={}&from={}", routes::admin(SECTION), spec.id, of.id);
    view! {
        <LinkButton href kind=ui::Kind::Quiet>
            {text::COPY} <span class="visually-hidden">{format!(" {}", of.text)}</span>
        </LinkButton>
    }
}
