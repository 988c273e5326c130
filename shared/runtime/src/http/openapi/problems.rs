//! Problems in the document: one answer for each status, naming the codes it comes with.

use crate::http::problem::{CONTENT_TYPE, Code};
use crate::http::session_json::LinkJson;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, Ref, Response, ResponseBuilder};

/// A problem (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemJson {
    /// The page of the code.
    #[serde(rename = "type")]
    #[schema(format = "uri", example = "https://docs.bellhop.example/errors#invalid_request")]
    pub kind: String,
    /// A short name of the code.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong, for a person.
    pub detail: String,
    /// What is wrong, in one word. New words may be added.
    #[schema(example = "invalid_request")]
    pub code: String,
    /// Each wrong field.
    pub errors: Vec<FieldErrorJson>,
    /// The request's id.
    pub request_id: String,
    /// Where the way out is, such as the session that has the booking reference.
    #[serde(rename = "_links")]
    pub links: Option<BTreeMap<String, LinkJson>>,
}

/// A wrong field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorJson {
    /// Which: a JSON pointer (RFC 6901) into the body.
    #[schema(example = "/amount/value")]
    pub pointer: String,
    /// What is wrong with it.
    pub detail: String,
}

/// One answer for each status of `codes`.
pub fn responses(codes: &[Code]) -> BTreeMap<String, Response> {
    let mut by_status: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for code in codes {
        let status = code.status().as_str().to_owned();
        by_status.entry(status).or_default().push(*code);
    }
    let responses = by_status.into_iter();
    responses.map(|(status, codes)| (status, response(&codes))).collect()
}

fn response(codes: &[Code]) -> Response {
    let list = codes.iter().map(|code| format!("`{}`: {}.", code.as_str(), code.title()));
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new()
        .description(list.collect::<Vec<_>>().join(" "))
        .header("X-Request-Id", text_header("The request's id."))
        .content(CONTENT_TYPE, content.build());
    let waits = codes.iter().any(|code| comes_with_retry_after(*code));
    if waits {
        let wait = text_header("Seconds to wait before trying again.");
        return response.header("Retry-After", wait).build();
    }
    response.build()
}

const fn comes_with_retry_after(code: Code) -> bool {
    matches!(
        code,
        Code::RequestInFlight | Code::Unavailable | Code::ProviderUnavailable | Code::ProviderSilent
    )
}

/// A response header that is a text.
pub fn text_header(description: &str) -> utoipa::openapi::Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .description(Some(description))
        .build()
}
