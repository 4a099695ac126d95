//! One hub per provider: its state in memory, the lock around every change, and news for those who listen.
//! A change happens in the database and in memory together, or in neither.

use super::state::State;
use crate::{
    error::AppError,
    store::{Store, StoreError, Tenant, Writing},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{RwLock, RwLockReadGuard, watch};

pub struct Hub {
    store: Store,
    pub tenant: Tenant,
    /// `None`: has to be read from the database first.
    state: RwLock<Option<State>>,
    news: watch::Sender<u64>,
}

/// All hubs of the process, made when first needed.
pub struct Hubs {
    store: Store,
    all: Mutex<HashMap<Tenant, Arc<Hub>>>,
}

impl Hubs {
    pub fn new(store: Store) -> Self {
        Self { store, all: Mutex::default() }
    }

    pub fn of(&self, tenant: &Tenant) -> Arc<Hub> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(tenant.clone())
            .or_insert_with(|| Arc::new(Hub::new(self.store.clone(), tenant.clone())))
            .clone()
    }
}

impl Hub {
    fn new(store: Store, tenant: Tenant) -> Self {
        Self { store, tenant, state: RwLock::default(), news: watch::Sender::new(0) }
    }

    /// The number of the latest event, whenever it changes.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    pub async fn read(&self) -> Result<RwLockReadGuard<'_, State>, StoreError> {
        loop {
            if let Ok(state) = RwLockReadGuard::try_map(self.state.read().await, Option::as_ref) {
                return Ok(state);
            }
            let mut state = self.state.write().await;
            if state.is_none() {
                *state = Some(self.load().await?);
            }
        }
    }

    /// Makes one change with the provider's lock and one transaction, and commits it when it succeeds.
    /// The caller may go away meanwhile: the change still ends whole.
    /// # Errors  those of the change, and of the store; then nothing was changed.
    pub async fn change<C: Change>(self: &Arc<Self>, change: C) -> Result<C::Done, AppError> {
        let hub = self.clone();
        tokio::spawn(async move { hub.change_now(change).await }).await?
    }

    async fn change_now<C: Change>(&self, change: C) -> Result<C::Done, AppError> {
        let mut place = self.state.write().await;
        // Taken out: if anything goes wrong half way, the next caller reads the database again.
        let mut state = match place.take() {
            Some(state) => state,
            None => self.load().await?,
        };
        let mut writing = match self.store.write(&self.tenant).await {
            Ok(writing) => writing,
            Err(error) => {
                *place = Some(state);
                return Err(error.into());
            }
        };
        match change.make(&mut state, &mut writing).await {
            Ok(done) => {
                writing.commit().await?;
                state.is_saved();
                let seq = state.head.seq;
                *place = Some(state);
                drop(place);
                self.news.send_if_modified(|known| std::mem::replace(known, seq) != seq);
                Ok(done)
            }
            Err(error) => {
                if !state.is_dirty() {
                    *place = Some(state);
                }
                Err(error)
            }
        }
    }

    async fn load(&self) -> Result<State, StoreError> {
        State::load(&self.store.snapshot(&self.tenant).await?).await
    }
}

/// Something to do under the provider's lock, in the database and in memory alike.
pub trait Change: Send + 'static {
    type Done: Send + 'static;

    fn make(
        self,
        state: &mut State,
        writing: &mut Writing,
    ) -> impl Future<Output = Result<Self::Done, AppError>> + Send;
}
