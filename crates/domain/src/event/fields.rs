//! What somebody wrote: the fields of a verb. Kept once, by the event and by whatever is folded from it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

/// Field -> value. A copy costs nothing until one of the two is changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Arc<Map<String, Value>>);

impl Fields {
    pub fn into_map(self) -> Map<String, Value> {
        Arc::unwrap_or_clone(self.0)
    }
}

impl From<Map<String, Value>> for Fields {
    fn from(fields: Map<String, Value>) -> Self {
        Fields(Arc::new(fields))
    }
}

impl Deref for Fields {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Fields {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Arc::make_mut(&mut self.0)
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = (&'a String, &'a Value);
    type IntoIter = serde_json::map::Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(out)
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Map::deserialize(input).map(Fields::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(fields: Value) -> Fields {
        serde_json::from_value(fields).expect("fields")
    }

    #[test]
    fn a_copy_is_the_same_until_it_is_changed_and_leaves_the_other_as_it_was() {
        let first = read(json!({"text": "As written."}));
        let mut copy = first.clone();
        assert!(Arc::ptr_eq(&first.0, &copy.0));
        copy.insert("text".to_owned(), "Changed.".into());
        assert_eq!(first["text"], "As written.");
        assert_eq!(copy["text"], "Changed.");
    }

    #[test]
    fn it_is_read_and_written_as_an_object() {
        let fields = json!({"category": "medication", "people": ["R-012"]});
        assert_eq!(serde_json::to_value(read(fields.clone())).expect("JSON"), fields);
        assert!(serde_json::from_value::<Fields>(json!("words")).is_err());
    }
}
