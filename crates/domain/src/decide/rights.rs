//! Checks 3 to 6: may this author use this verb, in this state?

use super::{Desk, Moment, Side, is_anonymous};
use crate::{
    category::CategorySpec,
    directory::Held,
    event::{Author, Event},
    pathway::{Party, Permit},
    record::{Record, Reporter},
    refusal::{Code, Refusal},
    register::Register,
    roles::{Role, Roles},
    time::Instant,
    verbs::VerbSpec,
};

/// What is known about the author at one moment.
struct Standing<'a> {
    register: &'a Register,
    event: &'a Event,
    record: Option<&'a Record>,
    roles: Roles,
    is_reporter: bool,
}

/// Checks 3 to 6 at the corrected time.
pub(super) fn check(
    register: &Register,
    event: &Event,
    spec: &VerbSpec,
    record: Option<&Record>,
    moment: &Moment,
) -> Result<(), Refusal> {
    let roles = held(register, event, moment.corrected_at).all();
    stand(register, event, record, roles, moment)?.check(spec)
}

/// Checks 3 to 5: leaves out whether the state allows it now.
pub(super) fn check_in_any_state(
    register: &Register,
    event: &Event,
    spec: &VerbSpec,
    record: Option<&Record>,
    moment: &Moment,
) -> Result<(), Refusal> {
    let roles = held(register, event, moment.corrected_at).all();
    stand(register, event, record, roles, moment)?.check_any_state(spec)
}

/// The author could do this when it was written, but no longer holds a role for it at receipt.
/// Never for a report or a note: those are always taken.
pub(super) fn ended(
    register: &Register,
    event: &Event,
    spec: &VerbSpec,
    record: Option<&Record>,
    moment: &Moment,
    received_at: Instant,
) -> bool {
    if matches!(spec.name, "report" | "add_note") || is_anonymous(event) {
        return false;
    }
    let at = |instant| stand(register, event, record, held(register, event, instant).all(), moment);
    let (Ok(then), Ok(now)) = (at(moment.corrected_at), at(received_at)) else {
        return at(moment.corrected_at).is_ok_and(|then| then.check_any_state(spec).is_ok());
    };
    // A state that is closed to everybody says nothing about roles.
    let open_now =
        record.is_none_or(|record| spec.permits.iter().any(|permit| permit.states.has(record.state)));
    if open_now && then.check(spec).is_ok() {
        now.check(spec).is_err()
    } else {
        then.check_any_state(spec).is_ok() && now.check_any_state(spec).is_err()
    }
}

/// Would be refused in that state without standing in for the registered manager, by the rights or by a check of
/// the verb itself. Where the state has moved on and refuses everybody, the rights in any state tell.
pub(super) fn needs_delegation(
    register: &Register,
    event: &Event,
    spec: &'static VerbSpec,
    at: Instant,
) -> bool {
    let held = held(register, event, at);
    if !held.delegate || held.own.has(Role::RegisteredManager) {
        return false;
    }
    let record = event.record.as_ref().and_then(|id| register.record(id));
    let moment = &Moment { corrected_at: at, token_for: None };
    let with = |roles| stand(register, event, record, roles, moment);
    if with(held.all()).and_then(|all| all.check(spec)).is_ok() {
        let acts_as =
            |roles| Desk { register, event, spec, record, moment, side: Side::Arrival, roles }.check_act();
        with(held.own).and_then(|own| own.check(spec)).is_err()
            || (acts_as(held.all()).is_ok() && acts_as(held.own).is_err())
    } else {
        with(held.own).and_then(|own| own.check_any_state(spec)).is_err()
    }
}

/// Roles at the site of the event at an instant.
pub(super) fn held(register: &Register, event: &Event, at: Instant) -> Held {
    match &event.by {
        Author::Staff(who) => register.directory().held_at(who, &event.site, at),
        Author::Anonymous | Author::Hidden => Held::default(),
    }
}

/// The owner of a step, the registered manager, and for steps 2, 4 and 5 the deputy manager.
pub fn doers(spec: &CategorySpec, step: u8) -> Roles {
    let doers = Roles::of(&[Role::RegisteredManager]).with(spec.owner(step));
    if matches!(step, 2 | 4 | 5) { doers.with(Role::DeputyManager) } else { doers }
}

/// Checks 3 and 4.
fn stand<'a>(
    register: &'a Register,
    event: &'a Event,
    record: Option<&'a Record>,
    roles: Roles,
    moment: &Moment,
) -> Result<Standing<'a>, Refusal> {
    if is_anonymous(event) {
        let is_reporter = event.record.is_some()
            && moment.token_for == event.record
            && record.is_some_and(|record| record.reporter == Reporter::Anonymous);
        return if is_reporter || event.verb == "report" {
            Ok(Standing { register, event, record, roles, is_reporter })
        } else {
            Err(Code::TokenWrong.into())
        };
    }
    if roles.is_empty() {
        return Err(Code::NoRoleAtSite.into());
    }
    if roles.only_reads() {
        return Err(Code::ReadOnlyRole.into());
    }
    let is_reporter = record.is_some_and(|record| record.reporter.is(&event.by));
    Ok(Standing { register, event, record, roles, is_reporter })
}

impl Standing<'_> {
    fn check(&self, spec: &VerbSpec) -> Result<(), Refusal> {
        self.check_any_state(spec)?;
        let Some(record) = self.record else { return Ok(()) };
        let open = |permit: &Permit| permit.states.has(record.state) && self.is(permit.party);
        if spec.permits.iter().any(open) { Ok(()) } else { Err(Code::WrongState.into()) }
    }

    fn check_any_state(&self, spec: &VerbSpec) -> Result<(), Refusal> {
        if spec.permits.iter().any(|permit| self.is(permit.party)) {
            return Ok(());
        }
        Err(if spec.is_the_reporters() { Code::NotTheReporter } else { Code::RoleNotAllowed }.into())
    }

    fn is(&self, party: Party) -> bool {
        let spec = self.record.and_then(Record::spec);
        match party {
            Party::Staff => self.roles.meets(Roles::STAFF),
            Party::Anonymous => is_anonymous(self.event),
            Party::Reporter => self.is_reporter,
            Party::Doers(step) => spec.is_some_and(|spec| self.roles.meets(doers(spec, step))),
            Party::AnyDoer => {
                spec.is_some_and(|spec| (2..=5).any(|step| self.roles.meets(doers(spec, step))))
            }
            Party::Holder(role) => self.roles.has(role),
            Party::ActionOwner => {
                let action = self.event.text("action").and_then(|id| self.record?.action(id));
                action.is_some_and(|action| self.event.by.is(&action.owner))
            }
            Party::AlertLead => self.register.is_alert_lead(self.event, self.roles),
        }
    }
}
