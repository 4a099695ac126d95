//! The real program, killed at every place at which it could lose something, or leave something half done: on
//! whichever database the tests run.

mod copies;
mod disposal;
mod doors;
mod leaving;
mod letters;
mod photos;
mod push;

use std::time::Duration;
use tokio::time::timeout;

/// A server that stands at a place gives no answer.
const NO_ANSWER: Duration = Duration::from_millis(1_500);

/// The server came to the place, and stands there.
async fn stands<T>(asking: impl Future<Output = T>) {
    assert!(timeout(NO_ANSWER, asking).await.is_err(), "it answered");
}
