//! A date typed as day, month and year.

use super::{Bound, Group, field::described_by};
use markup::prelude::*;

/// What stands in the three boxes, as typed; the month may be a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    pub day: String,
    pub month: String,
    pub year: String,
}

/// Three boxes without automatic jumping. Their ids are `id` (day), `{id}-month` and `{id}-year`.
#[component]
pub fn DateField(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    #[prop(into)] value: Bound<DateParts>,
    /// For example "For example, 27 11 2026".
    #[prop(into, optional)]
    hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    /// The legend is the heading of the page.
    #[prop(optional)]
    heading: bool,
) -> impl IntoView {
    let described = described_by(&id, hint, error);
    let day = Bound::new(
        move || value.get().day,
        move |day| value.set(DateParts { day, ..untrack(|| value.get()) }),
    );
    let month = Bound::new(
        move || value.get().month,
        move |month| value.set(DateParts { month, ..untrack(|| value.get()) }),
    );
    let year = Bound::new(
        move || value.get().year,
        move |year| value.set(DateParts { year, ..untrack(|| value.get()) }),
    );
    let (day_id, month_id, year_id) = (id.clone(), format!("{id}-month"), format!("{id}-year"));
    view! {
        <Group id legend hint error heading>
            <div class="date-field" role="group" aria-describedby=described>
                <Part id=day_id label="Day" value=day width="short" />
                <Part id=month_id label="Month" value=month width="month" />
                <Part id=year_id label="Year" value=year width="year" />
            </div>
        </Group>
    }
}

#[component]
fn Part(id: String, label: &'static str, value: Bound<String>, width: &'static str) -> impl IntoView {
    view! {
        <div class="date-field__part">
            <label class="date-field__label" for=id.clone()>{label}</label>
            <input
                class="text-field"
                id=id.clone()
                name=id
                type="text"
                inputmode=(width != "month").then_some("numeric")
                autocomplete="off"
                spellcheck="false"
                data-width=width
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}
