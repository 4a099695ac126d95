//! What somebody asks a pack for, and what is wrong with it in words.

use crate::{
    framework::Framework,
    own_words::{self, OwnWords},
    words,
};
use chrono::NaiveDate;
use domain::{
    category::CATEGORIES,
    ids::{PersonCode, RecordId, SiteId, StaffId},
    register::Register,
    roles::Role,
    time::{Instant, london_date},
    vocabulary,
};

/// What a pack is for. Source: requirements 117 and 121 to 124.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PackKind {
    Inspector,
    Commissioner,
    GovernanceReport,
    ImprovementPlan,
    SupervisionNote,
    MedicationAuditFile,
    /// What is recorded about one person who is supported, for that person.
    AboutOnePerson,
}

impl PackKind {
    pub const ALL: [PackKind; 7] = [
        PackKind::Inspector,
        PackKind::Commissioner,
        PackKind::GovernanceReport,
        PackKind::ImprovementPlan,
        PackKind::SupervisionNote,
        PackKind::MedicationAuditFile,
        PackKind::AboutOnePerson,
    ];

    pub fn code(self) -> &'static str {
        match self {
            PackKind::Inspector => "inspector",
            PackKind::Commissioner => "commissioner",
            PackKind::GovernanceReport => "governance_report",
            PackKind::ImprovementPlan => "service_improvement_plan",
            PackKind::SupervisionNote => "supervision_note",
            PackKind::MedicationAuditFile => "medication_audit_file",
            PackKind::AboutOnePerson => "about_one_person",
        }
    }

    pub fn from_code(code: &str) -> Option<PackKind> {
        PackKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Heading of the pack.
    pub fn title(self) -> &'static str {
        match self {
            PackKind::Inspector => "Evidence for an inspection",
            PackKind::Commissioner => "Report for the commissioner",
            PackKind::GovernanceReport => "Governance report",
            PackKind::ImprovementPlan => "Service improvement plan",
            PackKind::SupervisionNote => "Supervision note",
            PackKind::MedicationAuditFile => "Medication audit file",
            PackKind::AboutOnePerson => "What we hold about one person",
        }
    }

    /// Holds only codes, numbers and dates; never words that somebody typed.
    pub fn is_coded_only(self) -> bool {
        self == PackKind::Commissioner
    }

    /// Holds the code of one person and the words that were typed about them, whatever is left out of others.
    pub fn is_about_one(self) -> bool {
        self == PackKind::AboutOnePerson
    }

    /// Is laid out by the entries of a framework.
    pub fn uses_framework(self) -> bool {
        self == PackKind::Inspector
    }
}

#[derive(Clone, Debug)]
pub struct Request {
    pub kind: PackKind,
    pub sites: Vec<SiteId>,
    /// London dates of what happened, both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Codes of `category`; empty for all.
    pub categories: Vec<String>,
    pub framework: Framework,
    /// Why names and free text are in it; none: de-identified. About one person: why staff are named; none: roles.
    pub identified: Option<String>,
    pub made_at: Instant,
    pub made_by: Role,
    /// Whose practice a supervision note is about.
    pub staff: Option<StaffId>,
    /// Who asks what is held about them.
    pub person: Option<PersonCode>,
    /// Records to tell all the way through, beside those that the rule picks.
    pub examples: Vec<RecordId>,
    /// What its maker says about the examples.
    pub words: Vec<OwnWords>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("Choose at least one site.")]
    NoSite,
    #[error("The site {0} is not in the provider's list. Choose a site from the list.")]
    UnknownSite(String),
    #[error("The period ends before it begins. Choose a last day that is not before the first day.")]
    PeriodBackwards,
    #[error("The period lies in the future. Choose a first day that is not after today.")]
    PeriodInFuture,
    #[error("The period is longer than ten years. Choose a shorter one.")]
    PeriodTooLong,
    #[error("The category {0} does not exist.")]
    UnknownCategory(String),
    #[error("Names and free text need a reason. Write why they are needed, or leave them out.")]
    ReasonMissing,
    #[error("A commissioner's report never has names or free text.")]
    NeverIdentified,
    #[error("Write at most two sentences, {} characters.", own_words::MOST)]
    WordsTooLong,
    #[error("Take out \u{201c}{0}\u{201d}: a pack without names holds none.")]
    WordsName(String),
    #[error("Choose whose supervision the note is for.")]
    StaffMissing,
    #[error("The member of staff {0} is not in the provider's list.")]
    StaffUnknown(String),
    #[error("Choose which person it is about.")]
    PersonMissing,
    #[error("The person {0} is not in the provider's list. Choose a person from the list.")]
    PersonUnknown(String),
}

/// Why the words and the code of a person who asks stand in a pack.
const ACCESS: &str = "Somebody asked what is recorded about them (UK GDPR Article 15).";

