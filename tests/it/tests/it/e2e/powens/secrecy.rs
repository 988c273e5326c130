//! What may pay a payment is kept nowhere.

use super::{AtPowens, HOOK_SECRET, booking_done_at_once};
use serde_json::{Value, json};

/// Every item of the table, as text.
async fn table(at: &AtPowens) -> String {
    let stack = &at.world.stack;
    let call = at.world.http.post(stack.table_endpoint());
    let call = call.header("content-type", "application/x-amz-json-1.0");
    let call = call.header("x-amz-target", "DynamoDB_20120810.Scan").header("x-amz-date", "20261120T120000Z");
    let call = call.header(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=local/20261120/eu-west-2/dynamodb/aws4_request, \
         SignedHeaders=host;x-amz-date;x-amz-target, Signature=00",
    );
    let answer = call.body(json!({"TableName": stack.table_name()}).to_string()).send().await;
    let text = answer.expect("the table answers").text().await.expect("its items");
    let items: Value = serde_json::from_str(&text).expect("JSON");
    assert!(items.get("LastEvaluatedKey").is_none() && items["Count"].as_u64() > Some(3), "{text}");
    text
}

/// Everything that functions have printed.
fn logs(at: &AtPowens) -> String {
    let stack = &at.world.stack;
    let functions = ["create-session", "open-payment", "return-landing", "ingest-webhook", "refresh-session"];
    functions.map(|function| stack.logs().of(function).join("\n")).join("\n")
}

#[tokio::test]
async fn i11_no_token_and_no_secret_is_in_the_table_or_in_the_logs() {
    let at = AtPowens::start().await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    at.visit(&session).await;
    at.powens.fault(json!({"operation": "scoped_token", "kind": "garbage"})).await;
    at.world.http.get(session["pay_url"].as_str().unwrap()).send().await.expect("an answer");
    at.pay(&session, None).await;
    let back = at.way_back(&session, "&payment_state=done").await;
    assert!(at.see(&back).await.contains("Payment received"));
    at.rest().await;
    let payment = at.payment(&session).await;
    let tokens = payment["tokens"].as_array().expect("tokens");
    assert_eq!(tokens.len(), 3, "each visit gets its own");
    let mut secrets: Vec<&str> = tokens.iter().map(|token| token["token"].as_str().unwrap()).collect();
    secrets.extend([payment["client_state"].as_str().unwrap(), "simulator-secret", HOOK_SECRET]);
    secrets.extend(["Germaine", "Michu"]);
    let (table, logs) = (table(&at).await, logs(&at));
    assert!(table.contains(super::id(&session)), "{table}");
    assert!(logs.contains(session["id"].as_str().unwrap()), "{logs}");
    for secret in &secrets {
        assert!(!logs.contains(secret), "{secret} was printed");
    }
    for secret in secrets.iter().take(tokens.len() + 3) {
        assert!(!table.contains(secret), "{secret} is stored");
    }
    at.stop().await;
}
