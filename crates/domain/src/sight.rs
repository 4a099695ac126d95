//! Who sees what: which records a person may see, and what is left out of an event for them.
//! Source: model.md section 5.

mod coded;
#[cfg(test)]
mod tests;

use crate::{
    category::{self, CategorySpec},
    directory::Directory,
    event::{Author, Event, Fields, Received},
    ids::StaffId,
    record::Record,
    register::Register,
    roles::{Role, Roles},
    time::to_the_minute,
};
use chrono::NaiveDate;

/// Roles that see every record of a site.
const WHOLE_SITE: Roles =
    Roles::of(&[Role::RegisteredManager, Role::DeputyManager, Role::Inspector, Role::Commissioner]);

/// Verbs whose author is the reporter as the reporter: hidden where the report was made in confidence.
pub const AS_REPORTER: [&str; 7] =
    ["report", "answer", "resubmit", "withdraw", "amend", "add_note", "start_outage"];

/// Somebody who looks.
#[derive(Clone, Debug)]
pub struct Viewer<'a> {
    pub staff: &'a StaffId,
    pub directory: &'a Directory,
    /// London date on which roles are judged.
    pub date: NaiveDate,
}

impl Viewer<'_> {
    pub fn roles(&self, site: &str) -> Roles {
        self.directory.held(self.staff, site, self.date).all()
    }

    /// Provider at one site is provider of all.
    fn is_provider(&self) -> bool {
        self.directory.sites.keys().any(|site| self.roles(site).has(Role::Provider))
    }

    /// May this person see this record?
    pub fn sees(&self, record: &Record) -> bool {
        let roles = self.roles(&record.site);
        if record.reporter.is(&Author::Staff(self.staff.clone())) && roles.meets(Roles::STAFF) {
            return true;
        }
        if roles.meets(WHOLE_SITE) || self.is_provider() {
            return true;
        }
        if roles.meets(Roles::STAFF) && record.actions.iter().any(|action| action.owner == *self.staff) {
            return true;
        }
        record.spec().is_some_and(|spec| roles.has(spec.pathway.reviewer) || roles.has(spec.pathway.lead))
    }

    /// May this person see events about the site itself: audits, alerts, denominators?
    pub fn sees_site(&self, site: &str) -> bool {
        const READERS: Roles = Roles::of(&[
            Role::RegisteredManager,
            Role::DeputyManager,
            Role::Inspector,
            Role::Commissioner,
            Role::MedicationLead,
            Role::MaintenanceLead,
            Role::BehaviourLead,
        ]);
        self.roles(site).meets(READERS) || self.is_provider()
    }

    /// May this person see an event, as the register stands?
    pub fn sees_event(&self, register: &Register, event: &Event) -> bool {
        match &event.record {
            Some(id) => match register.record(id).filter(|record| record.site == event.site) {
                Some(record) => self.sees(record),
                None => self.sees_stray(event),
            },
            None => self.sees_site_event(register, event),
        }
    }

    /// An event about a record that its site does not know, or not yet.
    pub fn sees_stray(&self, event: &Event) -> bool {
        self.roles(&event.site).has(Role::RegisteredManager) || event.by.is(self.staff)
    }

    /// A lead sees what is about alerts that go to them and audits of their category.
    fn sees_site_event(&self, register: &Register, event: &Event) -> bool {
        let roles = self.roles(&event.site);
        let is_own = event.by.is(self.staff) && roles.meets(Roles::STAFF);
        if is_own || roles.meets(WHOLE_SITE) || self.is_provider() {
            return true;
        }
        let leads = |spec: Option<&CategorySpec>| spec.is_some_and(|spec| roles.has(spec.pathway.lead));
        match event.verb.as_str() {
            "link_alert" | "dismiss_alert" | "snooze_alert" => {
                let alert = event.text("alert").and_then(|name| register.alert(&event.site, name));
                alert.is_some_and(|alert| alert.to.iter().any(|role| roles.has(*role)))
            }
            "open_audit" | "sign_oversight" => leads(event.text("category").and_then(category::find)),
            "answer_audit" | "sign_audit" => {
                leads(event.text("audit").and_then(|id| register.audit_by_id(id)?.spec()))
            }
            // Between the provider and those who run the site.
            "ask_manager" | "answer_provider" => false,
            "record_denominator" => roles.has(Role::Administrator) || self.sees_site(&event.site),
            // Told to the whole team.
            "share_story" | "unshare_story" => roles.meets(Roles::STAFF),
            // Who practised is for the person and for those who see the whole site.
            "finish_practice" => false,
            _ => self.sees_site(&event.site),
        }
    }

    /// The event as this person may read it.
    pub fn shown(&self, register: &Register, received: &Received) -> Received {
        let mut shown = received.clone();
        let is_commissioner = self.is_commissioner(&received.event.site);
        let is_in_confidence = !received.event.by.is(self.staff)
            && (is_in_confidence(register, &received.event) || follows_sealed(register, received));
        if is_commissioner || is_in_confidence {
            hide_author(&mut shown);
        }
        if is_in_confidence {
            // As it is written down where it was known then: it may have arrived before its report.
            shown.judgement.received_at = to_the_minute(shown.judgement.received_at);
        }
        if is_commissioner {
            shown.event.with = coded_fields(&shown.event, register);
        }
        if received.event.verb == "share_story" && !self.sees_record_of(register, &received.event) {
            shown.event.with.remove("record");
        }
        if received.event.verb == "unshare_story" && !self.sees_why(&received.event) {
            shown.event.with.remove("reason");
        }
        shown
    }

    /// A story leads to its record only those who may see it.
    fn sees_record_of(&self, register: &Register, story: &Event) -> bool {
        let record = story.text("record").and_then(|id| register.record(id));
        record.is_some_and(|record| record.site == story.site && self.sees(record))
    }

    /// Why a story was taken down is for those who could have told it.
    fn sees_why(&self, ended: &Event) -> bool {
        ended.by.is(self.staff) || self.roles(&ended.site).meets(WHOLE_SITE) || self.is_provider()
    }

    fn is_commissioner(&self, site: &str) -> bool {
        let roles = self.roles(site);
        roles.has(Role::Commissioner) && !roles.meets(Roles::STAFF) && !roles.has(Role::Inspector)
    }
}

