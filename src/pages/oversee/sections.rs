//! The sections of learning and oversight, one line each: address, words, symbol, and the roles it serves.

use crate::routes;
use domain::roles::{
    Role::{
        Administrator, BehaviourLead, Commissioner, DeputyManager, Inspector, MaintenanceLead,
        MedicationLead, Provider, RegisteredManager,
    },
    Roles,
};

#[derive(Debug)]
pub struct Section {
    pub href: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub icon: &'static str,
    pub roles: Roles,
}

pub const MANAGERS: Roles = Roles::of(&[RegisteredManager, DeputyManager]);
pub const LEADS: Roles = Roles::of(&[MedicationLead, MaintenanceLead, BehaviourLead]);
pub const LEADERS: Roles = MANAGERS.and(LEADS).with(Provider);
/// May look, also from outside.
pub const READERS: Roles = LEADERS.with(Inspector).with(Commissioner);
pub const KEEPERS: Roles = MANAGERS.with(Provider).with(Administrator);

/// In the order in which they stand on the page.
pub static SECTIONS: &[Section] = &[
    Section {
        href: routes::LEARNING,
        label: "Outcomes",
        hint: "What changed, and did it work?",
        icon: "trending-up",
        roles: READERS,
    },
    Section {
        href: routes::BOARD,
        label: "Team board",
        hint: "Stories for everybody who works here.",
        icon: "newspaper",
        roles: LEADERS,
    },
    Section {
        href: routes::MEASURES,
        label: "Measures",
        hint: "Numbers and pictures, each with the records behind it.",
        icon: "chart-column",
        roles: READERS,
    },
    Section {
        href: routes::MEASURE_NUMBERS,
        label: "Bed days, hours and doses",
        hint: "What rates are divided by, month by month.",
        icon: "table",
        roles: KEEPERS,
    },
];
