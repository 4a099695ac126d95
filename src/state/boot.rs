//! Start of the app: opens the store, reads what is kept, shows it, then begins to send and pull.

use super::{
    App, Problem, Session, Storage,
    keep::{Keep, Tail},
    session::{Device, Me},
    sign_in::{DEVICE, DIRECTORY, ME, OFFSET, cursor_note},
};
use crate::{
    browser::{
        crash, events,
        events::Tabs,
        json,
        keys::DeviceKey,
        service_worker,
        shelf::{PAGE_ROWS, Page},
        storage,
        store::{Store, schema},
    },
    sync_loop,
};
use domain::{directory::Directory, event::Received};
use leptos::{prelude::*, task::spawn_local};
use serde::Deserialize;
use serde_json::Value;

pub(super) fn start(app: App) {
    crash::watch();
    events::every(1_000 * 15, move || app.tick_if_minute_changed());
    spawn_local(async move {
        if let Err(problem) = app.open().await {
            app.storage.update(|storage| storage.trouble = Some(problem.sentence.clone()));
            app.session.set(Session::NotEnrolled);
        }
        app.hear_tabs();
        app.lock.watch();
        app.watch_updates();
        app.look_at_storage();
        sync_loop::start(app);
    });
}

impl App {
    async fn open(&self) -> Result<(), Problem> {
        let keep = self.keep();
        let store = match Store::open(schema::NAME).await {
            Ok(store) => store,
            Err(error) => {
                keep.cannot_open(error.clone());
                return Err(error.into());
            }
        };
        let newer = store.is_newer();
        keep.open(store);
        let opened = keep.opened()?;
        keep.key.replace(DeviceKey::read(&opened.store).await?);
        keep.offset_ms.set(opened.shelf.note(OFFSET).await?);
        let unreadable = keep.load_own().await?;
        self.letters.load().await?;
        self.sync.last_sent.set(opened.shelf.note(sync_loop::LAST_SENT).await?);
        if let Some(directory) = opened.shelf.note::<Directory>(DIRECTORY).await? {
            self.lists.set(directory);
        }
        let device: Option<Device> = opened.shelf.note(DEVICE).await?;
        let me: Option<Me> = opened.shelf.note(ME).await?;
        self.tick();
        self.storage.set(Storage {
            trouble: keep.trouble_in_words(newer, unreadable, device.as_ref()),
            ..Storage::default()
        });
        storage::set_enrolled(device.is_some());
        match device {
            Some(device) => {
                keep.pen.begin(&opened.log, &device.id, device.epoch).await?;
                self.show(device, me).await
            }
            None => {
                self.session.set(Session::NotEnrolled);
                Ok(())
            }
        }
    }

    /// The rows that were pulled for the person shown now.
    pub(super) async fn load_rows(&self) -> Result<(), Problem> {
        let keep = self.keep();
        keep.empty_base();
        keep.tail.take();
        let Some(person) = keep.person.borrow().clone() else { return Ok(()) };
        let shelf = keep.opened()?.shelf;
        keep.cursor.replace(shelf.note(&cursor_note(&person)).await?.unwrap_or_default());
        for Page { number, rows } in shelf.pages(&person).await? {
            let Some(Value::Array(rows)) = json::value(&rows) else { continue };
            // A row of a newer app stays on the page, unread.
            keep.take_rows(rows.iter().filter_map(|row| Received::deserialize(row).ok()));
            let is_full = rows.len() >= PAGE_ROWS;
            let rows = if is_full { Vec::new() } else { rows.iter().map(ToString::to_string).collect() };
            keep.tail.replace(Tail { number: number + u32::from(is_full), rows });
        }
        self.sync.filling.set(keep.cursor.borrow().filling);
        Ok(())
    }

    fn tick_if_minute_changed(&self) {
        let (now, shown) = (self.instant(), self.now.get_untracked());
        if now.timestamp() / 60 != shown.timestamp() / 60 {
            self.tick();
        }
    }

    /// Another tab of this device wrote something: the store knows what.
    fn hear_tabs(&self) {
        let app = *self;
        let tabs = Tabs::open(move |news| {
            spawn_local(async move {
                if let Err(problem) = app.heard(&news).await {
                    app.notices.say(problem.sentence);
                }
            });
        });
        self.keep().tabs.replace(Some(tabs));
    }

    async fn heard(&self, news: &str) -> Result<(), Problem> {
        let keep = self.keep();
        match news {
            "own" => keep.read_other_tabs().await?,
            "sent" => {
                keep.load_own().await?;
                self.sync.last_sent.set(keep.opened()?.shelf.note(sync_loop::LAST_SENT).await?);
            }
            "pulled" => self.load_rows().await?,
            "session" => {
                service_worker::reload();
                return Ok(());
            }
            "letters" => self.letters.load().await?,
            _ => return Ok(()),
        }
        self.refold();
        Ok(())
    }
}

impl Keep {
    /// Reads every own event; gives how many could not be read.
    async fn load_own(&self) -> Result<usize, Problem> {
        let (stored, unreadable) = self.opened()?.log.all().await?;
        let mut own = self.own.borrow_mut();
        own.load(stored);
        let mut outbox = self.outbox.borrow_mut();
        *outbox = sync::outbox::Outbox::default();
        for waiting in own.iter().filter(|own| own.is_waiting()) {
            outbox.add(waiting.entry.clone(), waiting.fate.trouble.clone());
        }
        if let Some(last) = own.iter().filter_map(|own| own.hlc()).max() {
            self.pen.hear(last);
        }
        Ok(unreadable)
    }

    /// What is wrong with the store although it could be opened.
    fn trouble_in_words(&self, newer: bool, unreadable: usize, device: Option<&Device>) -> Option<String> {
        if newer {
            return Some(
                "A newer version of Noticed was used on this phone. Reports are still saved and sent. Close Noticed and open it again to update it.".into(),
            );
        }
        if unreadable > 0 {
            return Some(format!(
                "{unreadable} saved entries on this phone cannot be read. They are kept as they are. Tell your manager."
            ));
        }
        let (epoch, dseq) = storage::last_event()?;
        let device = device.filter(|device| device.epoch == epoch)?;
        let own = self.own.borrow();
        let of_device = own.iter().filter(|own| own.entry.device == device.id && own.entry.epoch == epoch);
        let here = of_device.map(|own| own.entry.dseq).max().unwrap_or(0);
        (here < dseq).then(|| {
            "Some reports that were saved on this phone are gone from it. Tell your manager, and record again what is missing.".into()
        })
    }
}