impl Request {
    /// Everything that is wrong, in the order of the form.
    /// # Errors  At least one fault.
    pub fn check(&self, register: &Register) -> Result<(), Vec<Fault>> {
        let directory = register.directory();
        let mut faults = Vec::new();
        if self.sites.is_empty() {
            faults.push(Fault::NoSite);
        }
        let unknown = self.sites.iter().filter(|site| !directory.sites.contains_key(*site));
        faults.extend(unknown.map(|site| Fault::UnknownSite(site.to_string())));
        if self.to < self.from {
            faults.push(Fault::PeriodBackwards);
        } else if self.from > london_date(self.made_at) {
            faults.push(Fault::PeriodInFuture);
        } else if !self.kind.is_about_one() && (self.to - self.from).num_days() > 3660 {
            faults.push(Fault::PeriodTooLong);
        }
        let unknown = self.categories.iter().filter(|code| domain::category::find(code).is_none());
        faults.extend(unknown.map(|code| Fault::UnknownCategory(code.clone())));
        if self.identified.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
            faults.push(Fault::ReasonMissing);
        }
        if self.kind.is_coded_only() && self.identified.is_some() {
            faults.push(Fault::NeverIdentified);
        }
        let texts = self.words.iter().flat_map(|own| [&own.happened, &own.changed]);
        faults.extend(texts.filter_map(|text| own_words::fault(text, directory, self.names_staff())));
        if self.kind == PackKind::SupervisionNote {
            match &self.staff {
                None => faults.push(Fault::StaffMissing),
                Some(staff) if !directory.staff.contains_key(staff) => {
                    faults.push(Fault::StaffUnknown(staff.to_string()));
                }
                Some(_) => {}
            }
        }
        if self.kind.is_about_one() {
            match &self.person {
                None => faults.push(Fault::PersonMissing),
                Some(person) if !directory.people.contains_key(person) => {
                    faults.push(Fault::PersonUnknown(person.to_string()));
                }
                Some(_) => {}
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Holds words that somebody typed, and a code or names.
    pub fn is_identified(&self) -> bool {
        self.kind.is_about_one() || self.identified.is_some() && !self.kind.is_coded_only()
    }

    /// Staff are told by their names.
    pub fn names_staff(&self) -> bool {
        self.identified.is_some() && !self.kind.is_coded_only()
    }

    /// Why words, codes or names are in it; none where they are not.
    pub fn reason(&self) -> Option<String> {
        let typed = self.identified.as_ref().map(|reason| reason.trim()).filter(|_| self.names_staff());
        match (self.kind.is_about_one(), typed) {
            (true, None) => Some(ACCESS.to_owned()),
            (true, Some(typed)) => Some(format!("{ACCESS} Staff are named: {typed}")),
            (false, typed) => typed.map(str::to_owned),
        }
    }

    /// The person whom it is about, where it is about one.
    pub fn about(&self) -> Option<&PersonCode> {
        self.person.as_ref().filter(|_| self.kind.is_about_one())
    }

    /// Codes of the categories that are in it, in their usual order.
    pub fn wanted_categories(&self) -> Vec<&'static str> {
        let all = CATEGORIES.into_iter().map(|spec| spec.id);
        match self.kind {
            PackKind::MedicationAuditFile => vec!["medication"],
            _ if self.categories.is_empty() => all.collect(),
            _ => all.filter(|id| self.categories.iter().any(|wanted| wanted == id)).collect(),
        }
    }

    pub fn site_names(&self, register: &Register) -> String {
        let names: Vec<&str> = self
            .sites
            .iter()
            .map(|id| {
                let name = register.directory().sites.get(id).map(|site| site.name.as_str());
                name.filter(|name| !name.is_empty()).unwrap_or(id)
            })
            .collect();
        words::listed(&names)
    }

    /// "Medicines, Place or equipment"; all of them by name.
    pub fn category_names(&self) -> String {
        let names: Vec<&str> =
            self.wanted_categories().into_iter().map(|code| vocabulary::CATEGORY.label(code)).collect();
        words::listed(&names)
    }

    /// What every table of numbers rests on, in one line. Source: requirement 130.
    pub fn basis(&self, register: &Register, denominator: &str) -> String {
        format!(
            "Period: {}. Filters: {}; {}. Of how many: {denominator}. {}.",
            words::period(self.from, self.to),
            self.site_names(register),
            self.category_names(),
            words::upper_first(&rules_in_words()),
        )
    }

    /// What stands on every page.
    pub fn running(&self, register: &Register) -> String {
        format!(
            "{} | {} | {} | {}",
            self.site_names(register),
            words::period(self.from, self.to),
            self.category_names(),
            rules_in_words(),
        )
    }
}

/// "rules of November 2026": the same in words, by the month of each.
pub(crate) fn rules_in_words() -> String {
    let mut months: Vec<String> =
        rule_versions().iter().filter_map(|version| words::month_of(version)).collect();
    months.dedup();
    format!("rules of {}", words::listed(&months))
}

/// Versions of everything that numbers and words follow from.
pub fn rule_versions() -> Vec<String> {
    vec!["model-1".to_owned(), domain::notification::rules().version.clone(), "patterns-2026-11".to_owned()]
}
