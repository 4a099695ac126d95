//! Counts the rows that are really in the store.

use super::Shelf;
use crate::browser::{
    seal::Opened,
    store::{StoreError, schema, under},
};
use sync::digest::Digest;

impl Shelf {
    /// Of the rows of a person up to a cursor, page by page: a long log is never in memory twice, and the screen gets its
    /// turn in between. A page that cannot be read counts as gone. None when they are behind the lock.
    pub async fn digest(&self, person: &str, upto: u64) -> Result<Option<Digest>, StoreError> {
        let mut digest = Digest::default();
        for key in self.store.keys(schema::PAGE, under(&format!("{person}/"))).await? {
            let Some(kept) = self.store.get(schema::PAGE, &key).await? else { continue };
            match self.ring.look(schema::PAGE, &[(key, kept)]).await.pop() {
                Some(Opened::Text(rows)) => digest.add_page(&rows, upto),
                Some(Opened::Locked) => return Ok(None),
                Some(Opened::Unreadable) | None => {}
            }
        }
        Ok(Some(digest))
    }
}
