//! Is everything still here that was ever written on this device? Asked at each start.

use super::{
    App, Kind, Problem,
    keep::{Keep, Opened},
    session::Device,
};
use crate::{browser::store::StoreError, text::common::count};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;
use sync::EventLog;

impl App {
    /// Reads every own event; when some are gone, puts back what the second copy has. Gives how many are unreadable.
    pub(super) async fn load_and_mend(
        &self,
        opened: &Opened,
        device: Option<&Device>,
    ) -> Result<usize, StoreError> {
        let keep = self.keep();
        let unreadable = keep.load_own(&opened.log).await?;
        if device.is_none() || !keep.is_shorter_than_before(opened, device).await {
            return Ok(unreadable);
        }
        let restored = opened.log.mend().await?;
        self.say_restored(restored);
        keep.load_own(&opened.log).await
    }

    /// What can wait until the app is shown: the other witness, holes in the middle, copies that are missing.
    pub(super) fn look_after_copies(&self) {
        let app = *self;
        spawn_local(async move {
            if let Err(problem) = app.compare_copies().await {
                app.notices.show(Kind::Warning, problem.sentence);
            }
        });
    }

    async fn compare_copies(&self) -> Result<(), Problem> {
        let keep = self.keep();
        keep.mended.set(false);
        // Without a store there is nothing to compare, and that is said elsewhere.
        let Ok(opened) = keep.opened() else { return Ok(()) };
        let device = self.session.read_untracked().device().cloned();
        if let Some(device) = &device {
            opened.log.beside.agree(&device.id, device.epoch).await;
        }
        let (events, letters) = (opened.log.mend().await?, self.letters.mend().await?.back);
        let restored = events + letters;
        // Where a part was lost, another may be missing too.
        let is_odd = self.storage.with_untracked(|storage| storage.damage.is_loss());
        keep.comparing.set(keep.comparing.get().with_doubt(is_odd || restored > 0));
        if restored > 0 {
            self.say_restored(restored);
            keep.load_own(&opened.log).await?;
            self.refold();
            crate::sync_loop::wake(*self);
        }
        if let Some(device) = &device {
            keep.pen.begin(&opened.log, &device.id, device.epoch).await?;
            let is_missing = keep.is_shorter_than_before(&opened, Some(device)).await;
            self.storage.update(|storage| storage.damage.missing |= is_missing);
        }
        let hashes = |is_waiting: bool| -> BTreeSet<String> {
            let own = keep.own.borrow();
            own.iter()
                .filter(|own| own.is_waiting() == is_waiting)
                .map(|own| own.entry.hash.to_string())
                .collect()
        };
        let (waiting, settled) = (hashes(true), hashes(false));
        opened.log.match_copies(&waiting, &settled).await?;
        // What got its receipt meanwhile had its copy taken away before this made it: it is taken away once more.
        opened.log.drop_copies(waiting.intersection(&hashes(false)).cloned().collect());
        // From here on it is known what this device has: what is missing now can be told.
        keep.mended.set(true);
        crate::sync_loop::wake(*self);
        Ok(())
    }

    fn say_restored(&self, restored: usize) {
        if restored > 0 {
            let words = count(restored, "entry was", "entries were");
            self.notices.show(
                Kind::Warning,
                format!("{words} gone from this phone. The second copy on this phone had them, so nothing is lost."),
            );
        }
    }
}

impl Keep {
    /// The witness outside the store knows of later events of this device.
    pub(super) async fn is_shorter_than_before(&self, opened: &Opened, device: Option<&Device>) -> bool {
        let Some(Device { id, epoch, .. }) = device else { return false };
        let Some(remembered) = opened.log.beside.head(id, *epoch) else { return false };
        // An end that cannot be read is damage of another kind.
        let head = opened.log.head(id, *epoch).await;
        head.is_ok_and(|head| head.is_none_or(|head| head.dseq < remembered.dseq))
    }
}
