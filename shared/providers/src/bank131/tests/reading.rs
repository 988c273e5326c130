//! What a session says, beyond the documented statuses: contradictions, and what waits for us.

use super::{adapter_of, golden, good, payment_id};
use crate::test_server::Server;
use bellhop_domain::SignedDuration;
use bellhop_domain::attempt::FailureCode;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Observation, Page, Provider};
use bellhop_domain::status::{AttemptStatus as A, Reading};
use serde_json::{Value, json};

async fn seen(body: &Value) -> Observation {
    let server = Server::with([good(&body.to_string())]).await;
    adapter_of(&server).fetch(&payment_id()).await.unwrap()
}

fn body(golden: &str) -> Value {
    serde_json::from_str(golden).unwrap()
}

/// A session in this state, whose one payment is in that.
fn of(session: &str, payment: &str) -> Value {
    let mut all = body(golden!("in_progress"));
    all["session"]["status"] = session.into();
    all["session"]["payment_list"][0]["status"] = payment.into();
    all
}

/// The words of both against each other: money from the payment, and no end that may not be one.
#[tokio::test]
async fn i3_every_pair_of_words_has_a_reading_that_promises_no_more_than_both() {
    let known = [
        ("accepted", "succeeded", A::Succeeded),
        ("in_progress", "succeeded", A::Succeeded),
        ("error", "succeeded", A::Succeeded),
        ("of_tomorrow", "succeeded", A::Succeeded),
        ("accepted", "failed", A::Failed),
        ("cancelled", "failed", A::Failed),
        ("error", "failed", A::Processing),
        ("in_progress", "failed", A::Processing),
        ("created", "failed", A::Processing),
        ("error", "pending", A::Processing),
        ("error", "in_progress", A::Processing),
        ("accepted", "pending", A::Processing),
        ("accepted", "in_progress", A::Processing),
        ("cancelled", "in_progress", A::Processing),
        ("cancelled", "pending", A::Canceled),
        ("created", "in_progress", A::Processing),
    ];
    for (session, payment, wanted) in known {
        let seen = seen(&of(session, payment)).await;
        assert_eq!(seen.reading, Reading::Known(wanted), "{session} {payment}");
        assert_eq!(seen.moved.captured > 0, wanted == A::Succeeded, "{session} {payment}");
    }
    for (session, payment) in [("of_tomorrow", "pending"), ("of_tomorrow", "failed")] {
        let seen = seen(&of(session, payment)).await;
        assert_eq!(seen.reading, Reading::Unrecognized("of_tomorrow".to_owned()));
    }
}

#[tokio::test]
async fn only_a_payment_that_is_open_waits_for_our_word() {
    assert!(seen(&body(golden!("ready_to_confirm"))).await.awaits_confirmation);
    assert!(!seen(&body(golden!("ready_to_capture"))).await.awaits_confirmation);
    for (session, payment) in [("accepted", "succeeded"), ("cancelled", "failed"), ("error", "pending")] {
        let mut all = of(session, payment);
        all["session"]["next_action"] = "confirm".into();
        assert!(!seen(&all).await.awaits_confirmation, "{session} {payment}");
    }
}

#[tokio::test]
async fn the_reason_says_how_it_ended() {
    let rows = [
        ("declined_by_issuer_bank", A::Failed, FailureCode::Declined, true),
        ("insufficient_funds", A::Failed, FailureCode::Declined, true),
        ("of_tomorrow", A::Failed, FailureCode::Declined, true),
        ("internal_error", A::Failed, FailureCode::ProviderError, false),
        ("provider_timeout", A::Failed, FailureCode::ProviderError, false),
        ("session_cancelled", A::Expired, FailureCode::Expired, true),
        ("capture_timeout", A::Expired, FailureCode::Expired, true),
        ("confirm_timeout", A::Expired, FailureCode::Expired, true),
        ("session_cancelled_by_partner", A::Canceled, FailureCode::CanceledByMerchant, true),
    ];
    for (code, status, failure, retry) in rows {
        let mut all = of("cancelled", "failed");
        all["session"]["error"] = json!({"code": code});
        all["session"]["payment_list"][0]["error"] = json!([]);
        let seen = seen(&all).await;
        assert_eq!(seen.reading, Reading::Known(status), "{code}");
        let found = seen.failure.unwrap();
        assert_eq!((found.code, found.retry), (failure, retry), "{code}");
    }
}

/// Where a card is typed into the widget again after it was declined.
#[tokio::test]
async fn i3_of_several_payments_the_one_with_the_money_decides() {
    let mut all = of("accepted", "failed");
    let mut paid = all["session"]["payment_list"][0].clone();
    paid["status"] = "succeeded".into();
    let failed = all["session"]["payment_list"][0].clone();
    for order in [vec![failed.clone(), paid.clone()], vec![paid.clone(), failed]] {
        all["session"]["payment_list"] = order.into();
        let seen = seen(&all).await;
        assert_eq!((seen.reading, seen.moved.captured), (Reading::Known(A::Succeeded), 14500));
    }
    all["session"]["payment_list"] = vec![paid.clone(), paid].into();
    assert_eq!(seen(&all).await.moved.captured, 29000, "two charges are told, and not hidden");
}

