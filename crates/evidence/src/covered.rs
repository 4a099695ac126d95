//! Which days of a period can be counted as whole: those that are over, from when every site of the pack had records.

use crate::selection::Selection;
use chrono::NaiveDate;
use domain::{measures::begins, time::london_date};

/// First and last London date, both included; backwards where there is no such day.
pub(crate) fn covered(selection: &Selection<'_>) -> (NaiveDate, NaiveDate) {
    let request = selection.request;
    let begun = request.sites.iter().filter_map(|site| begins(selection.register, site));
    let from = begun.fold(request.from, NaiveDate::max);
    (from, request.to.min(london_date(request.made_at)))
}
