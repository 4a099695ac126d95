//! The one connection of a transaction. It can be at work while its owner thinks: whatever is asked of it next waits
//! until that has ended.

use super::{StoreError, database::Connection};
use std::{future::poll_fn, mem, pin::Pin, task::Poll};

/// The connection comes back with what became of the work.
pub type Done = (Box<dyn Connection>, Result<(), StoreError>);
type Work = Pin<Box<dyn Future<Output = Done> + Send>>;

pub enum Line {
    Free(Box<dyn Connection>),
    Busy(Work),
    /// Something that was asked of it failed: nothing of the transaction may be kept.
    Lost,
}

impl Line {
    /// Begins something and comes back as soon as the database has been told.
    /// # Errors  those of what was begun before.
    pub async fn begin<F>(&mut self, work: impl FnOnce(Box<dyn Connection>) -> F) -> Result<(), StoreError>
    where
        F: Future<Output = Done> + Send + 'static,
    {
        let mut work: Work = Box::pin(work(self.take().await?));
        match poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await {
            Poll::Pending => *self = Line::Busy(work),
            Poll::Ready(done) => *self = Line::after(done)?,
        }
        Ok(())
    }

    /// Waits until it is free.
    /// # Errors  what it was busy with failed; after that `Busy`.
    pub async fn free(&mut self) -> Result<&mut Box<dyn Connection>, StoreError> {
        if let Line::Busy(work) = self {
            let done = work.await;
            *self = Line::Lost;
            *self = Line::after(done)?;
        }
        match self {
            Line::Free(connection) => Ok(connection),
            Line::Busy(_) | Line::Lost => Err(StoreError::Busy),
        }
    }

    /// The connection itself; until it is put back, nothing can be asked.
    /// # Errors  as `free`.
    pub async fn take(&mut self) -> Result<Box<dyn Connection>, StoreError> {
        self.free().await?;
        match mem::replace(self, Line::Lost) {
            Line::Free(connection) => Ok(connection),
            Line::Busy(_) | Line::Lost => Err(StoreError::Busy),
        }
    }

    /// What became of something that was asked of the connection itself. After a failed statement a database may undo
    /// all of the transaction and still answer a commit as if it were kept.
    pub fn kept<T>(&mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        if done.is_err() {
            *self = Line::Lost;
        }
        done
    }

    fn after((connection, done): Done) -> Result<Line, StoreError> {
        done.map(|()| Line::Free(connection))
    }
}