#[tokio::test]
async fn both_versions_names_are_read() {
    let mut all = body(golden!("succeeded"));
    let list = all["session"]["payment_list"].take();
    all["session"]["acquiring_payments"] = list;
    all["session"]["payment_list"] = json!([]);
    assert_eq!(seen(&all).await.reading, Reading::Known(A::Succeeded));
    all["session"]["payment_list"] = json!(null);
    assert_eq!(seen(&all).await.reading, Reading::Known(A::Succeeded));
}

#[tokio::test]
async fn our_notes_may_come_back_as_the_text_of_an_object() {
    let mut all = body(golden!("succeeded"));
    let notes = all["session"]["payment_list"][0]["metadata"].to_string();
    all["session"]["payment_list"][0]["metadata"] = notes.into();
    let told = seen(&all).await.echo;
    assert_eq!(told.attempt, Some(AttemptId::from_bytes([2; 16])));
    assert_eq!(told.reference.as_deref(), Some("RES-12345"));
    for odd in [json!("order123"), json!(7), json!([]), json!(null)] {
        all["session"]["payment_list"][0]["metadata"] = odd;
        let told = seen(&all).await.echo;
        assert_eq!((told.attempt, told.reference, told.ours_by_id), (None, None, false));
    }
}

#[tokio::test]
async fn a_page_of_what_was_begun_is_shown_while_the_payer_may_go_on() {
    assert!(matches!(seen(&body(golden!("action_required"))).await.page, Some(Page::Post(_))));
    assert!(matches!(seen(&body(golden!("v1_qr"))).await.page, Some(Page::Scan(_))));
    let mut over = body(golden!("action_required"));
    over["session"]["status"] = "error".into();
    assert_eq!(seen(&over).await.page, None);
}

#[tokio::test]
async fn what_was_taken_of_a_hold_is_never_more_than_was_asked() {
    for (gross, captured) in [(10000, 10000), (14500, 14500), (20000, 14500)] {
        let mut all = body(golden!("captured_part"));
        all["session"]["payment_list"][0]["amounts"]["gross"]["amount"] = gross.into();
        assert_eq!(seen(&all).await.moved.captured, captured);
    }
    let mut foreign = body(golden!("captured_part"));
    foreign["session"]["payment_list"][0]["amounts"]["gross"]["currency"] = "USD".into();
    assert_eq!(seen(&foreign).await.moved.captured, 14500);
}

/// Where the bank waits for our word, nothing can be paid unseen; else a token lives a day.
#[tokio::test]
async fn a_session_that_nobody_has_tried_to_pay_is_let_go() {
    let provider = super::adapter(&super::settings("https://demo.bank131.ru"));
    let mut alone = super::settings("https://demo.bank131.ru");
    alone["auto_confirm"] = json!(true);
    let untouched = seen(&body(golden!("created"))).await;
    assert_eq!(provider.lingers(&untouched), Some(SignedDuration::ZERO));
    assert_eq!(super::adapter(&alone).lingers(&untouched), Some(SignedDuration::from_hours(24)));
    for tried in [golden!("in_progress"), golden!("action_required"), golden!("v1_started"), golden!("error")]
    {
        assert_eq!(provider.lingers(&seen(&body(tried)).await), None, "{tried}");
    }
}

/// Who pays is a part of what is ours: a payment that was given to another customer is not.
#[tokio::test]
async fn i3_a_payment_of_another_customer_has_a_reference_that_nobody_has() {
    let with = |named: Option<&str>, customer: Value| {
        let mut all = body(golden!("succeeded"));
        let payment = &mut all["session"]["payment_list"][0];
        payment["customer"] = customer;
        if let Some(named) = named {
            payment["metadata"]["bellhop_customer"] = named.into();
        }
        all
    };
    let reference = |text: &str| json!({"reference": text});
    for (named, customer) in [
        (Some("RES-12345"), reference("RES-12345")),
        (Some("guest-7"), reference("guest-7")),
        (Some("guest-7"), json!([])),
        (None, reference("guest-7")),
    ] {
        assert_eq!(seen(&with(named, customer)).await.echo.reference.unwrap(), "RES-12345", "{named:?}");
    }
    for (named, other) in [("RES-12345", "RES-99999"), ("guest-7", "RES-12345"), ("guest-7", "guest-8")] {
        let echoed = seen(&with(Some(named), reference(other))).await.echo.reference;
        assert_eq!(echoed.unwrap(), format!("RES-12345 of {other}"));
    }
}
