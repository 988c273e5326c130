//! Move tasks: the way back from a dead-letter queue.

use serde_json::{Value, json};

use crate::stand::{NOON, Stand, arn, url};

async fn tasks(stand: &Stand) -> Value {
    stand.ok("ListMessageMoveTasks", json!({ "SourceArn": arn("dead"), "MaxResults": 10 })).await["Results"]
        .clone()
}

#[tokio::test]
async fn a_move_task_takes_messages_back_as_new_ones() {
    let stand = Stand::with_dead_letters(1);
    let sent = stand.send("x").await;
    stand.fail();
    stand.ok("StartMessageMoveTask", json!({ "SourceArn": arn("dead") })).await;
    let again = stand.receive_one();
    assert_eq!(again.body, "x");
    assert_ne!(json!(again.message_id), sent["MessageId"]);
    assert_eq!(again.attributes["ApproximateReceiveCount"], "1");
    assert_eq!(again.attributes["SentTimestamp"], (NOON + 30_000).to_string());
    assert_eq!(tasks(&stand).await[0]["ApproximateNumberOfMessagesMoved"], 1);
    assert_eq!(tasks(&stand).await[0]["Status"], "COMPLETED");
}

#[tokio::test]
async fn a_move_task_leaves_what_it_cannot_place_and_needs_a_dead_letter_queue() {
    let stand = Stand::with_dead_letters(1);
    stand.ok("SendMessage", json!({ "QueueUrl": url("dead"), "MessageBody": "from nowhere" })).await;
    stand.ok("StartMessageMoveTask", json!({ "SourceArn": arn("dead") })).await;
    assert_eq!(stand.queues.counts("dead").visible, 1);
    let given = json!({ "SourceArn": arn("dead"), "DestinationArn": arn("q") });
    stand.ok("StartMessageMoveTask", given).await;
    assert_eq!(stand.bodies(), ["from nowhere"]);
    let wrong = [
        (json!({ "SourceArn": arn("q") }), "InvalidParameterValue"),
        (json!({ "SourceArn": arn("nowhere") }), "ResourceNotFoundException"),
        (json!({ "SourceArn": arn("dead"), "DestinationArn": arn("nowhere") }), "ResourceNotFoundException"),
        (json!({ "SourceArn": arn("dead"), "MaxNumberOfMessagesPerSecond": 501 }), "InvalidParameterValue"),
    ];
    for (body, code) in wrong {
        assert_eq!(stand.refused("StartMessageMoveTask", body).await, code);
    }
    let none = stand.refused("CancelMessageMoveTask", json!({ "TaskHandle": "x" })).await;
    assert_eq!(none, "ResourceNotFoundException");
}
