//! `GET /v1/attention`: what arrived and was not folded, in words, for the registered manager of the site.

use super::{open, quarantine::Reason, state::State as Provider};
use crate::{
    app::App,
    door::who::Person,
    error::AppError,
    http::Reply,
    store::{HeldRow, QuarantineRow, Reading},
};
use axum::extract::State;
use domain::{
    event::{Author, Received},
    ids::{RecordId, SiteId},
    record::Reporter,
    roles::Role,
    time::Instant,
};
use serde::Serialize;
use serde_json::Value;
use sync::{Envelope, Signed, witness::Statement};

/// Of the quarantined events, which strangers may send in any number.
const MOST: u32 = 500;

#[derive(Serialize)]
pub struct Attention {
    items: Vec<Item>,
}

/// One event that a person should look at.
#[derive(Debug, Serialize)]
struct Item {
    /// `set_aside`: the rules say no; `quarantined`: the server could not take it; `held`: it still waits.
    kind: &'static str,
    /// A stable code.
    reason: String,
    /// Why, and what to do.
    sentence: String,
    received_at: Instant,
    written_at: Option<Instant>,
    site: Option<SiteId>,
    record: Option<RecordId>,
    verb: Option<String>,
    /// Staff id, `hidden` or `anonymous`.
    by: Option<String>,
    by_name: Option<String>,
    device: String,
    device_label: Option<String>,
    /// What the author wrote, as far as it can be read.
    with: Option<serde_json::Map<String, Value>>,
}

pub async fn attention(State(app): State<App>, person: Person) -> Result<Reply<Attention>, AppError> {
    let reading = app.store.read(&person.hub.tenant);
    let held = reading.held().await?;
    let devices = reading.devices().await?;
    let mut items = quarantined(&reading, &person).await?;
    let state = person.hub.read().await?;
    let desk = Desk { state: &state, person: &person };
    let set_aside = state.directory().sites.keys().filter(|site| desk.manages(site));
    // Whole: the rules keep these for a person to look at, and no stranger can make them many.
    items.extend(set_aside.flat_map(|site| state.register.attention(site)).map(|row| desk.set_aside(row)));
    items.extend(held.iter().filter_map(|row| desk.held(row)));
    for item in &mut items {
        let found = devices.iter().find(|device| device.id == item.device);
        item.device_label = found.map(|device| device.label.clone());
        if let Some(label) = item.device_label.as_ref().filter(|_| item.reason == Reason::DeviceLoss.code()) {
            item.sentence = item.sentence.replacen("This device", &format!("The device “{label}”"), 1);
        }
    }
    items.sort_by_key(|item| std::cmp::Reverse(item.received_at));
    Ok(Reply(Attention { items }))
}

/// Quarantined events of the sites that this person manages, what a device has proven first, up to the limit.
async fn quarantined(reading: &Reading<'_>, person: &Person) -> Result<Vec<Item>, AppError> {
    let mut items = Vec::new();
    for page in 0.. {
        let rows = reading.quarantined(Reason::UNPROVEN.map(Reason::code), MOST, page * MOST).await?;
        let state = person.hub.read().await?;
        let desk = Desk { state: &state, person };
        items.extend(rows.iter().filter_map(|row| desk.quarantined(row)));
        if items.len() >= MOST as usize || rows.len() < MOST as usize {
            break;
        }
    }
    items.truncate(MOST as usize);
    Ok(items)
}

/// `None` for a row that is kept for another reason.
fn statement(row: &QuarantineRow) -> Option<Statement> {
    let is_it = row.reason == Reason::DeviceLoss.code();
    is_it.then(|| serde_json::from_str(&row.signed.bytes).ok()).flatten()
}

struct Desk<'a> {
    state: &'a Provider,
    person: &'a Person,
}

