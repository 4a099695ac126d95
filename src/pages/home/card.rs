//! At most one card on Home: a question to answer, a draft to finish, or what changed because of a report.

use crate::{
    pages::{
        drafts::{Look, details::resume},
        my_reports::mine::{feedback, is_unread, name_of, needs_answer, reports, title},
    },
    routes,
    state::App,
    text::capture::{self as words, home as text, reports},
    ui::Card,
};
use domain::record::Record;
use markup::prelude::*;

/// Feedback stays on Home for this long.
const FEEDBACK_DAYS: i64 = 14;

#[component]
pub fn OneCard(app: App) -> impl IntoView {
    live(move || question(app).or_else(|| draft(app)).or_else(|| news(app)))
}

fn question(app: App) -> Option<Node> {
    let register = app.register.get();
    let record = reports(app, &register).into_iter().find(|record| needs_answer(record))?;
    let (href, about) = (routes::report(&record.id), title(record));
    let view = view! {
        <Card title=text::ANSWER_A_QUESTION href icon="message-circle" level=2>
            <p class="card__meta">{about}</p>
        </Card>
    };
    Some(view)
}

fn draft(app: App) -> Option<Node> {
    let drafts = app.drafts.list.read();
    let draft = drafts.first()?;
    let look = Look::of(draft);
    let more = (drafts.len() > 1).then(|| {
        let number = drafts.len();
        view! {
            <p class="home__more">
                <a href=routes::DRAFTS>{text::all_drafts(number)}</a>
            </p>
        }
    });
    let view = view! {
        <div class="stack">
            <Card title=text::FINISH_DRAFT href=resume(draft) icon=look.icon tone=look.category level=2>
                <p>{look.title}</p>
                <p class="card__meta">{look.missing}</p>
            </Card>
            {more}
        </div>
    };
    Some(view)
}

/// "You noticed wrong dose. Amara N. says: ..."
fn news(app: App) -> Option<Node> {
    let register = app.register.get();
    let now = app.now.get();
    let is_new =
        |record: &&Record| feedback(record).is_some_and(|note| (now - note.at).num_days() < FEEDBACK_DAYS);
    let record = reports(app, &register)
        .into_iter()
        .filter(is_new)
        .max_by_key(|record| feedback(record).map(|note| note.at))?;
    let note = feedback(record)?;
    let noticed = reports::noticed(&title(record));
    let says = reports::says(name_of(app, &note.by).as_deref());
    let (href, said, at) = (routes::report(&record.id), note.text.clone(), note.at);
    let view = view! {
        <Card title=reports::FEEDBACK href icon="lightbulb" level=2 unread=is_unread(app, record)>
            <p>{noticed} " " {says}</p>
            <p class="quote">{said}</p>
            <p class="card__meta">{words::happened(at, now.max(at))}</p>
        </Card>
    };
    Some(view)
}
