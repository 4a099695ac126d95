//! Everything the device keeps beside its own events, as text: who it is, what was pulled, drafts and letters.
//! What belongs to a person has the person's code at the start of its key, and is sealed with their key.

mod aside;
mod digest;
mod letters;

pub use letters::Mended;

use super::{
    json::{read, write},
    seal::{Item, Opened, Ring},
    second_copy::SecondCopy,
    store::{Op, Store, StoreError, schema, under},
};
use serde::{Serialize, de::DeserializeOwned};
use std::rc::Rc;
pub use sync::pages::Page;
use wasm_bindgen::JsValue;

/// Beside the drafts of a person; no draft has such an id.
const FORM: &str = "form/";
/// Before the person in the name of a look that waits.
const VIEW: &str = "view/";

#[derive(Clone)]
pub struct Shelf {
    store: Rc<Store>,
    ring: Rc<Ring>,
    letter_copies: SecondCopy,
}

/// Ready for the disk, with nothing on it yet.
#[derive(Default)]
pub struct Sealed(Vec<Op>);

/// What was found, and how much of it nobody can read now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    pub rows: Vec<T>,
    /// Not what it should be. It stays.
    pub unreadable: usize,
    /// Of somebody who is behind the lock.
    pub locked: usize,
}

impl<T> Default for Found<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), unreadable: 0, locked: 0 }
    }
}

impl Shelf {
    pub fn new(store: Rc<Store>, ring: Rc<Ring>) -> Self {
        let letter_copies = SecondCopy::of_letters(store.name());
        Self { store, ring, letter_copies }
    }

