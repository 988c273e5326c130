//! Attributes of messages: their checksums, their rules, who gets which.

use serde_json::{Value, json};

use crate::stand::{Stand, url};

fn text(value: &str) -> Value {
    json!({ "DataType": "String", "StringValue": value })
}

/// The checksums are those AWS itself gave for these attributes.
#[tokio::test]
async fn checksums_cover_the_attributes_that_are_returned() {
    let stand = Stand::with_queue(&[("VisibilityTimeout", "0")]);
    let attributes = json!({ "Help.Me": text("Me"), "Hello": text("There"), "General": text("Kenobi") });
    let sent = stand
        .ok(
            "SendMessage",
            json!({ "QueueUrl": url("q"), "MessageBody": "msg", "MessageAttributes": attributes }),
        )
        .await;
    assert_eq!(sent["MD5OfMessageBody"], "6e2baaf3b97dbeef01c0043275f9a0e7");
    assert_eq!(sent["MD5OfMessageAttributes"], "4c360f3fdafd970e05fae2f149d997f5");
    let cases = [
        (json!(["All"]), sent["MD5OfMessageAttributes"].as_str()),
        (json!([".*"]), sent["MD5OfMessageAttributes"].as_str()),
        (json!(["General", "Hello"]), Some("fca026605781cb4126a1e9044df24232")),
        (json!(["Hello", "Nothing"]), Some("a311262e065454b75da111d535b8dacd")),
        (json!(["Hel.*"]), Some("83fee93c1bcd8b9a5a923ffacdc636c7")),
        (json!(["Nothing"]), None),
        (json!([]), None),
    ];
    for (names, checksum) in cases {
        let asked = json!({ "QueueUrl": url("q"), "MessageAttributeNames": names });
        let message = stand.ok("ReceiveMessage", asked).await["Messages"][0].clone();
        assert_eq!(message["MD5OfMessageAttributes"].as_str(), checksum, "{names}");
        assert_eq!(message.get("MessageAttributes").is_some(), checksum.is_some(), "{names}");
    }
}

#[tokio::test]
async fn binary_attributes_count_by_their_bytes() {
    let stand = Stand::with_queue(&[]);
    let value =
        "dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMmQyNDgyMjExZjY0ODlkYS0wMQ==";
    let attributes = json!({ "attr1": { "DataType": "Binary", "BinaryValue": value } });
    let send = json!({ "QueueUrl": url("q"), "MessageBody": "test", "MessageAttributes": attributes });
    let sent = stand.ok("SendMessage", send).await;
    assert_eq!(sent["MD5OfMessageAttributes"], "8cbe4db156db8a94db8b801b7addb984");
    let attribute = stand.receive_one().message_attributes["attr1"].clone();
    assert_eq!(attribute.binary_value.as_deref(), Some(value));
}

#[tokio::test]
async fn attributes_must_be_sound() {
    let stand = Stand::with_queue(&[]);
    let many: serde_json::Map<_, _> = (0..11).map(|index| (format!("n{index}"), text("v"))).collect();
    let wrong = [
        json!(many),
        json!({ "AWS.x": text("v") }),
        json!({ ".x": text("v") }),
        json!({ "a..b": text("v") }),
        json!({ "a b": text("v") }),
        json!({ "k": text("") }),
        json!({ "k": { "DataType": "Number", "StringValue": "three" } }),
        json!({ "k": { "DataType": "Binary", "BinaryValue": "not base64!" } }),
        json!({ "k": { "DataType": "Text", "StringValue": "v" } }),
    ];
    for attributes in wrong {
        let send = json!({ "QueueUrl": url("q"), "MessageBody": "x", "MessageAttributes": attributes });
        assert_eq!(stand.refused("SendMessage", send).await, "InvalidParameterValue", "{attributes}");
    }
}

#[tokio::test]
async fn only_the_system_attributes_asked_for_are_returned() {
    let stand = Stand::with_queue(&[]);
    let trace = json!({ "AWSTraceHeader": text("Root=1-5759e988-bd862e3fe1be46a994272793") });
    let send = json!({ "QueueUrl": url("q"), "MessageBody": "x", "MessageSystemAttributes": trace });
    assert!(stand.ok("SendMessage", send).await["MD5OfMessageSystemAttributes"].is_string());
    let names = json!(["ApproximateReceiveCount", "AWSTraceHeader"]);
    let asked = json!({ "QueueUrl": url("q"), "MessageSystemAttributeNames": names });
    let message = stand.ok("ReceiveMessage", asked).await["Messages"][0].clone();
    let header = "Root=1-5759e988-bd862e3fe1be46a994272793";
    assert_eq!(message["Attributes"], json!({ "ApproximateReceiveCount": "1", "AWSTraceHeader": header }));
}
