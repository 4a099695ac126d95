//! Audits of each category at its own pace, and the provider's oversight of them. Source: model.md section 11.5.
//! Pure: the caller gives `now`.

mod book;
mod check;
mod expected;
mod period;
mod sample;
#[cfg(test)]
mod tests;

pub(crate) use book::Book;
pub use book::{Audit, AuditAnswer, Denominator, Draw, Figures, OversightSigned, ProviderQuestion, Signed};
pub(crate) use check::check;
pub use expected::{
    AuditLine, AuditState, OversightLine, audit, audits, constituents, oversight, oversights,
};
pub use period::Period;

use crate::{ids::SiteId, register::Register};

impl Register {
    /// An audit by its open_audit event.
    pub fn audit_by_id(&self, id: &str) -> Option<&Audit> {
        self.books.values().find_map(|book| book.audit(id))
    }

    /// The site of an audit.
    pub fn site_of_audit(&self, id: &str) -> Option<&SiteId> {
        self.books.iter().find(|(_, book)| book.audit(id).is_some()).map(|(site, _)| site)
    }

    /// What an audit counts as known now: what signing it now would freeze.
    pub fn figures_now(&self, site: &str, audit: &Audit) -> Figures {
        let findings = u32::try_from(audit.findings().count()).unwrap_or(u32::MAX);
        Figures { findings, ..sample::figures(self.view(), site, audit.category, audit.period) }
    }

    /// Every question that the provider asked those who manage a site, in order of arrival.
    pub fn provider_questions(&self, site: &str) -> impl DoubleEndedIterator<Item = &ProviderQuestion> {
        self.book(site).into_iter().flat_map(|book| &book.questions)
    }

    /// Audits that were opened at a site, in order of arrival.
    pub fn opened_audits(&self, site: &str) -> impl Iterator<Item = &Audit> {
        self.book(site).into_iter().flat_map(|book| &book.audits).map(|audit| &**audit)
    }

    /// Every value written for a denominator of a site in a month, in order of arrival; the last one counts.
    pub fn denominators<'a>(
        &'a self,
        site: &str,
        measure: &'a str,
        month: Period,
    ) -> impl Iterator<Item = &'a Denominator> {
        let all = self.book(site).into_iter().flat_map(|book| &book.denominators);
        all.filter(move |known| known.measure == measure && known.month == month)
    }

    pub(crate) fn book(&self, site: &str) -> Option<&Book> {
        self.books.get(site).map(|book| &**book)
    }
}
