//! What a create request may say.

use serde_json::{Value, json};

use crate::stage::{START, Stage};
use crate::wish::wish;

/// Every field that must be there, as a pointer.
const REQUIRED: [&str; 27] = [
    "/customerDetails",
    "/customerDetails/type",
    "/customerDetails/countryCode",
    "/customerDetails/msisdn",
    "/customerDetails/email",
    "/customerDetails/name",
    "/customerDetails/address",
    "/customerDetails/address/street",
    "/customerDetails/address/zip",
    "/customerDetails/address/city",
    "/customerDetails/address/country",
    "/orderDate",
    "/dueDateForPaymentLink",
    "/sendOrderBy",
    "/sendOrderBy/sms",
    "/sendOrderBy/email",
    "/products",
    "/products/0/name",
    "/products/0/rate",
    "/products/0/tax",
    "/products/0/amount",
    "/orderSummary",
    "/orderSummary/subTotal",
    "/orderSummary/totalTax",
    "/orderSummary/grandTotal",
    "/submitPayment",
    "/submitPayment/via",
];

/// Pointers and values that break a rule about the customer.
fn broken_customer() -> Vec<(&'static str, Value)> {
    vec![
        ("/customerDetails/type", json!("person")),
        ("/customerDetails/countryCode", json!("47")),
        ("/customerDetails/countryCode", json!(47)),
        ("/customerDetails/msisdn", json!("+4746567468")),
        ("/customerDetails/msisdn", json!("465 67 468")),
        ("/customerDetails/email", json!("kari")),
        ("/customerDetails/email", json!("kari@example")),
        ("/customerDetails/email", json!("ka ri@example.no")),
        ("/customerDetails/name", json!("")),
        ("/customerDetails/preferredLanguage", json!("fr")),
        ("/customerDetails/preferredLanguage", json!("EN")),
        ("/customerDetails/personalNumber", json!("1234567890")),
        ("/customerDetails/personalNumber", json!("123456789012")),
        ("/customerDetails/personalNumber", json!("123456 8901")),
        ("/customerDetails/personalNumber", json!(12_345_678_901_i64)),
        ("/customerDetails/organizationId", json!("NO123456789")),
        ("/customerDetails/organizationId", json!("123 456 789")),
        ("/customerDetails/address/country", json!("NOR")),
        ("/customerDetails/address/country", json!("no")),
        ("/customerDetails/address/country", json!("XX")),
        ("/customerDetails/address", json!("Oslo")),
    ]
}

/// Pointers and values that break a rule about the order.
fn broken_order() -> Vec<(&'static str, Value)> {
    let product = wish(&[])["products"]["0"].clone();
    vec![
        ("/orderDate", json!("20 Aug, 2024")),
        ("/orderDate", json!(1_795_168_800)),
        ("/dueDateForPaymentLink", json!("2026-11-20")),
        ("/dueDateForPaymentLink", json!((START - 1).to_string())),
        ("/dueDateForPaymentLink", json!("1795172400000")),
        ("/referenceNo", json!(7)),
        ("/customerReference", json!(true)),
        ("/customerNotes", json!([])),
        ("/tnc", json!(1)),
        ("/sendOrderBy/sms", json!("no")),
        ("/sendOrderBy/email", json!(0)),
        ("/products", json!([product])),
        ("/products", json!({})),
        ("/products", json!({"1": product})),
        ("/products", json!({"first": product})),
        ("/products/0/name", json!(5)),
        ("/products/0/productId", json!(5)),
        ("/products/0/rate", json!("a lot")),
        ("/products/0/tax", json!("20")),
        ("/products/0/tax", json!("none")),
        ("/products/0/amount", json!(-1000)),
        ("/products/0/amount", json!("1000,00")),
        ("/orderSummary/grandTotal", json!("1000.001")),
        ("/orderSummary/grandTotal", json!(999.99)),
        ("/orderSummary/grandTotal", json!([1000])),
        ("/orderSummary/totalTax", json!("x")),
        ("/chargeValidity", json!("90d")),
        ("/chargeValidity", json!(55)),
        ("/submitPayment/via", json!("vipps")),
        ("/submitPayment/via", json!("Visa")),
        ("/callback", json!("https://booking.example/")),
        ("/callback/callbackUrl", json!("booking.example/hook")),
        ("/callback/success", json!("ftp://booking.example/")),
        ("/callback/failure", json!("/return")),
        ("/settings", json!("secure")),
        ("/settings/secureDetails", json!("false")),
        ("/settings/isChargePartiallyRefundable", json!(1)),
    ]
}

fn dotted(pointer: &str) -> String {
    pointer[1..].replace('/', ".")
}

