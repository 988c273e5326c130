//! Batches: each entry alone, and what refuses the whole.

use serde_json::{Value, json};

use crate::stand::{Stand, url};

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|entry| entry["Id"].as_str().unwrap()).collect()
}

fn entry(id: &str, body: &str) -> Value {
    json!({ "Id": id, "MessageBody": body })
}

fn batch(entries: Vec<Value>) -> Value {
    json!({ "QueueUrl": url("q"), "Entries": entries })
}

#[tokio::test]
async fn a_bad_entry_fails_alone() {
    let stand = Stand::with_queue(&[]);
    let mut late = entry("late", "x");
    late["DelaySeconds"] = 901.into();
    let answer = stand
        .ok("SendMessageBatch", batch(vec![entry("a", "1"), late, entry("empty", ""), entry("b", "2")]))
        .await;
    assert_eq!(ids(&answer["Successful"]), ["a", "b"]);
    assert_eq!(ids(&answer["Failed"]), ["late", "empty"]);
    assert_eq!(answer["Failed"][0]["Code"], "InvalidParameterValue");
    assert_eq!(answer["Failed"][1]["Code"], "MissingParameter");
    assert_eq!(answer["Failed"][0]["SenderFault"], true);
    assert_eq!(stand.bodies(), ["1", "2"]);
}

#[tokio::test]
async fn each_sent_entry_has_its_own_id_and_checksum() {
    let stand = Stand::with_queue(&[]);
    let answer = stand.ok("SendMessageBatch", batch(vec![entry("a", "x"), entry("b", "x")])).await;
    let [first, second] = [&answer["Successful"][0], &answer["Successful"][1]];
    assert_ne!(first["MessageId"], second["MessageId"]);
    assert_eq!(first["MD5OfMessageBody"], "9dd4e461268c8034f5c8564e155c67a6");
}

#[tokio::test]
async fn a_batch_that_breaks_a_rule_is_refused_whole() {
    let stand = Stand::with_queue(&[]);
    let half = "x".repeat(524_288);
    let wrong = [
        (vec![], "EmptyBatchRequest"),
        ((0..11).map(|id| entry(&id.to_string(), "x")).collect(), "TooManyEntriesInBatchRequest"),
        (vec![entry("a", "x"), entry("a", "y")], "BatchEntryIdsNotDistinct"),
        (vec![entry("not:an:id", "x")], "InvalidBatchEntryId"),
        (vec![entry("", "x")], "InvalidBatchEntryId"),
        (vec![entry(&"a".repeat(81), "x")], "InvalidBatchEntryId"),
        (vec![entry("a", &half), entry("b", &half), entry("c", "x")], "BatchRequestTooLong"),
    ];
    for (entries, code) in wrong {
        let code = format!("AWS.SimpleQueueService.{code}");
        assert_eq!(stand.refused("SendMessageBatch", batch(entries)).await, code);
    }
    assert!(stand.queues.peek("q").is_empty());
    stand.ok("SendMessageBatch", batch(vec![entry("a", &half), entry("b", &half)])).await;
}

#[tokio::test]
async fn handles_are_deleted_and_released_in_batches() {
    let stand = Stand::with_queue(&[]);
    for body in ["a", "b", "c"] {
        stand.send(body).await;
    }
    let received = stand.receive();
    let handle = |index: usize| received[index].receipt_handle.clone();
    let entries = vec![
        json!({ "Id": "0", "ReceiptHandle": handle(0) }),
        json!({ "Id": "1", "ReceiptHandle": "garbage" }),
        json!({ "Id": "2" }),
    ];
    let answer = stand.ok("DeleteMessageBatch", batch(entries)).await;
    assert_eq!(ids(&answer["Successful"]), ["0"]);
    assert_eq!(answer["Failed"][0]["Code"], "ReceiptHandleIsInvalid");
    assert_eq!(answer["Failed"][1]["Code"], "MissingParameter");
    let entries = vec![
        json!({ "Id": "1", "ReceiptHandle": handle(1), "VisibilityTimeout": 0 }),
        json!({ "Id": "2", "ReceiptHandle": handle(2) }),
    ];
    let answer = stand.ok("ChangeMessageVisibilityBatch", batch(entries)).await;
    assert_eq!(ids(&answer["Successful"]), ["1"]);
    assert_eq!(ids(&answer["Failed"]), ["2"]);
    assert_eq!(stand.bodies(), ["b"]);
}