impl Desk<'_> {
    fn manages(&self, site: &SiteId) -> bool {
        self.person.roles.get(site).is_some_and(|roles| roles.has(Role::RegisteredManager))
    }

    fn set_aside(&self, received: &Received) -> Item {
        let (event, judgement) = (&received.event, &received.judgement);
        let by = self.author(event.by.clone(), event.record.as_ref(), &event.verb, &event.with);
        Item {
            kind: "set_aside",
            reason: judgement.code.map_or("set_aside", |code| code.as_str()).into(),
            sentence: judgement.code.map_or("", |code| code.sentence()).into(),
            received_at: judgement.received_at,
            written_at: Some(judgement.corrected_at),
            site: Some(event.site.clone()),
            record: event.record.clone(),
            verb: Some(event.verb.clone()),
            by_name: self.name(&by),
            device: if by == Author::Hidden { String::new() } else { event.device.to_string() },
            by: Some(by.code().to_owned()),
            device_label: None,
            with: Some(event.with.clone()),
        }
    }

    fn quarantined(&self, row: &QuarantineRow) -> Option<Item> {
        if let Some(statement) = statement(row) {
            return self.lost(row, &statement);
        }
        let sentence = Reason::of_code(&row.reason).map_or("It is kept.", Reason::sentence);
        let words = (row.reason.as_str(), sentence);
        self.kept_apart("quarantined", words, &row.signed, &row.device, row.received_at)
    }

    /// What a device says that it has lost, for the manager of the site that it was used at.
    fn lost(&self, row: &QuarantineRow, statement: &Statement) -> Option<Item> {
        let site = statement.site.as_deref().map(SiteId::from);
        let known = site.filter(|site| self.state.directory().sites.contains_key(site));
        if known.as_ref().is_some_and(|site| !self.manages(site)) {
            return None;
        }
        let count = statement.lost.count();
        let entries = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
        Some(Item {
            kind: "quarantined",
            reason: row.reason.clone(),
            sentence: Reason::DeviceLoss.sentence().replacen("entries", &entries, 1),
            received_at: row.received_at,
            written_at: None,
            site: known,
            record: None,
            verb: None,
            by: None,
            by_name: None,
            device: row.device.clone(),
            device_label: None,
            with: None,
        })
    }

    fn held(&self, row: &HeldRow) -> Option<Item> {
        const SENTENCE: &str = "It waits for an earlier entry of the same device. Open the app on that device while it is online.";
        self.kept_apart("held", ("waits", SENTENCE), &row.signed, &row.device, row.received_at)
    }

    /// Shown to the manager of its site. What names no known site is shown to all, without its content.
    fn kept_apart(
        &self,
        kind: &'static str,
        (reason, sentence): (&str, &str),
        signed: &Signed,
        device: &str,
        received_at: Instant,
    ) -> Option<Item> {
        let envelope = open::content(signed).ok();
        let ours = |envelope: &Envelope| {
            envelope.tenant == self.person.hub.tenant.as_str()
                && self.state.directory().sites.contains_key(&envelope.site)
        };
        let readable = envelope.filter(ours);
        if readable.as_ref().is_some_and(|envelope| !self.manages(&envelope.site)) {
            return None;
        }
        let event = readable.map(|envelope| envelope.event());
        let by = event
            .as_ref()
            .map(|event| self.author(event.by.clone(), event.record.as_ref(), &event.verb, &event.with));
        Some(Item {
            kind,
            reason: reason.to_owned(),
            sentence: sentence.to_owned(),
            received_at,
            written_at: event.as_ref().map(|event| event.device_time),
            site: event.as_ref().map(|event| event.site.clone()),
            record: event.as_ref().and_then(|event| event.record.clone()),
            verb: event.as_ref().map(|event| event.verb.clone()),
            by_name: by.as_ref().and_then(|by| self.name(by)),
            device: if by == Some(Author::Hidden) { String::new() } else { device.to_owned() },
            by: by.map(|by| by.code().to_owned()),
            device_label: None,
            with: event.map(|event| event.with),
        })
    }

    /// A confidential reporter stays hidden here too.
    fn author(
        &self,
        by: Author,
        record: Option<&RecordId>,
        verb: &str,
        with: &serde_json::Map<String, Value>,
    ) -> Author {
        let asks_to_hide =
            verb == "report" && with.get("identity").and_then(Value::as_str) == Some("confidential");
        let known = record.and_then(|id| self.state.register.record(id));
        let is_hidden_reporter = known.is_some_and(|record| {
            matches!(record.reporter, Reporter::Confidential(_)) && record.reporter.is(&by)
        });
        if asks_to_hide || is_hidden_reporter { Author::Hidden } else { by }
    }

    fn name(&self, by: &Author) -> Option<String> {
        by.staff().map(|staff| self.state.directory().staff_name(staff).to_owned())
    }
}
