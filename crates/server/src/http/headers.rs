//! Security headers on every reply. Source: ux.md 3.6.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// The headers, made once at start.
#[derive(Clone, Debug)]
pub struct SecurityHeaders(Vec<(HeaderName, HeaderValue)>);

const FIXED: [(HeaderName, &str); 6] = [
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

const TWO_YEARS: &str = "max-age=63072000; includeSubDomains";

/// What the built pages need beyond `'self'`: hashes of their inline scripts and styles, as CSP sources.
#[derive(Clone, Debug, Default)]
pub struct InlineHashes {
    pub scripts: Vec<String>,
    pub styles: Vec<String>,
}

impl SecurityHeaders {
    /// `secure`: people reach the app by https.
    pub fn new(inline: &InlineHashes, secure: bool) -> Self {
        let mut all: Vec<_> =
            FIXED.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
        if let Ok(policy) = HeaderValue::from_str(&content_policy(inline, secure)) {
            all.push((header::CONTENT_SECURITY_POLICY, policy));
        }
        if secure {
            all.push((header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TWO_YEARS)));
        }
        Self(all)
    }

    pub fn put_on(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            // A page for somebody outside has a policy of its own, which is stricter.
            if name != header::CONTENT_SECURITY_POLICY || !headers.contains_key(name) {
                headers.insert(name, value.clone());
            }
        }
    }
}

fn content_policy(inline: &InlineHashes, secure: bool) -> String {
    let listed = |hashes: &[String]| hashes.iter().map(|hash| format!(" '{hash}'")).collect::<String>();
    let (scripts, styles) = (listed(&inline.scripts), listed(&inline.styles));
    let upgrade = if secure { "upgrade-insecure-requests; " } else { "" };
    format!(
        "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; \
         script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; img-src 'self' blob:; \
         media-src blob:; font-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src 'self'; {upgrade}\
         require-trusted-types-for 'script'; trusted-types default nm-sw"
    )
}
