//! Which sites differ by more than chance: only where there are enough of them, and only with rates.

use super::{
    facts::{SiteFacts, last_month},
    list, near_misses_list,
};
use crate::{
    state::use_app,
    text::{
        audits::{names, period},
        measures::near_misses_per,
        provider as text,
        review::record::{lower_first, upper_first},
    },
    ui::{
        Cell, Table,
        chart::{Chart, Drawn, Funnel as Drawing, FunnelPoint},
    },
};
use domain::{
    audits::Period,
    measures::{Scope, UChart, rate_per, u_chart, u_limits},
    register::Register,
    vocabulary::DENOMINATOR,
};
use markup::prelude::*;

/// Rates of all sites in one month, with the limits of chance.
struct Limits {
    denominator: &'static str,
    /// Near misses that go with it.
    counts: Vec<f64>,
    rates: Vec<f64>,
    /// Thousands of the denominator.
    n: Vec<f64>,
    chart: UChart,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    More,
    Less,
    Within,
}

/// Of which a curve is made.
const PIECES: u32 = 40;

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
            let share = rate_per(register, &scope, code.code, &month.to_string())?;
            Some((f64::from(share.n), share.denominator? / 1000.0))
        });
        let (counts, n): (Vec<f64>, Vec<f64>) = shares.collect::<Option<Vec<_>>>()?.into_iter().unzip();
        Limits::of(code.code, &counts, n)
    })
}

impl Limits {
    /// `n`: thousands of the denominator of each site.
    fn of(denominator: &'static str, counts: &[f64], n: Vec<f64>) -> Option<Limits> {
        let chart = u_chart(counts, &n)?;
        let rates = counts.iter().zip(&n).map(|(count, n)| count / n).collect();
        Some(Limits { denominator, counts: counts.to_vec(), rates, n, chart })
    }

    fn stands(&self, index: usize) -> Stands {
        match self.chart.signals.contains(&(index + 1)) {
            false => Stands::Within,
            true if self.rates[index] > self.chart.centre => Stands::More,
            true => Stands::Less,
        }
    }

    /// The drawing; each point has the number of its row.
    fn funnel(&self, names: &[&str], about: Drawn) -> Drawing {
        let size = |n: f64| n * 1000.0;
        let points = names.iter().enumerate().map(|(index, name)| FunnelPoint {
            label: (index + 1).to_string(),
            about: format!(
                "{}. {name}: {} per 1,000. {}",
                index + 1,
                text::rate(self.rates[index]),
                self.stands(index).words()
            ),
            size: size(self.n[index]),
            value: self.rates[index],
            outside: self.stands(index) != Stands::Within,
        });
        let smallest = self.n.iter().copied().fold(f64::INFINITY, f64::min) / 2.0;
        let largest = self.n.iter().copied().fold(0.0, f64::max) * 1.05;
        let limits = (0..=PIECES).map(|piece| {
            let n = smallest + (largest - smallest) * f64::from(piece) / f64::from(PIECES);
            let (low, high) = u_limits(self.chart.centre, n);
            (size(n), low, high)
        });
        Drawing {
            about,
            points: points.collect(),
            centre: self.chart.centre,
            limits: limits.collect(),
            size_name: DENOMINATOR.label(self.denominator).to_owned(),
        }
    }
}

impl Stands {
    fn words(self) -> &'static str {
        match self {
            Stands::More => "Reports more than chance explains",
            Stands::Less => "Reports less than chance explains",
            Stands::Within => "Within chance",
        }
    }
}

