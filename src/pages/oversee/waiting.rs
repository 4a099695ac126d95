//! What of learning and oversight waits for a person: audits, oversights, questions and answers.
//! Pure, but for what asks the app.

use super::{
    differs,
    late::{self, LateAudits},
    untold,
};
use crate::{
    pages::{audits::calendar, desk::Line, oversight},
    routes,
    state::App,
    text::audits::{self as text, Stand},
};
use domain::{
    audits::{self, AuditState, Period, ProviderQuestion},
    category::{CATEGORIES, CategorySpec},
    ids::{RecordId, SiteId},
    record::Record,
    register::Register,
    roles::{
        Role::{DeputyManager, Provider, RegisteredManager},
        Roles,
    },
    time::{self, Instant, london_date},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What waits for the person here; computed once for Home, the bar and the inbox.
#[derive(Clone, Copy)]
pub struct Work(Memo<SiteWork>);

impl Work {
    pub fn provide(app: App) {
        provide_context(Self(Memo::new(move |_| here(app))));
    }

    /// Questions of the provider without an answer. Tracked.
    pub fn questions(self) -> usize {
        self.0.read().questions.len()
    }

    /// Answers that this person has not read. Tracked.
    pub fn answers(self) -> usize {
        self.0.read().answers.len()
    }

    /// Tracked.
    pub fn asked(self) -> Vec<Asked> {
        self.0.read().questions.clone()
    }

    /// As lines of Home, on a phone too. Tracked.
    pub fn lines(self, app: App) -> Vec<Line> {
        self.0.read().lines(app.now.get())
    }

    /// Audits that wait for this person at the site that is shown, in words; none where none does. Tracked.
    pub fn audits(self) -> Option<String> {
        self.0.read().audits.words()
    }

    /// In how many records of a site somebody must still be told, in words; none where nobody must. Tracked.
    pub fn untold(self, site: &SiteId) -> Option<String> {
        self.0.read().untold.get(site).map(|untold| untold::line(untold.number, untold.late))
    }
}

/// Call it at the top of a component.
pub fn use_work() -> Work {
    expect_context()
}

/// One oversight as it stands.
#[derive(Clone)]
pub struct Oversight {
    pub site: SiteId,
    pub spec: &'static CategorySpec,
    pub period: Period,
    pub stand: Stand,
}

impl PartialEq for Oversight {
    fn eq(&self, other: &Oversight) -> bool {
        let of = |line: &Oversight| (line.site.clone(), line.spec.id, line.period);
        of(self) == of(other) && self.stand == other.stand
    }
}

impl Oversight {
    pub fn is_running(&self) -> bool {
        matches!(self.stand, Stand::NotOver { .. })
    }

    pub fn is_signed(&self) -> bool {
        matches!(self.stand, Stand::Signed { .. })
    }
}

/// One oversight of a site as it stands.
pub fn oversight(
    register: &Register,
    site: &SiteId,
    spec: &'static CategorySpec,
    period: Period,
    now: Instant,
) -> Oversight {
    let line = audits::oversight(register, site, spec.id, &period.to_string(), now);
    let due = time::add_days(period.last(), register.directory().settings(site).oversight_due_days);
    let late = time::days_between(due, london_date(now));
    let signed = line.as_ref().and_then(|line| line.signed);
    let stand = match (line.as_ref().map(|line| line.state), signed) {
        (Some(AuditState::Signed), Some(signed)) => Stand::Signed { on: london_date(signed.at), due },
        (Some(_), _) if late > 0 => Stand::Late { days: late, progress: None },
        (Some(_), _) => Stand::ToOpen { due },
        (None, _) if !period.is_over(now) => Stand::NotOver { over_on: period.next().first() },
        (None, _) => Stand::NotNeeded,
    };
    Oversight { site: site.clone(), spec, period, stand }
}

/// Every oversight of a site: those to sign by when they are due, those that run, those that were signed.
pub fn oversights(register: &Register, site: &SiteId, now: Instant) -> Vec<Oversight> {
    let running = CATEGORIES.into_iter().map(|spec| (spec, Period::of(spec.oversight, london_date(now))));
    let owed = audits::oversights(register, site, now).into_iter().filter_map(|line| {
        Some((CATEGORIES.into_iter().find(|spec| spec.id == line.category)?, line.period))
    });
    let mut lines: Vec<Oversight> =
        owed.chain(running).map(|(spec, period)| oversight(register, site, spec, period, now)).collect();
    lines.sort_by_key(|line| match line.is_signed() {
        true => (1, std::cmp::Reverse(line.period.last())),
        false => (0, std::cmp::Reverse(line.period.last())),
    });
    lines
}

/// How much waits, and where it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteWork {
    pub audits: AuditsToDo,
    /// Oversights that this person signs.
    pub oversights: usize,
    /// Those of them that should be signed by now.
    late_oversights: usize,
    /// Questions of the provider to this person.
    pub questions: Vec<Asked>,
    /// Answers of managers that this person has not read.
    pub answers: Vec<Asked>,
    /// Decisions of the site of a manager about which the service suggests something else.
    pub differs: usize,
    /// Audits that are late, at the sites of this provider.
    pub late: BTreeMap<SiteId, LateAudits>,
    /// Records where somebody must still be told, at the site of a manager or the sites of this provider.
    pub untold: BTreeMap<SiteId, Untold>,
}

