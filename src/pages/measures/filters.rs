//! Site, category and period. A choice changes the address, so that a page can be kept and sent.

use super::{
    look::Look,
    wanted::{ALL_SITES, Span, Wanted},
};
use crate::{
    text::{
        common::day,
        measures::{range, turned},
    },
    ui::{Bound, Button, Choice, ErrorSummary, FieldError, Form, Kind, Select, TextField, Width},
};
use chrono::NaiveDate;
use domain::time::parse_date;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use markup::prelude::*;

/// `path` is the page to stay on; `more` what else stands in its address.
#[component]
pub fn Filters(
    look: Look,
    path: String,
    more: Vec<(&'static str, String)>,
    /// The dates that are chosen matter here.
    #[prop(default = true)]
    dated: bool,
) -> impl IntoView {
    let navigate = use_navigate();
    let wanted = look.wanted.clone();
    let go = Callback::new(move |wanted: Wanted| {
        let keep = NavigateOptions { scroll: false, replace: true, ..NavigateOptions::default() };
        navigate(&format!("{path}{}", wanted.query(&more)), keep);
    });
    let now = StoredValue::new(wanted.clone());
    let site_now = look.filter.site.clone().map_or(String::new(), |site| site.to_string());
    let sites = (look.sites.len() > 1).then(|| {
        let options: Vec<Choice> =
            look.sites.iter().map(|(site, name)| Choice::new(site.to_string(), name.clone())).collect();
        let value = Bound::new(
            move || site_now.clone(),
            move |site: String| {
                let site = if site.is_empty() { ALL_SITES.to_owned() } else { site };
                go.run(Wanted { site, ..now.get_value() });
            },
        );
        view! { <Select id="site" label="Site" options value empty="All sites" /> }
    });
    let category_now = look.filter.category.clone().unwrap_or_default();
    let categories = (look.categories.len() > 1).then(|| {
        let options: Vec<Choice> =
            look.categories.iter().map(|spec| Choice::new(spec.id, spec.name)).collect();
        let value = Bound::new(
            move || category_now.clone(),
            move |category: String| go.run(Wanted { category, ..now.get_value() }),
        );
        view! { <Select id="category" label="Category" options value empty="All categories" /> }
    });
    let spans: Vec<Choice> = Span::ALL
        .into_iter()
        .filter(|span| *span != Span::default())
        .map(|span| Choice::new(span.code(), span.label()))
        .collect();
    let (from, to) = (look.filter.from, look.filter.to);
    let span = Bound::new(
        move || now.get_value().span.code().to_owned(),
        move |code: String| {
            // Other dates begin with those that are shown.
            go.run(Wanted {
                span: Span::from_code(&code),
                from: Some(from),
                to: Some(to),
                ..now.get_value()
            });
        },
    );
    let period = dated.then(|| {
        view! { <Select id="period" label="Period" options=spans value=span empty=Span::default().label() /> }
    });
    let dates =
        (dated && wanted.span == Span::Dates).then(|| view! { <Dates wanted look=look.clone() go /> });
    view! {
        <div class="measure-filters">
            {sites}
            {categories}
            {period}
        </div>
        {dates}
    }
}

#[component]
fn Dates(wanted: Wanted, look: Look, go: Callback<Wanted>) -> impl IntoView {
    let first = RwSignal::new(look.filter.from.to_string());
    let last = RwSignal::new(look.filter.to.to_string());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let error = move |id: &'static str| {
        Signal::derive(move || {
            errors.read().iter().find(|error| error.id == id).map(|error| error.message.clone())
        })
    };
    let today = look.today;
    let wanted_last = wanted.cut_off(today);
    let show = move |()| {
        let dates = (parse_date(&first.get_untracked()), parse_date(&last.get_untracked()));
        let wrong = wrong(dates, today);
        errors.set(wrong.into_iter().map(|(id, words)| FieldError::new(id, words)).collect());
        let (Some(from), Some(to), true) = (dates.0, dates.1, errors.read_untracked().is_empty()) else {
            return;
        };
        go.run(Wanted { from: Some(from), to: Some(to), ..wanted.clone() });
    };
    let (shown_from, shown_to) = (look.filter.from, look.filter.to);
    let cut_off = wanted_last.map(|last| {
        let words =
            format!("{} has not come yet, so what you see below ends today, on {}.", day(last), day(today));
        view! { <p class="measures__shown">{words}</p> }
    });
    let still = move || {
        (!errors.read().is_empty()).then(|| {
            let dates = range(shown_from, shown_to);
            view! { <p class="measures__shown">{format!("Nothing has changed: what you see below is still {dates}.")}</p> }
        })
    };
    view! {
        <ErrorSummary errors=errors />
        <Form on_submit=show>
            <div class="measure-filters">
                <TextField id="from" label="First date" kind="date" value=first width=Width::Medium error=error("from") />
                <TextField id="to" label="Last date" kind="date" value=last width=Width::Medium error=error("to") />
                <Button kind=Kind::Secondary>"Show these dates"</Button>
            </div>
        </Form>
        {cut_off}
        {still}
    }
}

/// What is wrong with a first and a last date: the box and the words. None: they can be shown.
fn wrong(
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    today: NaiveDate,
) -> Vec<(&'static str, String)> {
    const EXAMPLE: &str = "for example 1 September 2026";
    let mut wrong = Vec::new();
    if from.is_none() {
        wrong.push(("from", format!("First date: type a date, {EXAMPLE}")));
    }
    if to.is_none() {
        wrong.push(("to", format!("Last date: type a date, {EXAMPLE}")));
    }
    if let Some(from) = from.filter(|from| *from > today) {
        let words =
            format!("First date: {} has not come yet. Type {} or an earlier date", day(from), day(today));
        wrong.push(("from", words));
    }
    if let (Some(from), Some(to), true) = (from, to, wrong.is_empty())
        && from > to
    {
        wrong.push(("to", turned(from, to)));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_cannot_be_shown_say_which_and_what_to_type() {
        let told = |from: &str, to: &str| {
            let today = parse_date("2026-11-26").expect("a date");
            wrong((parse_date(from), parse_date(to)), today)
        };
        assert!(told("2026-09-01", "2026-10-01").is_empty());
        let turned = told("2026-10-01", "2026-09-01");
        assert_eq!(
            turned,
            [(
                "to",
                "Last date: 1 September 2026 is before the first date. Type 1 October 2026 or a later date"
                    .into()
            )]
        );
        let future = told("2027-01-01", "2027-02-01");
        assert_eq!(future.len(), 1);
        assert!(
            future[0].1.starts_with("First date: 1 January 2027 has not come yet. Type 26 November 2026")
        );
        assert_eq!(told("", "").len(), 2);
    }
}
