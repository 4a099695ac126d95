//! A tab starts: reads what is kept, as `src/state/boot.rs` does.

use super::{OFFSET, Phone, SERVER_EPOCH, Tab};
use domain::register::Register;
use sync::{
    digest::Comparing,
    outbox::Outbox,
    pages::{Page, Tail, look_whole},
    pull::Cursor,
};

/// Name of the note with the cursor of a person.
pub fn cursor_note(person: &str) -> String {
    format!("cursor/{person}")
}

impl Phone {
    /// Opens one more tab; gives its place.
    pub fn open_tab(&mut self) -> usize {
        let mut tab = Tab {
            head: Some(self.disk.head(&self.id, self.epoch)),
            offset_ms: self.disk.note(OFFSET).and_then(|text| text.parse().ok()),
            server_epoch: self.disk.note(SERVER_EPOCH).map(str::to_owned),
            ..Tab::default()
        };
        self.load_own(&mut tab);
        self.load_rows(&mut tab);
        let last = tab.own.iter().map(|own| own.entry.dseq).max().unwrap_or(0);
        tab.noticed_loss = self.disk.witness.is_some_and(|(epoch, dseq)| epoch == self.epoch && last < dseq);
        self.tabs.push(tab);
        self.tabs.len() - 1
    }

    /// Every tab dies, as when the browser is killed.
    pub fn kill(&mut self) {
        self.tabs.clear();
        self.fuse = None;
    }

    /// Somebody else takes the device: every tab reloads.
    pub fn hand_over(&mut self, to: usize) {
        self.person = to % self.people.len().max(1);
        self.tabs.clear();
        self.open_tab();
    }

    pub fn load_own(&self, tab: &mut Tab) {
        tab.own.load(self.disk.events());
        tab.outbox = Outbox::default();
        for waiting in tab.own.iter().filter(|own| own.is_waiting()) {
            tab.outbox.add(waiting.entry.clone(), waiting.fate.trouble.clone());
        }
        if let Some(last) = tab.own.iter().filter_map(|own| own.hlc()).max() {
            tab.hlc = tab.hlc.max(last);
        }
    }

    pub fn load_rows(&self, tab: &mut Tab) {
        tab.base = Register::new(self.lists.clone());
        tab.pulled.clear();
        tab.tail = Tail::default();
        let person = self.staff();
        let cursor: Option<Cursor> =
            self.disk.note(&cursor_note(person)).and_then(|text| serde_json::from_str(text).ok());
        let pages = self.disk.pages(person);
        let begun = !pages.is_empty();
        let mut found = Vec::with_capacity(pages.len());
        for (number, text) in pages {
            let page = Page { number, rows: text.to_owned() };
            let Some(rows) = page.rows() else { continue };
            tab.take_rows(rows.iter().filter_map(|row| serde_json::from_str(row.get()).ok()));
            found.push((number, rows.len()));
            tab.tail = Tail::after(number, &rows);
        }
        let was_read = cursor.as_ref().is_some_and(|cursor| cursor.next > 0);
        tab.start_over = begun && !was_read;
        tab.comparing = Comparing::at_start(!look_whole(&found) || (was_read && !begun));
        let cursor = cursor.unwrap_or_else(|| Cursor::default().start_again());
        tab.cursor = if tab.start_over { cursor.at_first_row() } else { cursor };
    }
}
