//! Every code of an error, by each verb that meets it.

use super::{adapter_of, attempt, good, order, payment_id, refusal, wish};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::provider::{Provider, ProviderErrorKind as Kind, RefusalCode};

/// What `create` makes of an answer.
async fn created(act: Act) -> Kind {
    let server = Server::with([act]).await;
    adapter_of(&server).create(&order(&wish())).await.unwrap_err().kind
}

async fn fetched(act: Act) -> Kind {
    let server = Server::with([act]).await;
    adapter_of(&server).fetch(&payment_id()).await.unwrap_err().kind
}

fn bad(code: &str) -> Act {
    answer("400 Bad Request", "", &refusal(code))
}

/// Their SDK's tests leave the status out of an error's body.
#[tokio::test]
async fn an_error_is_read_with_and_without_its_status_word() {
    let bare = r#"{"error": {"code": "authentication_error", "description": "words"}}"#;
    assert_eq!(created(answer("400 Bad Request", "", bare)).await, Kind::Unauthorized);
    assert_eq!(created(bad("authentication_error")).await, Kind::Unauthorized);
    assert_eq!(created(good(&refusal("authentication_error"))).await, Kind::Unauthorized);
    assert_eq!(created(good(bare)).await, Kind::Unauthorized);
}

#[tokio::test]
async fn every_code_has_its_meaning() {
    let rows = [
        ("invalid_request", RefusalCode::InvalidField),
        ("authorization_error", RefusalCode::AccountNotAllowed),
        ("session_wrong_state", RefusalCode::WrongState),
        ("session_cancelled", RefusalCode::WrongState),
        ("session_cancelled_by_partner", RefusalCode::WrongState),
        ("capture_timeout", RefusalCode::WrongState),
        ("confirm_timeout", RefusalCode::WrongState),
        ("refund_amount_too_large", RefusalCode::AmountTooLarge),
        ("insufficient_funds", RefusalCode::Other),
        ("of_tomorrow", RefusalCode::Other),
    ];
    for (code, meaning) in rows {
        let Kind::Refused(refusal) = created(bad(code)).await else { panic!("{code}") };
        assert_eq!((refusal.code, refusal.provider_code.as_str()), (meaning, code));
    }
    assert_eq!(created(bad("identification_error")).await, Kind::Unauthorized);
    assert_eq!(fetched(bad("session_not_found")).await, Kind::NotFound);
}

/// I1: what may have been done is not done again.
#[tokio::test]
async fn i1_trouble_leaves_a_create_unknown_and_a_fetch_for_later() {
    for code in ["internal_error", "provider_timeout", "idempotency_key_already_exists"] {
        assert_eq!(created(bad(code)).await, Kind::OutcomeUnknown, "{code}");
        assert_eq!(fetched(bad(code)).await, Kind::Unavailable { after: None }, "{code}");
    }
}

#[tokio::test]
async fn what_is_no_answer_of_theirs_is_unreadable() {
    for body in ["", "<html>", "{}", "{\"error\": \"no\"}", "{\"error\": []}", "{\"error\": {}}"] {
        assert_eq!(created(answer("400 Bad Request", "", body)).await, Kind::Unreadable, "{body}");
        assert_eq!(fetched(good(body)).await, Kind::Unreadable, "{body}");
    }
}

#[tokio::test]
async fn a_second_yes_is_a_yes() {
    let said = |act| async move {
        let server = Server::with([act]).await;
        let provider = adapter_of(&server);
        let done = provider.confirms().unwrap().confirm(&payment_id(), attempt()).await;
        done.map_err(|error| error.kind)
    };
    assert_eq!(said(bad("idempotency_key_already_exists")).await, Ok(()));
    assert_eq!(said(good(&refusal("idempotency_key_already_exists"))).await, Ok(()));
    assert_eq!(said(bad("provider_timeout")).await, Err(Kind::OutcomeUnknown));
    assert!(matches!(said(bad("session_wrong_state")).await, Err(Kind::Refused(_))));
    assert_eq!(said(Act::Close).await, Err(Kind::OutcomeUnknown));
}
