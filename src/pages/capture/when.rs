//! When it happened: a tap for the usual answers, a time for the others.

use super::{flow::Flow, parts::error_of, step::Show};
use crate::{
    pages::capture::time::{self, Told},
    state::Draft,
    text::{capture as text, typed_date::typed_date},
    ui::{Button, Choice, DateField, DateParts, ErrorSummary, FieldError, Form, TextField, Tiles, Width},
};
use domain::time::{Instant, from_london, london_date, take_days};
use markup::prelude::*;

const NOW: &str = "now";
const HALF_HOUR: &str = "30";
const HOUR: &str = "60";
const TODAY: &str = "today";
const YESTERDAY: &str = "yesterday";
const OTHER_DAY: &str = "day";

#[component]
pub fn When(flow: Flow, show: Show) -> impl IntoView {
    match show {
        Show::Today | Show::Yesterday | Show::OtherDay => view! { <TimeOfDay flow show /> },
        _ => view! { <Usual flow /> },
    }
}

#[component]
fn Usual(flow: Flow) -> impl IntoView {
    let options = vec![
        Choice::new(NOW, text::JUST_NOW).icon("clock"),
        Choice::new(HALF_HOUR, text::HALF_HOUR).icon("clock"),
        Choice::new(HOUR, text::ONE_HOUR).icon("clock"),
        Choice::new(TODAY, text::EARLIER_TODAY).icon("hourglass"),
        Choice::new(YESTERDAY, text::YESTERDAY).icon("calendar-clock"),
        Choice::new(OTHER_DAY, text::ANOTHER_DAY).icon("calendar-clock"),
    ];
    let choose = move |value: String| match value.as_str() {
        TODAY => flow.show(Show::Today),
        YESTERDAY => flow.show(Show::Yesterday),
        OTHER_DAY => flow.show(Show::OtherDay),
        minutes => {
            let minutes = minutes.parse().unwrap_or(0);
            happened(flow, time::minutes_before(flow.app.instant(), minutes));
        }
    };
    view! {
        <Tiles
            id=super::step::WHEN
            legend=text::WHEN
            caption=flow.spec.name
            options
            selected=None
            on_choose=choose
            press_continue=flow.app.prefs.press_continue
            missing=text::SELECT_ONE
        />
    }
}

fn happened(flow: Flow, at: Instant) {
    flow.change(Draft { occurred_at: Some(at), ..flow.draft() });
}

#[component]
fn TimeOfDay(flow: Flow, show: Show) -> impl IntoView {
    let asks_day = show == Show::OtherDay;
    let typed = RwSignal::new(String::new());
    let day = RwSignal::new(DateParts::default());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let save = move |()| {
        let now = flow.app.instant();
        let date = match show {
            Show::Today => Some(london_date(now)),
            Show::Yesterday => Some(take_days(london_date(now), 1)),
            _ => day.with_untracked(|DateParts { day, month, year }| typed_date(day, month, year)),
        };
        let mut wrong = Vec::new();
        if date.is_none() {
            wrong.push(FieldError::new("day", text::DAY_WRONG));
        }
        let clock = time::clock(&typed.read_untracked());
        if clock.is_none() {
            wrong.push(FieldError::new("time", text::TIME_MISSING));
        }
        let at = date.zip(clock).map(|(date, clock)| from_london(date.and_time(clock)));
        if at.is_some_and(|at| time::told(at, now) == Told::InFuture) {
            wrong.push(FieldError::new(if asks_day { "day" } else { "time" }, text::IN_FUTURE));
        }
        // More than a year ago is a slip of the keyboard far more often than a near miss.
        if date.is_some_and(|date| date < take_days(london_date(now), 366)) {
            wrong.push(FieldError::new("day", text::LONG_AGO));
        }
        match at.filter(|_| wrong.is_empty()) {
            Some(at) => happened(flow, at),
            None => errors.set(wrong),
        }
    };
    let day_field = asks_day.then(|| {
        view! {
            <DateField id="day" legend=text::WHAT_DAY hint=text::DAY_HINT value=day error=error_of(errors, "day") heading=true />
        }
    });
    view! {
        <ErrorSummary errors />
        <Form on_submit=save>
            {day_field}
            <TextField
                id="time"
                label=text::ABOUT_WHAT_TIME
                caption=(!asks_day).then(|| flow.spec.name.to_owned())
                hint=text::TIME_HINT
                value=typed
                error=error_of(errors, "time")
                kind="time"
                width=Width::Short
                heading=!asks_day
            />
            <Button>{text::CONTINUE}</Button>
        </Form>
    }
}
