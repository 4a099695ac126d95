//! `GET /v1/hints`: server-sent events that say "there is something to pull". A lost hint is harmless.
//! It ends within seconds for whoever was signed out, on this server or another one on the same database.

use crate::{
    app::App,
    clock::real_now,
    door::who::{Person, is_still_in},
};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, stream};
use std::{convert::Infallible, time::Duration};
use tokio::{
    sync::watch,
    time::{Instant, sleep, sleep_until},
};

const STILL_HERE: Duration = Duration::from_secs(20);
/// A session that ended meanwhile is found this soon, and with each hint.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// The listener comes back, and shows again that its session is good.
const LONGEST: Duration = Duration::from_secs(15 * 60);

pub async fn hints(State(app): State<App>, person: Person) -> Response {
    let left = (person.session_ends - real_now()).to_std().unwrap_or_default();
    let listening = Listening {
        news: person.hub.news(),
        stopping: app.stopping.clone(),
        ends: Instant::now() + left.min(LONGEST),
        app,
        person,
    };
    Sse::new(listening.stream()).keep_alive(KeepAlive::new().interval(STILL_HERE)).into_response()
}

struct Listening {
    app: App,
    person: Person,
    news: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    ends: Instant,
}

impl Listening {
    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut listening| async move {
            let seq = listening.next().await?;
            let hint = Event::default().id(seq.to_string()).data(format!("{{\"seq\":{seq}}}"));
            Some((Ok(hint), listening))
        })
    }

    /// The number of the latest event, once it changes; nothing when it is time to end.
    async fn next(&mut self) -> Option<u64> {
        loop {
            let is_news = tokio::select! {
                changed = self.news.changed() => changed.ok().map(|()| true)?,
                () = sleep(LOOK_AGAIN) => false,
                _ = self.stopping.wait_for(|stopping| *stopping) => return None,
                () = sleep_until(self.ends) => return None,
            };
            // A database that does not answer ends nothing: the next look does.
            if !is_still_in(&self.app, &self.person).await.unwrap_or(true) {
                return None;
            }
            if is_news {
                return Some(*self.news.borrow_and_update());
            }
        }
    }
}