#[component]
fn Rows(facts: Vec<SiteFacts>, limits: Limits, month: Period) -> impl IntoView {
    let of = lower_first(DENOMINATOR.label(limits.denominator));
    let what = upper_first(near_misses_per(limits.denominator));
    let intro = format!(
        "{what} per 1,000 {of} in {}. All sites together: {}. The more {of} a site has, the narrower its limits.",
        period(month),
        text::rate(limits.chart.centre)
    );
    let names: Vec<&str> = facts.iter().map(|facts| facts.name.as_str()).collect();
    let outside = |wanted| {
        let there = names.iter().enumerate().filter(|(index, _)| limits.stands(*index) == wanted);
        there.map(|(_, name)| *name).collect::<Vec<_>>()
    };
    let words = text::funnel(facts.len(), &outside(Stands::More), &outside(Stands::Less));
    let title = format!("Sites and the limits of chance, {}", period(month));
    let about = Drawn { id: "chart-funnel".into(), title, words: words.clone() };
    let funnel = limits.funnel(&names, about);
    let size_head = DENOMINATOR.label(limits.denominator).to_owned();
    let heads = ["Site", what.as_str(), size_head.as_str(), "Rate", "Limits of chance", "So"];
    let rows: Vec<Node> = facts
        .iter()
        .enumerate()
        .map(|(index, facts)| {
            let (low, high) = (limits.chart.lcl[index], limits.chart.ucl[index]);
            let name = format!("{}. {}", index + 1, facts.name);
            let near_misses = limits.counts[index].to_string();
            let hidden = format!(" near misses, {}", facts.name);
            let href = list(&facts.site, near_misses_list(Some(limits.denominator)));
            let (size_head, size) = (size_head.clone(), (limits.n[index] * 1000.0).round().to_string());
            let (rate, between) =
                (text::rate(limits.rates[index]), format!("{} to {}", text::rate(low), text::rate(high)));
            let so = limits.stands(index).words();
            view! {
                <tr role="row">
                    <Cell head="Site" names_row=true>{name}</Cell>
                    <Cell head=what.clone() number=true>
                        <a href=href>{near_misses}<span class="visually-hidden">{hidden}</span></a>
                    </Cell>
                    <Cell head=size_head number=true>{size}</Cell>
                    <Cell head="Rate" number=true>{rate}</Cell>
                    <Cell head="Limits of chance" number=true>{between}</Cell>
                    <Cell head="So">{so}</Cell>
                </tr>
            }
        })
        .collect();
    let heads = heads.map(str::to_owned).to_vec();
    view! {
        <p>{words}</p>
        <p class="muted">{intro}</p>
        <div class="provider-funnel"><Chart drawn=funnel.draw() /></div>
        <Table caption="Sites and the limits of chance" hide_caption=true heads>{rows}</Table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight sites: the third reports far more, the last far less, the rest as chance brings; the small seventh too, though
    /// its rate is high.
    fn eight() -> Limits {
        let counts = [9.0, 11.0, 60.0, 10.0, 8.0, 12.0, 10.0, 0.0];
        Limits::of("occupied_bed_days", &counts, vec![0.9, 1.0, 1.0, 0.9, 0.8, 1.1, 0.3, 2.4])
            .expect("all known")
    }

    #[test]
    fn eight_sites_stand_within_chance_or_outside_it() {
        let limits = eight();
        let stands: Vec<Stands> = (0..8).map(|index| limits.stands(index)).collect();
        use Stands::{Less, More, Within};
        assert_eq!(stands, [Within, Within, More, Within, Within, Within, Within, Less]);
    }

    #[test]
    fn a_funnel_has_a_point_for_each_site_and_limits_that_narrow() {
        let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let funnel = eight().funnel(&names, Drawn::default());
        assert_eq!(funnel.points.len(), 8);
        assert_eq!(funnel.points[7].label, "8");
        assert_eq!(funnel.points[7].about, "8. H: 0.00 per 1,000. Reports less than chance explains");
        let wide = |limit: &(f64, f64, f64)| limit.2 - limit.1;
        assert!(
            funnel.limits.windows(2).all(|pair| wide(&pair[0]) > wide(&pair[1])),
            "narrower where more was offered"
        );
        assert!(funnel.limits.last().is_some_and(|last| last.0 >= 2400.0), "as far as the largest site");
        let outside = funnel.points.iter().filter(|point| point.outside).count();
        assert_eq!(outside, 2);
    }
}
