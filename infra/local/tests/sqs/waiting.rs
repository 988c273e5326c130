//! Long polls, and the local stack's own waiting: woken by a send, by time, by the clock, by nothing else.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::stand::{NOON, Stand, done, settle, url};

/// A long poll of `q` that has begun to wait.
async fn poll(stand: &Stand, seconds: i64) -> JoinHandle<Value> {
    poll_of(stand, "q", seconds).await
}

async fn poll_of(stand: &Stand, queue: &str, seconds: i64) -> JoinHandle<Value> {
    let stand = stand.clone();
    let request = json!({ "QueueUrl": url(queue), "WaitTimeSeconds": seconds });
    let poll = tokio::spawn(async move { stand.ok("ReceiveMessage", request).await });
    settle().await;
    poll
}

fn bodies(answer: &Value) -> Vec<&str> {
    let messages = answer["Messages"].as_array().map(Vec::as_slice).unwrap_or_default();
    messages.iter().map(|message| message["Body"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_long_poll_is_woken_by_a_send() {
    let stand = Stand::with_queue(&[]);
    let poll = poll(&stand, 20).await;
    assert!(!poll.is_finished());
    stand.send("late").await;
    assert_eq!(bodies(&done(poll).await), ["late"]);
}

#[tokio::test]
async fn a_long_poll_is_woken_when_the_clock_passes_a_visibility_timeout() {
    let stand = Stand::with_queue(&[("VisibilityTimeout", "5")]);
    stand.send("x").await;
    stand.receive_one();
    let poll = poll(&stand, 20).await;
    stand.milliseconds(4_999);
    settle().await;
    assert!(!poll.is_finished());
    stand.milliseconds(1);
    assert_eq!(bodies(&done(poll).await), ["x"]);
}

#[tokio::test]
async fn a_long_poll_is_woken_by_a_release() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    let message = stand.receive_one();
    let poll = poll(&stand, 20).await;
    assert!(!poll.is_finished());
    stand.queues.release("q", &message.receipt_handle).unwrap();
    assert_eq!(bodies(&done(poll).await), ["x"]);
}

#[tokio::test]
async fn a_long_poll_ends_empty_when_the_clock_passes_its_end() {
    let stand = Stand::with_queue(&[("ReceiveMessageWaitTimeSeconds", "7")]);
    let own = poll(&stand, 20).await;
    let short = poll(&stand, 0).await;
    assert_eq!(done(short).await, json!({}));
    let request = json!({ "QueueUrl": url("q") });
    let by_queue = tokio::spawn({
        let stand = stand.clone();
        async move { stand.ok("ReceiveMessage", request).await }
    });
    settle().await;
    stand.seconds(7);
    assert_eq!(done(by_queue).await, json!({}));
    assert!(!own.is_finished());
    stand.seconds(13);
    assert_eq!(done(own).await, json!({}));
}

#[tokio::test]
async fn a_dead_letter_queue_that_is_polled_wakes_when_its_source_gives_up() {
    let stand = Stand::with_dead_letters(1);
    stand.send("x").await;
    assert_eq!(stand.queues.receive("q", 1, Some(Duration::from_secs(5))).len(), 1);
    let poll = poll_of(&stand, "dead", 20).await;
    assert!(!poll.is_finished());
    stand.seconds(5);
    assert_eq!(bodies(&done(poll).await), ["x"]);
}

#[tokio::test]
async fn one_message_goes_to_one_of_many_polls() {
    let stand = Stand::with_queue(&[]);
    let polls = [poll(&stand, 20).await, poll(&stand, 20).await, poll(&stand, 20).await];
    stand.send("only").await;
    settle().await;
    assert_eq!(polls.iter().filter(|poll| poll.is_finished()).count(), 1);
    stand.seconds(20);
    let mut got = Vec::new();
    for poll in polls {
        got.extend(bodies(&done(poll).await).into_iter().map(str::to_owned));
    }
    assert_eq!(got, ["only"]);
}

#[tokio::test]
async fn a_long_poll_hinders_no_other_queue_and_ends_with_its_own() {
    let stand = Stand::with_queue(&[]);
    stand.create("other", &[]);
    let waiting = {
        let stand = stand.clone();
        let request = json!({ "QueueUrl": url("q"), "WaitTimeSeconds": 20 });
        tokio::spawn(async move { stand.refused("ReceiveMessage", request).await })
    };
    settle().await;
    stand.ok("SendMessage", json!({ "QueueUrl": url("other"), "MessageBody": "x" })).await;
    assert_eq!(stand.queues.receive("other", 1, None).len(), 1);
    settle().await;
    assert!(!waiting.is_finished());
    stand.ok("DeleteQueue", json!({ "QueueUrl": url("q") })).await;
    assert_eq!(done(waiting).await, "AWS.SimpleQueueService.NonExistentQueue");
}

#[tokio::test]
async fn nothing_is_missed_between_a_look_and_the_wait_for_a_change() {
    let stand = Stand::with_queue(&[]);
    let changed = stand.queues.changed();
    assert!(stand.receive().is_empty());
    stand.send("in between").await;
    done(tokio::spawn(changed)).await;
    assert_eq!(stand.bodies(), ["in between"]);
}

#[tokio::test]
async fn a_change_is_a_send_or_time_but_not_an_empty_receive() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    stand.receive_one();
    let changed = tokio::spawn(stand.queues.changed());
    settle().await;
    assert!(stand.receive().is_empty());
    assert_eq!(stand.queues.counts("q").in_flight, 1);
    stand.seconds(29);
    settle().await;
    assert!(!changed.is_finished());
    stand.seconds(1);
    done(changed).await;
}

#[tokio::test]
async fn a_receive_that_a_fault_hit_looks_again() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    stand.queues.add_fault(serde_json::from_value(json!({ "kind": "throttle" })).unwrap()).unwrap();
    let changed = stand.queues.changed();
    assert!(stand.receive().is_empty());
    done(tokio::spawn(changed)).await;
    assert_eq!(stand.bodies(), ["x"]);
}

#[tokio::test]
async fn the_next_change_is_the_first_hidden_or_delayed_message_to_appear() {
    let stand = Stand::with_queue(&[]);
    assert_eq!(stand.queues.next_change_at(), None);
    stand.ok("SendMessage", json!({ "QueueUrl": url("q"), "MessageBody": "x", "DelaySeconds": 50 })).await;
    assert_eq!(stand.queues.next_change_at(), Some(NOON + 50_000));
    stand.send("y").await;
    stand.receive_one();
    assert_eq!(stand.queues.next_change_at(), Some(NOON + 30_000));
    stand.seconds(30);
    assert_eq!(stand.queues.next_change_at(), Some(NOON + 50_000));
    stand.seconds(20);
    assert_eq!(stand.queues.next_change_at(), None);
}
