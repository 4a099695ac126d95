//! Where every audit and oversight of a site stands. Pure: the caller gives the register and the time.

use crate::text::audits::Stand;
use chrono::{Datelike, NaiveDate};
use domain::{
    audits::{self, AuditState, Period},
    category::{CATEGORIES, Cadence, CategorySpec},
    ids::EventId,
    register::Register,
    roles::{Role, Roles},
    time::{self, Instant, london_date},
    verbs,
};

/// One audit of the calendar.
#[derive(Clone, Debug)]
pub struct Slot {
    pub spec: &'static CategorySpec,
    pub period: Period,
    pub due: NaiveDate,
    pub stand: Stand,
    /// Once it is opened.
    pub audit: Option<EventId>,
}

impl PartialEq for Slot {
    fn eq(&self, other: &Slot) -> bool {
        let of = |slot: &Slot| (slot.spec.id, slot.period, slot.due, slot.audit.clone());
        of(self) == of(other) && self.stand == other.stand
    }
}

impl Slot {
    /// The category and period, unique at a site.
    pub fn key(&self) -> String {
        format!("{}/{}", self.spec.id, self.period)
    }

    /// Opening it, answering it or signing it: what comes next. None where nothing waits.
    fn next_verb(&self) -> Option<&'static str> {
        match &self.stand {
            Stand::ToOpen { .. } | Stand::Missed { .. } | Stand::Late { progress: None, .. } => {
                Some("open_audit")
            }
            Stand::InProgress { answered, of, .. } | Stand::Late { progress: Some((answered, of)), .. } => {
                Some(if answered < of { "answer_audit" } else { "sign_audit" })
            }
            Stand::NotNeeded | Stand::NotOver { .. } | Stand::Signed { .. } => None,
        }
    }

    /// What comes next is for somebody with these roles.
    fn is_for(&self, roles: Roles) -> bool {
        self.next_verb().is_some_and(|verb| may(roles, verb))
    }
}

fn may(roles: Roles, verb: &str) -> bool {
    verbs::find(verb).is_some_and(|spec| spec.is_for(roles))
}

/// These roles answer audits and do not open or sign them.
pub fn only_answers(roles: Roles) -> bool {
    may(roles, "answer_audit") && !may(roles, "open_audit")
}

/// Audits about which somebody with these roles can do something now, the earliest due first.
pub fn to_do(register: &Register, site: &str, roles: Roles, now: Instant) -> Vec<Slot> {
    waiting(register, site, roles, now).into_iter().filter(|slot| slot.is_for(roles)).collect()
}

/// Those of `waiting` that wait for these roles, and those that wait for somebody else. Whoever only reads sees all of
/// them together.
pub fn shared_out(waiting: Vec<Slot>, roles: Roles) -> (Vec<Slot>, Vec<Slot>) {
    match only_answers(roles) {
        true => waiting.into_iter().partition(|slot| slot.is_for(roles)),
        false => (waiting, Vec::new()),
    }
}

/// Categories whose audits these roles see: a lead sees those of their own.
pub fn categories(roles: Roles) -> impl Iterator<Item = &'static CategorySpec> {
    const ALL: Roles = Roles::of(&[
        Role::RegisteredManager,
        Role::DeputyManager,
        Role::Provider,
        Role::Inspector,
        Role::Commissioner,
    ]);
    CATEGORIES.into_iter().filter(move |spec| roles.meets(ALL) || roles.has(spec.pathway.lead))
}

/// One audit as it stands.
pub fn slot(
    register: &Register,
    site: &str,
    spec: &'static CategorySpec,
    period: Period,
    now: Instant,
) -> Slot {
    let today = london_date(now);
    let days = register.directory().settings(site).audit_due_days;
    let due_of = |period: Period| time::add_days(period.last(), days);
    let due = due_of(period);
    let line = audits::audit(register, site, spec.id, &period.to_string(), now);
    let audit = line.as_ref().and_then(|line| line.audit);
    let progress = audit.map(|audit| {
        let of = audit.sample.len() * domain::vocabulary::AUDIT_ITEM.codes.len();
        (of - audit.unanswered().count(), of)
    });
    let late_days = time::days_between(due, today);
    let is_late = line.as_ref().is_some_and(|line| line.is_expected) && late_days > 0;
    let signed = audit.and_then(|audit| audit.signed.as_ref());
    let stand = match (line.map(|line| line.state), signed, progress) {
        (Some(AuditState::Signed), Some(signed), _) => Stand::Signed { on: london_date(signed.at), due },
        (Some(AuditState::Expected), ..) if is_late && today > due_of(period.next()) => Stand::Missed { due },
        (Some(_), _, progress) if is_late => Stand::Late { days: late_days, progress },
        (Some(_), _, Some((answered, of))) => Stand::InProgress { answered, of, due },
        (Some(_), ..) => Stand::ToOpen { due },
        (None, ..) if !period.is_over(now) => Stand::NotOver { over_on: period.next().first() },
        (None, ..) => Stand::NotNeeded,
    };
    Slot { spec, period, due, stand, audit: audit.map(|audit| audit.id.clone()) }
}

