//! Who may do what: roles, sets of roles, and the roles a person holds at a site on a date.

use serde::{Deserialize, Serialize};

/// A role held at a site. Source: brief.txt and model.md section 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Role {
    Reporter,
    Senior,
    ShiftLead,
    RegisteredManager,
    MedicationLead,
    MaintenanceLead,
    BehaviourLead,
    DeputyManager,
    Provider,
    Administrator,
    Inspector,
    Commissioner,
}

impl Role {
    pub const ALL: [Role; 12] = [
        Role::Reporter,
        Role::Senior,
        Role::ShiftLead,
        Role::RegisteredManager,
        Role::MedicationLead,
        Role::MaintenanceLead,
        Role::BehaviourLead,
        Role::DeputyManager,
        Role::Provider,
        Role::Administrator,
        Role::Inspector,
        Role::Commissioner,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Role::Reporter => "reporter",
            Role::Senior => "senior",
            Role::ShiftLead => "shift_lead",
            Role::RegisteredManager => "registered_manager",
            Role::MedicationLead => "medication_lead",
            Role::MaintenanceLead => "maintenance_lead",
            Role::BehaviourLead => "behaviour_lead",
            Role::DeputyManager => "deputy_manager",
            Role::Provider => "provider",
            Role::Administrator => "administrator",
            Role::Inspector => "inspector",
            Role::Commissioner => "commissioner",
        }
    }

    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Every role except those that only read.
    pub fn is_staff(self) -> bool {
        !matches!(self, Role::Inspector | Role::Commissioner)
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u16);

impl Roles {
    pub const NONE: Roles = Roles(0);
    /// Staff = any role except inspector and commissioner.
    pub const STAFF: Roles = Roles(0b0011_1111_1111);

    /// May let somebody outside read a pack by a link.
    pub const GIVES_LINKS: Roles = Roles::of(&[Role::RegisteredManager, Role::Provider]);

    /// May let somebody of an agency report for some days: whoever may be the only one there with a task.
    pub const LETS_IN: Roles = Roles::of(&[
        Role::Senior,
        Role::ShiftLead,
        Role::MedicationLead,
        Role::MaintenanceLead,
        Role::BehaviourLead,
        Role::DeputyManager,
        Role::RegisteredManager,
        Role::Provider,
        Role::Administrator,
    ]);

    pub const fn of(roles: &[Role]) -> Roles {
        let mut set = 0;
        let mut index = 0;
        while index < roles.len() {
            set |= 1 << roles[index] as u16;
            index += 1;
        }
        Roles(set)
    }

    pub const fn with(self, role: Role) -> Roles {
        Roles(self.0 | 1 << role as u16)
    }

    pub const fn and(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }

    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    pub const fn meets(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Holds a role that reads or decides more than somebody who only reports.
    pub fn is_more_than_reporting(self) -> bool {
        self.iter().any(|role| role != Role::Reporter)
    }

    /// Holds roles, and all of them only read.
    pub fn only_reads(self) -> bool {
        !self.is_empty() && !self.meets(Roles::STAFF)
    }

    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Roles::NONE, Roles::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_is_every_role_that_may_write() {
        assert_eq!(Roles::STAFF, Role::ALL.into_iter().filter(|role| role.is_staff()).collect());
        assert!(Roles::of(&[Role::Inspector]).only_reads());
        assert!(!Roles::of(&[Role::Inspector, Role::Senior]).only_reads());
        assert!(!Roles::NONE.only_reads());
        let (none, reporter) = (Roles::NONE, Roles::of(&[Role::Reporter]));
        assert!(!none.is_more_than_reporting() && !reporter.is_more_than_reporting());
        let mut others = Role::ALL.into_iter().filter(|role| *role != Role::Reporter);
        assert!(others.all(|role| reporter.with(role).is_more_than_reporting()));
    }
}
