//! A request as a handler sees it.

use crate::clock::{Clock, Deadline};
use crate::http::problem::{Code, Problem};
use crate::http::respond::REQUEST_ID;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt};
use url::form_urlencoded;

/// Bytes that a body may have.
pub const MAX_BODY: usize = 256 * 1024;

/// Names a request, in every log line, problem and answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// A caller's `X-Request-Id`: 1 to 128 visible ASCII characters.
    pub fn parse(text: &str) -> Option<Self> {
        let fine = (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fine.then(|| Self(text.to_owned()))
    }

    /// The id of a request: the caller's own, where it sent a fine one, or Lambda's id of the
    /// invocation, which is unique and leads to the platform's log lines too.
    pub fn of(request: &Request) -> Self {
        let mut sent = request.headers().get_all(REQUEST_ID).iter();
        let (first, second) = (sent.next(), sent.next());
        let sent = first.filter(|_| second.is_none());
        let sent = sent.and_then(|value| value.to_str().ok());
        let lambda = request.lambda_context_ref();
        let lambda = lambda.map(|context| context.request_id.as_str());
        let id = sent.and_then(Self::parse).or_else(|| Self::parse(lambda?));
        id.unwrap_or_else(|| Self("none".to_owned()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The route key of a request, such as `GET /v1/sessions/{id}`: safe to log, as it holds no token.
pub fn route_of(request: &Request) -> &str {
    match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.route_key.as_deref(),
        _ => None,
    }
    .unwrap_or("none")
}

/// A request.
pub struct Call {
    id: RequestId,
    route: String,
    head: Parts,
    body: Vec<u8>,
    deadline: Deadline,
}

impl Call {
    /// Takes a request over from Lambda.
    ///
    /// # Errors
    /// When the body is too large.
    pub fn new(request: Request, id: RequestId, clock: &Clock) -> Result<Self, Problem> {
        let route = route_of(&request).to_owned();
        let lambda = request.lambda_context_ref();
        let at_ms = lambda.map_or(u64::MAX, |context| context.deadline);
        let (head, body) = request.into_parts();
        let body = match body {
            Body::Text(text) => text.into_bytes(),
            Body::Binary(bytes) => bytes,
            _ => Vec::new(),
        };
        if body.len() > MAX_BODY {
            return Err(Problem::new(Code::BodyTooLarge));
        }
        Ok(Self { id, route, head, body, deadline: Deadline::new(clock.clone(), at_ms) })
    }

    /// The request's id.
    pub const fn id(&self) -> &RequestId {
        &self.id
    }

    /// The HTTP method, upper case.
    pub fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// The route key: `GET /v1/sessions/{id}`.
    pub fn route(&self) -> &str {
        &self.route
    }

    /// The path as it was called. It may hold a payer's token: never log it.
    pub fn path(&self) -> &str {
        self.head.extensions.raw_http_path()
    }

    /// The query, undecoded.
    pub fn raw_query(&self) -> &str {
        self.head.uri.query().unwrap_or_default()
    }

    /// The query's parameters in order, decoded.
    pub fn query(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.raw_query().as_bytes()).into_owned().collect()
    }

    /// A part of the path that the route names.
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        self.head.extensions.path_parameters_ref()?.first(name)
    }

    /// The only value of a header; `None` when it is missing, sent twice or not ASCII. (The gateway
    /// joins values sent twice with a comma; those stay one value here.)
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.head.headers.get_all(name).iter();
        let value = values.next()?;
        values.next().is_none().then_some(())?;
        value.to_str().ok()
    }

    /// Every header, names in lower case. Bytes that are not UTF-8 are replaced.
    pub fn headers(&self) -> Vec<(String, String)> {
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into();
        let headers = self.head.headers.iter();
        headers.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
    }

    /// The exact bytes of the body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body of a JSON request.
    ///
    /// # Errors
    /// When it is not sent as `application/json`.
    pub fn json_body(&self) -> Result<&[u8], Problem> {
        let kind = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let json = kind.eq_ignore_ascii_case("application/json");
        json.then_some(self.body()).ok_or_else(|| Problem::new(Code::UnsupportedMediaType))
    }

    /// When Lambda stops us.
    pub const fn deadline(&self) -> &Deadline {
        &self.deadline
    }
}