/// Insists on 417 with a sentence about the field.
async fn refuses(stage: &Stage, payload: &Value, field: &str) {
    let answer = stage.api("POST", "create", payload.clone()).await;
    assert_eq!(answer.status, 417, "{field}: {}", answer.body);
    let envelope = answer.json();
    assert_eq!(envelope["status_code"], 417);
    assert_eq!(envelope["status_message"], "Client Error");
    assert_eq!(envelope["message"], "payloadValidationErrors");
    assert_eq!(envelope["is_error"], true);
    let errors = envelope["errors"].as_array().unwrap();
    let start = format!("The {field} ");
    let told = |error: &Value| error.as_str().unwrap().starts_with(&start);
    assert!(errors.iter().any(told), "{field}: {}", answer.body);
}

#[tokio::test]
async fn each_required_field_is_missed_whether_absent_or_null() {
    let stage = Stage::new().await;
    for pointer in REQUIRED {
        let nulled = wish(&[(pointer, Value::Null)]);
        refuses(&stage, &nulled, &dotted(pointer)).await;
        let mut absent = nulled;
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = absent.pointer_mut(parent).unwrap();
        parent.as_object_mut().unwrap().remove(name);
        refuses(&stage, &absent, &dotted(pointer)).await;
    }
    assert_eq!(stage.ledger().await["payments"], json!([]));
}

#[tokio::test]
async fn each_broken_rule_is_named_and_nothing_is_stored() {
    let stage = Stage::new().await;
    for (pointer, value) in broken_customer().into_iter().chain(broken_order()) {
        refuses(&stage, &wish(&[(pointer, value)]), &dotted(pointer)).await;
    }
    assert_eq!(stage.ledger().await["payments"], json!([]));
}

#[tokio::test]
async fn everything_wrong_is_listed_at_once() {
    let stage = Stage::new().await;
    let changes = [("/orderDate", Value::Null), ("/customerDetails/type", json!("x"))];
    let payload = wish(&changes);
    refuses(&stage, &payload, "orderDate").await;
    refuses(&stage, &payload, "customerDetails.type").await;
}

#[tokio::test]
async fn a_body_that_is_no_json_is_an_empty_payload() {
    let stage = Stage::new().await;
    for body in ["", "nonsense", "[1]", "{\"orderDate\": 1,}"] {
        let answer = stage.raw("POST", "create", body.to_owned()).await.unwrap();
        assert_eq!(answer.status, 417, "{body}");
        assert!(answer.body.contains("The customerDetails.type field is required."));
    }
}

#[tokio::test]
async fn a_company_needs_its_number() {
    let stage = Stage::new().await;
    let corporate = ("/customerDetails/type", json!("corporate"));
    refuses(&stage, &wish(std::slice::from_ref(&corporate)), "customerDetails.organizationId").await;
    let number = ("/customerDetails/organizationId", json!("123456789"));
    stage.create_with(&[corporate, number]).await;
    let old_rules = json!({"alphanumeric_organization_id": true});
    stage.control("PUT", "/_config/account", old_rules).await;
    stage.create_with(&[("/customerDetails/organizationId", json!("NO123"))]).await;
}

#[tokio::test]
async fn what_the_documentation_allows_is_taken() {
    let stage = Stage::new().await;
    let two = json!({
        "0": {"name": "Room", "productId": "R1", "rate": 600, "tax": 12, "amount": "600.50"},
        "1": {"name": "Breakfast", "productId": null, "rate": "199.75", "tax": "25", "amount": 399.50},
    });
    for (pointer, value) in [
        ("/dueDateForPaymentLink", json!(START.to_string())),
        ("/customerDetails/personalNumber", json!("01017012345")),
        ("/customerDetails/preferredLanguage", json!("da")),
        ("/customerDetails/preferredLanguage", Value::Null),
        ("/referenceNo", Value::Null),
        ("/products", two),
        ("/products/0/tax", json!(25)),
        ("/products/0/tax", json!("15.00")),
        ("/orderSummary/grandTotal", json!("1000.00")),
        ("/chargeValidity", json!("55")),
        ("/submitPayment/via", json!("mastercard")),
        ("/callback", Value::Null),
        ("/callback/success", Value::Null),
        ("/settings", Value::Null),
        ("/unheardOf", json!(1)),
    ] {
        stage.create_with(&[(pointer, value)]).await;
    }
}

#[tokio::test]
async fn rules_that_accounts_differ_in_are_settings() {
    let stage = Stage::with(|config| {
        config.language_required = true;
        config.product_lists = true;
        config.tax_rates = vec![7];
        config.check_totals = false;
    })
    .await;
    let no_language = ("/customerDetails/preferredLanguage", Value::Null);
    refuses(&stage, &wish(&[no_language]), "customerDetails.preferredLanguage").await;
    refuses(&stage, &wish(&[]), "products.0.tax").await;
    let list = json!([{"name": "Room", "rate": 5, "tax": 7, "amount": 5}]);
    stage.create_with(&[("/products", list)]).await;
}
