//! What a device signs to sign in: good for a short while, and once. Whoever saw it cannot use it again.

use super::{proof::DeviceKey, who::Enrolled};
use crate::{
    app::App,
    clock::real_now,
    error::{AppError, Why},
};
use chrono::Duration;
use domain::time::Instant;
use sync::Hash;

/// Signed with the time that this service told a moment ago.
const TOLD: (&str, Duration) = ("nm.signin.v2", Duration::minutes(5));
/// An older app signs the clock of its device, which may be wrong.
const BY_ITS_OWN_CLOCK: (&str, Duration) = ("nm.signin.v1", Duration::hours(24));
/// Longer than any of them is good for, whatever the clock of the device says.
const REMEMBERED: Duration = Duration::hours(49);

/// A device, a sign-in name and a time, and what is said to be the device's signature over them.
pub struct Signed<'a> {
    pub device: &'a str,
    pub sign_in: &'a str,
    pub sent_at: &'a str,
    pub sig: &'a str,
}

impl Signed<'_> {
    /// The text that the device signed, and how long it is good for; `None` when it signed neither.
    pub fn by(&self, key: &DeviceKey) -> Option<(String, Duration)> {
        let Signed { device, sign_in, sent_at, sig } = self;
        let text = |kind: &str| [kind, *device, *sign_in, *sent_at].join("\n");
        let all = [TOLD, BY_ITS_OWN_CLOCK].map(|(kind, lasts)| (text(kind), lasts));
        all.into_iter().find(|(text, _)| key.signed_text(text, sig))
    }
}

/// Used up from now on, whatever becomes of the rest of the request.
/// # Errors  `proof_over`: too old, from a time to come, or used before.
pub async fn must_be_new(
    app: &App,
    enrolled: &Enrolled,
    (text, lasts): (String, Duration),
    sent_at: &str,
) -> Result<(), AppError> {
    let sent_at = sent_at.parse::<Instant>().map_err(|_| AppError::from(Why::BadRequest).field("sent_at"))?;
    // A trial runs at another time than its world.
    let is_near = |now: Instant| (now - sent_at).abs() <= lasts;
    let real = real_now();
    let mut is_new = is_near(app.clock.now()) || is_near(real);
    if is_new {
        let mut writing = app.store.write(&enrolled.hub.tenant).await?;
        is_new = writing.use_proof(Hash::of(&[text.as_bytes()]), real + REMEMBERED).await?;
        writing.commit().await?;
    }
    if is_new {
        return Ok(());
    }
    tracing::info!(device = enrolled.device.id, "a sign-in was refused: signed too long ago, or used before");
    Err(Why::ProofOver.into())
}
