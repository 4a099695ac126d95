//! Start of the app: opens the store, reads what is kept, shows it, then begins to send and pull.

use super::{
    App, Problem, Session,
    damage::{self, Damage},
    keep::{Keep, Opened, Tail},
    session::{Device, Me},
    sign_in::{DEVICE, DIRECTORY, ME, OFFSET, cursor_note},
};
use crate::{
    browser::{
        event_log::OwnLog,
        events,
        events::Tabs,
        json,
        keys::DeviceKey,
        seal::{self, Ring},
        service_worker,
        shelf::Found,
        storage,
        store::{Store, StoreError, schema},
    },
    sync_loop,
};
use domain::directory::Directory;
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;
use sync::{digest::Comparing, own::OwnEvent, pages::look_whole, pull::Cursor};

pub(super) fn start(app: App) {
    events::every(1_000 * 15, move || app.tick_if_minute_changed());
    spawn_local(async move {
        if let Err(error) = app.open().await {
            app.session.set(damage::broken(&error));
        }
        app.hear_tabs();
        app.lock.watch();
        app.watch_updates();
        app.look_at_storage();
        app.look_after_copies();
        sync_loop::start(app);
    });
}

impl App {
    /// # Errors  Without the store, who this device is, and what it wrote, the app cannot work.
    async fn open(&self) -> Result<(), StoreError> {
        let keep = self.keep();
        let store = match Store::open(schema::NAME).await {
            Ok(store) => store,
            Err(error) => {
                keep.cannot_open(error.clone());
                return Err(error);
            }
        };
        let mut damage = Damage { newer: store.is_newer(), ..Damage::default() };
        let store = Rc::new(store);
        let ring = match Ring::open(&store).await {
            Ok(ring) => ring,
            Err(error) => {
                keep.cannot_open(error.clone());
                return Err(error);
            }
        };
        damage.or_note(seal::sweep(&store, &ring).await);
        let opened = keep.open(store, ring);
        let mut device: Option<Device> = opened.shelf.note(DEVICE).await?;
        if device.is_none() {
            // The database was emptied, and this was remembered outside it.
            device = opened.log.beside.device().await.as_deref().and_then(json::read);
            damage.emptied = device.is_some();
        }
        if let Some(device) = &device {
            opened.log.beside.set_device(&json::write(device));
        }
        damage.events = self.load_and_mend(&opened, device.as_ref()).await?;
        damage.forked = keep.own.borrow().iter().any(OwnEvent::is_forked);
        damage.missing = keep.is_shorter_than_before(&opened, device.as_ref()).await;
        let me = self.read_rest(&opened, device.as_ref(), &mut damage).await;
        self.tick();
        storage::set_enrolled(device.is_some());
        match device {
            Some(device) => {
                self.lock.away.set(self.was_away_too_long(&opened.shelf).await);
                if let Some(me) = me.as_ref().filter(|_| !self.lock.away.get_untracked()) {
                    damage.or_note(opened.ring.enter(&me.staff).await);
                }
                damage.or_note(self.show(device, me).await);
            }
            None => self.session.set(Session::NotEnrolled),
        }
        self.say_role_ended().await;
        self.storage.update(|storage| {
            storage.protection = opened.ring.protection();
            damage.pages = storage.damage.pages;
            storage.damage = damage;
        });
        Ok(())
    }

    /// Each by itself: one that cannot be read does not hide the rest. Gives who was signed in.
    async fn read_rest(&self, opened: &Opened, device: Option<&Device>, damage: &mut Damage) -> Option<Me> {
        let (keep, shelf) = (self.keep(), &opened.shelf);
        keep.key.replace(DeviceKey::read(&opened.store).await.unwrap_or_default());
        damage.cannot_sign = device.is_some() && keep.key.borrow().is_none();
        if let Some(device) = device {
            damage.cannot_sign |= keep.pen.begin(&opened.log, &device.id, device.epoch).await.is_err();
        }
        damage.or_note(self.letters.load().await);
        damage.or_note(self.photos.load().await);
        // The next contact with the service tells these again, and whoever was signed in signs in again.
        keep.offset_ms.set(shelf.note(OFFSET).await.unwrap_or_default());
        keep.server_epoch.replace(shelf.note(sync_loop::SERVER_EPOCH).await.unwrap_or_default());
        self.sync.last_sent.set(shelf.note(sync_loop::LAST_SENT).await.unwrap_or_default());
        self.lists.set(shelf.note::<Directory>(DIRECTORY).await.unwrap_or_default().unwrap_or_default());
        shelf.note(ME).await.unwrap_or_default()
    }

