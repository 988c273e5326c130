//! Kroner and øre, from the API to Front's book and back.

use super::stage::{DETAILS, Stage, booking};
use serde_json::{Value, json};

#[tokio::test]
async fn amounts_from_one_ore_to_a_million_kroner_are_exact_on_both_sides() {
    let stage = Stage::start().await;
    for (ore, kroner) in [(1, "0.01"), (10, "0.10"), (99_999_999, "999999.99")] {
        let mut booking = booking(kroner);
        booking["amount"]["value"] = json!(ore);
        let answer = stage.create(&booking).await;
        assert_eq!(answer.status(), 201, "{kroner}");
        let session: Value = answer.json().await.unwrap();
        assert_eq!(stage.reservation(&session).await["amount"], ore, "{kroner}");
        stage.pay_unseen(&session).await;
        stage.rest().await;
        let read = stage.session(&session).await;
        assert_eq!((&read["status"], &read["authorized"]), (&json!("authorized"), &json!(ore)), "{kroner}");
        assert_eq!(stage.reservation(&session).await["authorized"], ore, "{kroner}");
        stage.capture(&session).await;
        stage.rest().await;
        let read = stage.session(&session).await;
        assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(ore)), "{kroner}");
        assert_eq!(stage.reservation(&session).await["captured"], ore, "{kroner}");
    }
    stage.stop().await;
}

#[tokio::test]
async fn i3_an_answer_about_one_ore_more_is_for_a_person() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.front.fault(json!({"operation": DETAILS, "kind": "mismatch_amount"})).await;
    stage.pay_unseen(&session).await;
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["review"]), (&json!("review"), &json!("amount_differs")));
    stage.stop().await;
}

fn product(amount: u64) -> Value {
    json!({"name": "Double room", "rate": amount, "tax": 0, "amount": amount})
}

#[tokio::test]
async fn products_that_do_not_add_up_are_refused_with_a_pointer_before_any_call() {
    let stage = Stage::start().await;
    let sums =
        |sub: u64, tax: u64, grand: u64| json!({"sub_total": sub, "total_tax": tax, "grand_total": grand});
    let rows = [
        (json!({"products": [product(4_500), product(5_499)]}), "/options/frontgo/products"),
        (json!({"products": [product(4_500), product(5_501)]}), "/options/frontgo/products"),
        (
            json!({"products": [product(10_000)], "order_summary": sums(9_999, 0, 10_000)}),
            "/options/frontgo/order_summary",
        ),
        (
            json!({"products": [product(10_000)], "order_summary": sums(10_001, 0, 10_001)}),
            "/options/frontgo/order_summary/grand_total",
        ),
    ];
    for (options, pointer) in rows {
        let mut booking = booking("RES-1");
        booking["options"] = json!({"frontgo": options});
        let answer = stage.create(&booking).await;
        assert_eq!(answer.status(), 422, "{pointer}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    assert_eq!(stage.front.ledger().await["calls"], json!({}), "Front heard nothing");
    stage.stop().await;
}

#[tokio::test]
async fn products_that_add_up_stand_at_front_as_they_were_given() {
    let stage = Stage::start().await;
    let mut booking = booking("RES-1");
    booking["options"] = json!({"frontgo": {"products": [product(4_501), product(5_499)]}});
    let answer = stage.create(&booking).await;
    assert_eq!(answer.status(), 201);
    let page = answer.json::<Value>().await.unwrap();
    let page = stage.reservation(&page).await["page_url"].as_str().unwrap().to_owned();
    let page = stage.world.http.get(page).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("45.01 kr") && page.contains("54.99 kr") && page.contains("100.00 kr"), "{page}");
    stage.stop().await;
}
