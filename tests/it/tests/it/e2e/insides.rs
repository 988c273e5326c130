//! What the service keeps and prints, for tests of what must not be there.

use super::world::World;
use serde_json::{Value, json};

/// The functions that hear of payments.
const FUNCTIONS: [&str; 6] =
    ["create-session", "open-payment", "return-landing", "ingest-webhook", "refresh-session", "reconcile"];

/// Every item of the table, as text.
pub async fn table(world: &World) -> String {
    let call = world.http.post(world.stack.table_endpoint());
    let call = call.header("content-type", "application/x-amz-json-1.0");
    let call = call.header("x-amz-target", "DynamoDB_20120810.Scan").header("x-amz-date", "20261120T120000Z");
    let call = call.header(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=local/20261120/eu-west-2/dynamodb/aws4_request, \
         SignedHeaders=host;x-amz-date;x-amz-target, Signature=00",
    );
    let answer = call.body(json!({"TableName": world.stack.table_name()}).to_string()).send().await;
    let text = answer.expect("the table answers").text().await.expect("its items");
    let items: Value = serde_json::from_str(&text).expect("JSON");
    assert!(items.get("LastEvaluatedKey").is_none() && items["Count"].as_u64() > Some(3), "{text}");
    text
}

/// Everything that functions have printed.
pub fn logs(world: &World) -> String {
    FUNCTIONS.map(|function| world.stack.logs().of(function).join("\n")).join("\n")
}
