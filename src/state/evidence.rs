//! What a pack of evidence needs of this device: the hashes of the events, files in and out, and a page that goes on
//! breathing while it is made.

use super::{App, Problem};
use crate::{
    browser::{chosen_file, download, events, json},
    text::frameworks,
};
use domain::{
    ids::{EventId, SiteId},
    roles::{Role, Roles},
};
use evidence::{Builder, Built, Ledger};
use leptos::{ev, prelude::*};
use serde::Deserialize;
use sync::hash::Hash;

/// Long enough for the page to be drawn.
const A_FRAME_MS: u32 = 30;
/// A pack larger than this is none.
const MOST_BYTES: f64 = 300_000_000.0;
const MOST_OF_A_FRAMEWORK: u32 = 256 * 1024;

/// Who may have evidence made, and how much of it.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceRights {
    /// Sites of which this person may see every record.
    pub sites: Vec<(SiteId, String)>,
    /// The role that the pack says it was made by.
    pub role: Role,
    /// Sees only counts and codes.
    pub coded_only: bool,
    /// Manages or provides: may also write about the practice of staff.
    pub manages: bool,
}

/// Of a row as it was pulled, what a pack needs beside the event itself.
#[derive(Deserialize)]
struct Row {
    event: RowEvent,
    #[serde(default)]
    hash: Option<Hash>,
}

#[derive(Deserialize)]
struct RowEvent {
    id: EventId,
}

impl App {
    /// None for a person whose roles do not see a whole site. Tracked.
    pub fn evidence_rights(&self) -> Option<EvidenceRights> {
        const IN_ORDER: [Role; 5] = [
            Role::RegisteredManager,
            Role::DeputyManager,
            Role::Provider,
            Role::Inspector,
            Role::Commissioner,
        ];
        let me = self.me()?;
        let directory = self.directory.read();
        let roles = |site: &SiteId| directory.held(&me.staff, site, self.today()).all();
        let provides = directory.sites.keys().any(|site| roles(site).has(Role::Provider));
        let all: Vec<&SiteId> = directory.sites.keys().collect();
        let best = |site: &SiteId| {
            let own = roles(site);
            let own = if provides { own.with(Role::Provider) } else { own };
            IN_ORDER.into_iter().find(|role| own.has(*role))
        };
        let shown =
            self.site().and_then(|site| best(&site)).or_else(|| all.iter().find_map(|site| best(site)))?;
        let outside = Roles::of(&[Role::Inspector, Role::Commissioner]);
        // A pack is one kind of looking: sites where this person looks as somebody else are for another pack.
        let same = |site: &&SiteId| match best(site) {
            Some(role) if outside.has(shown) => role == shown,
            Some(role) => !outside.has(role),
            None => false,
        };
        let sites: Vec<SiteId> = all.into_iter().filter(same).cloned().collect();
        drop(directory);
        Some(EvidenceRights {
            sites: sites.into_iter().map(|site| (site.clone(), self.site_name(&site))).collect(),
            role: shown,
            coded_only: shown == Role::Commissioner,
            manages: !outside.has(shown),
        })
    }

    /// Hashes of the events that this person reads whole: of own events from their frozen bytes, of those of others as
    /// the server told them. Read from the disk, because they are needed for nothing else.
    pub async fn ledger(&self) -> Ledger {
        let keep = self.keep();
        let Ok(opened) = keep.opened() else { return Ledger::default() };
        let mut ledger = match opened.log.readable(0).await {
            Ok((stored, _)) => Ledger::of(stored.iter().map(|stored| &stored.entry.signed)),
            Err(_) => Ledger::default(),
        };
        let Some(person) = keep.person.borrow().clone() else { return ledger };
        let Ok(pages) = opened.shelf.pages(&person).await else { return ledger };
        for row in pages.rows.iter().filter_map(|page| json::read::<Vec<Row>>(&page.rows)).flatten() {
            if let Some(hash) = row.hash {
                ledger.insert_hash(&row.event.id, hash);
            }
        }
        ledger
    }

    /// Makes a pack one step at a time. `told` hears the number of the step before it is done; the page is drawn in
    /// between.
    pub async fn make_pack(&self, mut builder: Builder, told: impl Fn(usize)) -> Built {
        while let Some((number, _)) = builder.next_step() {
            told(number);
            events::wait(A_FRAME_MS).await;
            builder.step();
        }
        builder.finish()
    }

    /// Hands a file that is no text to the person.
    /// # Errors  This browser cannot.
    pub fn save_bytes(&self, name: &str, media_type: &str, bytes: &[u8]) -> Result<(), Problem> {
        if download::bytes_file(name, media_type, bytes) {
            return Ok(());
        }
        Err(Problem::new("This browser cannot save a file. Open Noticed in another browser, and try again."))
    }

    /// Lets the page be drawn before long work.
    pub async fn breathe(&self) {
        events::wait(A_FRAME_MS).await;
    }
}

/// The bytes of the file that was chosen.
/// # Errors  There is none, it cannot be read, or it is far too large.
pub async fn read_pack(event: ev::Event) -> Result<Vec<u8>, Problem> {
    let read = chosen_file::bytes_up_to(&event, MOST_BYTES).await;
    read.ok_or_else(|| Problem::new("Choose one pack file. It ends with .zip and is smaller than 300 MB."))
}

/// The text of the framework file that was chosen. What is no text at all is found out when it is read.
/// # Errors  There is none, it cannot be read, or it is too large.
pub async fn read_framework(event: ev::Event) -> Result<String, Problem> {
    let read = chosen_file::bytes_up_to(&event, MOST_OF_A_FRAMEWORK.into()).await;
    let bytes = read.ok_or_else(|| Problem::new(frameworks::NO_FILE))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_may_be_as_large_here_as_where_it_is_kept() {
        assert_eq!(super::MOST_OF_A_FRAMEWORK as usize, evidence::framework::MOST_BYTES);
    }
}
