//! Takes a rescue file: each entry through the same judgement as a push, with a receipt of its own.
//! The same file twice changes nothing the second time.

use super::{key::private_key, unlock::unlock};
use crate::{
    app::App,
    door::who::CameFrom,
    error::{AppError, Why},
    log::{
        anonymous,
        push::{self, Came},
    },
    photos::{self, Carried, named},
    store::Tenant,
};
use domain::{
    event::Fields,
    ids::{EventId, RecordId, SiteId},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    Hash, Signed,
    rescue::{Locked, Rescue, Rescued},
    wire::{AnonymousRequest, MAX_EVENTS, PROTOCOL, PushOutcome, PushRequest, Receipt},
};

/// What became of a file.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The clock of the device.
    pub made_at: Option<Instant>,
    pub accepted: usize,
    /// The server had them already.
    pub here_before: usize,
    /// Kept until an earlier entry of the device arrives.
    pub held: usize,
    /// Kept and shown to the Registered Manager.
    pub set_aside: usize,
    /// Not kept: too much of what nobody can vouch for.
    pub not_taken: usize,
    /// Reports without a name.
    pub letters: usize,
    pub letters_refused: usize,
    /// Photos that are here now, each with its small picture.
    pub photos: usize,
    /// No entry of this file that was kept names them, or they are no photos.
    pub photos_refused: usize,
    /// Not finished: they can only be finished by their author.
    pub drafts: usize,
    pub unreadable: usize,
    /// One for each entry, in the order of each device.
    pub receipts: Vec<Receipt>,
}

/// `only`: the provider whose file it must be; `None` for any of this server.
/// # Errors  a sentence about the file, or the store.
pub async fn import(
    app: &App,
    from: CameFrom,
    file: &[u8],
    only: Option<&Tenant>,
) -> Result<Report, AppError> {
    let (tenant, rescue) = open(app, file, only).await?;
    let mut report = Report {
        made_at: rescue.made_at,
        drafts: rescue.drafts.len(),
        unreadable: rescue.unreadable,
        ..Report::default()
    };
    let mut named = Named::by(&rescue);
    let small: BTreeMap<Hash, Hash> =
        rescue.events.iter().flat_map(|event| named::small_in_bytes(&event.signed.bytes)).collect();
    for batch in batches(app, &tenant, rescue.events) {
        for receipt in push::take(app, from, batch, Came::InAFile).await?.receipts {
            report.count(receipt);
        }
    }
    named.keep_only(&report.receipts);
    // A photo and its small picture are one, as on the phone.
    let mut photos = BTreeMap::<Hash, Carried>::new();
    for photo in rescue.photos {
        let sha256 = Hash::of(&[&photo]);
        let carried = take_photo(app, &tenant, &named, sha256, &photo).await?;
        let one = photos.entry(*small.get(&sha256).unwrap_or(&sha256)).or_insert(carried);
        *one = carried.max(*one);
    }
    photos.into_values().for_each(|carried| report.count_photo(carried));
    for letter in rescue.letters {
        report.count_letter(take_letter(app, &tenant, letter).await?);
    }
    tracing::info!(
        accepted = report.accepted,
        here_before = report.here_before,
        set_aside = report.set_aside,
        "a rescue file was taken"
    );
    Ok(report)
}

/// Whose file it is, and what is in it.
async fn open(app: &App, file: &[u8], only: Option<&Tenant>) -> Result<(Tenant, Rescue), AppError> {
    let is_it = |tenant: &Tenant| only.is_none_or(|only| only == tenant);
    if file.starts_with(b"{") {
        // From a device that never got the key of its provider: it lies open, and names its device.
        let rescue = Rescue::read(file)?;
        let device = rescue.events.first().map(|event| event.device.as_str()).unwrap_or_default();
        let tenant = app.store.door().by_device(device).await?.or_else(|| only.cloned());
        return Ok((tenant.filter(is_it).ok_or(Why::RescueOfAnother)?, rescue));
    }
    let locked = Locked::read(file)?;
    let tenant = app.store.door().by_rescue_key(locked.key).await?;
    let tenant = tenant.filter(is_it).ok_or(Why::RescueOfAnother)?;
    let key = private_key(app, &tenant).await?.ok_or(Why::RescueOfAnother)?;
    let rescue = Rescue::read(&unlock(&locked, &key)?)?;
    Ok((tenant, rescue))
}

/// By device, each in the order in which it wrote.
fn batches(app: &App, tenant: &Tenant, events: Vec<Rescued>) -> Vec<PushRequest> {
    let mut devices: BTreeMap<(String, u32), Vec<Signed>> = BTreeMap::new();
    for Rescued { device, epoch, signed } in events {
        devices.entry((device, epoch)).or_default().push(signed);
    }
    let batch = |device: &str, epoch, events: &[Signed]| PushRequest {
        protocol: PROTOCOL,
        tenant: tenant.as_str().to_owned(),
        device: device.into(),
        epoch,
        server_epoch: None,
        // Nothing is known of its clock: as if it were right.
        sent_at: app.clock.now(),
        nonce: String::new(),
        events: events.to_vec(),
    };
    let all = devices.iter();
    all.flat_map(|((device, epoch), events)| {
        events.chunks(MAX_EVENTS).map(move |events| batch(device, *epoch, events))
    })
    .collect()
}

