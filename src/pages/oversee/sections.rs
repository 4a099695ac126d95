//! The sections of learning and oversight, one line each: address, words, symbol, and the roles it serves.

use crate::{
    routes,
    text::{alerts::page as alerts, audits::AUDITS_HINT, evidence},
};
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
        href: routes::ALERTS,
        label: alerts::ALERTS,
        hint: alerts::ALERTS_HINT,
        icon: "bell",
        roles: READERS,
    },
    Section {
        href: routes::RULES,
        label: alerts::RULES,
        hint: alerts::RULES_HINT,
        icon: "sliders-horizontal",
        roles: READERS.with(Administrator),
    },
    Section {
        href: routes::DECISIONS,
        label: "Decision register",
        hint: "Who must be told, who was, and why.",
        icon: "scale",
        roles: READERS,
    },
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
    Section {
        href: routes::AUDITS,
        label: "Audits",
        hint: AUDITS_HINT,
        icon: "clipboard-check",
        roles: READERS,
    },
    Section {
        href: routes::OVERSIGHT,
        label: "Oversight sign-off",
        hint: "The provider reads, asks and signs.",
        icon: "landmark",
        roles: crate::pages::oversight::READERS,
    },
    Section {
        href: routes::PROVIDER,
        label: "All sites",
        hint: "What waits and what is late, side by side.",
        icon: "building-2",
        roles: Roles::of(&[Provider]),
    },
    Section {
        href: routes::LINKS,
        label: "Links for people outside",
        hint: "An inspector or a commissioner reads one pack, for some days.",
        icon: "link",
        roles: Roles::GIVES_LINKS,
    },
    Section {
        href: routes::CALENDAR,
        label: "Your calendar",
        hint: "Audits, reviews and due dates in your own calendar program.",
        icon: "calendar",
        roles: LEADERS,
    },
    Section {
        href: routes::EXCHANGE,
        label: "Data in and out",
        hint: "Files for a spreadsheet, LFPSE and the PIR. Read in past incidents.",
        icon: "arrow-left-right",
        roles: KEEPERS,
    },
    Section {
        href: routes::EVIDENCE,
        label: evidence::EVIDENCE,
        hint: evidence::EVIDENCE_HINT,
        icon: "file-check",
        roles: MANAGERS.with(Provider).with(Inspector).with(Commissioner),
    },
];
