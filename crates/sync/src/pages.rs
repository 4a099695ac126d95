//! Pulled rows as they are kept: pages of up to 200 rows, the last of which is filled first.

use serde_json::value::RawValue;

/// Rows of one stored page.
pub const PAGE_ROWS: usize = 200;

/// One page of pulled rows: its number, and the JSON array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub number: u32,
    pub rows: String,
}

/// Whether pages with so many rows each can be all that were stored: without a gap, and only the last has room left.
pub fn look_whole(pages: &[(u32, usize)]) -> bool {
    let is_full = |index: usize| index + 1 == pages.len() || pages[index].1 >= PAGE_ROWS;
    pages.iter().enumerate().all(|(index, (number, _))| index == *number as usize && is_full(index))
}

/// The last stored page, which the next rows are added to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    number: u32,
    rows: Vec<String>,
}

impl Page {
    /// The rows as they were stored; `None` for a page that is damaged.
    pub fn rows(&self) -> Option<Vec<&RawValue>> {
        serde_json::from_str(&self.rows).ok()
    }
}

impl Tail {
    /// Goes on from the page that was stored last, with these rows.
    pub fn after(number: u32, rows: &[&RawValue]) -> Tail {
        if rows.len() >= PAGE_ROWS {
            return Tail { number: number + 1, rows: Vec::new() };
        }
        Tail { number, rows: rows.iter().map(|row| row.get().to_owned()).collect() }
    }

    /// Fills the last page, then begins new ones. Gives the pages to write, and the last of them.
    pub fn filled(mut self, rows: Vec<String>) -> (Vec<Page>, Tail) {
        let mut pages = Vec::new();
        for row in rows {
            if self.rows.len() == PAGE_ROWS {
                pages.push(self.page());
                self = Tail { number: self.number + 1, rows: Vec::new() };
            }
            self.rows.push(row);
        }
        if !self.rows.is_empty() {
            pages.push(self.page());
        }
        (pages, self)
    }

    fn page(&self) -> Page {
        Page { number: self.number, rows: format!("[{}]", self.rows.join(",")) }
    }
}
