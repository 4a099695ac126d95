//! What was changed in the provider's lists, as the service tells it.

use super::{Admin, Problem};
use domain::time::Instant;
use serde::Deserialize;
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ListChange {
    pub at: Instant,
    pub by_name: String,
    /// Of which list: `staff`, `site`, `place` and so on.
    pub kind: String,
    pub id: String,
    pub is_new: bool,
    pub parts: Vec<ChangedField>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ChangedField {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

#[derive(Deserialize)]
struct ListChanges {
    changes: Vec<ListChange>,
}

impl Admin {
    /// The latest first.
    pub async fn list_changes(&self) -> Result<Vec<ListChange>, Problem> {
        Ok(self.read::<ListChanges>("/v1/directory/changes").await?.changes)
    }
}
