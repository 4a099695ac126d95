//! A quick record: what it is about, a few words, and it reaches the senior now. What was not said is saved as
//! "not sure", so the senior asks; the details can be added later.

use crate::{
    pages::{
        capture::{
            Go, NoSite, ReaderPage, Trouble, error_of,
            names::MayName,
            step::{SAVE, THEN},
            use_go,
        },
        check::rows::AuthorRow,
        photos::AddPhotos,
    },
    routes,
    state::{App, Contact, Draft, Problem, use_app},
    text::capture as text,
    ui::{
        Bound, Button, Buttons, Choice, ErrorSummary, FieldError, Form, Kind, Notice, Page, Radios,
        SummaryList, SummaryRow, TextArea, TileLink, Tone,
    },
};
use domain::category::{self, CATEGORIES, CategorySpec, Question, QuestionKind};
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use markup::prelude::*;
use serde_json::Value;

pub mod send;

use send::is_nameless;

const TEXT: &str = "text";

#[component]
pub fn QuickPage() -> impl IntoView {
    let app = use_app();
    let go = use_go();
    let query = use_query_map();
    StoredValue::new_local(app.editing());
    let asked = Memo::new(move |_| {
        let query = query.read();
        (query.get("category").unwrap_or_default(), query.get("draft").unwrap_or_default())
    });
    let only_reads = Memo::new(move |_| app.roles().only_reads());
    live(move || {
        if only_reads.get() {
            return view! { <ReaderPage /> };
        }
        let (category, id) = asked.get();
        let kept = untrack(|| app.drafts.get(&id));
        if kept.is_none() && !id.is_empty() && untrack(|| app.is_saved(&id.as_str().into())) {
            go.instead(format!("/saved/{id}"));
            return Node::Nothing;
        }
        if untrack(|| app.site_to_report()).is_none() {
            return view! { <NoSite app /> };
        }
        let spec = category::find(kept.as_ref().map_or(&category, |draft| &draft.category));
        match (kept.or_else(|| begin(app, &category, &id)), spec) {
            (Some(draft), Some(spec)) => view! { <Say app go spec draft /> },
            _ => view! { <What app /> },
        }
    })
}

/// A new draft, kept from its first word. It has the id of the record it becomes.
fn begin(app: App, category: &str, id: &str) -> Option<Draft> {
    let site = untrack(|| app.site_to_report())?;
    let draft = app.drafts.start(category, site, true);
    let id = if id.is_empty() { draft.record.to_string() } else { id.to_owned() };
    Some(Draft { record: id.as_str().into(), id, started_at: app.instant(), ..draft })
}

/// First screen: a tap says what it is about.
#[component]
fn What(app: App) -> impl IntoView {
    let tile = move |spec: &'static CategorySpec| {
        let href = format!("{}?category={}&draft={}", routes::QUICK, spec.id, app.new_record_id());
        view! { <li><TileLink href label=spec.name icon=spec.icon tone=spec.id /></li> }
    };
    view! {
        <Page title=text::QUICK_WHAT heading=text::QUICK_WHAT caption=text::QUICK_RECORD back="/">
            <p class="hint">{text::QUICK_WHAT_HINT}</p>
            <ul class="tiles">{CATEGORIES.into_iter().map(tile).collect_view()}</ul>
        </Page>
    }
}

