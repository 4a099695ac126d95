//! Site, category and period. A choice changes the address, so that a page can be kept and sent.

use super::{
    look::Look,
    wanted::{ALL_SITES, Span, Wanted},
};
use crate::ui::{Bound, Button, Choice, Form, Kind, Select, TextField, Width};
use domain::time::parse_date;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use markup::prelude::*;

/// `path` is the page to stay on; `more` what else stands in its address.
#[component]
pub fn Filters(look: Look, path: String, more: Vec<(&'static str, String)>) -> impl IntoView {
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
    let dates = (wanted.span == Span::Dates).then(|| view! { <Dates wanted look=look.clone() go /> });
    view! {
        <div class="measure-filters">
            {sites}
            {categories}
            <Select id="period" label="Period" options=spans value=span empty=Span::default().label() />
        </div>
        {dates}
    }
}

#[component]
fn Dates(wanted: Wanted, look: Look, go: Callback<Wanted>) -> impl IntoView {
    let first = RwSignal::new(look.filter.from.to_string());
    let last = RwSignal::new(look.filter.to.to_string());
    let error = RwSignal::new(None::<String>);
    let today = look.today;
    let show = move |()| {
        let dates = (parse_date(&first.get_untracked()), parse_date(&last.get_untracked()));
        let (Some(from), Some(to)) = dates else {
            return error.set(Some("Enter two dates, for example 1 September 2026.".into()));
        };
        if from > to {
            return error.set(Some("The first date must not be after the last.".into()));
        }
        if from > today {
            return error
                .set(Some("The first date lies in the future. Nothing has happened then yet.".into()));
        }
        error.set(None);
        go.run(Wanted { from: Some(from), to: Some(to), ..wanted.clone() });
    };
    view! {
        <Form on_submit=show>
            <div class="measure-filters">
                <TextField id="from" label="First date" kind="date" value=first width=Width::Medium error=error />
                <TextField id="to" label="Last date" kind="date" value=last width=Width::Medium />
                <Button kind=Kind::Secondary>"Show these dates"</Button>
            </div>
        </Form>
    }
}
