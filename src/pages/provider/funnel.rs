//! Which sites differ by more than chance: only where there are enough of them, and only with rates.

use super::facts::{SiteFacts, last_month};
use crate::{
    state::use_app,
    text::{
        audits::{names, period},
        provider as text,
        review::record::lower_first,
    },
    ui::{Cell, Table},
};
use domain::{
    audits::Period,
    measures::{Scope, UChart, rate, u_chart},
    register::Register,
    vocabulary::DENOMINATOR,
};
use markup::prelude::*;

/// Rates of all sites in one month, with the limits of chance.
struct Limits {
    denominator: &'static str,
    rates: Vec<f64>,
    chart: UChart,
}

#[component]
pub fn Funnel(facts: Memo<Vec<SiteFacts>>) -> impl IntoView {
    let app = use_app();
    live(move || {
        let facts = facts.get();
        let body = if facts.len() < text::FUNNEL_FROM {
            view! { <p>{text::no_funnel(facts.len())}</p> }
        } else {
            let month = last_month(app.today());
            match limits(&app.register.read(), &facts, month) {
                Some(limits) => view! { <Rows facts limits month /> },
                None => {
                    let missing: Vec<String> = facts
                        .into_iter()
                        .filter(|facts| facts.rate.is_none())
                        .map(|facts| facts.name)
                        .collect();
                    let missing = if missing.is_empty() { "every site".to_owned() } else { names(&missing) };
                    let words = format!(
                        "Sites can be compared when bed days, care hours or doses of {} are entered for {missing}, the same kind for all.",
                        period(month)
                    );
                    view! { <p>{words}</p> }
                }
            }
        };
        view! {
            <section class="stack">
                <h2>"More than chance?"</h2>
                {body}
            </section>
        }
    })
}

/// None where no denominator is known for all sites.
fn limits(register: &Register, facts: &[SiteFacts], month: Period) -> Option<Limits> {
    DENOMINATOR.codes.iter().find_map(|code| {
        let shares = facts.iter().map(|facts| {
            let scope = Scope { site: Some(&facts.site), category: None };
            let share = rate(register, &scope, code.code, &month.to_string());
            Some((f64::from(share.n), share.denominator? / 1000.0))
        });
        let (counts, n): (Vec<f64>, Vec<f64>) = shares.collect::<Option<Vec<_>>>()?.into_iter().unzip();
        let chart = u_chart(&counts, &n)?;
        let rates = counts.iter().zip(&n).map(|(count, n)| count / n).collect();
        Some(Limits { denominator: code.code, rates, chart })
    })
}

#[component]
fn Rows(facts: Vec<SiteFacts>, limits: Limits, month: Period) -> impl IntoView {
    let Limits { denominator, rates, chart } = limits;
    let of = lower_first(DENOMINATOR.label(denominator));
    let intro = format!(
        "Near misses per 1,000 {of} in {}. All sites together: {:.2}. A site outside its limits differs by more than chance; find out why before you judge.",
        period(month),
        chart.centre
    );
    let heads = ["Site", "Rate", "Limits of chance", "So"].map(str::to_owned).to_vec();
    let rows: Vec<Node> = facts
        .into_iter()
        .enumerate()
        .map(|(index, facts)| {
            let (rate, low, high) = (rates[index], chart.lcl[index], chart.ucl[index]);
            let so = match chart.signals.contains(&(index + 1)) {
                true if rate > high => "Reports more than chance explains",
                true => "Reports less than chance explains",
                false => "Within chance",
            };
            view! {
                <tr role="row">
                    <Cell head="Site" names_row=true>{facts.name}</Cell>
                    <Cell head="Rate" number=true>{format!("{rate:.2}")}</Cell>
                    <Cell head="Limits of chance" number=true>{format!("{low:.2} to {high:.2}")}</Cell>
                    <Cell head="So">{so}</Cell>
                </tr>
            }
        })
        .collect();
    view! {
        <p>{intro}</p>
        <Table caption="Sites and the limits of chance" hide_caption=true heads>{rows}</Table>
    }
}
