//! Everything the device keeps beside its own events, as text: who it is, what was pulled, drafts and letters.
//! What belongs to a person has the person's code at the start of its key.

use super::{
    event_log::within,
    store::{Store, StoreError, schema},
};
use indexed_db_futures::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::rc::Rc;

/// Rows of one stored page.
pub const PAGE_ROWS: usize = 200;

#[derive(Clone)]
pub struct Shelf {
    store: Rc<Store>,
}

/// One page of pulled rows: its number, and the JSON array.
pub struct Page {
    pub number: u32,
    pub rows: String,
}

impl Shelf {
    pub fn new(store: Rc<Store>) -> Self {
        Self { store }
    }

    /// `None` when it was never written, or cannot be read.
    pub async fn note<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let text = self.text(schema::META, name).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub async fn set_note<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        self.set_text(schema::META, name, &json(value)?).await
    }

    pub async fn remove_note(&self, name: &str) -> Result<(), StoreError> {
        self.remove(schema::META, name).await
    }

    /// The pages of a person, in order.
    pub async fn pages(&self, person: &str) -> Result<Vec<Page>, StoreError> {
        let rows = self.under(schema::PAGE, person).await?;
        let page = |(key, rows): (String, String)| {
            let number = key.rsplit_once('/')?.1.parse().ok()?;
            Some(Page { number, rows })
        };
        Ok(rows.into_iter().filter_map(page).collect())
    }

    /// Saves pages and how far they reach in one transaction; `replace` drops the older pages first.
    pub async fn save_pages<T: Serialize>(
        &self,
        person: &str,
        pages: &[Page],
        replace: bool,
        reached: (&str, &T),
    ) -> Result<(), StoreError> {
        let mark = json(reached.1)?;
        self.store
            .write(&[schema::PAGE, schema::META], async |transaction| {
                let store = transaction.object_store(schema::PAGE)?;
                if replace {
                    drop(store.delete::<String, _>(within(&format!("{person}/"))).primitive()?);
                }
                for page in pages {
                    let key = format!("{person}/{:06}", page.number);
                    drop(store.put(page.rows.as_str()).with_key(key).without_key_type().primitive()?);
                }
                let meta = transaction.object_store(schema::META)?;
                drop(meta.put(mark.as_str()).with_key(reached.0).without_key_type().primitive()?);
                Ok(())
            })
            .await
    }

    /// The server was restored: the older pages go out of sight, and stay for a look by hand.
    pub async fn set_pages_aside(&self, person: &str, when: i64) -> Result<(), StoreError> {
        let rows = self.under(schema::PAGE, person).await?;
        self.store
            .write(&[schema::PAGE], async |transaction| {
                let pages = transaction.object_store(schema::PAGE)?;
                for (key, rows) in &rows {
                    drop(
                        pages
                            .put(rows.as_str())
                            .with_key(format!("aside-{when}/{key}"))
                            .without_key_type()
                            .primitive()?,
                    );
                }
                Ok(())
            })
            .await
    }

    /// Takes away the pages of a person, and how far they reached.
    pub async fn drop_pages(&self, person: &str, reached: &str) -> Result<(), StoreError> {
        self.store
            .write(&[schema::PAGE, schema::META], async |transaction| {
                let pages = transaction.object_store(schema::PAGE)?;
                drop(pages.delete::<String, _>(within(&format!("{person}/"))).primitive()?);
                drop(transaction.object_store(schema::META)?.delete(reached).primitive()?);
                Ok(())
            })
            .await
    }

    pub async fn drafts<T: DeserializeOwned>(&self, person: &str) -> Result<Vec<T>, StoreError> {
        let rows = self.under(schema::DRAFT, person).await?;
        Ok(rows.iter().filter_map(|(_, text)| serde_json::from_str(text).ok()).collect())
    }

    pub async fn save_draft<T: Serialize>(&self, key: &str, draft: &T) -> Result<(), StoreError> {
        self.set_text(schema::DRAFT, key, &json(draft)?).await
    }

    pub async fn remove_draft(&self, key: &str) -> Result<(), StoreError> {
        self.remove(schema::DRAFT, key).await
    }

    pub async fn letters<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows = self.under(schema::LETTER, "").await?;
        Ok(rows.iter().filter_map(|(_, text)| serde_json::from_str(text).ok()).collect())
    }

    /// Saves a letter, and removes the draft it was made from, in one transaction.
    pub async fn save_letter<T: Serialize>(
        &self,
        key: &str,
        letter: &T,
        draft: Option<&str>,
    ) -> Result<(), StoreError> {
        let text = json(letter)?;
        self.store
            .write(&[schema::LETTER, schema::DRAFT], async |transaction| {
                let letters = transaction.object_store(schema::LETTER)?;
                drop(letters.put(text.as_str()).with_key(key).without_key_type().primitive()?);
                if let Some(draft) = draft {
                    drop(transaction.object_store(schema::DRAFT)?.delete(draft).primitive()?);
                }
                Ok(())
            })
            .await
    }

    async fn text(&self, part: &str, key: &str) -> Result<Option<String>, StoreError> {
        self.store
            .read(&[part], async |transaction| {
                Ok(transaction.object_store(part)?.get::<String, _, _>(key).primitive()?.await?)
            })
            .await
    }

    async fn set_text(&self, part: &str, key: &str, text: &str) -> Result<(), StoreError> {
        self.store
            .write(&[part], async |transaction| {
                drop(transaction.object_store(part)?.put(text).with_key(key).without_key_type().primitive()?);
                Ok(())
            })
            .await
    }

    async fn remove(&self, part: &str, key: &str) -> Result<(), StoreError> {
        self.store
            .write(&[part], async |transaction| {
                drop(transaction.object_store(part)?.delete(key).primitive()?);
                Ok(())
            })
            .await
    }

    /// Keys and texts under `person/`; with an empty person, everything.
    async fn under(&self, part: &str, person: &str) -> Result<Vec<(String, String)>, StoreError> {
        let start = if person.is_empty() { String::new() } else { format!("{person}/") };
        self.store
            .read(&[part], async |transaction| {
                let store = transaction.object_store(part)?;
                let keys =
                    store.get_all_keys::<String>().with_query::<String, _>(within(&start)).primitive()?;
                let texts = store.get_all::<String>().with_query::<String, _>(within(&start)).primitive()?;
                let keys = keys.await?;
                let texts = texts.await?;
                let rows = keys.zip(texts);
                Ok(rows.filter_map(|(key, text)| Some((key.ok()?, text.ok()?))).collect())
            })
            .await
    }
}

fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Failed(error.to_string()))
}
