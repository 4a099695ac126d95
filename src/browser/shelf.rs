//! Everything the device keeps beside its own events, as text: who it is, what was pulled, drafts and letters.
//! What belongs to a person has the person's code at the start of its key.

use super::{
    json::{read, write},
    store::{Op, Store, StoreError, schema, under},
};
use serde::{Serialize, de::DeserializeOwned};
use std::rc::Rc;
pub use sync::pages::{PAGE_ROWS, Page};

/// Beside the drafts of a person; no draft has such an id.
const FORM: &str = "form/";

#[derive(Clone)]
pub struct Shelf {
    store: Rc<Store>,
}

impl Shelf {
    pub fn new(store: Rc<Store>) -> Self {
        Self { store }
    }

    /// `None` when it was never written.
    /// # Errors  `Damaged` when it cannot be read.
    pub async fn note<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let Some(kept) = self.store.get(schema::META, name).await? else { return Ok(None) };
        let note = kept.as_string().as_deref().and_then(read);
        note.map(Some).ok_or_else(|| StoreError::Damaged(format!("{name} is unreadable")))
    }

    pub async fn set_note<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        self.write(&[Op::put(schema::META, name, &write(value))]).await
    }

    pub async fn remove_note(&self, name: &str) -> Result<(), StoreError> {
        self.write(&[Op::delete(schema::META, name)]).await
    }

    /// The pages of a person, in order, and how many are no text.
    pub async fn pages(&self, person: &str) -> Result<(Vec<Page>, usize), StoreError> {
        let page = |(key, rows): (String, String)| {
            let number = key.rsplit_once('/')?.1.parse().ok()?;
            Some(Page { number, rows })
        };
        self.read_under(schema::PAGE, person, page).await
    }

    /// Saves pages and how far they reach in one transaction; `replace` drops the older pages first.
    pub async fn save_pages<T: Serialize>(
        &self,
        person: &str,
        pages: &[Page],
        replace: bool,
        reached: (&str, &T),
    ) -> Result<(), StoreError> {
        let mut ops = Vec::with_capacity(pages.len() + 2);
        if replace {
            ops.push(Op::DeleteUnder { part: schema::PAGE, start: format!("{person}/") });
        }
        ops.extend(
            pages
                .iter()
                .map(|page| Op::put(schema::PAGE, &format!("{person}/{:06}", page.number), &page.rows)),
        );
        ops.push(Op::put(schema::META, reached.0, &write(reached.1)));
        self.write(&ops).await
    }

    /// The server was restored: the older pages go out of sight, and stay for a look by hand.
    pub async fn set_pages_aside(&self, person: &str, when: i64) -> Result<(), StoreError> {
        let (rows, _) = self.read_under(schema::PAGE, person, Some).await?;
        let aside =
            |(key, rows): &(String, String)| Op::put(schema::PAGE, &format!("aside-{when}/{key}"), rows);
        let ops: Vec<Op> = rows.iter().map(aside).collect();
        self.write(&ops).await
    }

    /// Takes away the pages of a person, and how far they reached.
    pub async fn drop_pages(&self, person: &str, reached: &str) -> Result<(), StoreError> {
        let pages = Op::DeleteUnder { part: schema::PAGE, start: format!("{person}/") };
        self.write(&[pages, Op::delete(schema::META, reached)]).await
    }

    /// The drafts of a person, and how many cannot be read.
    pub async fn drafts<T: DeserializeOwned>(&self, person: &str) -> Result<(Vec<T>, usize), StoreError> {
        let forms = format!("{person}/{FORM}");
        let draft = |(key, text): (String, String)| match key.starts_with(&forms) {
            true => Some(None),
            false => read(&text).map(Some),
        };
        let (drafts, unreadable) = self.read_under(schema::DRAFT, person, draft).await?;
        Ok((drafts.into_iter().flatten().collect(), unreadable))
    }

    /// The half-filled forms of a person, each with its name.
    pub async fn forms<T: DeserializeOwned>(&self, person: &str) -> Result<Vec<(String, T)>, StoreError> {
        let start = format!("{person}/{FORM}");
        let form = |(key, text): (String, String)| Some((key.strip_prefix(&start)?.to_owned(), read(&text)?));
        Ok(self.read_under(schema::DRAFT, person, form).await?.0)
    }

    /// As text, because it is made when the person types and written a moment later.
    pub async fn save_form(&self, person: &str, form: &str, text: &str) -> Result<(), StoreError> {
        self.write(&[Op::put(schema::DRAFT, &form_key(person, form), text)]).await
    }

    pub async fn remove_form(&self, person: &str, form: &str) -> Result<(), StoreError> {
        self.write(&[Op::delete(schema::DRAFT, &form_key(person, form))]).await
    }

    pub async fn save_draft<T: Serialize>(&self, key: &str, draft: &T) -> Result<(), StoreError> {
        self.write(&[Op::put(schema::DRAFT, key, &write(draft))]).await
    }

    /// A draft gets another key, in one transaction.
    pub async fn move_draft<T: Serialize>(&self, from: &str, to: &str, draft: &T) -> Result<(), StoreError> {
        self.write(&[Op::put(schema::DRAFT, to, &write(draft)), Op::delete(schema::DRAFT, from)]).await
    }

    pub async fn remove_draft(&self, key: &str) -> Result<(), StoreError> {
        self.write(&[Op::delete(schema::DRAFT, key)]).await
    }

    /// The letters of this device, and how many cannot be read.
    pub async fn letters<T: DeserializeOwned>(&self) -> Result<(Vec<T>, usize), StoreError> {
        self.read_under(schema::LETTER, "", |(_, text)| read(&text)).await
    }

    /// Saves a letter, and removes the draft it was made from, in one transaction.
    pub async fn save_letter<T: Serialize>(
        &self,
        key: &str,
        letter: &T,
        draft: Option<&str>,
    ) -> Result<(), StoreError> {
        let mut ops = vec![Op::put(schema::LETTER, key, &write(letter))];
        ops.extend(draft.map(|draft| Op::delete(schema::DRAFT, draft)));
        self.write(&ops).await
    }

    async fn write(&self, ops: &[Op]) -> Result<(), StoreError> {
        if ops.is_empty() {
            return Ok(());
        }
        self.store.write(ops).await.map(drop)
    }

    /// What is kept under `person/`, and how many are not what they should be; with an empty person, everything.
    async fn read_under<T>(
        &self,
        part: &'static str,
        person: &str,
        one: impl Fn((String, String)) -> Option<T>,
    ) -> Result<(Vec<T>, usize), StoreError> {
        let start = if person.is_empty() { String::new() } else { format!("{person}/") };
        let rows = self.store.rows(part, under(&start), u32::MAX).await?;
        let total = rows.len();
        let texts = rows.into_iter().filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)));
        let known: Vec<T> = texts.filter_map(one).collect();
        let unreadable = total - known.len();
        Ok((known, unreadable))
    }
}

fn form_key(person: &str, form: &str) -> String {
    format!("{person}/{FORM}{form}")
}
