//! All that is kept and all that was printed, for what must be in neither (I11).

use super::world::World;
use serde_json::{Value, json};

/// Every item of the table, as text.
pub async fn table(world: &World) -> String {
    let stack = &world.stack;
    let call = world.http.post(stack.table_endpoint());
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
pub fn logs(world: &World) -> String {
    let functions = ["create-session", "open-payment", "return-landing", "ingest-webhook", "refresh-session"];
    functions.map(|function| world.stack.logs().of(function).join("\n")).join("\n")
}
