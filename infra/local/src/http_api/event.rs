//! A request as the event a function gets.
//!
//! Source: Amazon API Gateway Developer Guide, "Create AWS Lambda proxy
//! integrations for HTTP APIs", "Payload format structure", 2.0.

use std::collections::BTreeMap;

use data_encoding::{BASE32_NOPAD, BASE64};
use http::HeaderMap;
use http::request::Parts;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::merge::{cookies, merged, query_parameters};
use super::routes::Match;
use crate::template::{ACCOUNT, RoutePlan};

/// The API's id in events and addresses.
const API_ID: &str = "local";
/// Only this machine can call.
const SOURCE_IP: &str = "127.0.0.1";

/// A request and what the API knows about it.
pub(super) struct Incoming<'a> {
    pub(super) parts: &'a Parts,
    pub(super) body: &'a [u8],
    pub(super) raw_path: &'a str,
    pub(super) found: &'a Match<'a>,
    pub(super) stage: &'a str,
    pub(super) request_id: &'a str,
    pub(super) now_ms: i64,
}

/// API Gateway's ids look like `JKJaXmPLvHcESHA=`.
pub(super) fn request_id() -> String {
    let random = BASE32_NOPAD.encode(Uuid::new_v4().as_bytes());
    format!("{}=", &random[..15])
}

/// The event of an empty request to a route, each path variable being `probe`:
/// enough to see whether the function answers at all.
#[must_use]
pub fn probe(route: &RoutePlan, now_ms: i64) -> Value {
    let parts = route.path.split('/').map(|part| if part.starts_with('{') { "probe" } else { part });
    let path = parts.collect::<Vec<_>>().join("/").replace("$default", "/");
    let method = if route.method == "ANY" { "GET" } else { &route.method };
    let request = http::Request::builder().method(method).uri(&path).header("host", "localhost").body(());
    let (parts, ()) = request.unwrap_or_default().into_parts();
    let found = Match { route, parameters: BTreeMap::new() };
    let request_id = request_id();
    let (raw_path, request_id) = (path.as_str(), request_id.as_str());
    Incoming { parts: &parts, body: &[], raw_path, found: &found, stage: "$default", request_id, now_ms }
        .event()
}

impl Incoming<'_> {
    /// The event; members that AWS leaves out when they are empty are left out.
    pub(super) fn event(&self) -> Value {
        let query = self.parts.uri.query().unwrap_or_default();
        let mut event = json!({
            "version": "2.0",
            "routeKey": self.found.key(),
            "rawPath": self.raw_path,
            "rawQueryString": query,
            "headers": self.headers(),
            "requestContext": self.context(),
            "isBase64Encoded": false,
        });
        let optional = [
            ("cookies", json!(cookies(&self.parts.headers))),
            ("queryStringParameters", json!(query_parameters(query))),
            ("pathParameters", json!(self.found.parameters)),
        ];
        for (name, value) in optional {
            if value.as_array().is_some_and(|list| !list.is_empty())
                || value.as_object().is_some_and(|map| !map.is_empty())
            {
                event[name] = value;
            }
        }
        self.add_body(&mut event);
        event
    }

    fn add_body(&self, event: &mut Value) {
        if self.body.is_empty() {
            return;
        }
        match std::str::from_utf8(self.body) {
            Ok(text) if is_text(&self.parts.headers) => event["body"] = Value::from(text),
            _ => {
                event["body"] = Value::from(BASE64.encode(self.body));
                event["isBase64Encoded"] = Value::Bool(true);
            }
        }
    }

    /// Lower-case names, values of one name joined by commas, cookies apart,
    /// and what API Gateway adds.
    fn headers(&self) -> Map<String, Value> {
        let mut headers = merged(&self.parts.headers);
        let forwarded = headers
            .get("x-forwarded-for")
            .map_or(SOURCE_IP.to_owned(), |before| format!("{before},{SOURCE_IP}"));
        headers.insert("x-forwarded-for".to_owned(), forwarded);
        headers.insert("x-forwarded-proto".to_owned(), "http".to_owned());
        let port = self.host().rsplit_once(':').map_or("80", |(_, port)| port).to_owned();
        headers.insert("x-forwarded-port".to_owned(), port);
        let trace = Uuid::new_v4().simple().to_string();
        headers.insert("x-amzn-trace-id".to_owned(), format!("Root=1-{}-{}", &trace[..8], &trace[8..]));
        headers.into_iter().map(|(name, value)| (name, Value::String(value))).collect()
    }

    fn host(&self) -> &str {
        self.parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost")
    }

    fn context(&self) -> Value {
        let agent = self.parts.headers.get(http::header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let domain = self.host().rsplit_once(':').map_or(self.host(), |(domain, _)| domain);
        json!({
            "accountId": ACCOUNT,
            "apiId": API_ID,
            "domainName": domain,
            "domainPrefix": domain.split('.').next(),
            "http": {
                "method": self.parts.method.as_str(),
                "path": self.raw_path,
                "protocol": "HTTP/1.1",
                "sourceIp": SOURCE_IP,
                "userAgent": agent.unwrap_or_default(),
            },
            "requestId": self.request_id,
            "routeKey": self.found.key(),
            "stage": self.stage,
            "time": clf_time(self.now_ms),
            "timeEpoch": self.now_ms,
        })
    }
}

/// The Common Log Format's time: `12/Mar/2020:19:03:58 +0000`.
fn clf_time(now_ms: i64) -> String {
    let time = Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    time.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string()
}

/// Bodies of these types come as text, all others as base64: forms too.
///
/// A guess from reports, the guide names no list; without a type a body that is
/// UTF-8 comes as text.
fn is_text(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(http::header::CONTENT_TYPE) else {
        return true;
    };
    let content_type = String::from_utf8_lossy(content_type.as_bytes()).to_ascii_lowercase();
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    let exact = ["application/json", "application/javascript", "application/xml"];
    kind.starts_with("text/") || kind.ends_with("+json") || kind.ends_with("+xml") || exact.contains(&kind)
}