    /// `None` when it was never written, or is of somebody who is not here.
    /// # Errors  `Damaged` when it cannot be read.
    pub async fn note<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let Some(kept) = self.store.get(schema::META, name).await? else { return Ok(None) };
        let note = match self.ring.look(schema::META, &[(name.to_owned(), kept)]).await.pop() {
            Some(Opened::Text(text)) => read(&text),
            Some(Opened::Locked) => return Ok(None),
            _ => None,
        };
        note.map(Some).ok_or_else(|| StoreError::Damaged(format!("{name} is unreadable")))
    }

    pub async fn set_note<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        self.put(schema::META, name, &write(value), Vec::new()).await
    }

    pub async fn remove_note(&self, name: &str) -> Result<(), StoreError> {
        self.write(&[Op::delete(schema::META, name)]).await
    }

    /// The pages of a person, in order.
    pub async fn pages(&self, person: &str) -> Result<Found<Page>, StoreError> {
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
        self.save_sealed(&self.seal_pages(person, pages, replace, reached).await?).await
    }

    /// The first half of `save_pages`; `save_sealed` is the other one.
    pub async fn seal_pages<T: Serialize>(
        &self,
        person: &str,
        pages: &[Page],
        replace: bool,
        reached: (&str, &T),
    ) -> Result<Sealed, StoreError> {
        let mut ops = Vec::with_capacity(pages.len() + 2);
        if replace {
            ops.push(Op::DeleteUnder { part: schema::PAGE, start: format!("{person}/") });
        }
        let keys: Vec<String> = pages.iter().map(|page| format!("{person}/{:06}", page.number)).collect();
        ops.extend(self.sealed(schema::PAGE, keys.iter().zip(pages.iter().map(|page| &page.rows))).await?);
        ops.push(Op::put(schema::META, reached.0, &write(reached.1)));
        Ok(Sealed(ops))
    }

    /// All of it in one transaction.
    pub async fn save_sealed(&self, sealed: &Sealed) -> Result<(), StoreError> {
        self.write(&sealed.0).await
    }

    /// Takes away the pages of a person, those that were set aside too, and how far they reached.
    pub async fn drop_pages(&self, person: &str, reached: &str) -> Result<(), StoreError> {
        let mut ops = self.aside_ops(|kept| kept.person == person).await?;
        ops.push(Op::DeleteUnder { part: schema::PAGE, start: format!("{person}/") });
        ops.push(Op::delete(schema::META, reached));
        self.write(&ops).await
    }

    /// The drafts of a person.
    pub async fn drafts<T: DeserializeOwned>(&self, person: &str) -> Result<Found<T>, StoreError> {
        let forms = format!("{person}/{FORM}");
        let draft = |(key, text): (String, String)| match key.starts_with(&forms) {
            true => Some(None),
            false => read(&text).map(Some),
        };
        let Found { rows, unreadable, locked } = self.read_under(schema::DRAFT, person, draft).await?;
        Ok(Found { rows: rows.into_iter().flatten().collect(), unreadable, locked })
    }

    /// The half-filled forms of a person, each with its name.
    pub async fn forms<T: DeserializeOwned>(&self, person: &str) -> Result<Vec<(String, T)>, StoreError> {
        let start = format!("{person}/{FORM}");
        let form = |(key, text): (String, String)| Some((key.strip_prefix(&start)?.to_owned(), read(&text)?));
        Ok(self.read_under(schema::DRAFT, person, form).await?.rows)
    }

    /// As text, because it is made when the person types and written a moment later.
    pub async fn save_form(&self, person: &str, form: &str, text: &str) -> Result<(), StoreError> {
        self.put(schema::DRAFT, &form_key(person, form), text, Vec::new()).await
    }

    pub async fn remove_form(&self, person: &str, form: &str) -> Result<(), StoreError> {
        self.write(&[Op::delete(schema::DRAFT, &form_key(person, form))]).await
    }

    pub async fn save_draft<T: Serialize>(&self, key: &str, draft: &T) -> Result<(), StoreError> {
        self.put(schema::DRAFT, key, &write(draft), Vec::new()).await
    }

    /// A draft gets another key, in one transaction.
    pub async fn move_draft<T: Serialize>(&self, from: &str, to: &str, draft: &T) -> Result<(), StoreError> {
        self.put(schema::DRAFT, to, &write(draft), vec![Op::delete(schema::DRAFT, from)]).await
    }

    pub async fn remove_draft(&self, key: &str) -> Result<(), StoreError> {
        self.write(&[Op::delete(schema::DRAFT, key)]).await
    }

    /// Seals a text and puts it in its place, with other changes in the same transaction.
    async fn put(
        &self,
        part: &'static str,
        key: &str,
        text: &str,
        others: Vec<Op>,
    ) -> Result<(), StoreError> {
        let value = self.ring.seal_one(Item { part, key, text }).await?;
        let mut ops = vec![Op::Put { part, key: key.into(), value }];
        ops.extend(others);
        self.write(&ops).await
    }

    async fn sealed<'a>(
        &self,
        part: &'static str,
        rows: impl Iterator<Item = (&'a String, &'a String)>,
    ) -> Result<Vec<Op>, StoreError> {
        let items: Vec<Item<'_>> = rows.map(|(key, text)| Item { part, key, text }).collect();
        let sealed = self.ring.seal(&items).await?;
        let put = |(item, value): (&Item<'_>, JsValue)| Op::Put { part, key: item.key.into(), value };
        Ok(items.iter().zip(sealed).map(put).collect())
    }

    /// A look at a record waits until the service has it.
    pub async fn add_view<T: Serialize>(&self, person: &str, id: &str, view: &T) -> Result<(), StoreError> {
        self.set_note(&format!("{VIEW}{person}/{id}"), view).await
    }

    /// The looks of a person that wait; one that cannot be read is left out.
    pub async fn views<T: DeserializeOwned>(&self, person: &str) -> Result<Vec<T>, StoreError> {
        let view = |(_, text): (String, String)| read(&text);
        Ok(self.read_under(schema::META, &format!("{VIEW}{person}"), view).await?.rows)
    }

    pub async fn remove_views(&self, person: &str, ids: &[&str]) -> Result<(), StoreError> {
        let ops: Vec<Op> =
            ids.iter().map(|id| Op::delete(schema::META, &format!("{VIEW}{person}/{id}"))).collect();
        self.write(&ops).await
    }

    async fn write(&self, ops: &[Op]) -> Result<(), StoreError> {
        if ops.is_empty() {
            return Ok(());
        }
        self.store.write(ops).await.map(drop)
    }

    /// What is kept under `person/`; with an empty person, everything.
    async fn read_under<T>(
        &self,
        part: &'static str,
        person: &str,
        one: impl Fn((String, String)) -> Option<T>,
    ) -> Result<Found<T>, StoreError> {
        let start = if person.is_empty() { String::new() } else { format!("{person}/") };
        let rows = self.store.rows(part, under(&start), u32::MAX).await?;
        let rows: Vec<(String, JsValue)> =
            rows.into_iter().map(|(key, value)| (key.as_string().unwrap_or_default(), value)).collect();
        let mut found = Found::default();
        let texts = self.ring.look(part, &rows).await;
        for ((key, _), text) in rows.into_iter().zip(texts) {
            match text {
                Opened::Text(text) => match one((key, text)) {
                    Some(row) => found.rows.push(row),
                    None => found.unreadable += 1,
                },
                Opened::Locked => found.locked += 1,
                Opened::Unreadable => found.unreadable += 1,
            }
        }
        Ok(found)
    }
}

fn form_key(person: &str, form: &str) -> String {
    format!("{person}/{FORM}{form}")
}
