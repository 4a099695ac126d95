//! One picture: its sentence, the drawing, what is shown, what it means, and its numbers as a table and a file.

use super::{catalogue::Measure, csv::csv, look::Look};
use crate::{
    routes,
    state::{Kind as Said, use_app},
    text::{common::thousands, measures::counted_by},
    ui::{
        Button, Buttons, Cell, Details, Kind, LinkButton, Table,
        chart::{Bars, Chart, Heat, Line, Mark, short},
    },
};
use chrono::NaiveDate;
use markup::prelude::*;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// What the numbers say, in English.
    pub sentence: String,
    /// What has to be said beside it: too few, what it does not show, how much was reported.
    pub notes: Vec<String>,
    /// Site, category and dates of the numbers.
    pub shown: String,
    /// Of what the line in the middle is the mean: "12 weeks, 25 May to 16 August 2026". Empty: the name says enough.
    pub of: String,
    /// The address of what shows more than this picture can, and its name.
    pub next: Option<(String, String)>,
    pub drawing: Drawing,
    pub numbers: Numbers,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Drawing {
    /// There is nothing to draw; the sentence says why.
    #[default]
    Nothing,
    Line(Line),
    Bars(Bars),
    Heat(Heat),
}

/// The numbers of a picture, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    pub caption: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<Number>>,
}

/// Words or a number; a number that counts something opens it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Number {
    pub words: String,
    pub href: Option<String>,
    /// First and last day of what the row is about, where that is not the whole of what is shown.
    pub dates: Option<(NaiveDate, NaiveDate)>,
}

impl Number {
    pub fn words(words: impl Into<String>) -> Number {
        Number { words: words.into(), ..Number::default() }
    }

    /// The name of a row that is about these days, both included.
    pub fn dated(words: impl Into<String>, from: NaiveDate, to: NaiveDate) -> Number {
        Number { dates: Some((from, to)), ..Number::words(words) }
    }

    /// A mean or a limit, as the key of the chart says it.
    pub fn value(value: f64) -> Number {
        Number::words(short(value))
    }

    /// What a point is a sign of, in the words of the key.
    pub fn sign(mark: Mark) -> Number {
        Number::words(if mark == Mark::Usual { "No" } else { mark.words() })
    }

    /// A count and the list of what it counts; nothing opens where nothing was counted.
    pub fn count(count: usize, href: String) -> Number {
        Number { words: thousands(count as f64), href: (count > 0).then_some(href), dates: None }
    }
}

pub fn heads(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A picture as it stands on a page. On the page of all measures its name leads to its own page.
#[component]
pub fn Framed(
    measure: &'static Measure,
    /// What was chosen to see.
    look: Look,
    /// On a page of its own the heading is that of the page.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let app = use_app();
    let (code, title, definition) = (measure.code, measure.title, measure.meaning());
    let Picture { sentence, notes, shown, of, next, drawing, numbers } = measure.picture(&look);
    let heading = (!alone).then(|| view! { <h2 class="picture__title">{title}</h2> });
    let more = (!alone).then(|| {
        let href = format!("{}{}", routes::measure(code), look.wanted.query(&[]));
        view! {
            <LinkButton href kind=Kind::Quiet>
                "More about this"
                <span class="visually-hidden">{format!(": {title}")}</span>
            </LinkButton>
        }
    });
    let is_drawn = drawing != Drawing::Nothing;
    let drawn = match drawing {
        Drawing::Nothing => Vec::new(),
        Drawing::Line(line) => line.draw_of(&of),
        Drawing::Bars(bars) => bars.draw(),
        Drawing::Heat(heat) => heat.draw(),
    };
    let notes = notes.into_iter().map(|words| view! { <p class="picture__note">{words}</p> });
    let next = next.map(|(href, words)| view! { <p><a class="picture__next" href=href>{words}</a></p> });
    let has_numbers = !numbers.rows.is_empty();
    let (from, to) = (look.filter.from, look.filter.to);
    let file = csv(&numbers, &format!("{shown}. {}", counted_by()), (from, to));
    let save = move |()| {
        let name = format!("noticed-{code}-{from}-to-{to}.csv");
        match app.save_csv(&name, &file) {
            Ok(()) => app.notices.show(Said::Success, "The file is saved with your downloads.".to_owned()),
            Err(problem) => app.notices.alert(problem.sentence),
        }
    };
    view! {
        <section class="picture stack" id=format!("picture-{code}")>
            {heading}
            <div class="picture__body" data-drawn=is_drawn.then_some("true")>
                <p class="picture__sentence">{sentence}</p>
                <div class="picture__drawing"><Chart drawn /></div>
                <div class="picture__notes">
                    {next}
                    {notes.collect_view()}
                    <p class="picture__shown">{shown}</p>
                </div>
            </div>
            <div class="picture__more">
                <Details summary="What this means"><p>{definition} " " {counted_by()}</p></Details>
                {has_numbers
                    .then(|| view! { <Details summary="Show the numbers"><Rows numbers /></Details> })}
            </div>
            <Buttons>
                {has_numbers
                    .then(|| {
                        view! {
                            <Button kind=Kind::Secondary icon="download" on_press=Callback::new(save)>
                                "Download CSV"
                                <span class="visually-hidden">{format!(": {title}")}</span>
                            </Button>
                        }
                    })}
                {more}
            </Buttons>
        </section>
    }
}

#[component]
fn Rows(numbers: Numbers) -> impl IntoView {
    let Numbers { caption, heads, rows } = numbers;
    let columns = heads.clone();
    let row_of = |row: Vec<Number>| {
        let name = row.first().map(|first| first.words.clone()).unwrap_or_default();
        let cells = columns.iter().zip(row).enumerate().map(|(column, (head, number))| {
            let about = format!("{}, {name}, {}: open the list", number.words, head.to_lowercase());
            let inside = match number.href {
                Some(href) => view! { <a href=href aria-label=about>{number.words}</a> },
                None => number.words.into_node(),
            };
            let head = head.clone();
            match column {
                0 => view! { <Cell head names_row=true>{inside}</Cell> },
                _ => view! { <Cell head number=true>{inside}</Cell> },
            }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }
    };
    let rows = rows.into_iter().map(row_of).collect_view();
    view! { <Table caption heads scrolls=true>{rows}</Table> }
}
