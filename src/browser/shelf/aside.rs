//! Pages that were pulled before the server was restored: out of sight, kept for a look by hand for 30 days, and no
//! longer than their person may read them.

use super::Shelf;
use crate::browser::{
    seal::ASIDE,
    store::{Op, StoreError, schema, under},
};
use domain::time::Instant;
use sync::own::KEPT_DAYS;

const DAY_S: i64 = 24 * 60 * 60;

impl Shelf {
    /// The server was restored. `now`: its clock. `scope`: what the person could see then.
    pub async fn set_pages_aside(&self, person: &str, now: Instant, scope: &str) -> Result<(), StoreError> {
        let rows = self.read_under(schema::PAGE, person, Some).await?.rows;
        let place = format!("{ASIDE}{}-{scope}", now.timestamp());
        let rows: Vec<(String, String)> =
            rows.into_iter().map(|(key, rows)| (format!("{place}/{key}"), rows)).collect();
        let ops = self.sealed(schema::PAGE, rows.iter().map(|(key, rows)| (key, rows))).await?;
        self.write(&ops).await
    }

    /// The person sees something else now, or words were disposed of: only what belongs to this scope stays.
    pub async fn drop_other_aside(&self, person: &str, scope: &str) -> Result<(), StoreError> {
        self.drop_aside(|kept| kept.person == person && kept.scope != scope).await
    }

    /// Lets go of what was set aside long ago, of whomever. `now`: the clock of the server.
    pub async fn drop_old_aside(&self, now: Instant) -> Result<(), StoreError> {
        self.drop_aside(|kept| now.timestamp() - kept.at > KEPT_DAYS * DAY_S).await
    }

    /// Deletes what is set aside, page by page.
    async fn drop_aside(&self, goes: impl Fn(&Aside<'_>) -> bool) -> Result<(), StoreError> {
        let ops = self.aside_ops(goes).await?;
        self.write(&ops).await
    }

    pub(super) async fn aside_ops(&self, goes: impl Fn(&Aside<'_>) -> bool) -> Result<Vec<Op>, StoreError> {
        let keys = self.store.keys(schema::PAGE, under(ASIDE)).await?;
        // What cannot be told apart is nobody's, and goes.
        let goes = |key: &&String| Aside::of(key).is_none_or(|kept| goes(&kept));
        Ok(keys.iter().filter(goes).map(|key| Op::delete(schema::PAGE, key)).collect())
    }
}

/// What the key of a page says: `aside-<seconds>-<scope>/<person>/<number>`.
pub(super) struct Aside<'a> {
    at: i64,
    scope: &'a str,
    pub person: &'a str,
}

impl Aside<'_> {
    fn of(key: &str) -> Option<Aside<'_>> {
        let (place, rest) = key.strip_prefix(ASIDE)?.split_once('/')?;
        // Versions before this one kept no scope.
        let (at, scope) = place.split_once('-').unwrap_or((place, ""));
        Some(Aside { at: at.parse().ok()?, scope, person: rest.split_once('/')?.0 })
    }
}
