use crate::serve::id;
use bellhop_domain::flows::FlowError;
use bellhop_domain::provider::{
    Operation, ProviderError, ProviderErrorKind, ProviderName, Refusal, RefusalCode,
};
use bellhop_domain::store::StoreError;
use bellhop_domain::wish::FieldError;
use bellhop_runtime::http::problem::{Code, Problem, TYPE_BASE, reply};
use lambda_http::Body;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

#[test]
fn a_problem_looks_as_published() {
    let problem =
        Problem::new(Code::InvalidRequest).with_errors(vec![FieldError::new("/amount/value", "is required")]);
    let golden = json!({
        "type": "https://docs.bellhop.example/errors#invalid_request",
        "title": "Fields are wrong",
        "status": 422,
        "detail": "Fields of the request are missing, unknown or wrong.",
        "code": "invalid_request",
        "errors": [{"pointer": "/amount/value", "detail": "is required"}],
        "request_id": "req-1",
    });
    let body: Value = serde_json::from_str(&problem.body(&id("req-1"))).unwrap();
    assert_eq!(body, golden);
    let reply = reply(&problem, &id("req-1"));
    assert_eq!(reply.status(), 422);
    assert_eq!(reply.headers()["content-type"], "application/problem+json");
    assert!(matches!(reply.body(), Body::Text(text) if *text == problem.body(&id("req-1"))));
}

#[test]
fn a_taken_reference_leads_to_its_session() {
    let problem = Problem::new(Code::ReferenceTaken)
        .leading_to("session", "https://pay.example/v1/sessions/ses_1")
        .after(Duration::from_millis(1001));
    let body: Value = serde_json::from_str(&problem.body(&id("r"))).unwrap();
    let link = &body["_links"]["session"]["href"];
    assert_eq!(link, "https://pay.example/v1/sessions/ses_1");
    assert_eq!(reply(&problem, &id("r")).headers()["retry-after"], "2");
}

#[test]
fn an_unauthorized_caller_is_told_how() {
    let reply = reply(&Problem::new(Code::KeyRefused), &id("r"));
    assert_eq!(reply.headers()["www-authenticate"], "Bearer");
}

#[test]
fn i11_nothing_of_the_inside_leaves() {
    let inside = StoreError::Corrupt("row merchant#hunter2".to_owned());
    let problem = Problem::from(inside);
    assert_eq!(problem.code, Code::Internal);
    assert!(!problem.body(&id("r")).contains("hunter2"));
    assert!(problem.source.unwrap().to_string().contains("hunter2"), "the log keeps it");
}

#[test]
fn a_flood_of_wrong_fields_is_cut_to_a_hundred() {
    let errors = (0..5000).map(|n| FieldError::new(format!("/{n}"), "x")).collect();
    let problem = Problem::new(Code::InvalidRequest).with_errors(errors);
    let body: Value = serde_json::from_str(&problem.body(&id("r"))).unwrap();
    assert_eq!(body["errors"].as_array().unwrap().len(), 100);
}

#[test]
fn codes_differ_and_say_something() {
    let words: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(words.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(code.status().is_client_error() || code.status().is_server_error());
        assert!(!code.title().ends_with('.') && code.detail().len() > 10, "{code:?}");
        let url = url::Url::parse(&format!("{TYPE_BASE}{}", code.as_str())).unwrap();
        assert_eq!(url.fragment(), Some(code.as_str()));
    }
}

#[test]
fn a_providers_failure_is_answered_by_what_the_caller_does_next() {
    let refusal = Refusal {
        code: RefusalCode::InvalidField,
        provider_code: "P0101".to_owned(),
        pointer: Some("/description".to_owned()),
        message: None,
    };
    let after = Some(Duration::from_secs(7));
    let cases = [
        (ProviderErrorKind::Refused(refusal), 422, None),
        (ProviderErrorKind::NotFound, 404, None),
        (ProviderErrorKind::Unauthorized, 502, None),
        (ProviderErrorKind::Unavailable { after }, 503, Some(7)),
        (ProviderErrorKind::Unavailable { after: None }, 503, Some(2)),
        (ProviderErrorKind::OutcomeUnknown, 503, Some(2)),
        (ProviderErrorKind::Unreadable, 502, None),
    ];
    for (kind, status, retry_after) in cases {
        let error = ProviderError {
            provider: ProviderName::GovukPay,
            operation: Operation::Create,
            kind,
            source: Some("hunter2".into()),
        };
        let problem = Problem::from(FlowError::Provider(error));
        assert_eq!(problem.code.status().as_u16(), status, "{problem:?}");
        assert_eq!(problem.retry_after_seconds(), retry_after);
        assert!(!problem.body(&id("r")).contains("hunter2"));
    }
}
