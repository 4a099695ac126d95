//! Servers on one database tell each other that there is something to read. What is told may get lost: every
//! reader compares the revision of a provider anyway.

use super::words::failed;
use crate::store::{
    StoreError, Tenant,
    database::{Heard, Later},
};
use sqlx::{PgPool, postgres::PgListener};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const CHANNEL: &str = "noticed";
/// What is told need not survive a power cut, so nobody waits for the disk.
const TELL: &str = "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)";
const BEFORE_ANOTHER_TRY: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub struct News {
    /// Stands before what this server tells, so that it does not hear itself.
    me: String,
    pool: PgPool,
    out: UnboundedSender<String>,
    /// Taken by the one who listens.
    waiting: Mutex<Option<UnboundedReceiver<String>>>,
}

impl News {
    pub fn new(pool: PgPool) -> News {
        let (out, waiting) = unbounded_channel();
        News { me: uuid::Uuid::new_v4().to_string(), pool, out, waiting: Mutex::new(Some(waiting)) }
    }

    /// After the commit, and on its own: a transaction that also notifies makes every other one wait.
    pub fn tell(&self, tenant: &Tenant) {
        // Nobody listens any more when the server ends: then nobody has to be told.
        drop(self.out.send(tenant.as_str().to_owned()));
    }

    /// Runs until the database is closed.
    pub fn listen(&self, heard: Heard) -> Later<'static, ()> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (pool, me) = (self.pool.clone(), self.me.clone());
        Box::pin(async move {
            let Some(mut waiting) = waiting else { return Ok(()) };
            while !pool.is_closed() {
                if let Err(error) = exchange(&pool, &me, &mut waiting, &heard).await {
                    tracing::warn!(%error, "news of other servers are late");
                    tokio::time::sleep(BEFORE_ANOTHER_TRY).await;
                }
            }
            Ok(())
        })
    }
}

async fn exchange(
    pool: &PgPool,
    me: &str,
    waiting: &mut UnboundedReceiver<String>,
    heard: &Heard,
) -> Result<(), StoreError> {
    let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
    listener.listen(CHANNEL).await.map_err(failed)?;
    // Whatever happened while nobody listened.
    heard(None);
    loop {
        tokio::select! {
            news = listener.try_recv() => match news.map_err(failed)? {
                Some(news) => match news.payload().split_once(' ') {
                    Some((from, of)) if from != me => heard(Some(of)),
                    _ => {}
                },
                None => return Ok(()),
            },
            tenant = waiting.recv() => {
                let Some(tenant) = tenant else { return Ok(()) };
                // Told once for all that happened meanwhile.
                let mut tenants = BTreeSet::from([tenant]);
                tenants.extend(std::iter::from_fn(|| waiting.try_recv().ok()));
                for tenant in tenants {
                    let told = sqlx::query(TELL).bind(CHANNEL).bind(format!("{me} {tenant}"));
                    told.execute(pool).await.map_err(failed)?;
                }
            }
        }
    }
}
