//! What a link shows: chosen when it is made, drawn anew each time that it is opened, never with names or free text.
//! The records are those of that moment; the framework is the copy that was kept when the link was made.

use crate::error::{AppError, Why};
use chrono::NaiveDate;
use domain::{directory::Directory, ids::SiteId, register::Register, roles::Role, time::Instant};
use evidence::{
    Framework, PackKind, Request,
    framework::{self, shelf},
};
use serde::{Deserialize, Serialize};

const GONE: &str = "This framework is not there any more. Choose another one.";
const UNREADABLE: &str = "The service can no longer read the framework that this link was made with, so another one is \
                          used. Make a new link to choose.";

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// `inspector` or `commissioner`.
    pub kind: String,
    pub sites: Vec<SiteId>,
    /// London dates, both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Id of a framework; none: the first one.
    #[serde(default)]
    pub framework: Option<String>,
    /// The framework as it was when the link was made, as a file. None in links of before, and where none is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
    /// Codes of `category`; empty for all.
    #[serde(default)]
    pub categories: Vec<String>,
    pub made_by: Role,
}

impl Shown {
    pub fn kind(&self) -> Result<PackKind, AppError> {
        let readable = [PackKind::Inspector, PackKind::Commissioner];
        let known = PackKind::from_code(&self.kind).filter(|kind| readable.contains(kind));
        known.ok_or_else(|| AppError::from(Why::BadValue).field("kind"))
    }

    /// Keeps a copy of the framework that was chosen, as the provider has it now.
    /// # Errors  There is none of that id.
    pub fn keep_framework(&mut self, directory: &Directory) -> Result<(), AppError> {
        if !self.kind()?.uses_framework() {
            return Ok(());
        }
        let id = self.framework.as_ref().unwrap_or(&framework::quality_statements().id);
        let chosen = shelf::offer(directory, id)
            .ok_or_else(|| AppError::from(Why::BadValue).field("framework").saying(GONE))?;
        self.kept = Some(serde_json::to_string(&chosen).map_err(|_| AppError::from(Why::Broken))?);
        Ok(())
    }

    /// What it is laid out by, and what became of that since, in a sentence.
    pub fn laid_out(&self, directory: &Directory) -> (Framework, Option<String>) {
        let first = framework::quality_statements();
        let found = match &self.kept {
            Some(text) => framework::parse(text).ok(),
            None => framework::find(self.framework.as_ref().unwrap_or(&first.id)).cloned(),
        };
        match found {
            Some(kept) => {
                let since = shelf::since(directory, &kept);
                (kept, since)
            }
            None => (first.clone(), Some(UNREADABLE.to_owned())),
        }
    }

    /// The pack at this moment. # Errors  when what was chosen no longer fits, in the words of its first fault.
    pub fn request(&self, register: &Register, now: Instant) -> Result<Request, AppError> {
        let (mut framework, since) = self.laid_out(register.directory());
        if let Some(since) = since {
            framework.note = format!("{} {since}", framework.note);
        }
        let request = Request {
            kind: self.kind()?,
            sites: self.sites.clone(),
            from: self.from,
            to: self.to,
            categories: self.categories.clone(),
            framework,
            identified: None,
            made_at: now,
            made_by: self.made_by,
            staff: None,
            person: None,
            examples: Vec::new(),
            words: Vec::new(),
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
