//! What goes into the files: dates, category, and whether people are in them.

use crate::{
    pages::evidence::{REASON, ReasonField, why_named},
    state::{App, use_app},
    text::{common, evidence as text},
    ui::{Bound, Choice, FieldError, Notice, Radios, Select, Tone},
};
use chrono::{Datelike, NaiveDate};
use domain::{
    category::CATEGORIES,
    time::{add_days, take_days},
};
use exchange::{Selection, pir};
use markup::prelude::*;

const TWELVE_MONTHS: &str = "twelve_months";
const EVERYTHING: &str = "everything";
const WITH_PEOPLE: &str = "people";
const WITHOUT_PEOPLE: &str = "coded";

/// Code and words of each period.
const PERIODS: [(&str, &str); 7] = [
    (TWELVE_MONTHS, "Last 12 months"),
    ("this_month", "This month so far"),
    ("last_month", "Last month"),
    ("last_quarter", "Last quarter"),
    ("this_year", "This year so far"),
    ("last_year", "Last year"),
    (EVERYTHING, "Everything"),
];

#[derive(Clone, Copy)]
pub struct Chosen {
    period: RwSignal<String>,
    category: RwSignal<String>,
    people: RwSignal<Option<String>>,
    /// Why people are in the files.
    reason: RwSignal<String>,
    /// What must be put right before a file can be saved.
    pub errors: RwSignal<Vec<FieldError>>,
    app: App,
}

impl Chosen {
    pub fn new(app: App) -> Self {
        Self {
            period: RwSignal::new(TWELVE_MONTHS.to_owned()),
            category: RwSignal::default(),
            people: RwSignal::new(Some(WITHOUT_PEOPLE.to_owned())),
            reason: RwSignal::default(),
            errors: RwSignal::default(),
            app,
        }
    }

    /// What a file is to be made of; none where the reason for people is missing, and the form then asks for it.
    pub fn asked(self) -> Option<Selection> {
        untrack(|| {
            let typed = self.reason.get();
            let lacks = self.has_people() && typed.trim().is_empty();
            self.errors.set(match lacks {
                true => vec![FieldError::new(REASON, text::WHY_NAMES)],
                false => Vec::new(),
            });
            let selection = Selection { why: Some(why_named(self.app, &typed)), ..self.selection() };
            (!lacks).then_some(selection)
        })
    }

    /// Of the site that is shown. Tracked, but for the clock.
    pub fn selection(self) -> Selection {
        let (from, to) = dates(&self.period.get(), self.app.today());
        let category = self.category.get();
        Selection {
            site: self.app.site(),
            category: (!category.is_empty()).then_some(category),
            from,
            to,
            identified: self.has_people(),
            why: None,
            now: self.app.instant(),
        }
    }

    fn has_people(self) -> bool {
        self.people.read().as_deref() == Some(WITH_PEOPLE)
    }

    /// How many records go in. Tracked.
    fn records(self) -> usize {
        let selection = self.selection();
        exchange::Pack::new(&self.app.register.read(), &selection).records().len()
    }
}

/// First and last date of a period, both included.
fn dates(period: &str, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let month = |date: NaiveDate| date.with_day(1).unwrap_or(date);
    let year = |date: NaiveDate| month(date).with_month(1).unwrap_or(date);
    let before = |date: NaiveDate| take_days(date, 1);
    match period {
        "this_month" => (month(today), today),
        "last_month" => {
            let last = before(month(today));
            (month(last), last)
        }
        "last_quarter" => {
            let back = (0..today.month0() % 3).fold(month(today), |date, _| month(before(date)));
            let last = before(back);
            let first = (0..2).fold(month(last), |date, _| month(before(date)));
            (first, last)
        }
        "this_year" => (year(today), today),
        "last_year" => {
            let last = before(year(today));
            (year(last), last)
        }
        // A report may be of the next day by its own clock.
        EVERYTHING => (NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or(today), add_days(today, 1)),
        _ => (pir::twelve_months(today), today),
    }
}

#[component]
pub fn ChosenFields(chosen: Chosen) -> impl IntoView {
    let app = use_app();
    let periods: Vec<Choice> =
        PERIODS.iter().skip(1).map(|(code, words)| Choice::new(*code, *words)).collect();
    let categories: Vec<Choice> =
        CATEGORIES.iter().map(|spec| Choice::new(spec.id, spec.name).icon(spec.icon)).collect();
    let people = vec![
        Choice::new(WITHOUT_PEOPLE, "Without people")
            .hint("Codes, dates and numbers. No words that staff wrote. A stand-in for each person, roles for staff."),
        Choice::new(WITH_PEOPLE, "With people")
            .hint("Also what staff wrote, person codes and staff codes. You must write why."),
    ];
    let said = Memo::new(move |_| {
        let selection = chosen.selection();
        let (from, to) = (common::day(selection.from), common::day(selection.to));
        let records = common::count(chosen.records(), "record", "records");
        match chosen.period.read().as_str() {
            EVERYTHING => format!("{records} up to today."),
            _ => format!("{records} from {from} to {to}."),
        }
    });
    let people_chosen = Bound::new(
        move || chosen.people.get(),
        move |value| {
            chosen.errors.set(Vec::new());
            chosen.people.set(value);
        },
    );
    let error = Signal::derive(move || chosen.errors.read().first().map(|error| error.message.clone()));
    let filling = move || app.register.read().records().next().is_none();
    view! {
        <section class="stack exchange-choice">
            <h2>"What goes into the files"</h2>
            <Select
                id="period"
                label="When it happened"
                options=periods
                value=chosen.period
                empty="Last 12 months"
            />
            <Select
                id="category"
                label="What it is about"
                options=categories
                value=chosen.category
                empty="Everything"
            />
            <Radios id="people" legend="Who may read the files?" options=people value=people_chosen />
            {move || {
                chosen
                    .has_people()
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Warning title="These files tell who it was">
                                <p>"Keep them as safe as care records, and delete them when you are done."</p>
                            </Notice>
                            <ReasonField label=text::REASON hint=text::FILE_REASON_HINT value=chosen.reason error />
                        }
                    })
            }}
            <p class="exchange-count" role="status">
                {move || said.get()}
                {move || filling().then_some(" Records stand here once the first near miss is reported.")}
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_begin_and_end_where_people_think_they_do() {
        let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("date");
        let today = date(2026, 11, 25);
        for (period, from, to) in [
            ("", date(2025, 11, 26), today),
            ("this_month", date(2026, 11, 1), today),
            ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
            ("last_quarter", date(2026, 7, 1), date(2026, 9, 30)),
            ("this_year", date(2026, 1, 1), today),
            ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ] {
            assert_eq!(dates(period, today), (from, to), "{period}");
        }
        assert_eq!(dates("last_quarter", date(2026, 1, 31)), (date(2025, 10, 1), date(2025, 12, 31)));
        assert_eq!(dates("last_month", date(2026, 3, 31)), (date(2026, 2, 1), date(2026, 2, 28)));
    }
}
