//! The site: what it is told at its start, its routes, and the headers of every page.

use crate::api::Api;
use crate::book::Book;
use crate::{bookings, clock, front, pages, stay};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use http::{HeaderValue, StatusCode};
use secrecy::SecretString;
use std::sync::Arc;
use thiserror::Error;
use url::Url;

/// What the site needs to know.
#[derive(Debug)]
pub struct Settings {
    /// Where the API answers: plain HTTP.
    pub api: String,
    /// The merchant's key to it.
    pub api_key: SecretString,
    /// The merchant's return signing secret.
    pub signing_secret: SecretString,
    /// Where payers reach the site; its origin must be registered for the merchant.
    pub public_url: String,
    /// Seconds since 1970, for the age of signed outcomes.
    pub now: fn() -> i64,
}

/// A setting that cannot be used. It names the setting and never shows its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{setting} {problem}")]
pub struct SettingsError {
    /// Which.
    pub setting: &'static str,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// The running site.
#[derive(Debug)]
pub struct Site {
    pub(crate) api: Api,
    pub(crate) signing_secret: SecretString,
    pub(crate) public_url: String,
    pub(crate) now: fn() -> i64,
    pub(crate) book: Book,
}

impl Settings {
    /// Settings on the machine's own clock.
    pub fn new(api: String, api_key: SecretString, signing_secret: SecretString) -> Self {
        Self { api, api_key, signing_secret, public_url: String::new(), now: clock::now }
    }
}

impl Site {
    /// A site without bookings.
    ///
    /// # Errors
    /// Names the setting that cannot be used.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        let api = address("--api", &settings.api)?;
        let bad = |setting, problem| SettingsError { setting, problem };
        if api.starts_with("https:") {
            return Err(bad("--api", "must be http: the demo speaks to the local stack alone"));
        }
        let api = Api::new(&api, &settings.api_key);
        Ok(Self {
            api: api.ok_or(bad("--key-file", "holds no API key"))?,
            signing_secret: settings.signing_secret,
            public_url: address("--public-url", &settings.public_url)?,
            now: settings.now,
            book: Book::default(),
        })
    }

    /// The site's routes.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(front::show))
            .route("/book", post(front::book))
            .route("/stay/{reference}", get(stay::show))
            .route("/bookings", get(bookings::show))
            .route("/health", get(async || "ok\n"))
            .route("/style.css", get(async || STYLE))
            .route("/harbour.svg", get(async || HARBOUR))
            .route("/icon.svg", get(async || ICON))
            .fallback(async || pages::not_found("There is no such page."))
            .layer(DefaultBodyLimit::max(16 << 10))
            .layer(from_fn(headers))
            .with_state(Arc::new(self))
    }
}

/// The address without slashes at its end, when it is one that paths can be put behind.
fn address(setting: &'static str, text: &str) -> Result<String, SettingsError> {
    let url = Url::parse(text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let plain = url.filter(|url| url.query().is_none() && url.fragment().is_none());
    let problem = "must be an address such as http://127.0.0.1:4000";
    plain.map(|url| url.as_str().trim_end_matches('/').to_owned()).ok_or(SettingsError { setting, problem })
}

/// A file that never changes while the site runs.
#[derive(Clone, Copy)]
struct Asset(&'static str, &'static str);

const STYLE: Asset = Asset("text/css; charset=utf-8", include_str!("../assets/style.css"));
const HARBOUR: Asset = Asset("image/svg+xml", include_str!("../assets/harbour.svg"));
const ICON: Asset = Asset("image/svg+xml", include_str!("../assets/icon.svg"));

impl IntoResponse for Asset {
    fn into_response(self) -> Response {
        let headers = [(CONTENT_TYPE, self.0), (CACHE_CONTROL, "max-age=300")];
        (StatusCode::OK, headers, self.1).into_response()
    }
}

/// Nothing but our own style and pictures; no script at all.
///
/// `form-action` names schemes only: browsers hold it against every redirect that follows a form,
/// and ours leads to the payment service and on to whichever provider's page.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     form-action http: https:; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 4] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
];

async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let fresh = HeaderValue::from_static("no-store");
    headers.entry(CACHE_CONTROL).or_insert(fresh);
    response
}