/// Audits that this person can open, answer or sign now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuditsToDo {
    pub number: usize,
    /// Those of them that should be signed by now.
    late: usize,
    /// This person answers them; somebody else opens and signs them.
    only_answers: bool,
}

impl AuditsToDo {
    fn of(register: &Register, site: &SiteId, roles: Roles, now: Instant) -> AuditsToDo {
        let slots = calendar::to_do(register, site, roles, now);
        AuditsToDo {
            number: slots.len(),
            late: slots.iter().filter(|slot| slot.stand.is_late()).count(),
            only_answers: calendar::only_answers(roles),
        }
    }

    fn words(self) -> Option<String> {
        (self.number > 0).then(|| text::to_do(self.number, self.late, self.only_answers))
    }
}

/// How many records of a site, and where they are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Untold {
    number: usize,
    /// Those of them in which the time of the law or the contract is over.
    late: usize,
    href: String,
}

impl SiteWork {
    /// What the law or a date asks for comes first, then whom a person waits for.
    fn lines(&self, now: Instant) -> Vec<Line> {
        let first = |asked: &[Asked]| asked.first().map(|asked| asked.address(now)).unwrap_or_default();
        let (questions, answers) = (self.questions.len(), self.answers.len());
        let waits = [
            (questions, text::questions(questions), first(&self.questions), "message-circle"),
            (answers, text::answers(answers), first(&self.answers), "message-circle"),
            (
                self.oversights,
                text::oversights(self.oversights, self.late_oversights),
                routes::OVERSIGHT.to_owned(),
                "landmark",
            ),
        ];
        let some = waits.into_iter().filter(|(number, ..)| *number > 0);
        let waits = some.map(|(_, words, href, icon)| Line { words, href, icon });
        self.urgent().chain(waits).chain(self.differs_line()).chain(self.audits_line()).collect()
    }

    fn urgent(&self) -> impl Iterator<Item = Line> {
        self.untold_line().into_iter().chain(late::lines(&self.late))
    }

    fn audits_line(&self) -> Option<Line> {
        let words = self.audits.words()?;
        Some(Line { words, href: routes::AUDITS.to_owned(), icon: "clipboard-check" })
    }

    fn differs_line(&self) -> Option<Line> {
        let (words, href) = (differs::line(self.differs), routes::DIFFERING.to_owned());
        (self.differs > 0).then_some(Line { words, href, icon: "scale" })
    }

    fn untold_line(&self) -> Option<Line> {
        let number = self.untold.values().map(|untold| untold.number).sum();
        let late = self.untold.values().map(|untold| untold.late).sum();
        let href = match self.untold.values().collect::<Vec<_>>().as_slice() {
            [one] => one.href.clone(),
            _ => routes::PROVIDER.to_owned(),
        };
        (number > 0).then(|| Line { words: untold::line(number, late), href, icon: "megaphone" })
    }
}

