//! Standard queues: visibility, receive counts, handles, delays, retention.

use std::time::Duration;

use bellhop_local::sqs::{Counts, ErrorKind};
use serde_json::json;

use crate::stand::{NOON, Stand, url};

#[tokio::test]
async fn a_received_message_is_hidden_until_its_timeout_is_over() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    assert_eq!(stand.bodies(), ["x"]);
    assert_eq!(stand.queues.counts("q"), Counts { in_flight: 1, ..Counts::default() });
    stand.milliseconds(29_999);
    assert!(stand.receive().is_empty());
    stand.milliseconds(1);
    assert_eq!(stand.queues.counts("q"), Counts { visible: 1, ..Counts::default() });
    assert_eq!(stand.bodies(), ["x"]);
}

#[tokio::test]
async fn every_receive_counts_and_gives_another_handle() {
    let stand = Stand::with_queue(&[]);
    let id = stand.send("x").await["MessageId"].clone();
    let first = stand.receive_one();
    stand.seconds(30);
    let second = stand.receive_one();
    assert_eq!([&first.message_id, &second.message_id].map(|one| json!(one)), [id.clone(), id]);
    assert_ne!(first.receipt_handle, second.receipt_handle);
    assert_eq!(first.attributes["ApproximateReceiveCount"], "1");
    assert_eq!(second.attributes["ApproximateReceiveCount"], "2");
    assert_eq!(second.attributes["SentTimestamp"], NOON.to_string());
    assert_eq!(second.attributes["ApproximateFirstReceiveTimestamp"], NOON.to_string());
}

#[tokio::test]
async fn the_callers_own_timeout_goes_before_the_queues() {
    let stand = Stand::with_queue(&[("VisibilityTimeout", "5")]);
    stand.send("x").await;
    assert_eq!(stand.queues.receive("q", 1, Some(Duration::from_secs(60))).len(), 1);
    stand.seconds(59);
    assert!(stand.receive().is_empty());
    stand.seconds(1);
    assert_eq!(stand.receive().len(), 1);
    stand.seconds(5);
    assert_eq!(stand.receive().len(), 1, "without one, the queue's holds again");
}

#[tokio::test]
async fn a_released_message_is_visible_at_once() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    let message = stand.receive_one();
    stand.queues.release("q", &message.receipt_handle).unwrap();
    assert_eq!(stand.bodies(), ["x"]);
}

#[tokio::test]
async fn a_longer_timeout_counts_from_the_change() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    let handle = stand.receive_one().receipt_handle;
    stand.seconds(20);
    let change =
        |seconds: i64| json!({ "QueueUrl": url("q"), "ReceiptHandle": handle, "VisibilityTimeout": seconds });
    stand.ok("ChangeMessageVisibility", change(100)).await;
    stand.seconds(99);
    assert!(stand.receive().is_empty());
    assert_eq!(
        stand.refused("ChangeMessageVisibility", change(43_200)).await,
        "InvalidParameterValue",
        "12 h in all"
    );
    assert_eq!(stand.refused("ChangeMessageVisibility", change(-1)).await, "InvalidParameterValue");
    stand.seconds(1);
    assert_eq!(
        stand.refused("ChangeMessageVisibility", change(5)).await,
        "AWS.SimpleQueueService.MessageNotInflight",
        "its time is over"
    );
}

#[tokio::test]
async fn a_deleted_message_does_not_come_back_and_may_be_deleted_again() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    let message = stand.receive_one();
    stand.queues.delete("q", &message.receipt_handle).unwrap();
    stand.queues.delete("q", &message.receipt_handle).unwrap();
    stand.seconds(60);
    assert!(stand.receive().is_empty());
    assert_eq!(
        stand.queues.release("q", &message.receipt_handle).unwrap_err().kind,
        ErrorKind::InvalidParameterValue,
        "what is gone cannot be released"
    );
}

#[tokio::test]
async fn only_the_latest_handle_deletes() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    let old = stand.receive_one();
    stand.seconds(30);
    let new = stand.receive_one();
    stand.queues.delete("q", &old.receipt_handle).unwrap();
    assert_eq!(stand.queues.peek("q").len(), 1, "the old handle succeeds and does nothing");
    stand.seconds(60);
    stand.queues.delete("q", &new.receipt_handle).unwrap();
    assert!(stand.queues.peek("q").is_empty(), "the latest works even after its timeout");
}

#[tokio::test]
async fn a_handle_of_another_queue_is_no_handle() {
    let stand = Stand::with_queue(&[]);
    stand.create("other", &[]);
    stand.send("x").await;
    let message = stand.receive_one();
    let error = stand.queues.delete("other", &message.receipt_handle).unwrap_err();
    assert_eq!(error.kind, ErrorKind::ReceiptHandleIsInvalid);
    assert_eq!(stand.queues.delete("q", "garbage").unwrap_err().kind, ErrorKind::ReceiptHandleIsInvalid);
}

#[tokio::test]
async fn a_delayed_message_appears_when_its_delay_is_over() {
    let stand = Stand::with_queue(&[("DelaySeconds", "100")]);
    let send =
        |body: &str, delay: i64| json!({ "QueueUrl": url("q"), "MessageBody": body, "DelaySeconds": delay });
    stand.send("by the queue").await;
    stand.ok("SendMessage", send("at once", 0)).await;
    stand.ok("SendMessage", send("by the message", 900)).await;
    assert_eq!(stand.refused("SendMessage", send("too late", 901)).await, "InvalidParameterValue");
    assert_eq!(stand.queues.counts("q"), Counts { visible: 1, delayed: 2, in_flight: 0 });
    assert_eq!(stand.bodies(), ["at once"]);
    stand.seconds(100);
    assert!(stand.bodies().contains(&"by the queue".to_owned()));
    stand.seconds(800);
    assert!(stand.bodies().contains(&"by the message".to_owned()));
}

#[tokio::test]
async fn a_message_is_dropped_when_its_retention_is_over() {
    let stand = Stand::with_queue(&[("MessageRetentionPeriod", "3600")]);
    stand.send("x").await;
    stand.milliseconds(3_599_999);
    assert_eq!(stand.queues.peek("q").len(), 1);
    stand.milliseconds(1);
    assert!(stand.queues.peek("q").is_empty());
    assert!(stand.receive().is_empty());
}

#[tokio::test]
async fn a_receive_takes_no_more_than_asked_for_and_leaves_the_rest() {
    let stand = Stand::with_queue(&[]);
    for body in ["a", "b", "c"] {
        stand.send(body).await;
    }
    assert_eq!(stand.queues.receive("q", 2, None).len(), 2);
    assert_eq!(stand.queues.counts("q"), Counts { visible: 1, in_flight: 2, delayed: 0 });
    assert!(stand.queues.receive("nowhere", 2, None).is_empty());
}
