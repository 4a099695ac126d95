//! The name of a reporter who asked to stay unknown: is there one, and who may open it.
//! Source: model.md section 3, "Identity"; opening it is a logged read with a reason.

use super::{Record, Reporter};
use crate::{
    event::Author,
    ids::StaffId,
    roles::{Role, Roles},
};

/// What there is to open of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal<'a> {
    /// The reporter did not ask for it.
    Open,
    /// Nobody is known: written without a name, or brought in by somebody who did not report it.
    Nobody,
    /// The name is where the whole log is; none anywhere else, and once the words of the record are gone.
    Sealed(Option<&'a StaffId>),
}

impl Record {
    pub fn seal(&self) -> Seal<'_> {
        match &self.reporter {
            Reporter::Anonymous => Seal::Nobody,
            _ if self.imported.is_some() => Seal::Nobody,
            Reporter::Confidential(name) if self.facts.identity() == "confidential" => {
                Seal::Sealed(name.as_ref())
            }
            Reporter::Named(_) | Reporter::Confidential(_) => Seal::Open,
        }
    }

    /// May this person, with these roles at the site today, open the name? Whoever reported it knows it; once the words
    /// are gone there is none.
    pub fn may_open_name(&self, who: &StaffId, roles: Roles) -> bool {
        let manages = roles.has(Role::RegisteredManager);
        let is_there = matches!(self.seal(), Seal::Sealed(_)) && self.words_gone().is_none();
        manages && is_there && !self.reporter.is(&Author::Staff(who.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::{register, report};
    use serde_json::json;

    #[track_caller]
    fn check(with: serde_json::Value, by: &str, seal: Seal<'_>, opened_by: &[&str]) {
        let register = register(&[report(with.clone())], by);
        let record = register.record("r").expect("known");
        assert_eq!(record.seal(), seal, "{with}");
        for who in ["mara", "rita"] {
            let manager = Roles::of(&[Role::RegisteredManager]);
            assert_eq!(record.may_open_name(&who.into(), manager), opened_by.contains(&who), "{with} {who}");
            let others = Role::ALL.into_iter().filter(|role| *role != Role::RegisteredManager).collect();
            assert!(!record.may_open_name(&who.into(), others), "{with} {who}");
        }
    }

    #[test]
    fn only_a_sealed_name_is_opened_and_only_by_a_registered_manager_who_did_not_report() {
        let rita = StaffId::from("rita");
        let sealed = json!({"identity": "confidential"});
        check(sealed.clone(), "rita", Seal::Sealed(Some(&rita)), &["mara"]);
        // As it lies on the device of a manager.
        check(sealed, "hidden", Seal::Sealed(None), &["mara", "rita"]);
        check(json!({}), "rita", Seal::Open, &[]);
        // Of a reader who is told no name at all.
        check(json!({}), "hidden", Seal::Open, &[]);
        check(json!({"identity": "anonymous"}), "anonymous", Seal::Nobody, &[]);
    }
}
