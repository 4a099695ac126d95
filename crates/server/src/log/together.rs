//! Changes that wait for the provider's lock at the same moment share one transaction: after an outage many devices
//! come back at once, and each commit waits for the disk.

use super::{
    hub::{Change, Hub},
    state::State,
};
use crate::{
    error::{AppError, Why},
    store::Writing,
};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::oneshot;

/// Changes in one transaction: others wait no longer than for so many.
const MOST: usize = 8;

/// Those that wait, in the order in which they came.
pub struct Together<C: Change> {
    waiting: Mutex<VecDeque<Waiting<C>>>,
    /// Whoever holds it makes the changes of all that wait.
    turn: tokio::sync::Mutex<()>,
}

struct Waiting<C: Change> {
    change: C,
    tell: oneshot::Sender<Result<C::Done, AppError>>,
}

/// All of them or none.
struct Several<C>(Vec<C>);

impl<C: Change> Default for Together<C> {
    fn default() -> Self {
        Self { waiting: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }
}

impl<C: Change + Clone> Together<C> {
    /// Makes one change as `Hub::change` does, perhaps with others. One that fails spoils no other.
    /// # Errors  those of this change alone, and of the store.
    pub async fn change(
        hub: &Arc<Hub>,
        of: impl Fn(&Hub) -> &Together<C> + Send + 'static,
        change: C,
    ) -> Result<C::Done, AppError> {
        let (tell, told) = oneshot::channel();
        of(hub).line().push_back(Waiting { change, tell });
        let hub = hub.clone();
        // The caller may go away: what it brought is taken all the same.
        tokio::spawn(async move {
            let together = of(&hub);
            let _turn = together.turn.lock().await;
            let next = together.next();
            make(&hub, next).await;
        });
        told.await.unwrap_or_else(|_| Err(Why::Broken.into()))
    }

    /// None where another turn took this one's along.
    fn next(&self) -> Vec<Waiting<C>> {
        let mut line = self.line();
        let many = line.len().min(MOST);
        line.drain(..many).collect()
    }

    fn line(&self) -> std::sync::MutexGuard<'_, VecDeque<Waiting<C>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn make<C: Change + Clone>(hub: &Arc<Hub>, all: Vec<Waiting<C>>) {
    if all.len() > 1 {
        let several = Several(all.iter().map(|waiting| waiting.change.clone()).collect());
        if let Ok(done) = hub.change(several).await {
            all.into_iter().zip(done).for_each(|(waiting, done)| answer(waiting.tell, Ok(done)));
            return;
        }
    }
    for Waiting { change, tell } in all {
        answer(tell, hub.change(change).await);
    }
}

/// Nobody may be there any more to hear it.
fn answer<T>(tell: oneshot::Sender<T>, what: T) {
    drop(tell.send(what));
}

impl<C: Change> Change for Several<C> {
    type Done = Vec<C::Done>;

    async fn make(self, state: &mut State, writing: &mut Writing) -> Result<Self::Done, AppError> {
        let mut done = Vec::with_capacity(self.0.len());
        for change in self.0 {
            done.push(change.make(state, writing).await?);
        }
        Ok(done)
    }
}
