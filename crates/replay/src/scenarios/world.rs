//! What a scenario is played in: the domain alone, or a real server with simulated devices.
//! Both answer with the same view, so the same code compares.

use super::{file::Event as Line, ids::Ids, knowledge::Knowledge};
use anyhow::Result;
use domain::{
    event::{Event, Received},
    ids::StaffId,
    record::Record,
    register::Register,
    sight,
    time::{Instant, london_date},
};
use std::collections::BTreeSet;

pub trait World {
    fn ids(&self) -> &Ids;

    /// What arrives from now on is not known on the device.
    fn lose_contact(&mut self, device: &str, at: Instant) -> Result<()>;

    fn regain_contact(&mut self, device: &str, at: Instant) -> Result<()>;

    /// The author's check: the server's when online, else the device's.
    fn check(&mut self, line: &Line) -> Result<Checked>;

    /// Written and, when online, sent at once.
    fn write(&mut self, line: &Line, event: Event) -> Result<Fate>;

    /// What waits on a device arrives, in the order written. Gives events that the server wrote anew.
    fn deliver(&mut self, lines: &[&Line], at: Instant) -> Result<Vec<(String, Event)>>;

    fn view(&mut self, seen_by: &str, at: Instant) -> Result<View>;

    /// Times are only right to the minute here: a server keeps no exact time of a letter without a name.
    fn is_coarse(&self) -> bool {
        false
    }
}

/// What an author's check says: the event as it will be sent, or the code of the first failing check.
#[derive(Clone, Debug)]
pub enum Checked {
    Fine(Event),
    Refused { event: Event, code: String },
}

/// What became of an event, apart from what its row says.
#[derive(Clone, Debug)]
pub enum Fate {
    /// Never reached any other place.
    Refused { event: Event, code: String },
    /// Written; its row says the rest once it arrives.
    Written { event: Event },
}

/// What one place knows at one moment.
#[derive(Clone, Debug)]
pub struct View {
    pub at: Instant,
    pub knowledge: Knowledge,
    pub viewer: Viewer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Sees everything.
    Server,
    /// A member of staff on a device.
    Staff(String),
    /// Holds the tokens of these records, which were reported without a name.
    Tokens(BTreeSet<String>),
}

impl View {
    pub fn record(&self, id: &str) -> Option<&Record> {
        self.knowledge.register.record(id).filter(|record| self.sees(record))
    }

    pub fn sees(&self, record: &Record) -> bool {
        match &self.viewer {
            Viewer::Server => true,
            Viewer::Staff(staff) => {
                self.viewer.with_staff(staff, &self.knowledge.register, self.at, |viewer| viewer.sees(record))
            }
            Viewer::Tokens(records) => records.contains(record.id.as_str()),
        }
    }

    /// Audits and oversights of a site.
    pub fn sees_site(&self, site: &str) -> bool {
        match &self.viewer {
            Viewer::Server => true,
            Viewer::Staff(staff) => {
                self.viewer
                    .with_staff(staff, &self.knowledge.register, self.at, |viewer| viewer.sees_site(site))
            }
            Viewer::Tokens(_) => false,
        }
    }
}

impl Viewer {
    /// May this viewer see an event, as the register stands?
    pub fn sees_event(&self, register: &Register, at: Instant, event: &Event) -> bool {
        match self {
            Viewer::Server => true,
            Viewer::Staff(staff) => {
                self.with_staff(staff, register, at, |viewer| viewer.sees_event(register, event))
            }
            Viewer::Tokens(records) => event.record.as_deref().is_some_and(|record| records.contains(record)),
        }
    }

    /// The event as this viewer may read it.
    pub fn shown(&self, register: &Register, at: Instant, received: &Received) -> Received {
        match self {
            Viewer::Staff(staff) => {
                self.with_staff(staff, register, at, |viewer| viewer.shown(register, received))
            }
            Viewer::Server | Viewer::Tokens(_) => received.clone(),
        }
    }

    fn with_staff<T>(
        &self,
        staff: &str,
        register: &Register,
        at: Instant,
        look: impl FnOnce(&sight::Viewer<'_>) -> T,
    ) -> T {
        let staff = StaffId::from(staff);
        look(&sight::Viewer { staff: &staff, directory: register.directory(), date: london_date(at) })
    }
}
