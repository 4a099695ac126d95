//! `GET /v1/pull/digest`: count and hash of the rows that a new device of this viewer would be given up to a cursor, so
//! that a device finds out whether it still has all of them. Found by the same look at the log as the rows themselves.

use super::pull::look;
use crate::{
    app::App,
    door::who::Person,
    error::{AppError, Why},
    http::Stamped,
};
use axum::extract::{Query, State, rejection::QueryRejection};
use domain::time::london_date;
use sync::digest::{Digest, DigestQuery, DigestReply};
use tokio::sync::Mutex;

/// One at a time: each looks at the whole log.
static COUNTING: Mutex<()> = Mutex::const_new(());

pub async fn digest(
    State(app): State<App>,
    person: Person,
    query: Result<Query<DigestQuery>, QueryRejection>,
) -> Result<Stamped<DigestReply>, AppError> {
    let Query(query) = query.map_err(|_| AppError::from(Why::BadRequest).field("upto"))?;
    let _one = COUNTING.lock().await;
    let given = given(&app, &person, &query).await?;
    Ok(Stamped(DigestReply {
        server_epoch: app.epoch.clone(),
        server_time: app.clock.now(),
        ask: query.ask,
        given,
    }))
}

/// None when the viewer sees something else than the device was told. Writers get their turn between the parts, and who
/// asked may go away there.
async fn given(app: &App, person: &Person, query: &DigestQuery) -> Result<Option<Digest>, AppError> {
    let (mut digest, mut reached) = (Digest::default(), 0);
    loop {
        {
            let state = person.hub.read().await?;
            let viewer = state.viewer(&person.staff, london_date(app.clock.now()));
            if query.upto > state.head.seq || state.scopes.of(&state, &viewer) != query.scope {
                return Ok(None);
            }
            let last = look(&state, &viewer, reached, |received| {
                let seq = received.judgement.seq;
                if seq <= query.upto {
                    digest.add(seq, &received.event.id);
                }
                seq < query.upto
            });
            if last >= query.upto || last == reached {
                return Ok(Some(digest));
            }
            reached = last;
        }
        tokio::task::yield_now().await;
    }
}
