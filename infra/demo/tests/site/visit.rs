//! A browser's part: a request to the site, and its answer as text.

use crate::fake::FakeApi;
use axum::Router;
use axum::body::{Body, to_bytes};
use bellhop_demo::{Settings, Site};
use http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

/// The secret with which the tests sign.
pub const SECRET: &str = "bhsig_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// The site's time in every test.
pub const NOW: i64 = 1_795_000_000;

/// An answer of the site.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// Fails unless the page says all of it.
    #[track_caller]
    pub fn says(&self, parts: &[&str]) {
        for part in parts {
            assert!(self.text.contains(part), "no {part:?} in:\n{}", self.text);
        }
    }

    /// Fails if the page says any of it.
    #[track_caller]
    pub fn keeps_to_itself(&self, parts: &[&str]) {
        for part in parts {
            assert!(!self.text.contains(part), "{part:?} in:\n{}", self.text);
        }
    }
}

/// The site in front of that API.
pub fn site(api: &str) -> Router {
    let settings = Settings {
        api: api.to_owned(),
        api_key: "bh_test_key".to_owned().into(),
        signing_secret: SECRET.to_owned().into(),
        public_url: "http://site.test".to_owned(),
        now: || NOW,
    };
    Site::new(settings).unwrap().router()
}

/// The site and the API it speaks to.
pub async fn site_and_api() -> (Router, FakeApi) {
    let api = FakeApi::start().await;
    (site(api.url()), api)
}

pub async fn get(site: &Router, path: &str) -> Page {
    send(site, Request::get(path).body(Body::empty()).unwrap()).await
}

/// Presses the button of the booking form.
pub async fn press(site: &Router, form: &str) -> Page {
    let request = Request::post("/book").header("content-type", "application/x-www-form-urlencoded");
    send(site, request.body(Body::from(form.to_owned())).unwrap()).await
}

async fn send(site: &Router, request: Request<Body>) -> Page {
    let answer = site.clone().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    Page { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}
