//! Sealed names: a registered manager opens one, and its reporter reads that. Needs the service; nothing of it is kept
//! on this device.

use super::{App, Problem};
use domain::{ids::RecordId, time::Instant};
use serde::Deserialize;
#[cfg(feature = "desk")]
use serde_json::json;

/// The name of whoever is here was opened.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OpenedName {
    pub record: RecordId,
    /// The registered manager who opened it.
    pub by_name: String,
    pub at: Instant,
    pub reason: String,
}

impl App {
    /// Of the reports of whoever is here, the latest first.
    pub async fn opened_names(&self) -> Result<Vec<OpenedName>, Problem> {
        #[derive(Deserialize)]
        struct OpenedNames {
            opened: Vec<OpenedName>,
        }
        Ok(self.admin.read::<OpenedNames>("/v1/opened-names").await?.opened)
    }

    /// The name of a reporter who had it sealed. That it was asked for is kept, with the reason.
    #[cfg(feature = "desk")]
    pub async fn open_name(&self, record: &RecordId, reason: &str) -> Result<String, Problem> {
        #[derive(Deserialize)]
        struct Opened {
            name: String,
        }
        let path = format!("/v1/records/{record}/reporter");
        Ok(self.admin.tell::<Opened>(&path, &json!({ "reason": reason })).await?.name)
    }
}
