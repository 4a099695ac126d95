//! `GET /v1/pull`: the log in order, cut to what the viewer may see as things stand now.
//! When more (or less) becomes visible than the device was told, `scope` differs and the device starts again
//! from the first row: the one simple way that also brings the rows before a record came into view.

use super::state::State as Provider;
use crate::{app::App, door::who::Person, error::AppError, http::Stamped};
use axum::{
    extract::{Query, State},
    response::{AppendHeaders, IntoResponse},
};
use domain::{
    event::{Author, Received},
    ids::RecordId,
    sight::Viewer,
    time::london_date,
};
use std::{collections::HashMap, sync::Arc};
use sync::wire::{NEXT_HEADER, PULL_LIMIT, PullQuery, PullReply, PulledRow, ServerHead};

/// Rows looked at for one page, so that no reader holds the lock for long.
const MOST_LOOKED_AT: usize = 20_000;
/// A page of long entries ends early.
const MOST_BYTES: usize = 2 * 1024 * 1024;

pub async fn pull(
    State(app): State<App>,
    person: Person,
    query: Result<Query<PullQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<impl IntoResponse, AppError> {
    let Query(query) = query.map_err(|_| AppError::from(crate::error::Why::BadRequest).field("cursor"))?;
    let now = app.clock.now();
    let state = person.hub.read().await?;
    let viewer = state.viewer(&person.staff, london_date(now));
    let scope = state.scopes.of(&state, &viewer);
    let reset = scope != query.scope;
    let from = if reset { 0 } else { query.cursor.min(state.head.seq) };
    let page = page(&state, &viewer, from, query.limit.clamp(1, PULL_LIMIT));
    let more = page.next < state.head.seq;
    let ahead = more.then(|| [(NEXT_HEADER, page.next.to_string())]).map(AppendHeaders);
    let reply = Stamped(PullReply {
        server_epoch: app.epoch.clone(),
        server_time: now,
        scope,
        reset,
        more,
        rows: page.rows,
        next: page.next,
        head: ServerHead { seq: state.head.seq, chain: state.head.chain },
        witness: query.witness.and_then(|seq| Some(ServerHead { seq, chain: state.chain_at(seq)? })),
        directory_version: state.directory_version,
        ask: (!query.ask.is_empty()).then_some(query.ask),
    });
    Ok((ahead, reply))
}

struct Page {
    rows: Vec<PulledRow>,
    /// The last row looked at.
    next: u64,
}

fn page(state: &Provider, viewer: &Viewer<'_>, from: u64, limit: usize) -> Page {
    let (mut rows, mut bytes) = (Vec::new(), 0);
    let next = look(state, viewer, from, |received| {
        bytes += rough_size(received);
        rows.push(row(state, viewer, received));
        rows.len() < limit && bytes <= MOST_BYTES
    });
    Page { rows, next }
}

/// Gives `take` each row after a place that this viewer may see, until it wants no more or enough was looked at.
/// Gives the last row looked at. What a device is given and what it should have are both found here.
pub(super) fn look<'a>(
    state: &'a Provider,
    viewer: &Viewer<'_>,
    from: u64,
    mut take: impl FnMut(&'a Arc<Received>) -> bool,
) -> u64 {
    let mut sees: HashMap<&RecordId, bool> = HashMap::new();
    let mut next = from;
    for received in state.rows_after(from).iter().take(MOST_LOOKED_AT) {
        next += 1;
        if is_visible(state, viewer, received, &mut sees) && !take(received) {
            break;
        }
    }
    next
}

/// Who reads the whole event gets its hash too.
fn row(state: &Provider, viewer: &Viewer<'_>, received: &Received) -> PulledRow {
    let shown = viewer.shown(&state.register, received);
    let is_whole = matches!(shown.event.by, Author::Staff(_)) && shown.event == received.event;
    let hash = if is_whole { state.hash(received.judgement.seq) } else { None };
    PulledRow { event: shown.event, judgement: shown.judgement, hash }
}

fn is_visible<'a>(
    state: &Provider,
    viewer: &Viewer<'_>,
    received: &'a Arc<Received>,
    sees: &mut HashMap<&'a RecordId, bool>,
) -> bool {
    let event = &received.event;
    match &event.record {
        // One answer for all events of a known record.
        Some(id) if state.register.record(id).is_some_and(|record| record.site == event.site) => {
            *sees.entry(id).or_insert_with(|| viewer.sees_event(&state.register, event))
        }
        _ => viewer.sees_event(&state.register, event),
    }
}

/// Long words are what makes a row long.
fn rough_size(received: &Received) -> usize {
    const ENVELOPE: usize = 500;
    let words = received.event.with.values().filter_map(|value| value.as_str()).map(str::len);
    ENVELOPE + words.sum::<usize>()
}
