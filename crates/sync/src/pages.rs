//! Pulled rows as they are kept: pages of up to 200 rows, the last of which is filled first.

/// Rows of one stored page.
pub const PAGE_ROWS: usize = 200;

/// One page of pulled rows: its number, and the JSON array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub number: u32,
    pub rows: String,
}

/// The last stored page, which the next rows are added to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    pub number: u32,
    pub rows: Vec<String>,
}

impl Tail {
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
