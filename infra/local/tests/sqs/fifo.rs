//! FIFO queues: order, group lock, deduplication.

use serde_json::{Value, json};

use crate::stand::{Stand, url};

const FIFO: (&str, &str) = ("FifoQueue", "true");
const BY_CONTENT: (&str, &str) = ("ContentBasedDeduplication", "true");

fn stand(attributes: &[(&str, &str)]) -> Stand {
    let stand = Stand::new();
    stand.create("q.fifo", attributes);
    stand
}

fn message(body: &str, group: &str) -> Value {
    json!({ "QueueUrl": url("q.fifo"), "MessageBody": body, "MessageGroupId": group })
}

fn with_id(body: &str, group: &str, id: &str) -> Value {
    let mut message = message(body, group);
    message["MessageDeduplicationId"] = id.into();
    message
}

async fn send(stand: &Stand, messages: &[(&str, &str)]) {
    for (body, group) in messages {
        stand.ok("SendMessage", message(body, group)).await;
    }
}

fn receive(stand: &Stand, max: usize) -> Vec<(String, String)> {
    let received = stand.queues.receive("q.fifo", max, None).into_iter();
    received.map(|message| (message.body, message.receipt_handle)).collect()
}

fn bodies(stand: &Stand, max: usize) -> Vec<String> {
    receive(stand, max).into_iter().map(|(body, _)| body).collect()
}

#[tokio::test]
async fn a_group_is_locked_while_one_of_it_is_in_flight_and_others_are_not() {
    let stand = stand(&[FIFO, BY_CONTENT]);
    send(&stand, &[("a0", "A"), ("a1", "A"), ("b0", "B"), ("a2", "A")]).await;
    let first = receive(&stand, 1);
    assert_eq!(first[0].0, "a0");
    assert_eq!(bodies(&stand, 10), ["b0"]);
    assert!(bodies(&stand, 10).is_empty());
    stand.queues.delete("q.fifo", &first[0].1).unwrap();
    assert_eq!(bodies(&stand, 10), ["a1", "a2"], "in one receive, in order");
}

#[tokio::test]
async fn a_message_that_failed_comes_back_before_those_behind_it() {
    let stand = stand(&[FIFO, BY_CONTENT]);
    send(&stand, &[("a0", "A"), ("a1", "A")]).await;
    assert_eq!(bodies(&stand, 1), ["a0"]);
    stand.seconds(30);
    assert_eq!(bodies(&stand, 10), ["a0", "a1"]);
}

#[tokio::test]
async fn a_handle_whose_time_is_over_is_refused() {
    let stand = stand(&[FIFO, BY_CONTENT]);
    send(&stand, &[("a0", "A")]).await;
    let handle = receive(&stand, 1)[0].1.clone();
    stand.seconds(30);
    let delete = json!({ "QueueUrl": url("q.fifo"), "ReceiptHandle": handle });
    assert_eq!(stand.refused("DeleteMessage", delete.clone()).await, "InvalidParameterValue");
    let handle = receive(&stand, 1)[0].1.clone();
    stand.queues.delete("q.fifo", &handle).unwrap();
    stand.ok("DeleteMessage", delete).await;
}

#[tokio::test]
async fn a_deduplication_id_holds_for_five_minutes_even_after_the_delete() {
    let stand = stand(&[FIFO]);
    let first = stand.ok("SendMessage", with_id("x", "A", "d")).await;
    let handle = receive(&stand, 1)[0].1.clone();
    stand.queues.delete("q.fifo", &handle).unwrap();
    stand.milliseconds(299_999);
    let again = stand.ok("SendMessage", with_id("y", "B", "d")).await;
    assert_eq!(again["MessageId"], first["MessageId"]);
    assert_eq!(again["SequenceNumber"], first["SequenceNumber"]);
    assert!(stand.queues.peek("q.fifo").is_empty());
    stand.milliseconds(1);
    let later = stand.ok("SendMessage", with_id("z", "A", "d")).await;
    assert_ne!(later["MessageId"], first["MessageId"]);
    assert!(later["SequenceNumber"].as_str() > first["SequenceNumber"].as_str());
    assert_eq!(bodies(&stand, 10), ["z"]);
}

#[tokio::test]
async fn equal_bodies_are_one_where_the_content_is_the_id() {
    let stand = stand(&[FIFO, BY_CONTENT]);
    send(&stand, &[("x", "A"), ("x", "A"), ("y", "A")]).await;
    let hash = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
    let one = stand.queues.peek("q.fifo").remove(0);
    assert_eq!(one.attributes["MessageDeduplicationId"], hash, "SHA-256 of x");
    assert_eq!(one.attributes["MessageGroupId"], "A");
    stand.ok("SendMessage", with_id("z", "A", hash)).await;
    assert_eq!(bodies(&stand, 10), ["x", "y"], "an explicit id equal to a generated one is a repeat too");
}

#[tokio::test]
async fn groups_may_keep_their_ids_apart() {
    let stand = stand(&[FIFO, ("DeduplicationScope", "messageGroup")]);
    for group in ["A", "B", "A"] {
        stand.ok("SendMessage", with_id(group, group, "d")).await;
    }
    assert_eq!(bodies(&stand, 10), ["A", "B"]);
}

#[tokio::test]
async fn what_a_fifo_queue_needs_and_does_not_take() {
    let stand = stand(&[FIFO]);
    stand.create("q", &[]);
    let mut delayed = with_id("x", "A", "d");
    delayed["DelaySeconds"] = 1.into();
    let mut standard = with_id("x", "A", "d");
    standard["QueueUrl"] = url("q").into();
    let wrong = [
        (json!({ "QueueUrl": url("q.fifo"), "MessageBody": "x" }), "MissingParameter"),
        (message("x", "A"), "InvalidParameterValue"),
        (message("x", "not a group"), "InvalidParameterValue"),
        (with_id("x", "A", &"d".repeat(129)), "InvalidParameterValue"),
        (delayed, "InvalidParameterValue"),
        (standard, "InvalidParameterValue"),
    ];
    for (body, code) in wrong {
        assert_eq!(stand.refused("SendMessage", body).await, code);
    }
    let fair = json!({ "QueueUrl": url("q"), "MessageBody": "x", "MessageGroupId": "tenant" });
    stand.ok("SendMessage", fair).await;
    assert_eq!(stand.receive_one().attributes["MessageGroupId"], "tenant");
}
