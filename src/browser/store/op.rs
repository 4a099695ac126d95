//! One step of a transaction that only writes.

use super::{StoreError, schema};
use indexed_db_futures::{BuildPrimitive, KeyRange, transaction::Transaction};
use wasm_bindgen::JsValue;

pub enum Op {
    /// Adds at the next number.
    Add {
        part: &'static str,
        value: JsValue,
    },
    Put {
        part: &'static str,
        key: JsValue,
        value: JsValue,
    },
    Delete {
        part: &'static str,
        key: JsValue,
    },
    /// Every key that begins with this text.
    DeleteUnder {
        part: &'static str,
        start: String,
    },
}

impl Op {
    pub fn put(part: &'static str, key: &str, text: &str) -> Op {
        Op::Put { part, key: key.into(), value: text.into() }
    }

    pub fn delete(part: &'static str, key: &str) -> Op {
        Op::Delete { part, key: key.into() }
    }

    /// Takes away the photos that the service has.
    pub(super) fn spare() -> Op {
        Op::DeleteUnder { part: schema::PHOTO, start: schema::SPARE.to_owned() }
    }

    pub(super) fn part(&self) -> &'static str {
        match self {
            Op::Add { part, .. }
            | Op::Put { part, .. }
            | Op::Delete { part, .. }
            | Op::DeleteUnder { part, .. } => part,
        }
    }

    /// Receipts and pulled pages: only the tab whose turn it is writes these down.
    pub(super) fn is_of_turn(&self) -> bool {
        let is_new = matches!(self, Op::Add { .. });
        self.part() == schema::PAGE || (self.part() == schema::EVENT && !is_new)
    }

    /// Sends the request; it is on its way when this returns. Gives the request that tells a number.
    pub(in crate::browser) fn send(
        &self,
        transaction: &Transaction<'_>,
    ) -> Result<Option<Numbered>, StoreError> {
        let store = transaction.object_store(self.part())?;
        match self {
            Op::Add { value, .. } => {
                return Ok(Some(store.add(value.clone()).with_key_type::<f64>().primitive()?));
            }
            Op::Put { key, value, .. } => {
                drop(store.put(value.clone()).with_key(key.clone()).without_key_type().primitive()?);
            }
            Op::Delete { key, .. } => {
                drop(store.delete::<JsValue, _>(KeyRange::Only(key.clone())).primitive()?);
            }
            Op::DeleteUnder { start, .. } => drop(store.delete::<JsValue, _>(under(start)).primitive()?),
        }
        Ok(None)
    }
}

/// A request whose answer is the number of the added value.
pub(in crate::browser) type Numbered = indexed_db_futures::future::BasicRequest<f64>;

/// Every key that begins with this text.
pub fn under(start: &str) -> KeyRange<JsValue> {
    KeyRange::Bound(start.into(), false, format!("{start}\u{ffff}").into(), true)
}

/// Every key, numbers and texts.
pub fn every() -> KeyRange<JsValue> {
    KeyRange::LowerBound(f64::NEG_INFINITY.into(), false)
}
