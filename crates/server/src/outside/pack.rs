//! What a link shows: chosen when it is made, drawn anew each time that it is opened, never with names or free text.

use crate::error::{AppError, Why};
use chrono::NaiveDate;
use domain::{ids::SiteId, register::Register, roles::Role, time::Instant};
use evidence::{Framework, PackKind, Request, framework};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// `inspector` or `commissioner`.
    pub kind: String,
    pub sites: Vec<SiteId>,
    /// London dates, both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Code of a framework; none: the first one.
    #[serde(default)]
    pub framework: Option<String>,
    pub made_by: Role,
}

impl Shown {
    pub fn kind(&self) -> Result<PackKind, AppError> {
        let readable = [PackKind::Inspector, PackKind::Commissioner];
        let known = PackKind::from_code(&self.kind).filter(|kind| readable.contains(kind));
        known.ok_or_else(|| AppError::from(Why::BadValue).field("kind"))
    }

    fn framework(&self) -> Result<Framework, AppError> {
        let Some(id) = &self.framework else { return Ok(framework::quality_statements().clone()) };
        framework::find(id).cloned().ok_or_else(|| AppError::from(Why::BadValue).field("framework"))
    }

    /// The pack at this moment. # Errors  when what was chosen no longer fits, in the words of its first fault.
    pub fn request(&self, register: &Register, now: Instant) -> Result<Request, AppError> {
        let request = Request {
            kind: self.kind()?,
            sites: self.sites.clone(),
            from: self.from,
            to: self.to,
            categories: Vec::new(),
            framework: self.framework()?,
            identified: None,
            made_at: now,
            made_by: self.made_by,
            staff: None,
            examples: Vec::new(),
        };
        match request.check(register) {
            Ok(()) => Ok(request),
            Err(faults) => {
                let words = faults.first().map(ToString::to_string).unwrap_or_default();
                Err(AppError::from(Why::BadValue).field("pack").saying(words))
            }
        }
    }
}