/// Every audit that waits for somebody, the earliest due first.
pub fn waiting(register: &Register, site: &str, roles: Roles, now: Instant) -> Vec<Slot> {
    let mut slots: Vec<Slot> = all(register, site, roles, now).filter(|slot| slot.stand.waits()).collect();
    slots.sort_by_key(|slot| (slot.due, slot.period.first()));
    slots
}

/// Those that were signed, the latest period first.
pub fn signed(register: &Register, site: &str, roles: Roles, now: Instant) -> Vec<Slot> {
    let is_signed = |slot: &Slot| matches!(slot.stand, Stand::Signed { .. });
    let mut slots: Vec<Slot> = all(register, site, roles, now).filter(is_signed).collect();
    slots.sort_by_key(|slot| std::cmp::Reverse((slot.period.last(), slot.period.first())));
    slots
}

/// Those whose period runs now, the first to end first.
pub fn running(register: &Register, site: &str, roles: Roles, now: Instant) -> Vec<Slot> {
    let today = london_date(now);
    let mut slots: Vec<Slot> = categories(roles)
        .map(|spec| slot(register, site, spec, Period::of(spec.audits, today), now))
        .collect();
    slots.sort_by_key(|slot| slot.period.last());
    slots
}

/// Those of the last year that are over, not expected and not opened: they may be opened all the same.
pub fn others(register: &Register, site: &str, roles: Roles, now: Instant) -> Vec<Slot> {
    let today = london_date(now);
    let from = time::take_days(today, 365);
    let mut slots: Vec<Slot> = categories(roles)
        .flat_map(|spec| {
            std::iter::successors(Some(Period::of(spec.audits, from)), |period| Some(period.next()))
                .take_while(|period| period.is_over(now))
                .map(move |period| slot(register, site, spec, period, now))
        })
        .filter(|slot| slot.stand == Stand::NotNeeded)
        .collect();
    slots.sort_by_key(|slot| std::cmp::Reverse(slot.period.last()));
    slots
}

fn all<'a>(
    register: &'a Register,
    site: &'a str,
    roles: Roles,
    now: Instant,
) -> impl Iterator<Item = Slot> + 'a {
    audits::audits(register, site, now).into_iter().filter_map(move |line| {
        let spec = categories(roles).find(|spec| spec.id == line.category)?;
        Some(slot(register, site, spec, line.period, now))
    })
}

/// One row of the year: a month, and for each category the audit that begins in it.
pub struct Row {
    pub month: Period,
    /// How many months it covers, and the audit; none where one that began before still covers the month.
    pub cells: Vec<Option<(usize, Slot)>>,
}

/// The months of a year beside the audits of each category.
pub fn year(register: &Register, site: &str, year: i32, roles: Roles, now: Instant) -> Vec<Row> {
    (1..=12)
        .map(|number| {
            let month = Period::Month(year, number);
            let cells = categories(roles).map(|spec| {
                let period = Period::of(spec.audits, month.first());
                let months = match spec.audits {
                    Cadence::Monthly => 1,
                    Cadence::Quarterly => 3,
                    Cadence::Annually => 12,
                };
                (period.first() == month.first()).then(|| (months, slot(register, site, spec, period, now)))
            });
            Row { month, cells: cells.collect() }
        })
        .collect()
}

