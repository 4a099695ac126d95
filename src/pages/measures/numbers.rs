//! The few large numbers on top, each with what it is a part of and the list that it counts.

use super::{behind::Of, look::Look, picture::Number};
use crate::text::{
    common::count,
    measures::{part_of, ratio},
};
use domain::measures::index::{By, LateFor, Which, came_back, group, late};
use markup::prelude::*;

struct Large {
    label: &'static str,
    parts: Vec<Number>,
    /// What it is a part of.
    of: String,
    /// It has a good direction, and stands on the wrong side.
    worse: bool,
}

fn large(look: &Look) -> Vec<Large> {
    let counted = |which| look.index.rows(&look.filter, which).len();
    let number = |which| Number::count(counted(which), look.records(which));
    let (all, near) = (counted(Which::All), counted(Which::NearMiss));
    let reports = count(all, "report", "reports");
    let reported = look.index.rows(&look.filter, Which::All);
    let named = group(&reported, By::Reporter).len();
    let withheld = reported.iter().any(|row| row.record.withholds_reporter());
    let late = late(&look.index, &look.directory, &look.filter, look.now);
    let back = came_back(&look.index, &look.register, &look.filter).len();
    let longest = late.iter().filter(|line| LateFor::of(line.days) == LateFor::Longer).count();
    let (prevented, no_harm, harm) =
        (counted(Which::Prevented), counted(Which::NoHarm), counted(Which::Incident));
    let part = |which, whole: usize, name: &str| match whole {
        0 => format!("no {name} yet"),
        _ => part_of(counted(which), whole, name),
    };
    vec![
        Large {
            label: "Near misses",
            parts: vec![number(Which::NearMiss)],
            of: format!("of {reports}"),
            worse: false,
        },
        Large {
            label: "Incidents with harm",
            parts: vec![number(Which::Incident)],
            of: format!("of {reports}"),
            worse: harm > 0,
        },
        Large {
            label: "Near miss : no harm : harm",
            parts: vec![number(Which::Prevented), number(Which::NoHarm), number(Which::Incident)],
            of: ratio(prevented, no_harm, harm, counted(Which::Other)),
            worse: false,
        },
        Large {
            label: "Steps and actions late now",
            parts: vec![Number::count(late.len(), look.behind(Of::Late(None), &look.filter))],
            of: format!("{longest} for more than 30 days"),
            worse: !late.is_empty(),
        },
        Large {
            label: "Reports of the same after we acted",
            parts: vec![Number::count(back, look.behind(Of::CameBack, &look.filter))],
            of: format!("within 90 days of the actions, of {reports}"),
            worse: back > 0,
        },
        Large {
            label: "Could have been serious",
            parts: vec![number(Which::Serious)],
            of: part(Which::Serious, counted(Which::Reviewed), "near misses with a risk review"),
            worse: false,
        },
        Large {
            label: "Caught only by luck",
            parts: vec![number(Which::Luck)],
            of: part(Which::Luck, near, "near misses"),
            worse: false,
        },
        Large {
            label: "People who reported",
            parts: vec![match withheld {
                true => Number::words("Not shown to you".to_owned()),
                false => Number::count(named, look.behind(Of::Reporters, &look.filter)),
            }],
            of: if withheld { format!("{reports} in all") } else { format!("by name, {reports} in all") },
            worse: false,
        },
        Large {
            label: "Without a name",
            parts: vec![number(Which::Nameless)],
            of: part(Which::Nameless, all, "reports"),
            worse: false,
        },
    ]
}

#[component]
pub fn LargeNumbers(look: Look) -> impl IntoView {
    let cards = large(&look).into_iter().map(|Large { label, parts, of, worse }| {
        let several = parts.len() > 1;
        let names = ["near misses that reached nobody", "no harm", "harm"];
        let parts = parts.into_iter().enumerate().map(|(index, part)| {
            let about = match several {
                true => format!("{} {}: open the list", part.words, names.get(index).copied().unwrap_or_default()),
                false => format!("{} {label}: open the list", part.words),
            };
            let between = (index > 0).then_some(" : ");
            match part.href {
                Some(href) => view! { {between} <a class="large-number__link" href=href aria-label=about>{part.words}</a> },
                None => view! { {between} <span>{part.words}</span> },
            }
        });
        let parts = parts.collect_view();
        view! {
            <li class="large-number" data-worse=worse.then_some("true")>
                <p class="large-number__label">{label}</p>
                <p class="large-number__value" data-several=several.then_some("true")>{parts}</p>
                <p class="large-number__of">{of}</p>
            </li>
        }
    });
    view! { <ul class="large-numbers" aria-label="Numbers of this time">{cards.collect_view()}</ul> }
}
