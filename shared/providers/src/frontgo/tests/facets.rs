//! Capture and refund, whose requests are made from the details.

use super::{adapter_of, golden, kroner, payment_id};
use crate::conformance::patched;
use crate::test_server::{Act, Server, answer};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{
    Provider, ProviderErrorKind as Kind, Refund, RefundOrder, RefundStatus, RefusalCode,
};
use serde_json::{Value, json};

fn ok(body: &str) -> Act {
    answer("200 OK", "", body)
}

fn sent(request: &str) -> Value {
    serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// What a capture sends after these details, or the refusal that comes before.
async fn captured(details: &str, part: Option<Money>) -> Result<Value, Kind> {
    let mut server =
        Server::with([ok(details), answer("202 Accepted", "", golden!("capture_accepted"))]).await;
    let provider = adapter_of(&server);
    provider.captures().unwrap().capture(&payment_id(), part).await.map_err(|error| error.kind)?;
    server.request().await;
    Ok(sent(&server.request().await))
}

#[tokio::test]
async fn a_capture_names_the_products_of_the_details() {
    let rows = [
        (None, json!({"0": {"id": 298, "amount": 45.0}, "1": {"id": 299, "amount": 100.0}}), 145.0),
        (Some(5000), json!({"0": {"id": 298, "amount": 45.0}, "1": {"id": 299, "amount": 5.0}}), 50.0),
        (Some(4500), json!({"0": {"id": 298, "amount": 45.0}}), 45.0),
        (Some(1), json!({"0": {"id": 298, "amount": 0.01}}), 0.01),
    ];
    for (part, products, total) in rows {
        let body = captured(golden!("reserved"), part.map(kroner)).await.unwrap();
        assert_eq!(body, json!({"products": products, "grandTotal": total}));
    }
}

fn code(kind: Kind) -> RefusalCode {
    let Kind::Refused(refusal) = kind else { panic!("{kind}") };
    refusal.code
}

#[tokio::test]
async fn a_capture_that_cannot_be_is_refused() {
    let foreign = Money::new(100, Currency::EUR).unwrap();
    for (part, wanted) in [
        (kroner(14501), RefusalCode::AmountTooLarge),
        (kroner(0), RefusalCode::InvalidField),
        (foreign, RefusalCode::InvalidField),
    ] {
        assert_eq!(code(captured(golden!("reserved"), Some(part)).await.unwrap_err()), wanted);
    }
    let bare = patched(golden!("reserved"), &json!({"data": {"productList": null}}));
    assert_eq!(code(captured(&bare, None).await.unwrap_err()), RefusalCode::AmountTooLarge);
}

/// As after a capture whose answer was lost: it is not sent.
#[tokio::test]
async fn what_was_captured_in_full_or_in_part_is_not_captured_again() {
    for details in [golden!("captured"), golden!("part_captured")] {
        let server = Server::with([ok(details)]).await;
        let provider = adapter_of(&server);
        let again = provider.captures().unwrap().capture(&payment_id(), None).await;
        assert_eq!(code(again.unwrap_err().kind), RefusalCode::WrongState);
    }
}

async fn refunded(details: &str, (amount, available): (u64, u64)) -> Result<(Refund, Value), Kind> {
    let mut server =
        Server::with([ok(details), answer("202 Accepted", "", golden!("refund_accepted"))]).await;
    let provider = adapter_of(&server);
    let order = RefundOrder { amount: kroner(amount), available: kroner(available) };
    let done = provider.refunds().unwrap().refund(&payment_id(), &order).await;
    let refund = done.map_err(|error| error.kind)?;
    server.request().await;
    Ok((refund, sent(&server.request().await)))
}

fn refund_body(products: Value, total: f64, (source, reference): (&str, &str)) -> Value {
    json!({"type": "reservation", "grandTotal": total, "products": products, "source": source,
        "reference": reference})
}

#[tokio::test]
async fn a_refund_goes_by_the_capture_or_charge_it_is_taken_from() {
    for (details, source, id) in
        [(golden!("captured"), "captured", "CAP123234"), (golden!("charged"), "charged", "CHA778899")]
    {
        let (made, body) = refunded(details, (5000, 14500)).await.unwrap();
        let products = json!([{"id": 298, "amount": 45.0}, {"id": 299, "amount": 5.0}]);
        assert_eq!(body, refund_body(products, 50.0, (source, id)));
        let wanted = Refund { id: id.to_owned(), amount: kroner(5000), status: Some(RefundStatus::Pending) };
        assert_eq!(made, wanted);
    }
}

/// 15.00 went back before, from the first product, which has 30.00 left.
#[tokio::test]
async fn a_second_refund_begins_where_the_first_ended() {
    let (_, body) = refunded(golden!("refunded"), (3001, 13000)).await.unwrap();
    let products = json!([{"id": 298, "amount": 30.0}, {"id": 299, "amount": 0.01}]);
    assert_eq!(body, refund_body(products, 30.01, ("captured", "CAP123234")));
}

#[tokio::test]
async fn a_refund_of_what_is_not_there_is_refused() {
    let changed = refunded(golden!("refunded"), (1000, 14500)).await.unwrap_err();
    assert_eq!(code(changed), RefusalCode::AmountChanged);
    let nameless =
        patched(golden!("captured"), &json!({"data": {"paymentHistory": {"captured": [{"at": 1}]}}}));
    let refused = refunded(&nameless, (1000, 14500)).await.unwrap_err();
    assert_eq!(code(refused), RefusalCode::AmountTooLarge);
}
