//! What survives a restart.

use bellhop_local::sqs::Counts;
use serde_json::{Value, json};

use crate::stand::{Stand, arn, done, url};

/// A new stand, at the same time, with what the text of a snapshot holds.
fn restarted(stand: &Stand) -> Stand {
    let text = stand.queues.snapshot().to_string();
    let next = Stand::new();
    next.clock.set(stand.clock.now_ms()).unwrap();
    let snapshot: Value = serde_json::from_str(&text).unwrap();
    next.queues.restore(&snapshot).unwrap();
    next
}

#[tokio::test]
async fn messages_keep_their_place_their_times_and_their_handles() {
    let stand = Stand::with_dead_letters(2);
    let attributes = json!({ "k": { "DataType": "Number", "StringValue": "3" } });
    stand
        .ok(
            "SendMessage",
            json!({ "QueueUrl": url("q"), "MessageBody": "taken", "MessageAttributes": attributes }),
        )
        .await;
    let taken = stand.receive_one();
    stand.send("waiting").await;
    stand.ok("SendMessage", json!({ "QueueUrl": url("q"), "MessageBody": "late", "DelaySeconds": 60 })).await;
    stand.seconds(10);

    let next = restarted(&stand);
    assert_eq!(next.queues.counts("q"), Counts { visible: 1, in_flight: 1, delayed: 1 });
    assert_eq!(next.queues.peek("q"), stand.queues.peek("q"));
    next.seconds(20);
    let again = next.queues.receive("q", 1, None).remove(0);
    assert_eq!(
        (&again.message_id, &again.message_attributes),
        (&taken.message_id, &taken.message_attributes)
    );
    assert_eq!(again.attributes["ApproximateReceiveCount"], "2");
    next.queues.release("q", &again.receipt_handle).unwrap();
    let dead = next.queues.peek("dead").remove(0);
    assert_eq!(dead.attributes["DeadLetterQueueSourceArn"], arn("q"), "its second receive was its last");
}

#[tokio::test]
async fn deduplication_and_sequence_go_on() {
    let stand = Stand::new();
    stand.create("q.fifo", &[("FifoQueue", "true"), ("ContentBasedDeduplication", "true")]);
    let send = |body: &str| json!({ "QueueUrl": url("q.fifo"), "MessageBody": body, "MessageGroupId": "g" });
    let first = stand.ok("SendMessage", send("x")).await;
    let next = restarted(&stand);
    assert_eq!(next.ok("SendMessage", send("x")).await["MessageId"], first["MessageId"]);
    let second = next.ok("SendMessage", send("y")).await;
    assert!(second["SequenceNumber"].as_str() > first["SequenceNumber"].as_str());
    assert_eq!(next.queues.peek("q.fifo").len(), 2);
}

#[tokio::test]
async fn attributes_tags_and_blocked_names_survive_and_faults_and_counts_do_not() {
    let stand = Stand::with_queue(&[("VisibilityTimeout", "7")]);
    stand.create("gone", &[]);
    stand.ok("DeleteQueue", json!({ "QueueUrl": url("gone") })).await;
    stand.ok("TagQueue", json!({ "QueueUrl": url("q"), "Tags": { "a": "b" } })).await;
    let fault = serde_json::from_value(json!({ "kind": "throttle" })).unwrap();
    stand.queues.add_fault(fault).unwrap();

    let next = restarted(&stand);
    assert!(next.queues.faults().is_empty());
    assert!(next.queues.calls().is_empty());
    assert_eq!(next.create("q", &[("VisibilityTimeout", "7")]), url("q"));
    assert_eq!(next.ok("ListQueueTags", json!({ "QueueUrl": url("q") })).await["Tags"], json!({ "a": "b" }));
    let blocked = next.refused("CreateQueue", json!({ "QueueName": "gone" })).await;
    assert_eq!(blocked, "AWS.SimpleQueueService.QueueDeletedRecently");
}

#[tokio::test]
async fn what_is_no_snapshot_is_refused_and_changes_nothing() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    for wrong in [Value::Null, json!({}), json!({ "queues": [] }), json!("text")] {
        assert!(stand.queues.restore(&wrong).is_err(), "{wrong}");
    }
    assert_eq!(stand.bodies(), ["x"]);
}

#[tokio::test]
async fn a_restore_wakes_who_waits() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    let next = Stand::new();
    let changed = next.queues.changed();
    next.queues.restore(&stand.queues.snapshot()).unwrap();
    done(tokio::spawn(changed)).await;
    assert_eq!(next.bodies(), ["x"]);
}