/// First and last year that hold an audit.
pub fn years(register: &Register, site: &str, today: NaiveDate) -> (i32, i32) {
    let began = register.directory().sites.get(site).and_then(|site| site.live_from);
    let opened = register.opened_audits(site).map(|audit| audit.period.first());
    let first = began.into_iter().chain(opened).min().unwrap_or(today);
    (first.year().min(today.year()), today.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        directory::{Directory, Site},
        time::{parse_date, parse_instant},
    };
    use std::sync::Arc;

    const BOSS: Roles = Roles::of(&[Role::RegisteredManager]);

    fn since(date: &str) -> Register {
        let mut directory = Directory::default();
        directory.sites.insert("elm".into(), Site { live_from: parse_date(date), ..Site::default() });
        Register::new(Arc::new(directory))
    }

    fn noon(date: &str) -> Instant {
        parse_instant(&format!("{date}T12:00+00:00")).expect(date)
    }

    fn stand(register: &Register, spec: &'static CategorySpec, period: &str, date: &str) -> Stand {
        let period = Period::parse(period).expect(period);
        slot(register, "elm", spec, period, noon(date)).stand
    }

    #[test]
    fn an_audit_is_to_open_then_late_then_missed() {
        let register = since("2026-01-01");
        let check = |date: &str, words: &str| {
            assert_eq!(stand(&register, CATEGORIES[0], "2026-01", date).words(), words, "{date}");
        };
        check("2026-01-31", "Not over yet");
        check("2026-02-01", "To open");
        check("2026-02-14", "To open");
        check("2026-02-15", "Late by 1 day");
        check("2026-03-14", "Late by 28 days");
        check("2026-03-15", "Missed");
        assert_eq!(stand(&register, CATEGORIES[0], "2025-12", "2026-02-01"), Stand::NotNeeded);
    }

    #[test]
    fn the_year_shows_each_audit_once_over_the_months_that_it_covers() {
        let register = since("2026-01-01");
        let rows = year(&register, "elm", 2026, BOSS, noon("2026-05-10"));
        let spans = |column: usize| -> usize {
            rows.iter().filter_map(|row| row.cells[column].as_ref()).map(|(months, _)| *months).sum()
        };
        assert_eq!((rows.len(), spans(0), spans(1), spans(2)), (12, 12, 12, 12));
        let quarters = rows.iter().filter(|row| row.cells[1].is_some()).count();
        assert_eq!(quarters, 4);
    }

    #[test]
    fn whoever_answers_is_told_of_those_with_an_answer_missing() {
        let register = since("2026-01-01");
        let (now, period) = (noon("2026-04-02"), Period::parse("2026-01").expect("a month"));
        let slot = |stand| Slot { stand, ..slot(&register, "elm", CATEGORIES[0], period, now) };
        let due = slot(Stand::NotNeeded).due;
        let stands = [
            Stand::ToOpen { due },
            Stand::Missed { due },
            Stand::Late { days: 3, progress: None },
            Stand::InProgress { answered: 4, of: 5, due },
            Stand::Late { days: 3, progress: Some((0, 5)) },
            Stand::InProgress { answered: 5, of: 5, due },
            Stand::Late { days: 3, progress: Some((5, 5)) },
        ];
        let told = |role| {
            let (mine, others) = shared_out(stands.clone().map(slot).to_vec(), Roles::of(&[role]));
            let of_role = mine.iter().filter(|slot| slot.is_for(Roles::of(&[role]))).count();
            (of_role, mine.len(), others.len())
        };
        assert_eq!(told(Role::RegisteredManager), (7, 7, 0));
        assert_eq!(told(Role::DeputyManager), (2, 2, 5));
        for reads in [Role::MedicationLead, Role::Provider, Role::Inspector] {
            assert_eq!(told(reads), (0, 7, 0));
        }
        let done = slot(Stand::Signed { on: due, due });
        assert!(!done.is_for(BOSS));
        assert_eq!(crate::text::audits::to_do(2, 1, true), "2 audits to answer, 1 late");
    }

    #[test]
    fn the_first_to_do_is_the_one_that_was_due_first_and_a_lead_sees_their_own() {
        let register = since("2026-01-01");
        let keys = |roles: Roles| -> Vec<String> {
            waiting(&register, "elm", roles, noon("2026-04-02")).iter().map(Slot::key).collect()
        };
        let all = keys(BOSS);
        assert_eq!((all.len(), all[0].as_str()), (7, "medication/2026-01"));
        assert_eq!(all.last().map(String::as_str), Some("behaviour/2026-03"));
        let before = others(&register, "elm", BOSS, noon("2026-04-02"));
        assert_eq!((before.len(), before[0].key().as_str()), (9 + 3 + 9, "medication/2025-12"));
        assert_eq!(keys(Roles::of(&[Role::MaintenanceLead])), ["environment/2026-Q1"]);
        assert!(keys(Roles::of(&[Role::Senior])).is_empty());
    }
}
