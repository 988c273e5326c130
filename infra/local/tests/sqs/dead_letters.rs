//! Dead-letter queues: who goes there, what they take along, and the way back.

use bellhop_local::sqs::{ErrorKind, SqsError};
use serde_json::json;

use crate::stand::{NOON, Stand, arn, map, redrive, url};

#[tokio::test]
async fn a_message_received_too_often_moves_with_all_it_has() {
    let stand = Stand::with_dead_letters(3);
    let attributes = json!({ "k": { "DataType": "String", "StringValue": "v" } });
    let sent = stand
        .ok(
            "SendMessage",
            json!({ "QueueUrl": url("q"), "MessageBody": "poison", "MessageAttributes": attributes }),
        )
        .await;
    for left in [1, 1, 0] {
        stand.fail();
        assert_eq!(stand.queues.counts("q").visible, left);
    }
    assert!(stand.receive().is_empty());
    let dead = stand.queues.receive("dead", 10, None);
    assert_eq!(dead.len(), 1);
    assert_eq!(json!(dead[0].message_id), sent["MessageId"]);
    assert_eq!(dead[0].body, "poison");
    assert_eq!(dead[0].message_attributes["k"].string_value.as_deref(), Some("v"));
    assert_eq!(dead[0].attributes["DeadLetterQueueSourceArn"], arn("q"));
    assert_eq!(dead[0].attributes["ApproximateReceiveCount"], "4", "three there, one here");
    assert_eq!(dead[0].attributes["SentTimestamp"], NOON.to_string());
}

#[tokio::test]
async fn a_message_deleted_in_its_last_receive_does_not_move() {
    let stand = Stand::with_dead_letters(1);
    stand.send("x").await;
    let message = stand.receive_one();
    stand.queues.delete("q", &message.receipt_handle).unwrap();
    stand.seconds(30);
    assert!(stand.queues.peek("dead").is_empty());
}

#[tokio::test]
async fn a_message_released_for_the_last_time_moves_at_once() {
    let stand = Stand::with_dead_letters(1);
    stand.send("x").await;
    let message = stand.receive_one();
    stand.queues.release("q", &message.receipt_handle).unwrap();
    assert_eq!(stand.queues.counts("dead").visible, 1);
    assert!(stand.queues.peek("q").is_empty());
}

#[tokio::test]
async fn a_message_stays_where_the_dead_letter_queue_is_gone() {
    let stand = Stand::with_dead_letters(1);
    stand.send("x").await;
    stand.ok("DeleteQueue", json!({ "QueueUrl": url("dead") })).await;
    stand.fail();
    stand.fail();
    assert_eq!(stand.queues.counts("q").visible, 1);
}

#[tokio::test]
async fn two_queues_that_name_each_other_do_not_toss_a_message_for_ever() {
    let stand = Stand::with_dead_letters(1);
    stand.queues.set_attributes("dead", map(&[("RedrivePolicy", &redrive("q", 1))])).unwrap();
    stand.send("x").await;
    stand.fail();
    for _ in 0..2 {
        assert_eq!(stand.queues.receive("dead", 10, None).len(), 1);
        stand.seconds(30);
    }
    assert!(stand.queues.peek("q").is_empty());
}

#[tokio::test]
async fn retention_in_a_dead_letter_queue_counts_from_the_first_send() {
    let stand = Stand::with_dead_letters(1);
    stand.send("x").await;
    stand.seconds(3600);
    stand.fail();
    stand.seconds(345_600 - 3600 - 31);
    assert_eq!(stand.queues.peek("dead").len(), 1);
    stand.seconds(1);
    assert!(stand.queues.peek("dead").is_empty());
}

#[tokio::test]
async fn a_fifo_dead_letter_queue_counts_retention_anew() {
    let stand = Stand::new();
    let fifo = [("FifoQueue", "true"), ("ContentBasedDeduplication", "true")];
    stand.create("dead.fifo", &fifo);
    stand.create("q.fifo", &[fifo[0], fifo[1], ("RedrivePolicy", &redrive("dead.fifo", 1))]);
    let message = json!({ "QueueUrl": url("q.fifo"), "MessageBody": "x", "MessageGroupId": "g" });
    stand.ok("SendMessage", message).await;
    stand.seconds(3600);
    assert_eq!(stand.queues.receive("q.fifo", 1, None).len(), 1);
    stand.seconds(30);
    assert_eq!(stand.queues.counts("dead.fifo").visible, 1);
    stand.seconds(345_599);
    assert_eq!(stand.queues.peek("dead.fifo").len(), 1);
    stand.seconds(1);
    assert!(stand.queues.peek("dead.fifo").is_empty());
}

fn refused(stand: &Stand, name: &str, policy: &str) -> SqsError {
    stand.queues.create(name, map(&[("RedrivePolicy", policy)])).unwrap_err()
}

#[test]
fn a_policy_that_cannot_work_is_refused() {
    let stand = Stand::new();
    stand.create("dead", &[]);
    stand.create("dead.fifo", &[("FifoQueue", "true")]);
    stand.create("closed", &[("RedriveAllowPolicy", r#"{"redrivePermission":"denyAll"}"#)]);
    let policies = [
        redrive("nowhere", 2),
        redrive("dead", 0),
        redrive("dead", 1001),
        redrive("dead.fifo", 2),
        redrive("closed", 2),
        "{}".to_owned(),
        "not json".to_owned(),
    ];
    for policy in policies {
        assert_eq!(refused(&stand, "q", &policy).kind, ErrorKind::InvalidParameterValue, "{policy}");
    }
    assert!(stand.queues.create("q", map(&[])).is_ok(), "nothing was made of them");
}

#[test]
fn a_dead_letter_queue_may_name_its_sources() {
    let stand = Stand::new();
    let policy = json!({ "redrivePermission": "byQueue", "sourceQueueArns": [arn("friend")] }).to_string();
    stand.create("dead", &[("RedriveAllowPolicy", &policy)]);
    assert_eq!(refused(&stand, "stranger", &redrive("dead", 2)).kind, ErrorKind::InvalidParameterValue);
    stand.create("friend", &[("RedrivePolicy", &redrive("dead", 2))]);
}

#[tokio::test]
async fn a_dead_letter_queue_lists_its_sources() {
    let stand = Stand::with_dead_letters(2);
    let sources = stand.ok("ListDeadLetterSourceQueues", json!({ "QueueUrl": url("dead") })).await;
    assert_eq!(sources, json!({ "queueUrls": [url("q")] }));
}
