//! What stands on one card of the list: one alert, or several about the same thing that came back.

use super::line::{Group, Line, Wanted, lines};
use crate::{routes, state::App};
use domain::{
    patterns::{Alert, CameBack, together},
    register::Register,
};
use leptos::prelude::Read;

#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What they have in common; none for one alert.
    pub about: Option<CameBack>,
    /// At least one, the newest first, all of one group.
    pub lines: Vec<Line>,
}

/// In the order of `lines`. Tracked.
pub fn shown(app: App) -> Vec<Shown> {
    let lines = lines(app);
    let register = app.register.read();
    folded(&lines, &register)
}

/// Alerts of different groups never stand together: those that wait are let be, and those that are settled each have
/// a story of their own.
fn folded(lines: &[Line], register: &Register) -> Vec<Shown> {
    let group = |group: Group| {
        let of_group: Vec<&Line> = lines.iter().filter(|line| line.group == group).collect();
        if group == Group::Settled {
            return of_group.into_iter().map(Shown::one).collect::<Vec<_>>();
        }
        let alerts: Vec<&Alert> = of_group.iter().map(|line| &line.alert).collect();
        let cards = together(&alerts, register).into_iter().map(|card| Shown {
            about: card.about,
            lines: card.alerts.into_iter().map(|place| of_group[place].clone()).collect(),
        });
        cards.collect()
    };
    Group::ALL.into_iter().flat_map(group).collect()
}

impl Shown {
    fn one(line: &Line) -> Shown {
        Shown { about: None, lines: vec![line.clone()] }
    }

    pub fn group(&self) -> Group {
        self.lines.first().map_or(Group::Settled, |line| line.group)
    }

    pub fn alerts(&self) -> Vec<&Alert> {
        self.lines.iter().map(|line| &line.alert).collect()
    }

    /// What the filters leave of it: a card says the same wherever it leads, so it stays whole or comes apart.
    pub fn left_by(&self, wanted: &Wanted) -> Vec<Shown> {
        let left: Vec<&Line> = self.lines.iter().filter(|line| wanted.leaves(line)).collect();
        match left.len() == self.lines.len() {
            true => vec![self.clone()],
            false => left.into_iter().map(Shown::one).collect(),
        }
    }

    /// Changes when what the card says changes.
    pub fn key(&self) -> Vec<(String, Option<usize>, usize, bool, bool)> {
        let key = |line: &Line| {
            let alert = &line.alert;
            (alert.name(), line.nth, alert.records().count(), alert.settled.is_some(), line.mine)
        };
        self.lines.iter().map(key).collect()
    }

    /// Of the page of these alerts, or of the one.
    pub fn address(&self) -> String {
        match (&self.about, self.lines.first()) {
            (Some(about), _) => routes::alerts_together(&about.code(), self.group() == Group::Waiting),
            (None, line) => line.map_or_else(|| routes::ALERTS.to_owned(), Line::address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::came_back;
    use super::*;
    use domain::patterns::Rule;

    fn line(alert: &Alert, group: Group) -> Line {
        let things = super::super::thing::things(alert, &came_back());
        Line { alert: alert.clone(), nth: None, group, mine: true, categories: Vec::new(), things }
    }

    fn lines(register: &Register, groups: [Group; 2]) -> Vec<Line> {
        let alerts = register.alerts("elm").filter(|alert| alert.rule == Rule::RecurrenceAfterClose);
        alerts.zip(groups).map(|(alert, group)| line(alert, group)).collect()
    }

    #[test]
    fn two_alerts_that_say_the_same_are_one_card_in_one_group_only() {
        let register = came_back();
        let cards = |groups| {
            let cards = folded(&lines(&register, groups), &register);
            cards.iter().map(|card| (card.lines.len(), card.address())).collect::<Vec<_>>()
        };
        let of = "place~2Fenvironment~2Fbed_rails~2Froom_1";
        let name = |record: &str| format!("/alerts/recurrence_after_close~7C{record}");
        assert_eq!(cards([Group::NeedsYou; 2]), [(2, format!("/alerts/together?of={of}"))]);
        assert_eq!(cards([Group::Waiting; 2]), [(2, format!("/alerts/together?of={of}&waiting=1"))]);
        assert_eq!(cards([Group::NeedsYou, Group::Waiting]), [(1, name("a")), (1, name("b"))]);
        assert_eq!(cards([Group::Settled; 2]), [(1, name("a")), (1, name("b"))]);
    }

    #[test]
    fn a_filter_leaves_a_card_whole_or_takes_it_apart() {
        let register = came_back();
        let mut lines = lines(&register, [Group::NeedsYou; 2]);
        lines[1].categories = vec!["environment".into()];
        let cards = folded(&lines, &register);
        let left = |wanted: Wanted| {
            cards[0]
                .left_by(&wanted)
                .iter()
                .map(|card| (card.about.is_some(), card.lines.len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(left(Wanted::default()), [(true, 2)]);
        assert_eq!(left(Wanted { about: "place:room_1".into(), ..Wanted::default() }), [(true, 2)]);
        assert_eq!(left(Wanted { category: "environment".into(), ..Wanted::default() }), [(false, 1)]);
        assert_eq!(left(Wanted { category: "behaviour".into(), ..Wanted::default() }), []);
    }
}