/// Second screen: the words, and what has no "not known".
#[component]
fn Say(app: App, go: Go, spec: &'static CategorySpec, draft: Draft) -> impl IntoView {
    let problem = RwSignal::new(None::<Problem>);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let busy = RwSignal::new(false);
    let words = RwSignal::new(draft.answers.get(TEXT).and_then(Value::as_str).unwrap_or_default().to_owned());
    let has_answers = !draft.answers.is_empty();
    let draft = StoredValue::new(draft);
    let change = move |change: &dyn Fn(&mut Draft)| {
        draft.update_value(|draft| change(draft));
        app.drafts.save_soon(draft.get_value());
    };
    let typed = Bound::new(
        move || words.get(),
        move |typed: String| {
            change(&|draft: &mut Draft| {
                drop(draft.answers.insert(TEXT.into(), typed.trim().into()));
            });
            words.set(typed);
        },
    );
    let record = draft.with_value(|draft| draft.record.clone());
    let has_photos =
        move || untrack(|| draft.with_value(|draft| !app.photos.loose(&draft.record).is_empty()));
    let before_photo = Callback::new(move |open: Callback<()>| {
        let draft = draft.get_value();
        spawn_local(async move {
            match app.drafts.save(draft).await {
                Ok(()) => open.try_run(()).unwrap_or_default(),
                Err(found) => drop(problem.try_set(Some(found))),
            }
        });
    });
    let subject = draft.with_value(|draft| text::photos::subject(Some(spec), &draft.answers));
    let photos = (!draft.with_value(is_nameless)).then(|| {
        view! { <AddPhotos app record=record.clone() subject=subject.clone() before=before_photo /> }
    });
    let save = move |()| {
        let wrong = wrong(spec, &draft.get_value(), !has_answers && !has_photos());
        if !wrong.is_empty() {
            return errors.set(wrong);
        }
        errors.set(Vec::new());
        busy.set(true);
        spawn_local(async move {
            match send::now(app, spec, draft.get_value()).await {
                Ok(href) => go.instead(href),
                Err(found) => {
                    problem.try_set(Some(found));
                    busy.try_set(false);
                }
            }
        });
    };
    let musts = spec
        .quick_questions()
        .into_iter()
        .map(|question| {
            let set = move |place: Option<String>| {
                let tile = place.and_then(|place| tiles(question).get(place.parse::<usize>().ok()?));
                change(&|draft: &mut Draft| {
                    let set = tile.into_iter().flat_map(|tile| tile.answer());
                    spec.answer(question, set, &mut draft.answers);
                });
            };
            view! { <Must question chosen=chosen(question, &draft.read_value()) on_choose=set error=error_of(errors, question.id) /> }
        })
        .collect_view();
    let later = move |()| {
        let draft = draft.get_value();
        if draft.answers.is_empty() && !has_photos() {
            return go.to("/");
        }
        spawn_local(async move {
            match app.drafts.save(draft).await {
                Ok(()) => {
                    let is_mine = app.writer.read_untracked().is_some();
                    app.notices.show(crate::state::Kind::Success, text::finish_later_said(is_mine));
                    go.to("/");
                }
                Err(found) => drop(problem.try_set(Some(found))),
            }
        });
    };
    let save_words = move || match *app.sync.state.read() == Contact::NoSignal {
        true => text::QUICK_SAVE_OFFLINE,
        false => text::QUICK_SAVE,
    };
    let who = view! { <Who app draft=draft.get_value() /> };
    // "Save" was pressed before, and led to another page.
    let waits = use_query_map().read_untracked().get(THEN).as_deref() == Some(SAVE);
    let not_saved = waits.then(|| {
        view! { <Notice tone=Tone::Warning title=text::NOT_SAVED_YET alert=true><p>{move || text::press(save_words())}</p></Notice> }
    });
    view! {
        <Page
            title=format!("{} – {}", text::QUICK_WORDS, text::quick_caption(spec.name))
            back=routes::QUICK
            has_error=Signal::derive(move || !errors.read().is_empty())
        >
            <ErrorSummary errors />
            <Trouble problem />
            {not_saved}
            <Form on_submit=save>
                <TextArea
                    id=TEXT
                    label=text::QUICK_WORDS
                    caption=text::quick_caption(spec.name)
                    hint=text::QUICK_HINT
                    value=typed
                    error=error_of(errors, TEXT)
                    speak=true
                    heading=true
                />
                <MayName words=Signal::derive(move || words.get()) />
                {photos}
                {musts}
                {who}
                <p class="muted">{text::QUICK_HONEST}</p>
                <Buttons>
                    <Button busy icon="check">{save_words}</Button>
                    <Button kind=Kind::Quiet on_press=later>{text::FINISH_LATER}</Button>
                </Buttons>
            </Form>
        </Page>
    }
}

/// Whose report it is, once that was said.
#[component]
fn Who(app: App, draft: Draft) -> impl IntoView {
    if is_nameless(&draft) {
        return view! {
            <SummaryList>
                <SummaryRow key=text::NAME_SHORT>{text::identity(text::NAMELESS)}</SummaryRow>
            </SummaryList>
        };
    }
    live(move || {
        app.author_of(&draft).map(|_| {
            let (change, draft) = (author_href(&draft), draft.clone());
            view! { <SummaryList><AuthorRow app draft change /></SummaryList> }
        })
    })
}

fn author_href(draft: &Draft) -> String {
    format!("/new/{}/author?draft={}", draft.category, draft.id)
}

/// A question that even a quick record asks.
#[component]
fn Must(
    question: &'static Question,
    chosen: Option<String>,
    #[prop(into)] on_choose: Callback<Option<String>>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let value = RwSignal::new(chosen);
    let options: Vec<Choice> = tiles(question)
        .iter()
        .enumerate()
        .map(|(index, tile)| Choice::new(index.to_string(), tile.label))
        .collect();
    let bound = Bound::new(
        move || value.get(),
        move |place: Option<String>| {
            on_choose.run(place.clone());
            value.set(place);
        },
    );
    view! { <Radios id=question.id legend=question.heading options value=bound error chips=true /> }
}

fn tiles(question: &'static Question) -> &'static [category::Tile] {
    match question.kind {
        QuestionKind::One { tiles, .. } => tiles,
        _ => &[],
    }
}

fn chosen(question: &'static Question, draft: &Draft) -> Option<String> {
    let place = tiles(question).iter().position(|tile| question.is_chosen(tile, &draft.answers))?;
    Some(place.to_string())
}

/// Words are needed when nothing else was said; so are the answers that cannot be "not known".
fn wrong(spec: &CategorySpec, draft: &Draft, needs_words: bool) -> Vec<FieldError> {
    let said = draft.answers.get(TEXT).and_then(Value::as_str).is_some_and(|words| !words.is_empty());
    let words = (needs_words && !said).then(|| FieldError::new(TEXT, text::QUICK_MISSING));
    let musts = spec.quick_questions().into_iter().filter(|question| !question.is_answered(&draft.answers));
    words.into_iter().chain(musts.map(|question| FieldError::new(question.id, text::SELECT_ONE))).collect()
}