/// Photo, the entry that names it, and the device that wrote that.
struct Named(Vec<(Hash, Hash, String)>);

impl Named {
    /// Without photos nobody asks.
    fn by(rescue: &Rescue) -> Named {
        let events = rescue.events.iter().filter(|_| !rescue.photos.is_empty());
        let named = |event: &Rescued| {
            let (entry, device) = (event.signed.hash(), event.device.clone());
            let hashes = named::in_bytes(&event.signed.bytes);
            hashes.into_iter().map(move |photo| (photo, entry, device.clone()))
        };
        Named(events.flat_map(named).collect())
    }

    /// By entries whose bytes are kept here.
    fn keep_only(&mut self, receipts: &[Receipt]) {
        let is_kept = |receipt: &&Receipt| !matches!(receipt.outcome, PushOutcome::Retry { .. });
        let kept: BTreeSet<Hash> = receipts.iter().filter(is_kept).map(|receipt| receipt.hash).collect();
        self.0.retain(|(_, entry, _)| kept.contains(entry));
    }

    fn devices(&self, photo: Hash) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(named, ..)| *named == photo).map(|(.., device)| device.as_str())
    }
}

/// As if a device that is known here, and names the photo, had sent it.
async fn take_photo(
    app: &App,
    tenant: &Tenant,
    named: &Named,
    sha256: Hash,
    photo: &[u8],
) -> Result<Carried, AppError> {
    for device in named.devices(sha256) {
        if app.store.read(tenant).device(device).await?.is_some() {
            return photos::carried(app, tenant, device, sha256, photo).await;
        }
    }
    Ok(Carried::Refused)
}

/// A report without a name as the device kept it.
#[derive(Deserialize)]
struct KeptLetter {
    key: EventId,
    record: RecordId,
    site: SiteId,
    verb: String,
    with: Fields,
    written_at: Instant,
    #[serde(default)]
    token: Option<String>,
    state: Value,
}

enum Taken {
    Here,
    Refused,
    Unreadable,
    /// The device has sent it: its author holds the token, which a second delivery would end.
    SentBefore,
}

async fn take_letter(app: &App, tenant: &Tenant, letter: Value) -> Result<Taken, AppError> {
    let Ok(letter) = serde_json::from_value::<KeptLetter>(letter) else { return Ok(Taken::Unreadable) };
    if letter.state != "waiting" {
        return Ok(Taken::SentBefore);
    }
    let request = AnonymousRequest {
        tenant: tenant.as_str().to_owned(),
        verb: letter.verb,
        site: letter.site,
        record: Some(letter.record),
        token: letter.token,
        with: letter.with,
        written_at: letter.written_at,
        sent_at: app.clock.now(),
        offline: true,
        key: letter.key,
    };
    if anonymous::must_be_readable(&request).is_err() {
        return Ok(Taken::Unreadable);
    }
    match anonymous::take(app, &app.hubs.of(tenant), request, 0).await {
        Ok(_) => Ok(Taken::Here),
        Err(error) if error.is_about_the_request() => Ok(Taken::Refused),
        Err(error) => Err(error),
    }
}

impl Report {
    fn count(&mut self, receipt: Receipt) {
        let number = match &receipt.outcome {
            PushOutcome::Accepted { .. } => &mut self.accepted,
            PushOutcome::Duplicate { .. } => &mut self.here_before,
            PushOutcome::Held { .. } => &mut self.held,
            PushOutcome::Quarantined { .. } => &mut self.set_aside,
            PushOutcome::Retry { .. } => &mut self.not_taken,
        };
        *number += 1;
        self.receipts.push(receipt);
    }

    fn count_photo(&mut self, carried: Carried) {
        match carried {
            Carried::Here => self.photos += 1,
            Carried::HereBefore => self.here_before += 1,
            Carried::Refused => self.photos_refused += 1,
        }
    }

    fn count_letter(&mut self, taken: Taken) {
        match taken {
            Taken::Here => self.letters += 1,
            Taken::Refused => self.letters_refused += 1,
            Taken::Unreadable => self.unreadable += 1,
            Taken::SentBefore => self.here_before += 1,
        }
    }

    /// For the person at the keyboard.
    pub fn words(&self) -> String {
        let lines = [
            (self.accepted, "taken in"),
            (self.here_before, "here already; nothing was changed"),
            (self.held, "kept until an earlier entry of the same device arrives"),
            (self.set_aside, "kept aside; the Registered Manager sees them with the reason"),
            (self.letters, "without a name, taken in"),
            (self.letters_refused, "without a name, not accepted; they stay on the device"),
            (self.photos, "photos, taken in"),
            (
                self.photos_refused,
                "photos, not taken: no entry names them, or they are no photos; they stay on the device",
            ),
            (
                self.not_taken,
                "not taken: too much comes from devices that nobody knows here. Try again in an hour",
            ),
            (self.drafts, "not finished; only their author can finish them on the device"),
            (self.unreadable, "unreadable in this file; they stay on the device"),
        ];
        let said = lines.iter().filter(|(number, _)| *number > 0);
        let words: String = said.map(|(number, words)| format!("{number:>6}  {words}\n")).collect();
        if words.is_empty() { "The file is good, and there is nothing in it.\n".to_owned() } else { words }
    }
}