    /// The rows that were pulled for the person shown now.
    pub(crate) async fn load_rows(&self) -> Result<(), Problem> {
        let keep = self.keep();
        let opened = keep.opened()?;
        let person = keep.person.borrow().clone();
        let is_locked = person.as_ref().is_some_and(|person| !opened.ring.is_open(person));
        keep.unread.set(is_locked);
        if !is_locked {
            keep.empty_base();
            keep.tail.take();
        }
        self.storage.update(|storage| storage.misses_rows = false);
        let Some(person) = person else { return Ok(()) };
        let shelf = opened.shelf;
        let cursor: Option<Cursor> = shelf.note(&cursor_note(&person)).await.unwrap_or_default();
        if is_locked {
            // Sending needs to know which server it was.
            keep.cursor.replace(cursor.unwrap_or_default());
            return Ok(());
        }
        let Found { rows: pages, mut unreadable, .. } = shelf.pages(&person).await?;
        let begun = unreadable > 0 || !pages.is_empty();
        let mut found = Vec::with_capacity(pages.len());
        for page in pages {
            let Some(rows) = page.rows() else {
                unreadable += 1;
                continue;
            };
            // A row of a newer app stays on the page, unread.
            keep.take_rows(rows.iter().filter_map(|row| serde_json::from_str(row.get()).ok()));
            found.push((page.number, rows.len()));
            keep.tail.replace(Tail::after(page.number, &rows));
        }
        let was_read = cursor.as_ref().is_some_and(|cursor| cursor.next > 0);
        let must_start_over = unreadable > 0 || (begun && !was_read);
        // Pages that are gone leave no error behind.
        let is_odd = !look_whole(&found) || (was_read && !begun);
        keep.comparing.set(Comparing::at_start(is_odd));
        keep.start_over.set(must_start_over);
        self.storage.update(|storage| storage.damage.pages = unreadable);
        let mut cursor = cursor.unwrap_or_else(|| Cursor::default().start_again());
        if must_start_over {
            cursor = cursor.at_first_row();
        }
        if self.lists.are_missing() {
            cursor.directory_version = 0;
        }
        self.sync.set_filling(cursor.filling);
        self.storage.update(|storage| storage.misses_rows = cursor.misses_rows());
        keep.cursor.replace(cursor);
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
        if self.hear_of_removal(news).await {
            return Ok(());
        }
        let keep = self.keep();
        if matches!(news, "pulled" | "seen" | "forms") && !keep.can_read() {
            // Read when it is unlocked.
            keep.unread.set(true);
            return Ok(());
        }
        match news {
            "own" => keep.read_other_tabs().await?,
            "sent" => {
                keep.load_own(&keep.opened()?.log).await?;
                let shelf = keep.opened()?.shelf;
                keep.server_epoch.replace(shelf.note(sync_loop::SERVER_EPOCH).await?);
                self.sync.last_sent.set(shelf.note(sync_loop::LAST_SENT).await?);
            }
            "pulled" => self.load_rows().await?,
            "session" => {
                service_worker::reload();
                return Ok(());
            }
            "letters" => self.letters.load().await?,
            "photos" => return self.photos.load().await,
            "seen" => return self.seen.load().await,
            "forms" => return self.forms.load().await,
            _ => return Ok(()),
        }
        self.refold();
        Ok(())
    }
}

impl Keep {
    /// Reads every own event; gives how many could not be read.
    pub(crate) async fn load_own(&self, log: &OwnLog) -> Result<usize, StoreError> {
        let (stored, unreadable) = log.readable(0).await?;
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
}
