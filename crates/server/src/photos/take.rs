//! `HEAD /v1/blob/{sha256}`: how much of a photo is here. `PATCH`: the next part. A part is taken only where the last
//! one ended; the whole is taken only when its hash is the one in the address and nothing but the picture is in it.

use crate::{
    app::App,
    door::{proof::DeviceKey, who::Enrolled},
    error::{AppError, Why},
    store::{Blob, Tenant},
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use chrono::Duration;
use domain::photo::MOST_BYTES;
use fail::fail_point;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time;
use sync::{Hash, blob, jpeg};

/// A slow line may take this long for one part.
const PATIENCE: time::Duration = time::Duration::from_secs(90);
/// Photos and small pictures that one device may begin in a day.
const MOST_A_DAY: u64 = 400;
const MOST_PIXELS: u64 = (blob::LONGEST_EDGE as u64).pow(2);

pub async fn ask(
    State(app): State<App>,
    from: Enrolled,
    Path(sha256): Path<String>,
) -> Result<Response, AppError> {
    let sha256 = hash_of(&sha256)?;
    let arriving = Arriving { app: &app, tenant: &from.hub.tenant, sha256 };
    let here = app.store.read(arriving.tenant).blob(sha256).await?;
    let Some(here) = here else { return Ok(arriving.answer(0, false)) };
    Ok(match !here.complete && here.received == here.size {
        // It was cut off between the last part and the end.
        true => arriving.finish(here).await,
        false => arriving.answer(here.received, here.complete),
    })
}

pub async fn part(
    State(app): State<App>,
    from: Enrolled,
    Path(sha256): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, AppError> {
    let sha256 = hash_of(&sha256)?;
    let arriving = Arriving { app: &app, tenant: &from.hub.tenant, sha256 };
    let said = Said::read(&headers)?;
    if said.size > MOST_BYTES {
        return Ok(arriving.refuse(Why::PhotoTooLarge, 0));
    }
    let bytes = read(body).await?;
    let part = Hash::of(&[&bytes]);
    let key = DeviceKey::of_bytes(&from.device.public_key).ok_or(Why::BadKey)?;
    let proof = blob::proof(&from.device.id, &sha256, said.offset, &said.part);
    if !key.signed_event(proof, &said.proof) {
        return Err(Why::WrongProof.into());
    }
    if part != said.part || bytes.is_empty() {
        // Changed on the way: the device asks where to go on, and sends it again.
        return Ok(arriving.refuse(Why::PartDiffers, said.offset));
    }
    arriving.take(&from, &said, &bytes).await
}

/// What became of a photo that came in a file; what has to be told first stands last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carried {
    HereBefore,
    Here,
    Refused,
}

/// One that was carried by hand, whole: looked at as if the device had sent it.
pub async fn carried(
    app: &App,
    tenant: &Tenant,
    device: &str,
    sha256: Hash,
    bytes: &[u8],
) -> Result<Carried, AppError> {
    let size = bytes.len() as u64;
    if bytes.is_empty() || size > MOST_BYTES {
        return Ok(Carried::Refused);
    }
    if app.store.read(tenant).blob(sha256).await?.is_some_and(|here| here.complete) {
        return Ok(Carried::HereBefore);
    }
    let arriving = Arriving { app, tenant, sha256 };
    // Parts that the device sent before: here is the whole.
    arriving.drop_it().await?;
    let mut writing = app.store.write(tenant).await?;
    writing.begin_blob(sha256, size, device, app.clock.now()).await?;
    let taken = writing.take_blob_part(sha256, 0, bytes).await?;
    writing.commit().await?;
    let refused = !taken || arriving.keep(&Blob { size, received: size, complete: false }).await?.is_some();
    Ok(if refused { Carried::Refused } else { Carried::Here })
}

/// A photo on its way.
struct Arriving<'a> {
    app: &'a App,
    tenant: &'a Tenant,
    sha256: Hash,
}

