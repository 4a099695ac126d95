//! One report as its reporter reads it: what changed first, then what is asked, then the story.

use super::{
    NameOpened,
    act::{AddNote, TakeBack},
    answer::Answers,
    list::{apart_status, apart_words},
    mine::{self, feedback, is_mine, spec_of, title, titled},
    story::Story,
};
use crate::{
    pages::{
        capture::{Trouble, use_go},
        check::rows::in_words,
        drafts::details::{finish, needs_details},
        photos::{LatePhotos, photos_of},
    },
    state::{App, KeptApart, Letter, LetterState, Problem, Whose},
    text::{
        capture::{self as words, photos, reports as text},
        review::facts::NOT_ANSWERED,
    },
    ui::{Button, Details, EmptyState, Notice, StatusTag, SummaryList, SummaryRow, Tone},
};
use domain::{
    category::CategorySpec,
    due,
    event::Fields,
    ids::RecordId,
    record::{Note, Record},
};
use leptos::task::spawn_local;
use markup::prelude::*;

pub fn window_title(app: App, id: &str) -> String {
    let known = app.with_record(id, |record, _| title(record));
    format!("{} – {}", known.unwrap_or_else(|| text::NOT_HERE.to_owned()), text::TITLE)
}

#[component]
pub fn Detail(app: App, id: String) -> impl IntoView {
    let id = RecordId::from(id);
    let shown = id.clone();
    // Only what can appear or go decides what is built; forms that are open stay as they are.
    let known = Memo::new(move |_| app.with_record(&id, |record, _| is_mine(app, record)) == Some(true));
    live(move || {
        if known.get() {
            return view! { <Report app id=shown.clone() /> };
        }
        let letters = app.letters.list.read();
        let mut reports = letters.iter().filter(|letter| letter.verb == "report" && mine::shows_letters(app));
        let letter = reports.find(|letter| letter.record == shown).cloned();
        let apart = app.kept_apart(Whose::Mine).into_iter().find(|apart| apart.record == shown);
        match (letter, apart) {
            (Some(letter), _) => view! { <OfLetter app letter /> },
            (None, Some(apart)) => view! { <Apart app apart /> },
            (None, None) => view! { <NotHere /> },
        }
    })
}

#[component]
fn Report(app: App, id: RecordId) -> impl IntoView {
    let record = StoredValue::new(id);
    Effect::new(move |_| {
        let id = record.read_value();
        if let Some(version) = app.with_record(&id, |record, _| mine::last_of_others(app, record)) {
            app.seen.mark(&id, version);
        }
    });
    let look = move |look: fn(App, &Record) -> Node| {
        move || app.with_record(&record.read_value(), |record, _| look(app, record))
    };
    view! {
        {look(head)}
        {look(told)}
        <NameOpened app record=record.get_value() />
        <Answers app record=record.get_value() />
        <AddDetails app record=record.get_value() />
        {look(said)}
        {look(pictures)}
        <AddLater app record=record.get_value() />
        <Story app record=record.get_value() />
        <AddNote app record=record.get_value() />
        <TakeBack app record=record.get_value() />
        <p class="muted small">{words::reference(&crate::text::review::record::reference(&record.read_value()))}</p>
    }
}

fn head(app: App, record: &Record) -> Node {
    let (status, label) = text::status(record, app.is_sent(&record.id));
    let settings = app.directory.read().settings(&record.site);
    let due_at = due::current(record, &settings).map(|item| item.due.instant());
    let next = record.spec().and_then(|spec| text::next(record, spec, due_at, app.now.get()));
    let category = record.spec().map_or("", |spec| spec.name);
    view! {
        <div class="stack">
            <div>
                <span class="caption">{category}</span>
                <h1 tabindex="-1">{title(record)}</h1>
            </div>
            <div class="cluster">
                <StatusTag status label />
                <span class="muted small">{text::capitalised_when(record.reported_at, app.now.get())}</span>
            </div>
            {next.map(|next| view! { <p>{next}</p> })}
        </div>
    }
}

/// "You noticed wrong dose. So we: ... Amara N. says: ..."
fn told(app: App, record: &Record) -> Node {
    let done = text::done_so_far(record);
    let says = |note: &Note| text::says(mine::name_of(app, &note.by).as_deref());
    let message = feedback(record).map(|note| (says(note), note.text.clone()));
    if done.is_empty() && message.is_none() {
        return Node::Nothing;
    }
    let noticed = text::noticed(&title(record));
    let done = (!done.is_empty()).then(|| {
        let lines = done.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <p>{text::SO_WE}</p>
            <ul class="steps">{lines}</ul>
        }
    });
    let message = message.map(|(says, words)| {
        view! {
            <p>{says}</p>
            <p class="quote">{words}</p>
        }
    });
    view! {
        <Notice tone=Tone::Success title=text::FEEDBACK>
            <p>{noticed}</p>
            {done}
            {message}
            <p>{text::THANKS}</p>
        </Notice>
    }
}

