//! One hub per provider: its state in memory, the lock around every change, and news for those who listen.
//! A change happens in the database and in memory together, or in neither.

use super::{push::Batch, state::State, together::Together};
use crate::{
    error::AppError,
    store::{Reading, Store, StoreError, Tenant, Writing},
};
use fail::fail_point;
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
    /// Devices that wait for the lock with what they bring.
    pub pushes: Arc<Together<Batch>>,
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

    /// Another server tells that there is something to read, of one provider or of any: those who listen here hear
    /// of it once it is read.
    pub fn heard(&self, of: Option<&str>) {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        for hub in all.values().filter(|hub| of.is_none_or(|of| of == hub.tenant.as_str())) {
            let hub = hub.clone();
            tokio::spawn(async move {
                if let Err(error) = hub.read().await {
                    tracing::warn!(%error, "news of another server could not be read");
                }
            });
        }
    }
}

impl Hub {
    fn new(store: Store, tenant: Tenant) -> Self {
        Self { store, tenant, state: RwLock::default(), news: watch::Sender::new(0), pushes: Arc::default() }
    }

    /// The number of the latest event, whenever it changes.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// As everything is now: what another server on the same database committed is known too.
    /// # Errors  those of the store.
    pub async fn read(&self) -> Result<RwLockReadGuard<'_, State>, StoreError> {
        let revision = self.store.read(&self.tenant).revision().await?;
        loop {
            let knows = |place: &Option<State>| place.as_ref().is_some_and(|state| state.knows(revision));
            {
                let state = self.state.read().await;
                if knows(&state)
                    && let Ok(state) = RwLockReadGuard::try_map(state, Option::as_ref)
                {
                    return Ok(state);
                }
                // Let go before the lock is taken for writing.
            }
            let mut place = self.state.write().await;
            if !knows(&place) {
                *place = Some(self.caught_up(place.take(), &self.store.snapshot(&self.tenant).await?).await?);
            }
        }
    }

    /// Everything up to the moment that `reading` sees.
    async fn caught_up(&self, known: Option<State>, reading: &Reading<'_>) -> Result<State, StoreError> {
        let state = known.unwrap_or_else(State::empty).caught_up(reading).await?;
        self.spread(state.head.seq);
        Ok(state)
    }

    fn spread(&self, seq: u64) {
        self.news.send_if_modified(|known| std::mem::replace(known, seq) != seq);
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
        let mut writing = self.store.write(&self.tenant).await?;
        fail_point!("change::locked");
        let revision = writing.revision().await?;
        // Taken out: if anything goes wrong half way, the next caller reads the database again.
        let mut state = match place.take() {
            Some(state) if state.is_of(revision) => state,
            // Under the lock: nobody is judged by less than the database holds.
            known => self.caught_up(known, &writing).await?,
        };
        match change.make(&mut state, &mut writing).await {
            Ok(done) => {
                fail_point!("change::made");
                let moved = state.is_dirty();
                let revision = if moved { writing.move_head(state.head).await? } else { revision };
                fail_point!("change::before_commit");
                writing.commit().await?;
                fail_point!("change::after_commit");
                state.is_saved(revision);
                let seq = state.head.seq;
                *place = Some(state);
                drop(place);
                if moved {
                    self.spread(seq);
                    self.store.tell(&self.tenant);
                }
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