pub(super) fn provider_list(site: &SiteId, list: &str) -> String {
    format!("{}?site={site}&list={list}", routes::PROVIDER)
}

/// A question with its site.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub site: SiteId,
    pub question: ProviderQuestion,
}

impl Asked {
    /// Where the question stands: the page of what it is about, which opens at the question.
    pub fn address(&self, now: Instant) -> String {
        format!("{}&question={}", self.page(now), self.question.id)
    }

    /// The page of what it is about.
    pub fn page(&self, now: Instant) -> String {
        let spec = self.question.category.and_then(domain::category::find).unwrap_or(CATEGORIES[0]);
        let running = Period::of(spec.oversight, london_date(now));
        let period =
            self.question.period.filter(|period| period.cadence() == spec.oversight).unwrap_or(running);
        routes::oversight(&self.site, spec.id, &period.to_string())
    }
}

/// The name under which it is remembered that an answer was read.
pub fn seen_key(question: &ProviderQuestion) -> RecordId {
    RecordId::from(format!("answer/{}", question.id).as_str())
}

/// What waits at a site for somebody with these roles. `is_read` says if an answer was read.
pub fn of_site(
    register: &Register,
    site: &SiteId,
    roles: Roles,
    now: Instant,
    is_read: impl Fn(&ProviderQuestion) -> bool,
) -> SiteWork {
    let asked = |question: &ProviderQuestion| Asked { site: site.clone(), question: question.clone() };
    let questions = register.provider_questions(site);
    let open = |question: &&ProviderQuestion| question.answer.is_none();
    let mut work = SiteWork { audits: AuditsToDo::of(register, site, roles, now), ..SiteWork::default() };
    if roles.meets(Roles::of(&[RegisteredManager, DeputyManager])) {
        work.questions = questions.filter(open).map(asked).collect();
    }
    if roles.has(RegisteredManager) {
        work.differs = differs::differing(register, site).count();
    }
    let untold = untold::untold(register, site);
    if !untold.is_empty() && roles.meets(Roles::of(&[RegisteredManager, DeputyManager, Provider])) {
        let href = match roles.has(Provider) {
            true => provider_list(site, "untold"),
            false => routes::UNTOLD.to_owned(),
        };
        let settings = register.directory().settings(site);
        let is_late = |record: &&&Record| untold::due(record, &settings).is_some_and(|due| due.is_past(now));
        let late = untold.iter().filter(is_late).count();
        work.untold.insert(site.clone(), Untold { number: untold.len(), late, href });
    }
    if roles.has(Provider) {
        let lines = oversights(register, site, now);
        let to_sign = || lines.iter().filter(|line| line.stand.waits());
        work.oversights = to_sign().count();
        work.late_oversights = to_sign().filter(|line| line.stand.is_late()).count();
        let answered = register.provider_questions(site).filter(|question| question.answer.is_some());
        work.answers = answered.filter(|question| !is_read(question)).map(asked).collect();
        work.late.extend(LateAudits::of(register, site, now).map(|late| (site.clone(), late)));
    }
    work
}

/// What waits for the person here: at the site that is shown, for the provider at every site. Tracked.
pub fn here(app: App) -> SiteWork {
    let (register, now, shown) = (app.register.read(), app.now.get(), app.site());
    let mut all = SiteWork::default();
    for (site, _) in oversight::sites(app) {
        let roles = oversight::roles_at(app, &site);
        if !roles.has(Provider) && shown.as_ref() != Some(&site) {
            continue;
        }
        let is_read = |question: &ProviderQuestion| app.seen.version(&seen_key(question)) > 0;
        let work = of_site(&register, &site, roles, now, is_read);
        // Their page shows one site.
        if shown.as_ref() == Some(&site) {
            all.audits = work.audits;
        }
        all.oversights += work.oversights;
        all.late_oversights += work.late_oversights;
        all.questions.extend(work.questions);
        all.answers.extend(work.answers);
        all.late.extend(work.late);
        // The register shows one site.
        if shown.as_ref() == Some(&site) {
            all.differs = work.differs;
        }
        all.untold.extend(work.untold);
    }
    all
}

#[cfg(test)]
mod tests;
