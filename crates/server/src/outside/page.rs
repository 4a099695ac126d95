//! `GET /read/{secret}`: the pack of a link as one page, marked across with who it is for. Every opening is noted.

use super::{links, pack::Shown};
use crate::{
    app::App,
    clock::real_now,
    door::{limits::Counted, who::CameFrom},
    error::AppError,
    store::{ReadingLink, Tenant},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::time::Instant;
use sync::Hash;

const UNKNOWN: &str =
    "This link is not right. Check that the whole address was copied, or ask the service for a new link.";
const OVER: &str = "This link has ended. Ask the service for a new one.";
const WAIT: &str = "There were too many tries. Wait 15 minutes, then open the link again.";
const OFTEN: &str = "This link was opened 60 times within an hour. Wait an hour, then open it again.";
const LATER: &str = "The pack cannot be shown now. Try again in a minute.";

pub async fn open(
    State(app): State<App>,
    CameFrom(address): CameFrom,
    Path(secret): Path<String>,
) -> Response {
    match find(&app, &secret).await {
        // A secret of 256 bits is not guessed: the wait is for those who try, never for who holds one.
        Ok(None) if app.limits.try_once(Counted::Address(address)).is_err() => {
            sentence(StatusCode::TOO_MANY_REQUESTS, WAIT)
        }
        Ok(None) => sentence(StatusCode::NOT_FOUND, UNKNOWN),
        Ok(Some((_, link))) if link.revoked_at.is_some() || link.expires_at <= real_now() => {
            sentence(StatusCode::GONE, OVER)
        }
        Ok(Some((tenant, link))) => answer(&app, &tenant, &link, links::hash(&secret))
            .await
            .unwrap_or_else(|_| sentence(StatusCode::SERVICE_UNAVAILABLE, LATER)),
        Err(_) => sentence(StatusCode::SERVICE_UNAVAILABLE, LATER),
    }
}

async fn find(app: &App, secret: &str) -> Result<Option<(Tenant, ReadingLink)>, AppError> {
    let hash = links::hash(secret);
    let Some(tenant) = app.store.door().by_reading_link(hash).await? else { return Ok(None) };
    let link = app.store.read(&tenant).reading_link(hash).await?;
    Ok(link.map(|link| (tenant, link)))
}

async fn answer(app: &App, tenant: &Tenant, link: &ReadingLink, hash: Hash) -> Result<Response, AppError> {
    let now = app.clock.now();
    let is_given = links::is_given(app.hubs.of(tenant).read().await?.directory(), link, now);
    if !is_given {
        return Ok(sentence(StatusCode::GONE, OVER));
    }
    if app.limits.try_once(Counted::Opened(hash)).is_err() {
        return Ok(sentence(StatusCode::TOO_MANY_REQUESTS, OFTEN));
    }
    shown(app, tenant, link, now).await
}

/// Noted first: a page that was sent was also counted.
async fn shown(app: &App, tenant: &Tenant, link: &ReadingLink, now: Instant) -> Result<Response, AppError> {
    let mut writing = app.store.write(tenant).await?;
    writing.note_view(&link.id, real_now()).await?;
    writing.commit().await?;
    let mut register = app.hubs.of(tenant).read().await?.register.clone();
    let (pack, mark) = (link.pack.clone(), watermark(link, now));
    // Drawing a year of records takes a while; others are answered meanwhile.
    let page = tokio::task::spawn_blocking(move || {
        register.settle(now);
        let shown: Shown =
            serde_json::from_str(&pack).map_err(|_| AppError::from(crate::error::Why::Broken))?;
        let request = shown.request(&register, now)?;
        Ok::<String, AppError>(evidence::html(&register, &request, Some(&mark)))
    });
    Ok(html(StatusCode::OK, page.await??))
}

fn watermark(link: &ReadingLink, now: Instant) -> String {
    let until = domain::time::london_date(link.expires_at).format("%-d %B %Y");
    let opened = domain::time::london_date(now).format("%-d %B %Y");
    format!("Read-only copy for {}. Opened {opened}. The link ends on {until}.", link.reader)
}

fn sentence(status: StatusCode, words: &str) -> Response {
    let page = format!(
        "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\"><title>Noticed</title>\
         <link rel=\"stylesheet\" href=\"/plain.css\"></head><body><main><h1>Noticed</h1><p>{words}</p></main></body></html>\n"
    );
    html(status, page)
}

/// No script can run, nothing is fetched from elsewhere, and the one style is named by its hash.
fn html(status: StatusCode, page: String) -> Response {
    let style = evidence::style_sha256(&page).map_or_else(|| "'self'".to_owned(), |hash| format!("'{hash}'"));
    let policy = format!(
        "default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    (status, headers, page).into_response()
}
