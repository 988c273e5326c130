use crate::serve::{context, event, far};
use bellhop_runtime::clock::Clock;
use bellhop_runtime::http::problem::Code;
use bellhop_runtime::http::request::{Call, MAX_BODY, RequestId};
use lambda_http::{Body, RequestExt};
use serde_json::{Value, json};

fn call(changes: &Value) -> Call {
    let request = event(changes).with_lambda_context(context(far()));
    let id = RequestId::of(&request);
    Call::new(request, id, &Clock::real()).unwrap_or_else(|problem| panic!("{problem:?}"))
}

#[test]
fn a_fine_request_id_is_taken_over_and_any_other_replaced() {
    let long = "x".repeat(128);
    for fine in ["a", "req-1", "{\"odd\"}", &long] {
        assert_eq!(call(&json!({"headers": {"x-request-id": fine}})).id().as_str(), fine);
    }
    let too_long = "x".repeat(129);
    for wrong in ["", "two words", "tab\tbed", "caf\u{e9}", &too_long] {
        let id = call(&json!({"headers": {"x-request-id": wrong}}));
        assert_eq!(id.id().as_str(), "lambda-1", "{wrong:?}");
    }
    assert_eq!(call(&json!({})).id().as_str(), "lambda-1");
}

#[test]
fn a_call_shows_what_was_sent_byte_for_byte() {
    let call = call(&json!({
        "rawPath": "/webhooks/govuk_pay/harbour",
        "rawQueryString": "a=1&b=%20x&a=2",
        "routeKey": "POST /webhooks/{provider}/{account}",
        "headers": {"Pay-Signature": "abc", "host": "pay.example"},
        "pathParameters": {"provider": "govuk_pay", "account": "harbour"},
        "body": "eyJhIjogMX0=",
        "isBase64Encoded": true,
    }));
    assert_eq!(call.path(), "/webhooks/govuk_pay/harbour");
    assert_eq!(call.route(), "POST /webhooks/{provider}/{account}");
    assert_eq!(call.raw_query(), "a=1&b=%20x&a=2");
    let decoded = [("a", "1"), ("b", " x"), ("a", "2")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(call.query(), decoded);
    assert_eq!(call.path_parameter("account"), Some("harbour"));
    assert_eq!(call.path_parameter("token"), None);
    assert_eq!(call.header("pay-signature"), Some("abc"));
    assert!(call.headers().contains(&("pay-signature".to_owned(), "abc".to_owned())));
    assert_eq!(call.body(), b"{\"a\": 1}");
    assert_eq!(call.method(), "POST");
}

#[test]
fn a_body_of_256_kb_is_taken_and_one_byte_more_is_not() {
    for (length, fine) in [(MAX_BODY, true), (MAX_BODY + 1, false)] {
        let (head, _) = event(&json!({})).into_parts();
        let request = http::Request::from_parts(head, Body::Text("x".repeat(length)));
        let id = RequestId::of(&request);
        match Call::new(request, id, &Clock::real()) {
            Ok(call) => assert!(fine && call.body().len() == length),
            Err(problem) => assert!(!fine && problem.code == Code::BodyTooLarge),
        }
    }
}

#[test]
fn json_has_to_be_called_json() {
    for fine in ["application/json", "Application/JSON; charset=utf-8"] {
        assert!(call(&json!({"headers": {"content-type": fine}})).json_body().is_ok());
    }
    for wrong in ["text/plain", "application/jsonp", "application/x-www-form-urlencoded", ""] {
        let problem = call(&json!({"headers": {"content-type": wrong}})).json_body().err();
        assert_eq!(problem.unwrap().code, Code::UnsupportedMediaType, "{wrong}");
    }
    assert!(call(&json!({})).json_body().is_err());
}
