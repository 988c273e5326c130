//! The routes of the document.

use crate::http::openapi::BEARER;
use crate::http::openapi::pieces::{answer, body, header, page, path, query, session};
use crate::http::openapi::problems::{responses, text_header};
use crate::http::problem::Code;
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, Parameter, PathItem, PathItemBuilder, Paths, PathsBuilder,
};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, Ref, Required};

/// Every route.
pub fn paths() -> Paths {
    let one = |method, operation: Operation| PathItem::new(method, operation);
    let sessions =
        PathItemBuilder::new().operation(HttpMethod::Post, create()).operation(HttpMethod::Get, list());
    let pay = PathItemBuilder::new()
        .operation(HttpMethod::Get, open("open_payment"))
        .operation(HttpMethod::Head, open("peek_payment"));
    let webhooks = PathItemBuilder::new()
        .operation(HttpMethod::Post, webhook("notify"))
        .operation(HttpMethod::Get, webhook("notify_by_query"));
    let state = "The payer's token, from a provider that knows one return address only.";
    let state = query("state", Required::True, state);
    PathsBuilder::new()
        .path("/v1/sessions", sessions.build())
        .path("/v1/sessions/{id}", one(HttpMethod::Get, read()))
        .path("/pay/{token}", pay.build())
        .path(
            "/return/{token}",
            one(HttpMethod::Get, land("land_return", path("token", "The payer's token."))),
        )
        .path("/return", one(HttpMethod::Get, land("land_common_return", state)))
        .path("/return/{token}/retry", one(HttpMethod::Post, retry()))
        .path("/webhooks/{provider}/{account}", webhooks.build())
        .path("/webhooks/{provider}/{account}/{secret}", one(HttpMethod::Post, webhook_by_secret()))
        .build()
}

const ONCE: &str =
    "1 to 255 visible ASCII characters. The same key and body give the same answer, for 30 days.";

/// What any call of the API can end with.
const ANY: [Code; 5] =
    [Code::KeyMissing, Code::KeyRefused, Code::Internal, Code::Unavailable, Code::Deadline];

const CREATE: [Code; 16] = [
    Code::MalformedJson,
    Code::IdempotencyKeyMissing,
    Code::IdempotencyKeyInvalid,
    Code::RequestInFlight,
    Code::ReferenceTaken,
    Code::ReferencePaid,
    Code::BodyTooLarge,
    Code::UnsupportedMediaType,
    Code::InvalidRequest,
    Code::IdempotencyKeyReused,
    Code::ProviderRefused,
    Code::AccountUnusable,
    Code::ProviderUnauthorized,
    Code::ProviderUnreadable,
    Code::ProviderUnavailable,
    Code::ProviderSilent,
];

fn create() -> Operation {
    let replayed = "`true` when this answer was given before, to the same key and body.";
    let created = session("The payer can pay: send it to `pay_url`.")
        .header("Location", text_header("The session."))
        .header("Idempotency-Replayed", text_header(replayed));
    let unknown = session("The provider's answer is not known yet; `status` is `created`.")
        .header("Location", text_header("The session."))
        .header("Idempotency-Replayed", text_header(replayed));
    let key = header("Idempotency-Key", Required::True, ONCE);
    api("create_session", "Opens a session", &CREATE)
        .parameter(key)
        .request_body(Some(body("CreateSession")))
        .response("201", created.build())
        .response("202", unknown.build())
        .build()
}

fn list() -> Operation {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("SessionList")));
    let found = answer("Sessions of one booking, oldest first.");
    let found = found.content("application/json", content.build());
    api("list_sessions", "Lists the sessions of a booking", &[Code::InvalidQuery])
        .parameter(query("reference", Required::True, "The booking."))
        .parameter(query("status", Required::False, "Only in this status."))
        .parameter(query(
            "created_after",
            Required::False,
            "Only those opened at or after this time, RFC 3339.",
        ))
        .parameter(query("limit", Required::False, "At most so many, 1 to 100."))
        .parameter(query("cursor", Required::False, "The `cursor` of the part before."))
        .response("200", found.build())
        .build()
}

fn read() -> Operation {
    let expand = "`attempts`, `events` or both with a comma: shown in full.";
    let codes = [Code::NotFound, Code::InvalidQuery];
    api("read_session", "Reads a session", &codes)
        .parameter(path("id", "The session's id."))
        .parameter(query("expand", Required::False, expand))
        .response("200", session("The session.").build())
        .build()
}

fn open(id: &str) -> Operation {
    let there = answer("On to the provider's page, or to our own.");
    let there = there.header("Location", text_header("Where to."));
    payer(id, "The payer's link")
        .parameter(path("token", "The payer's token."))
        .response("200", page("The provider's form, or the way to the payer's bank, in a page of ours."))
        .response("204", answer("A HEAD or a prefetch: no page is spent on it.").build())
        .response("303", there.build())
        .build()
}

fn land(id: &str, token: Parameter) -> Operation {
    payer(id, "The payer comes back from the provider, or leaves")
        .parameter(token)
        .response("200", page("Paid, failed, or still checking; and the way on."))
        .build()
}

fn retry() -> Operation {
    payer("retry_payment", "The payer tries again")
        .parameter(path("token", "The payer's token."))
        .response("200", page("A page that goes on to the new payment, or back to the landing."))
        .build()
}

fn webhook(id: &str) -> Operation {
    notified(id).build()
}

fn webhook_by_secret() -> Operation {
    let secret = "The account's webhook secret, from a provider that has nothing else to show.";
    notified("notify_by_secret").parameter(path("secret", secret)).build()
}

fn notified(id: &str) -> OperationBuilder {
    let codes = [
        Code::UnreadableNotification,
        Code::ProofRefused,
        Code::BodyTooLarge,
        Code::Internal,
        Code::Unavailable,
        Code::Deadline,
    ];
    operation(id, "For providers: something happened to a payment", &codes)
        .tag("providers")
        .parameter(path("provider", "The provider, such as `govuk_pay`."))
        .parameter(path("account", "The merchant's account there."))
        .response("200", answer("It is safely on the queue.").build())
}

fn api(id: &str, summary: &str, codes: &[Code]) -> OperationBuilder {
    let codes = [codes, &ANY].concat();
    let id_header = header(
        "X-Request-Id",
        Required::False,
        "Your own id of the request, 1 to 128 visible ASCII characters; it comes back.",
    );
    operation(id, summary, &codes)
        .tag("sessions")
        .security(SecurityRequirement::new::<_, _, &str>(BEARER, []))
        .parameter(id_header)
}

fn payer(id: &str, summary: &str) -> OperationBuilder {
    let gone = page("The link leads nowhere.");
    let builder = OperationBuilder::new().operation_id(Some(id));
    builder
        .summary(Some(summary))
        .tag("payers")
        .response("404", gone)
        .response("503", page("We cannot tell now: a page that says so."))
}

fn operation(id: &str, summary: &str, codes: &[Code]) -> OperationBuilder {
    let builder = OperationBuilder::new().operation_id(Some(id));
    let problems = responses(codes).into_iter();
    problems
        .fold(builder.summary(Some(summary)), |builder, (status, problem)| builder.response(status, problem))
}
