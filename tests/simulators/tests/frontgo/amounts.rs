//! Amounts keep every digit, in and out.

use serde_json::{Value, json};

use crate::stage::{Stage, uuid};
use crate::wish::wish;

/// Creates a reservation of an amount as it is written here, and returns the text of its details.
async fn details_of(stage: &Stage, written: &str) -> String {
    let body = wish(&[]).to_string().replace(":1000", &format!(":{written}"));
    assert_eq!(body.matches(written).count(), 4, "{body}");
    let answer = stage.raw("POST", "create", body).await.unwrap();
    assert_eq!(answer.status, 201, "{written}: {}", answer.body);
    let uuid = uuid(&answer.json()["data"]);
    stage.order(&uuid, "pay", json!({})).await;
    stage.api("GET", &format!("details/{uuid}"), Value::Null).await.body
}

#[tokio::test]
async fn each_way_to_write_an_amount_is_read_exactly() {
    let stage = Stage::new().await;
    for (written, shown, ore) in [
        ("0.01", "0.01", 1_i64),
        ("0.1", "0.10", 10),
        ("\"0.1\"", "0.10", 10),
        ("999999.99", "999999.99", 99_999_999),
        ("\"999999.99\"", "999999.99", 99_999_999),
        ("70368744177664.01", "70368744177664.01", 7_036_874_417_766_401),
        ("1.5e3", "1500.00", 150_000),
        ("12340000E-4", "1234.00", 123_400),
        ("1.0000000000", "1.00", 100),
    ] {
        let text = details_of(&stage, written).await;
        for field in ["grandTotal", "amount", "rate", "reserved", "reservedAmount"] {
            let expected = format!("\"{field}\":{shown}");
            assert!(text.contains(&expected), "{written}: {expected} in {text}");
        }
        let entry = stage.last().await;
        assert_eq!((&entry["amount"], &entry["authorized"]), (&json!(ore), &json!(ore)));
    }
}

#[tokio::test]
async fn what_is_no_amount_is_refused() {
    let stage = Stage::new().await;
    for written in
        ["0", "0.001", "1e-3", "-1", "\"1 000\"", "\"\"", "true", "1e99", "99999999999999999999", "\"0x10\""]
    {
        let body = wish(&[]).to_string().replace(":1000", &format!(":{written}"));
        let answer = stage.raw("POST", "create", body).await.unwrap();
        assert_eq!(answer.status, 417, "{written}: {}", answer.body);
        assert!(answer.body.contains("The orderSummary.grandTotal "), "{written}: {}", answer.body);
    }
}

#[tokio::test]
async fn sums_are_exact_where_floats_are_not() {
    let stage = Stage::new().await;
    let products = json!({
        "0": {"name": "A", "rate": 0.1, "tax": 0, "amount": 0.1},
        "1": {"name": "B", "rate": 0.2, "tax": 0, "amount": 0.2},
    });
    let sums = |grand: &str| json!({"subTotal": "0.3", "totalTax": 0, "grandTotal": grand});
    let good = [("/products", products.clone()), ("/orderSummary", sums("0.3"))];
    stage.create_with(&good).await;
    let off = [("/products", products), ("/orderSummary", sums("0.31"))];
    let answer = stage.api("POST", "create", wish(&off)).await;
    assert!(answer.body.contains("must be the sum of the products"), "{}", answer.body);
    assert!(answer.body.contains("must be the subTotal and the totalTax"), "{}", answer.body);
}

#[tokio::test]
async fn amounts_can_be_written_in_other_ways() {
    let stage = Stage::new().await;
    for (style, whole, part) in [
        ("two_decimals", "1000.00", "0.10"),
        ("shortest", "1000", "0.1"),
        ("text", "\"1000.00\"", "\"0.10\""),
    ] {
        stage.control("PUT", "/_config/account", json!({"amounts": style})).await;
        let text = details_of(&stage, "0.1").await;
        assert!(text.contains(&format!("\"capturedAmount\":{}", zero(style))), "{text}");
        assert!(text.contains(&format!("\"grandTotal\":{part}")), "{text}");
        let uuid = stage.create().await;
        let text = stage.api("GET", &format!("details/{uuid}"), Value::Null).await.body;
        assert!(text.contains(&format!("\"grandTotal\":{whole}")), "{text}");
    }
}

fn zero(style: &str) -> &'static str {
    match style {
        "text" => "\"0.00\"",
        "shortest" => "0",
        _ => "0.00",
    }
}
