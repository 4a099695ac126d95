//! What pages read and do: signals over the device's own copy, and verbs that write to it.
//! Pages call nothing below this module.

mod admin;
#[cfg(feature = "desk")]
mod attention;
mod boot;
mod contact;
mod damage;
mod drafts;
#[cfg(feature = "desk")]
mod dry_run;
mod easy_pin;
mod editing;
#[cfg(feature = "desk")]
mod evidence;
#[cfg(feature = "desk")]
mod exchange;
pub(crate) mod explain;
mod fold;
mod forms;
#[cfg(feature = "desk")]
mod holding;
mod install;
pub(crate) mod keep;
mod letters;
#[cfg(feature = "desk")]
mod list_changes;
mod lists;
mod lock;
#[cfg(feature = "desk")]
mod log_check;
mod new_password;
mod notices;
mod opened_names;
mod outside;
mod own_report;
mod own_sessions;
mod paper;
mod passkeys;
mod people_here;
mod photos;
mod practice;
mod prefs;
mod problem;
mod removed;
#[cfg(feature = "desk")]
mod rescue_file;
mod rest;
mod role_ended;
mod screen;
mod seen;
mod self_test;
mod session;
mod sign_in;
mod sites;
mod storage_status;
mod sync_status;
pub(crate) mod views;
mod welcome;
mod write;
#[cfg(feature = "desk")]
mod write_all;

pub use crate::browser::seal::Protection;
pub use admin::{Admin, DevicePerson, DeviceRow, EndedLink, Invite, Refused, RowProblem};
#[cfg(feature = "desk")]
pub use attention::{Attention, AttentionItem, Dealt};
pub use drafts::{Draft, Drafts, Repeats};
#[cfg(feature = "desk")]
pub use dry_run::Tried;
pub use editing::{Editing, Update};
#[cfg(feature = "desk")]
pub use evidence::{EvidenceRights, read_framework, read_pack};
#[cfg(feature = "desk")]
pub use exchange::read_bytes;
pub use forms::{Forms, read_file};
#[cfg(feature = "desk")]
pub use holding::Hold;
pub use letters::{Letter, LetterState, Letters};
#[cfg(feature = "desk")]
pub use list_changes::{ChangedField, ListChange};
pub use lock::Lock;
#[cfg(feature = "desk")]
pub use log_check::{Checkpoint, Disposal, Doubt, Found, LogState};
pub use notices::{Banner, Kind, Notices};
pub use opened_names::OpenedName;
pub use outside::{Calendar, LinkRow, MadeLink, NewLink, Outside};
pub use own_report::{KeptApart, Whose};
pub use own_sessions::SessionRow;
pub use passkeys::{PasskeyAsked, PasskeyProblem, PasskeyRow, Passkeys, PasskeysHere};
pub use photos::{KeptPhoto, Photos};
pub use practice::{Practice, Practised};
pub use prefs::{Prefs, TextSize, Theme};
pub use problem::Problem;
#[cfg(feature = "desk")]
pub use rescue_file::RescueReport;
pub use rest::Rest;
pub use seen::Seen;
pub use session::{Device, Join, Me, Session, SetUp};
pub(crate) use sign_in::cursor_note;
pub use storage_status::Storage;
pub use sync_status::{Contact, SyncStatus, Waiting};
pub use views::Look;
pub use write::Written;

use chrono::NaiveDate;
use domain::{
    directory::Directory,
    ids::{SiteId, StaffId},
    record::Record,
    register::Register,
    roles::{Role, Roles},
    time::{self, Instant},
};
use keep::{Keep, Kept};
use leptos::prelude::*;
use lists::Lists;
use std::{rc::Rc, sync::Arc};

/// Everything the pages share. Copy it into any closure.
#[derive(Clone, Copy)]
pub struct App {
    /// The server's rows, then the unsent events of this person, folded.
    pub register: RwSignal<Arc<Register>>,
    /// The provider's lists; kept for offline, and for a report by somebody who is not signed in.
    pub directory: Signal<Arc<Directory>>,
    pub session: RwSignal<Session>,
    /// Who writes here. Nobody while a shared device is locked: somebody else may stand at it.
    pub writer: Signal<Option<Me>>,
    pub sync: SyncStatus,
    pub drafts: Drafts,
    pub letters: Letters,
    pub photos: Photos,
    pub seen: Seen,
    pub practice: Practice,
    pub forms: Forms,
    /// Corrected time; ticks each minute.
    pub now: Signal<Instant>,
    pub notices: Notices,
    pub prefs: Prefs,
    pub lock: Lock,
    pub admin: Admin,
    pub storage: RwSignal<Storage>,
    pub update: RwSignal<Update>,
    pub outside: Outside,
    pub rest: Rest,
    /// Forms that are open in this tab.
    open_forms: RwSignal<usize>,
    chosen_site: RwSignal<Option<SiteId>>,
    shown_site: Memo<Option<SiteId>>,
    /// The clock ticks at each contact: what depends on the date only is not made anew by that.
    date: Memo<NaiveDate>,
    held: Memo<Roles>,
    pub(crate) lists: Lists,
    clock: RwSignal<Instant>,
    keep: Kept,
}

