use crate::stage::{account, evening, merchant};
use bellhop_domain::SignedDuration;
use bellhop_domain::account::Mode;
use bellhop_domain::attempt::{Attempt, Failure, FailureCode};
use bellhop_domain::event::{Cause, Event, EventKind};
use bellhop_domain::idempotency::TOKEN_MARK;
use bellhop_domain::ids::{AttemptId, EventId, SessionId, SessionKey};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::session::Session;
use bellhop_domain::status::{AttemptStatus, SessionStatus};
use bellhop_domain::text::{Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use bellhop_runtime::http::session_json::{Links, SessionJson, rfc3339};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

fn wish() -> Wish {
    Wish {
        account: account().at,
        amount: Money::new(14500, Currency::GBP).unwrap(),
        reference: Reference::parse("RES-12345").unwrap(),
        description: Description::parse("Two nights").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).unwrap(),
        locale: "en".to_owned(),
        capture: Capture::Automatic,
        payer: Payer { email: Some("payer@hunter2.example".to_owned()), ..Payer::default() },
        metadata: BTreeMap::from([("channel".to_owned(), "web".to_owned())]),
        options: Options::default(),
    }
}

fn session() -> Session {
    let mut attempt = Attempt::intent(AttemptId::from_bytes([3; 16]), evening());
    attempt.status = AttemptStatus::Pending;
    attempt.payment = ProviderPaymentId::parse("hu20");
    Session {
        key: SessionKey { merchant: merchant().id, session: SessionId::from_bytes([8; 16]) },
        wish: wish(),
        mode: Mode::Test,
        attempts: vec![attempt],
        closed: false,
        review: None,
        paid_late: false,
        paid_elsewhere: false,
        link: [0; 32],
        expires_at: evening() + SignedDuration::from_mins(30),
        created_at: evening(),
        updated_at: evening() + SignedDuration::from_millis(5),
        version: 2,
        sequence: 2,
    }
}

fn shown(session: &Session, token: Option<&str>) -> SessionJson {
    let public_url = Url::parse("https://pay.example").unwrap();
    let links = Links { public_url: &public_url, token };
    SessionJson::new(session, links)
}

#[test]
fn a_session_looks_as_published() {
    let golden = json!({
        "id": "ses_1040g2081040g2081040g20810", "status": "pending", "finished": false,
        "provider": "govuk_pay", "amount": {"value": 14500, "currency": "GBP"},
        "authorized": 0, "captured": 0, "refunded": 0,
        "reference": "RES-12345", "description": "Two nights",
        "return_url": "https://booking.example/stay", "metadata": {"channel": "web"},
        "pay_url": "https://pay.example/pay/tok", "expires_at": "2026-11-20T18:30:00.000Z",
        "created_at": "2026-11-20T18:00:00.000Z", "updated_at": "2026-11-20T18:00:00.005Z",
        "attempt": {
            "id": "att_0c1g60o30c1g60o30c1g60o30c", "status": "pending",
            "provider_payment_id": "hu20", "failure": null, "watched": false,
            "created_at": "2026-11-20T18:00:00.000Z",
        },
        "paid_late": false, "review": null,
        "_links": {"self": {"href": "https://pay.example/v1/sessions/ses_1040g2081040g2081040g20810"}},
    });
    let value = serde_json::to_value(shown(&session(), Some("tok"))).unwrap();
    assert_eq!(value, golden);
}

#[test]
fn i11_who_pays_is_not_shown_back() {
    let text = serde_json::to_string(&shown(&session(), None)).unwrap();
    assert!(!text.contains("hunter2"));
}

#[test]
fn i5_a_stored_answer_holds_a_mark_in_place_of_the_token() {
    let stored = serde_json::to_string(&shown(&session(), Some(TOKEN_MARK))).unwrap();
    let given = stored.replace(TOKEN_MARK, "tok");
    assert_eq!(given, serde_json::to_string(&shown(&session(), Some("tok"))).unwrap());
    assert_eq!(stored.matches(TOKEN_MARK).count(), 1);
}

#[test]
fn expansions_are_there_only_when_asked_for() {
    let mut session = session();
    session.attempts[0].status = AttemptStatus::Failed;
    session.attempts[0].failure = Some(Failure { code: FailureCode::Declined, retry: true });
    let event = Event {
        id: EventId::from_bytes([4; 16]),
        sequence: 1,
        kind: EventKind::Created,
        status: SessionStatus::Created,
        attempt: Some(session.attempts[0].id),
        cause: Cause::Create,
        at: evening(),
    };
    let plain = shown(&session, None);
    let value: Value = serde_json::to_value(&plain).unwrap();
    assert!(value.get("attempts").is_none() && value.get("events").is_none());
    assert_eq!(value["pay_url"], Value::Null);
    let full = plain.with_attempts(&session).with_events(&[event]);
    let value: Value = serde_json::to_value(full).unwrap();
    assert_eq!(value["attempts"][0]["failure"], json!({"code": "declined", "retry": true}));
    let golden = json!([{
        "id": "evt_0g2081040g2081040g2081040g", "sequence": 1, "type": "session.created",
        "status": "created", "attempt": "att_0c1g60o30c1g60o30c1g60o30c", "cause": "create",
        "created_at": "2026-11-20T18:00:00.000Z",
    }]);
    assert_eq!(value["events"], golden);
}

#[test]
fn times_are_utc_with_milliseconds() {
    let time = evening() + SignedDuration::from_nanos(1_999_999);
    assert_eq!(rfc3339(time), "2026-11-20T18:00:00.001Z");
}
