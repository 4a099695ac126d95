//! Charts in their states: every shape, few points, long words, shades.

use super::Part;
use crate::ui::chart::{
    Bar, Bars, Chart, Drawn, Funnel, FunnelPoint, Heat, HeatCell, Line, LinePoint, Mark, Sense, level, shades,
};
use markup::prelude::*;

#[component]
pub fn Charts() -> impl IntoView {
    let about = |id: &str, title: &str| Drawn {
        id: format!("gallery-{id}"),
        title: title.to_owned(),
        words: "The 9th point lies outside the usual limits.".to_owned(),
    };
    let marks = [
        (Mark::Usual, Sense::Neutral),
        (Mark::Trend, Sense::Neutral),
        (Mark::TwoOfThree, Sense::Neutral),
        (Mark::Shift, Sense::Neutral),
        (Mark::Outside, Sense::Neutral),
        (Mark::Outside, Sense::Better),
        (Mark::Outside, Sense::Worse),
    ];
    let values = [4.0, 6.0, 5.0, 7.0, 9.0, 1.0, 8.0];
    let points = values.into_iter().zip(marks).zip(1..).map(|((value, (mark, sense)), day)| LinePoint {
        label: format!("{day} Nov"),
        value,
        mark,
        sense,
    });
    let line = Line {
        about: about("line", "A line with limits"),
        points: points.collect(),
        centre: Some(("Mean", 5.7)),
        upper: vec![8.5; 7],
        lower: vec![2.9; 7],
        trial: true,
        target: Some(3.0),
        whole: true,
    };
    let one = Line {
        about: about("one", "One point"),
        points: vec![LinePoint { label: "Nov 26".into(), value: 0.0, ..LinePoint::default() }],
        ..Line::default()
    };
    let bar = |label: &str, value: f64, cumulative, sense| Bar {
        label: label.to_owned(),
        value,
        shown: value.to_string(),
        cumulative,
        sense,
    };
    let pareto = Bars {
        about: about("pareto", "Most frequent first"),
        bars: vec![
            bar("Medicines: wrong time, or doses too close together", 12.0, Some(60.0), Sense::Neutral),
            bar("Place or equipment: hoist", 8.0, Some(100.0), Sense::Neutral),
        ],
    };
    let ladder = Bars {
        about: about("ladder", "Late now"),
        bars: vec![
            bar("Late by 0 to 7 days", 3.0, None, Sense::Worse),
            bar("None", 0.0, None, Sense::Better),
        ],
    };
    let cell = |count: usize| HeatCell {
        words: if count > 0 { count.to_string() } else { String::new() },
        about: format!("{count} of Monday"),
        level: level(count, 8),
    };
    let heat = Heat {
        about: about("heat", "The darker, the more"),
        columns: vec!["Mo".into(), "Tu".into(), "We".into()],
        rows: vec![
            ("midnight to 3am".into(), vec![cell(0), cell(1), cell(3)]),
            ("3am to 6am".into(), vec![cell(5), cell(8), cell(0)]),
        ],
        key: shades(8)
            .into_iter()
            .map(|(level, first, last)| (level, format!("{first} to {last}")))
            .collect(),
    };
    let point = |number: u32, size: f64, value: f64| FunnelPoint {
        label: number.to_string(),
        about: format!("Home {number}"),
        size,
        value,
        outside: value > 9.0,
    };
    let funnel = Funnel {
        about: about("funnel", "Sites that are alike"),
        points: (1..=8).map(|number| point(number, 900.0, 2.5)).chain([point(9, 880.0, 12.0)]).collect(),
        centre: 3.4,
        limits: (3..=10)
            .map(|size| f64::from(size) * 100.0)
            .map(|size| (size, 0.0, 3.4 + 180.0 / size.sqrt()))
            .collect(),
        size_name: "Occupied bed days".into(),
    };
    view! {
        <Part title="Charts">
            <Chart drawn=line.draw() />
            <Chart drawn=one.draw() />
            <Chart drawn=pareto.draw() />
            <Chart drawn=ladder.draw() />
            <Chart drawn=heat.draw() />
            <Chart drawn=funnel.draw() />
        </Part>
    }
}