/// The app of this page. Call it once, at the top of a component.
pub fn use_app() -> App {
    expect_context()
}

impl App {
    /// Makes the signals and puts the app in context; reading the store begins at once.
    pub fn provide() -> App {
        let keep: Kept = StoredValue::new_local(Rc::new(Keep::default()));
        let notices = Notices::new();
        notices.take_over();
        let clock = RwSignal::new(crate::browser::clock::now());
        let session = RwSignal::new(Session::default());
        let lists = Lists::new(session, keep);
        let lock = Lock::new(keep, notices);
        let letters = Letters::new(keep);
        let photos = Photos::new(keep);
        let writer = Signal::derive(move || who_writes(&session.read(), lock.locked.get()));
        let chosen_site = RwSignal::new(crate::browser::storage::site().map(SiteId::from));
        let date = Memo::new(move |_| time::london_date(clock.get()));
        let shown_site = Memo::new(move |_| {
            sites::shown(&session.read(), &lists.shown.read(), chosen_site.get(), date.get())
        });
        let held = Memo::new(move |_| match (session.read().me(), &*shown_site.read()) {
            (Some(me), Some(site)) => lists.shown.read().held(&me.staff, site, date.get()).all(),
            _ => Roles::NONE,
        });
        let app = App {
            register: RwSignal::new(Arc::new(Register::default())),
            directory: lists.shown.into(),
            session,
            writer,
            sync: SyncStatus::new(letters, photos),
            drafts: Drafts::new(keep, notices, writer),
            letters,
            photos,
            seen: Seen::new(keep),
            practice: Practice::new(keep),
            forms: Forms::new(keep, notices),
            now: clock.into(),
            notices,
            prefs: Prefs::read(),
            lock,
            admin: Admin::new(session, lists),
            storage: RwSignal::default(),
            update: RwSignal::default(),
            outside: Outside::new(session),
            rest: Rest::new(notices),
            open_forms: RwSignal::default(),
            chosen_site,
            shown_site,
            date,
            held,
            lists,
            clock,
            keep,
        };
        provide_context(app);
        boot::start(app);
        app
    }

    /// The build of the app, so that two phones can be compared.
    pub fn build(&self) -> String {
        crate::browser::build::id().unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned())
    }

    pub fn today(&self) -> NaiveDate {
        self.date.get()
    }

    /// The corrected time to the millisecond. Not tracked.
    pub fn instant(&self) -> Instant {
        self.keep().corrected_now()
    }

    pub fn me(&self) -> Option<Me> {
        self.session.read().me().cloned()
    }

    pub fn device(&self) -> Option<Device> {
        self.session.read().device().cloned()
    }

    /// Roles at the current site today, standing in included. None when nobody is signed in.
    pub fn roles(&self) -> Roles {
        self.held.get()
    }

    /// May change the lists of the current site.
    pub fn is_manager(&self) -> bool {
        self.roles().meets(Roles::of(&[Role::Administrator, Role::RegisteredManager]))
    }

    /// How much the clock of this device is ahead of the service, when that is more than anybody should have. Tracked.
    pub fn clock_is_off_ms(&self) -> Option<i64> {
        const MOST_MS: i64 = 10 * 60_000;
        self.clock.track();
        self.keep().offset_ms.get().filter(|off| off.abs() > MOST_MS)
    }

    /// Looks at a record; `None` when it is not known here. Tracked.
    pub fn with_record<R>(&self, id: &str, look: impl FnOnce(&Record, &Register) -> R) -> Option<R> {
        let register = self.register.read();
        register.record(id).map(|record| look(record, &register))
    }

    /// Whose report this draft becomes, when it carries a name. Tracked.
    pub fn author_of(&self, draft: &Draft) -> Option<StaffId> {
        self.writer.read().as_ref().map(|me| me.staff.clone()).or_else(|| draft.author.clone())
    }

    pub(crate) fn keep(&self) -> Rc<Keep> {
        self.keep.get_value()
    }

    /// Corrected time for everything that shows a time.
    pub(crate) fn tick(&self) {
        self.clock.set(self.keep().corrected_now());
    }
}

fn who_writes(session: &Session, is_locked: bool) -> Option<Me> {
    let is_shared = session.device().is_some_and(|device| device.shared);
    session.me().filter(|_| !(is_locked && is_shared)).cloned()
}
