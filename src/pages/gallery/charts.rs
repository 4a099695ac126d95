//! Charts in their states: every shape, few points, long words, shades.

use super::Part;
use crate::ui::chart::{
    Bar, BarChart, Bars, Drawn, Heat, HeatCell, HeatTable, Line, LineChart, LinePoint, Mark, Sense,
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
        words: count.to_string(),
        href: (count > 0).then(|| "/gallery".to_owned()),
        about: format!("{count} of Monday"),
        level: HeatCell::level(count, 4),
    };
    let heat = Heat {
        caption: "The darker, the more.".into(),
        corner: "Hour".into(),
        columns: vec![("Mo".into(), "Monday".into()), ("Tu".into(), "Tuesday".into())],
        rows: vec![
            ("midnight to 3am".into(), vec![cell(0), cell(1)]),
            ("3am to 6am".into(), vec![cell(3), cell(4)]),
        ],
    };
    view! {
        <Part title="Charts">
            <LineChart line />
            <LineChart line=one />
            <BarChart chart=pareto />
            <BarChart chart=ladder />
            <HeatTable heat />
        </Part>
    }
}
