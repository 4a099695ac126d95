//! How many rows a device asks for at a time: more while answers come quickly, fewer where the signal is bad, so that a
//! page has a good chance to arrive before its deadline.

use crate::wire::PULL_LIMIT;

const FIRST: usize = 500;
const FEWEST: usize = 25;
/// Answers as quick as this let the next page be larger.
const QUICK_MS: i64 = 1_000;
/// Answers as slow as this make it smaller: the deadline is not far.
const SLOW_MS: i64 = 5_000;

/// Of the next page. Kept in memory only: the next start may be somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize(usize);

impl Default for PageSize {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl PageSize {
    pub fn rows(self) -> usize {
        self.0
    }

    /// An answer of `rows` rows came whole. `took_ms`: by the clock of the device, which may have jumped.
    #[must_use]
    pub fn came(self, took_ms: i64, rows: usize) -> Self {
        match took_ms {
            // A page that was not full says nothing about a larger one.
            0..QUICK_MS if rows >= self.0 => Self((self.0 * 2).min(PULL_LIMIT)),
            SLOW_MS.. => self.failed(),
            _ => self,
        }
    }

    /// None came in time.
    #[must_use]
    pub fn failed(self) -> Self {
        Self((self.0 / 2).max(FEWEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_grow_while_answers_are_quick_and_shrink_where_they_are_not() {
        let first = PageSize::default();
        assert_eq!(first.came(200, FIRST).came(400, 1_000).came(900, 2_000).rows(), 2_000, "never more");
        assert_eq!(first.came(200, 12).rows(), FIRST, "the last page of a log");
        assert_eq!(first.came(3_000, FIRST).rows(), FIRST);
        assert_eq!(first.came(6_000, FIRST).rows(), 250);
        assert_eq!(first.came(-9_000, FIRST).rows(), FIRST, "the clock jumped back");
        let bad = (0..20).fold(first, |size, _| size.failed());
        assert_eq!(bad.rows(), FEWEST, "and never none");
        assert_eq!(bad.came(100, FEWEST).rows(), 50);
    }
}
