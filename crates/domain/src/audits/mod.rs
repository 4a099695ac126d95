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
pub use book::{Audit, AuditAnswer, Denominator, Figures, OversightSigned, Signed};
pub(crate) use check::check;
pub use expected::{
    AuditLine, AuditState, OversightLine, audit, audits, constituents, oversight, oversights,
};
pub use period::Period;

use crate::register::Register;

impl Register {
    /// An audit by its open_audit event.
    pub fn audit_by_id(&self, id: &str) -> Option<&Audit> {
        self.books.values().find_map(|book| book.audit(id))
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
