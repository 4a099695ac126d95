//! The year of a site: months beside categories. On a phone the list says the same.

use super::{
    calendar::{self, Row, Slot, categories},
    href,
};
use crate::{
    routes,
    state::use_app,
    text::audits::{self as text, Stand},
    ui::StatusTag,
};
use domain::ids::SiteId;
use markup::prelude::*;

#[component]
pub fn Grid(site: SiteId, wanted: Option<i32>) -> impl IntoView {
    let app = use_app();
    let of = site.clone();
    let span = Memo::new(move |_| calendar::years(&app.register.read(), &of, app.today()));
    let shown = Memo::new(move |_| {
        let (first, last) = span.get();
        wanted.unwrap_or(last).clamp(first, last)
    });
    let rows = move || -> Vec<Node> {
        let register = app.register.read();
        let rows = calendar::year(&register, &site, shown.get(), app.roles(), app.now.get());
        rows.into_iter().map(|row| view! { <Month row /> }).collect()
    };
    let heads = categories(app.roles())
        .map(|spec| {
            let every = text::every(spec.audits);
            view! {
                <th scope="col">
                    {spec.name} " " <span class="muted small">{every}</span>
                </th>
            }
        })
        .collect_view();
    let other = move |to: i32| {
        let (first, last) = span.get();
        let year = shown.get() + to;
        (first..=last).contains(&year).then(|| {
            view! { <a href=format!("{}?year={year}", routes::AUDITS)>{year.to_string()}</a> }
        })
    };
    view! {
        <section class="audit-grid stack" aria-label="The year">
            <p class="cluster audit-grid__years">
                {move || other(-1)}
                <strong class="number">{move || shown.get().to_string()}</strong>
                {move || other(1)}
            </p>
            <table class="audit-table">
                <caption class="visually-hidden">{move || format!("Audits of {}", shown.get())}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Month"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Month(row: Row) -> impl IntoView {
    let Row { month, cells } = row;
    let name = text::period(month);
    let name = name.split(' ').next().unwrap_or_default().to_owned();
    let cells: Vec<Node> =
        cells.into_iter().flatten().map(|(months, slot)| view! { <Cell months slot /> }).collect();
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells}
        </tr>
    }
}

#[component]
fn Cell(months: usize, slot: Slot) -> impl IntoView {
    let app = use_app();
    let (status, label) = (slot.stand.status(), slot.stand.words());
    let today = app.today();
    let detail = match slot.stand {
        // One that has not begun says enough in two words.
        Stand::NotOver { .. } if slot.period.first() > today => String::new(),
        Stand::NotNeeded => String::new(),
        _ => slot.stand.detail(today),
    };
    let detail = (!detail.is_empty()).then(|| view! { <span class="muted small">{detail}</span> });
    let name = text::title(slot.spec, slot.period);
    let state = match href(&slot) {
        Some(href) => view! {
            <a href=href>
                <StatusTag status label />
                <span class="visually-hidden">{format!(" {name}")}</span>
            </a>
        },
        None if slot.stand == Stand::NotNeeded => {
            view! { <span class="muted">"\u{2013}" <span class="visually-hidden">" Not needed, before this site began"</span></span> }
        }
        None => view! { <StatusTag status label /> },
    };
    view! {
        <td rowspan=months.to_string() data-stand=status>
            {state}
            {detail}
        </td>
    }
}