impl Arriving<'_> {
    async fn take(&self, from: &Enrolled, said: &Said, bytes: &[u8]) -> Result<Response, AppError> {
        let now = self.app.clock.now();
        let mut here = self.app.store.read(self.tenant).blob(self.sha256).await?;
        if here.as_ref().is_some_and(|here| here.complete) {
            return Ok(self.answer(said.size, true));
        }
        if said.offset == 0 && here.as_ref().is_some_and(|here| here.size != said.size) {
            self.drop_it().await?;
            here = None;
        }
        if here.is_none() {
            let since = now - Duration::days(1);
            if self.app.store.read(self.tenant).blobs_begun(&from.device.id, since).await? >= MOST_A_DAY {
                return Err(AppError::from(Why::TooMany).retry_after(3600));
            }
        }
        let mut writing = self.app.store.write(self.tenant).await?;
        writing.begin_blob(self.sha256, said.size, &from.device.id, now).await?;
        let taken = writing.take_blob_part(self.sha256, said.offset, bytes).await?;
        writing.commit().await?;
        fail_point!("photos::part_taken");
        let here = self.app.store.read(self.tenant).blob(self.sha256).await?.ok_or(Why::Broken)?;
        Ok(match taken {
            true if here.received == here.size => self.finish(here).await,
            true => self.answer(here.received, false),
            false if here.complete => self.answer(here.size, true),
            false => self.refuse(Why::PartElsewhere, here.received),
        })
    }

    /// Everything is here: is it what it should be?
    async fn finish(&self, here: Blob) -> Response {
        match self.keep(&here).await {
            Ok(None) => self.answer(here.size, true),
            Ok(Some(why)) => self.refuse(why, 0),
            Err(error) => error.into_response(),
        }
    }

    /// Answers why it is not kept.
    async fn keep(&self, here: &Blob) -> Result<Option<Why>, AppError> {
        let bytes = self.app.store.read(self.tenant).blob_parts(self.sha256).await?;
        let is_whole = bytes.len() as u64 == here.size && Hash::of(&[&bytes]) == self.sha256;
        let why = match jpeg::look(&bytes) {
            _ if !is_whole => Why::PartElsewhere,
            // A few bytes can be a picture that takes all the memory of whoever looks at it.
            Ok((w, h)) if u64::from(w) * u64::from(h) > MOST_PIXELS => Why::PhotoTooLarge,
            Ok(_) => {
                self.app.photos.put(&self.app.store, self.tenant, self.sha256, bytes).await?;
                fail_point!("photos::bytes_kept");
                let mut writing = self.app.store.write(self.tenant).await?;
                writing.complete_blob(self.sha256).await?;
                writing.commit().await?;
                fail_point!("photos::complete");
                return Ok(None);
            }
            Err(jpeg::Fault::Carries) => Why::PhotoCarries,
            Err(jpeg::Fault::NotJpeg | jpeg::Fault::Broken) => Why::NotAPhoto,
        };
        self.drop_it().await?;
        Ok(Some(why))
    }

    async fn drop_it(&self) -> Result<(), AppError> {
        let mut writing = self.app.store.write(self.tenant).await?;
        writing.drop_blob(self.sha256).await?;
        Ok(writing.commit().await?)
    }

    fn answer(&self, offset: u64, is_complete: bool) -> Response {
        self.mark(().into_response(), offset, is_complete)
    }

    fn refuse(&self, why: Why, offset: u64) -> Response {
        self.mark(AppError::from(why).into_response(), offset, false)
    }

    fn mark(&self, mut response: Response, offset: u64, is_complete: bool) -> Response {
        let headers = response.headers_mut();
        headers.insert(HeaderName::from_static(blob::OFFSET), offset.into());
        let complete = HeaderValue::from_static(if is_complete { "?1" } else { "?0" });
        headers.insert(HeaderName::from_static(blob::IS_COMPLETE), complete);
        if let Ok(echo) = HeaderValue::from_str(&self.sha256.to_string()) {
            headers.insert(HeaderName::from_static(blob::ECHO), echo);
        }
        response
    }
}

/// What a part says of itself.
struct Said {
    offset: u64,
    size: u64,
    part: Hash,
    proof: String,
}

impl Said {
    fn read(headers: &HeaderMap) -> Result<Said, AppError> {
        let text = |name: &'static str| {
            let value = headers.get(name).and_then(|value| value.to_str().ok());
            value.ok_or_else(|| AppError::from(Why::BadRequest).field(name))
        };
        let number =
            |name| text(name)?.parse::<u64>().map_err(|_| AppError::from(Why::BadRequest).field(name));
        let part = text(blob::PART_HASH)?.parse::<Hash>();
        Ok(Said {
            offset: number(blob::OFFSET)?,
            size: number(blob::LENGTH)?,
            part: part.map_err(|_| AppError::from(Why::BadRequest).field(blob::PART_HASH))?,
            proof: text(blob::PROOF)?.to_owned(),
        })
    }
}

pub(super) fn hash_of(text: &str) -> Result<Hash, AppError> {
    text.parse().map_err(|_| Why::NotFound.into())
}

async fn read(body: Body) -> Result<Vec<u8>, AppError> {
    let most = usize::try_from(blob::PART_BYTES).unwrap_or(usize::MAX);
    match tokio::time::timeout(PATIENCE, Limited::new(body, most).collect()).await {
        Err(_) => Err(Why::TooSlow.into()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Why::TooLarge.into()),
        Ok(Err(_)) => Err(Why::BadRequest.into()),
        Ok(Ok(collected)) => Ok(collected.to_bytes().to_vec()),
    }
}
