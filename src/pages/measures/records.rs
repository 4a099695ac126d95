//! The list behind a number.

use super::{
    behind::{Behind, Line},
    look::{Look, look},
    query_here,
    wanted::{Span, Wanted},
};
use crate::{
    pages::oversee::{NotYours, sections::READERS},
    routes,
    state::use_app,
    text::{
        common::{count, day},
        measures::counted_by,
        review::record as words,
    },
    ui::{Button, Card, EmptyState, Kind, Page, StatusTag, before_print},
};
use markup::prelude::*;

/// A list is drawn in pieces of this size.
const PIECE: usize = 50;

#[component]
pub fn BehindPage() -> impl IntoView {
    let app = use_app();
    let query = query_here(|path| path == routes::MEASURE_RECORDS);
    let allowed = Memo::new(move |_| app.roles().meets(READERS));
    live(move || {
        if !allowed.get() {
            return view! { <NotYours heading="Records behind a number" /> };
        }
        let query = query.get();
        app.sync.filling.track();
        let get = |name: &str| query.get(name);
        let Some(look) = look(get) else { return view! { <NotYours heading="Records behind a number" /> } };
        match Behind::read(get, look.filter.clone()) {
            Some(behind) => view! { <List behind look /> },
            None => view! {
                <Page title="Records behind a number" heading="Records behind a number" back=routes::MEASURES back_label="Measures">
                    <EmptyState title="This address names no number." icon="chart-column">
                        <p>"The records that a number counts stand here. Press a number in Measures to see them."</p>
                        <p><a href=routes::MEASURES>"Go to Measures"</a></p>
                    </EmptyState>
                </Page>
            },
        }
    })
}

#[component]
fn List(behind: Behind, look: Look) -> impl IntoView {
    let lines = behind.lines(&look);
    let total = lines.len();
    let title = behind.title(&look);
    let filter = &behind.filter;
    let shown = look.shown(filter.from, filter.to);
    // Back to the same site and category.
    let kept = Wanted { span: Span::default(), from: None, to: None, ..look.wanted.clone() };
    let back = format!("{}{}", routes::MEASURES, kept.query(&[]));
    let drawn = RwSignal::new(PIECE);
    before_print(move || drawn.set(usize::MAX));
    let lines = StoredValue::new(lines);
    let look = StoredValue::new(look);
    let cards = move || {
        let lines = lines.get_value().into_iter().take(drawn.get());
        lines.map(|line| view! { <li><BehindCard line look=look.get_value() /></li> }).collect_view()
    };
    let more = move || {
        let more = total.saturating_sub(drawn.get());
        (more > 0).then(|| {
            let show = Callback::new(move |()| drawn.update(|drawn| *drawn = drawn.saturating_add(PIECE)));
            view! { <Button kind=Kind::Secondary on_press=show>{format!("Show {} more", more.min(PIECE))}</Button> }
        })
    };
    let empty = (total == 0).then(|| {
        let href = back.clone();
        view! {
            <EmptyState title="Nothing is counted here." icon="file-text">
                <p>"Each record that this number counts stands here. There is none in this time."</p>
                <p><a href=href>"Choose a longer period in Measures"</a></p>
            </EmptyState>
        }
    });
    view! {
        <Page title=title.clone() heading=title back=back back_label="Measures">
            <p class="measures__shown">{count(total, "line", "lines")} ". " {shown}</p>
            <p class="muted small">{counted_by()}</p>
            {empty}
            <ul class="cards" data-total=total>{cards}</ul>
            {more}
        </Page>
    }
}

#[component]
fn BehindCard(line: Line, look: Look) -> impl IntoView {
    let Line { record, note } = line;
    let about = [words::people(&record), words::place(&record, &look.directory)];
    let happened = day(record.facts.occurred_on());
    let parts: Vec<&str> =
        [happened.as_str()].into_iter().chain(about.iter().flatten().map(String::as_str)).collect();
    let meta = parts.join(" \u{b7} ");
    let (status, label) = words::state(record.state);
    view! {
        <Card
            title=words::title(&record)
            href=routes::record(&record.id)
            icon=words::icon(&record)
            tone=record.facts.category().to_owned()
            level=2
        >
            <p class="card__meta">{meta}</p>
            {note.map(|words| view! { <p>{words}</p> })}
            <p><StatusTag status=status label=label /></p>
        </Card>
    }
}
