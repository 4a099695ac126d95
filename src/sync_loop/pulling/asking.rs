//! Pages on their way: while one is read and saved, the next ones are asked for and arrive.

use super::{super::pushing, reader};
use crate::{
    browser::{
        http::{self, Ask, Asking, NoAnswer, Reply},
        ids,
    },
    state::{App, keep::Keep},
};
use futures_util::future::join;
use sync::{
    pull::Cursor,
    wire::{NEXT_HEADER, PullQuery},
};
use tokio::sync::mpsc::Sender;

/// A page is here by then, or not at all.
pub const PULL_MS: u32 = 15_000;

/// What was asked, and for whom.
pub struct Asked {
    pub device: String,
    pub person: String,
    pub cursor: Cursor,
    /// The answer repeats it.
    pub ask: String,
}

/// The answer to it, whole.
pub struct Arrived {
    pub asked: Asked,
    pub answer: Result<Reply, NoAnswer>,
}

type OnItsWay = (Asked, Result<Asking, NoAnswer>);

impl Asked {
    /// Nothing that it was asked for has changed since.
    pub fn is_still_wanted(&self, keep: &Keep) -> bool {
        self.cursor.asks_as(&keep.cursor.borrow()) && keep.person.borrow().as_ref() == Some(&self.person)
    }
}

/// Asks for page after page from `cursor` on, each as soon as the one before it begins to arrive. Ends where there is
/// no more, one did not come, nobody is here who reads, another tab has taken over, or nobody takes what arrived.
pub async fn feed(app: App, keep: &Keep, cursor: Cursor, pages: Sender<Arrived>) {
    let mut on_its_way = ask(app, keep, cursor).await;
    while let Some((asked, asking)) = on_its_way.take() {
        let answer = match answer(app, keep, &asked.cursor, asking).await {
            Ok((reply, next)) => {
                on_its_way = next;
                Ok(reply)
            }
            Err(error) => {
                keep.page_size.set(keep.page_size.get().failed());
                Err(error)
            }
        };
        if pages.send(Arrived { asked, answer }).await.is_err() {
            return;
        }
    }
}

/// `None`: nobody is here who reads, or another tab has taken over.
async fn ask(app: App, keep: &Keep, cursor: Cursor) -> Option<OnItsWay> {
    let (device, person) = reader(app)?;
    if !pushing::is_still_mine(app, keep, PULL_MS).await {
        return None;
    }
    let ask = ids::new_id();
    let query = PullQuery { limit: keep.page_size.get().rows(), ..cursor.query(&ask) };
    let scope = http::in_address(&query.scope);
    // The last part makes every address new: nobody's cache has an old answer to it.
    let mut path = format!("/v1/pull?cursor={}&scope={scope}&limit={}&ask={ask}", query.cursor, query.limit);
    if let Some(seq) = query.witness {
        path += &format!("&witness={seq}");
    }
    let asking = Ask::get(&path, &device).within(PULL_MS).begin().await;
    Some((Asked { device, person, cursor, ask }, asking))
}

/// The answer, and the next question, on its way before this answer is here.
async fn answer(
    app: App,
    keep: &Keep,
    cursor: &Cursor,
    asking: Result<Asking, NoAnswer>,
) -> Result<(Reply, Option<OnItsWay>), NoAnswer> {
    let answering = asking?.head().await?;
    let next = answering.header(NEXT_HEADER).and_then(|next| cursor.expected(next.parse().ok()?));
    let asking = async {
        match next {
            Some(cursor) => ask(app, keep, cursor).await,
            None => None,
        }
    };
    let (reply, ahead) = join(answering.whole(), asking).await;
    Ok((reply?, ahead))
}
