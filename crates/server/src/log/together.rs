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
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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
    pub async fn change(self: &Arc<Self>, hub: &Arc<Hub>, change: C) -> Result<C::Done, AppError> {
        let (tell, told) = oneshot::channel();
        self.line().push_back(Waiting { change, tell });
        let (together, hub) = (self.clone(), hub.clone());
        // The caller may go away: what it brought is taken all the same.
        tokio::spawn(async move {
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

    fn line(&self) -> MutexGuard<'_, VecDeque<Waiting<C>>> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::real_now, log::hub::Hubs, store::Store};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use sync::Hash;

    /// Moves the number that a provider's changes have; or fails, after it has.
    #[derive(Clone)]
    struct Move {
        fails: bool,
        tried: Arc<AtomicUsize>,
    }

    impl Change for Move {
        type Done = u64;

        async fn make(self, _state: &mut State, writing: &mut Writing) -> Result<u64, AppError> {
            self.tried.fetch_add(1, Ordering::Relaxed);
            let revision = writing.change_revision().await?;
            if self.fails { Err(Why::BadRequest.into()) } else { Ok(revision) }
        }
    }

    /// What became of changes that waited together, of which some fail; how often any was tried; the last number.
    async fn become_of(fails: &[bool]) -> (Vec<Option<u64>>, usize, u64) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("db")).await.expect("a database");
        let provider = store.door().add_provider(Hash::ZERO, real_now()).await.expect("a provider");
        let hub = Hubs::new(store.clone()).of(&provider);
        let (together, tried) = (Arc::<Together<Move>>::default(), Arc::<AtomicUsize>::default());
        let turn = together.turn.lock().await;
        let mut waiting = Vec::new();
        for (before, fails) in fails.iter().enumerate() {
            while together.line().len() < before {
                tokio::task::yield_now().await;
            }
            let (together, hub, tried) = (together.clone(), hub.clone(), tried.clone());
            let change = Move { fails: *fails, tried };
            waiting.push(tokio::spawn(async move { together.change(&hub, change).await }));
        }
        while together.line().len() < fails.len() {
            tokio::task::yield_now().await;
        }
        drop(turn);
        let mut became = Vec::new();
        for one in waiting {
            became.push(one.await.expect("no panic").ok());
        }
        let last = store.read(&provider).revision().await.expect("a number");
        (became, tried.load(Ordering::Relaxed), last)
    }

    #[tokio::test]
    async fn those_that_wait_are_made_in_their_order_each_once() {
        assert_eq!(become_of(&[false; 3]).await, (vec![Some(1), Some(2), Some(3)], 3, 3));
        let many = MOST + 3;
        let all = (1..=many as u64).map(Some).collect::<Vec<_>>();
        assert_eq!(become_of(&vec![false; many]).await, (all, many, many as u64));
    }

    #[tokio::test]
    async fn one_that_fails_spoils_no_other_and_leaves_nothing() {
        let (became, tried, last) = become_of(&[false, true, false]).await;
        assert_eq!(became, [Some(1), None, Some(2)]);
        assert_eq!(tried, 2 + 3, "two together, of which the second failed, then each for itself");
        assert_eq!(last, 2);
    }
}