/// The fields of an event without the words that somebody typed, people and staff: codes, dates, numbers, yes or no.
pub fn coded_fields(event: &Event, register: &Register) -> Fields {
    coded::fields_of(event, register).into()
}

/// Written by a reporter whose name is hidden, as the reporter, also where the report was set aside and makes no record.
/// Known to the system only; nor must its time of receipt be that of what the same phone sent by name.
pub fn is_in_confidence(register: &Register, event: &Event) -> bool {
    is_sealed(event) || (AS_REPORTER.contains(&event.verb.as_str()) && is_of_hidden_reporter(register, event))
}

/// Is the author of an entry that is kept apart nobody's to know? It is stricter than with what became part of a
/// record: nothing that a hidden reporter wrote about it is shown by name, nor what came before their report.
pub fn is_kept_apart_in_confidence(register: &Register, event: &Event) -> bool {
    let sealed = event.record.as_ref().and_then(|id| register.sealed(id));
    is_sealed(event)
        || is_of_hidden_reporter(register, event)
        || sealed.is_some_and(|report| report.event.by == event.by)
}

fn is_of_hidden_reporter(register: &Register, event: &Event) -> bool {
    let known = event.record.as_ref().and_then(|id| register.record(id));
    known.zip(event.by.staff()).is_some_and(|(record, staff)| record.is_hidden_reporter(staff))
}

/// A report that asks not to tell who wrote it.
pub(crate) fn is_sealed(event: &Event) -> bool {
    event.verb == "report" && event.text("identity") == Some("confidential")
}

/// Written as the reporter by whoever had reported in confidence, where that report was set aside: it makes no record
/// that would know them. What came before the report was shown before anybody knew.
fn follows_sealed(register: &Register, received: &Received) -> bool {
    let Received { event, judgement } = received;
    let sealed = event.record.as_ref().and_then(|id| register.sealed(id));
    AS_REPORTER.contains(&event.verb.as_str())
        && sealed.is_some_and(|report| report.event.by == event.by && report.judgement.seq < judgement.seq)
}

/// Nor the clock of the device: how far it is off is the same in all that it sends.
fn hide_author(shown: &mut Received) {
    let Received { event, judgement } = shown;
    event.by = Author::Hidden;
    event.device = "hidden".into();
    event.device_time = judgement.corrected_at;
    event.offset_ms = None;
    judgement.offset_ms = 0;
}