/// The reporter's own answers.
fn said(app: App, record: &Record) -> Node {
    view! { <Said app spec=record.spec() fields=record.facts.fields.clone() /> }
}

fn pictures(app: App, record: &Record) -> Node {
    photos_of(app, record, None)
}

/// Behind one press, so that the page stays short.
#[component]
fn AddLater(app: App, record: RecordId) -> impl IntoView {
    let subject = app.with_record(&record, |record, _| photos::subject(record.spec(), &record.facts.fields));
    view! {
        <Details summary=photos::LATE>
            <p>{photos::LATE_WORDS}</p>
            <LatePhotos app record subject=subject.unwrap_or_default() then=Callback::new(|()| ()) />
        </Details>
    }
}

#[component]
fn Said(app: App, spec: Option<&'static CategorySpec>, fields: Fields) -> impl IntoView {
    let directory = app.directory.get_untracked();
    let unanswered = spec.map(|spec| spec.unanswered(&fields)).unwrap_or_default();
    let rows = spec
        .into_iter()
        .flat_map(|spec| spec.questions)
        .filter_map(|question| {
            let lines = match question.fields().iter().any(|field| unanswered.contains(field)) {
                true => vec![NOT_ANSWERED.to_owned()],
                false => in_words(question, &fields, &directory),
            };
            let look = if question.fields() == ["text"] { "quote" } else { "" };
            (!lines.is_empty()).then(|| {
                let lines = lines.join(", ");
                view! {
                    <SummaryRow key=question.short>
                        <p class=look>{lines}</p>
                    </SummaryRow>
                }
            })
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{text::WHAT_I_SAID}</h2>
            <SummaryList>{rows}</SummaryList>
        </section>
    }
}

/// A quick record waits for its details.
#[component]
fn AddDetails(app: App, record: RecordId) -> impl IntoView {
    let go = use_go();
    let problem = RwSignal::new(None::<Problem>);
    let id = StoredValue::new(record);
    let needed = Memo::new(move |_| {
        app.with_record(&id.read_value(), |record, _| needs_details(record)) == Some(true)
    });
    let add = move |()| {
        spawn_local(async move {
            match finish(app, &id.get_value()).await {
                Ok(href) => go.to(&href),
                Err(found) => drop(problem.try_set(Some(found))),
            }
        });
    };
    live(move || {
        needed.get().then(|| {
            view! {
                <Notice title=words::DETAILS_NEEDED>
                    <p>{text::DETAILS_WORDS}</p>
                    <Trouble problem />
                    <Button on_press=add>{text::CONTINUE_DETAILS}</Button>
                </Notice>
            }
        })
    })
}

/// A report that only this phone knows to be ours.
#[component]
fn OfLetter(app: App, letter: Letter) -> impl IntoView {
    let spec = spec_of(&letter.with);
    let state = match &letter.state {
        LetterState::Waiting => view! { <p>{text::ONLY_HERE}</p> },
        LetterState::Sent => view! { <p>{words::SENT}</p> },
        LetterState::KeptApart(_) => view! { <Notice><p>{words::KEPT_APART}</p></Notice> },
        LetterState::Refused(why) => {
            let why = why.clone();
            view! { <Notice tone=Tone::Error title=text::LETTER_REFUSED><p>{why}</p></Notice> }
        }
    };
    let is_sent = letter.state == LetterState::Sent;
    view! {
        <div>
            <span class="caption">{text::WITHOUT_NAME}</span>
            <h1 tabindex="-1">{titled(spec, &letter.with)}</h1>
        </div>
        <p>{text::WITHOUT_NAME_WORDS}</p>
        {state}
        <Said app spec fields=letter.with.clone() />
        {is_sent.then(|| view! { <AddNote app record=letter.record.clone() /> })}
    }
}

/// Nobody but the Registered Manager sees it.
#[component]
fn Apart(app: App, apart: KeptApart) -> impl IntoView {
    let (status, label) = apart_status(&apart);
    let said = apart_words(app, &apart);
    let KeptApart { record, with, written_at, dealt_at } = apart;
    let spec = spec_of(&with);
    view! {
        <div>
            <span class="caption">{spec.map_or("", |spec| spec.name)}</span>
            <h1 tabindex="-1">{titled(spec, &with)}</h1>
        </div>
        <div class="cluster">
            <StatusTag status label />
            <span class="muted small">{text::capitalised_when(written_at, app.now.get())}</span>
        </div>
        <Notice>
            <p>{said}</p>
            {dealt_at.map(|_| view! { <p>{text::ASK_MANAGER}</p> })}
        </Notice>
        <Said app spec fields=with />
        <p class="muted small">{words::reference(&crate::text::review::record::reference(&record))}</p>
    }
}

#[component]
fn NotHere() -> impl IntoView {
    view! {
        <h1 tabindex="-1">{text::NOT_HERE}</h1>
        <EmptyState title=text::NOT_HERE_WORDS icon="file-text" />
    }
}
