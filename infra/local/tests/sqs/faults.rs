//! Ordered troubles: what each does, to which call, how often.

use axum::body::Body;
use axum::http::Request;
use bellhop_local::sqs::{ErrorKind, Fault, FaultKind, Operation};
use serde_json::{Value, json};

use crate::stand::{Answer, Stand, url};

fn fault(kind: FaultKind, operation: Operation) -> Fault {
    Fault { queue: Some("q".to_owned()), operation: Some(operation), kind, times: 1 }
}

async fn send(stand: &Stand) -> Answer {
    stand.call("SendMessage", json!({ "QueueUrl": url("q"), "MessageBody": "x" })).await
}

async fn set(stand: &Stand, body: Value) -> Answer {
    stand.http(Request::post("/_faults").body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_throttled_send_stores_nothing() {
    let stand = Stand::with_queue(&[]);
    stand.queues.add_fault(fault(FaultKind::Throttle, Operation::SendMessage)).unwrap();
    let answer = send(&stand).await;
    assert_eq!((answer.status, answer.code()), (400, "RequestThrottled"));
    assert!(stand.queues.peek("q").is_empty());
    assert_eq!(send(&stand).await.status, 200, "it strikes once");
}

#[tokio::test]
async fn an_error_before_stores_nothing_and_an_error_after_stores_all_the_same() {
    let stand = Stand::with_queue(&[]);
    for (kind, stored) in [(FaultKind::ErrorBefore, 0), (FaultKind::ErrorAfter, 1)] {
        stand.queues.add_fault(fault(kind, Operation::SendMessage)).unwrap();
        let answer = send(&stand).await;
        assert_eq!((answer.status, answer.header("x-amzn-query-error")), (500, "InternalFailure;Receiver"));
        assert_eq!(stand.queues.peek("q").len(), stored);
    }
}

#[tokio::test]
async fn a_receive_whose_answer_is_lost_hides_its_messages() {
    let stand = Stand::with_queue(&[]);
    send(&stand).await;
    stand.queues.add_fault(fault(FaultKind::ErrorAfter, Operation::ReceiveMessage)).unwrap();
    assert_eq!(stand.call("ReceiveMessage", json!({ "QueueUrl": url("q") })).await.status, 500);
    assert_eq!(stand.queues.counts("q").in_flight, 1);
    stand.seconds(30);
    assert_eq!(stand.receive_one().attributes["ApproximateReceiveCount"], "2");
}

#[tokio::test]
async fn faults_strike_the_stacks_own_calls_too() {
    let stand = Stand::with_queue(&[]);
    send(&stand).await;
    stand.queues.add_fault(fault(FaultKind::Throttle, Operation::ReceiveMessage)).unwrap();
    assert!(stand.receive().is_empty());
    let message = stand.receive_one();
    stand.queues.add_fault(fault(FaultKind::ErrorBefore, Operation::DeleteMessage)).unwrap();
    let error = stand.queues.delete("q", &message.receipt_handle).unwrap_err();
    assert_eq!(error.kind, ErrorKind::InternalFailure);
    assert_eq!(stand.queues.peek("q").len(), 1);
}

#[tokio::test]
async fn a_doubled_receive_leaves_a_copy_that_outlives_the_delete() {
    let stand = Stand::with_queue(&[]);
    stand.queues.add_fault(fault(FaultKind::Duplicate, Operation::ReceiveMessage)).unwrap();
    assert!(stand.receive().is_empty(), "an empty receive must not use the fault up");
    send(&stand).await;
    let first = stand.receive_one();
    stand.queues.delete("q", &first.receipt_handle).unwrap();
    let second = stand.receive_one();
    assert_eq!((&second.message_id, &second.body), (&first.message_id, &first.body));
    assert_ne!(second.receipt_handle, first.receipt_handle);
    stand.queues.delete("q", &second.receipt_handle).unwrap();
    stand.seconds(30);
    assert!(stand.receive().is_empty(), "one copy, not more");
}

#[tokio::test]
async fn a_doubled_send_is_stored_twice_under_one_id() {
    let stand = Stand::with_queue(&[("DelaySeconds", "5")]);
    stand.queues.add_fault(fault(FaultKind::Duplicate, Operation::SendMessageBatch)).unwrap();
    let entries = json!([{ "Id": "a", "MessageBody": "a" }, { "Id": "b", "MessageBody": "b" }]);
    stand.ok("SendMessageBatch", json!({ "QueueUrl": url("q"), "Entries": entries })).await;
    assert_eq!(stand.queues.counts("q").delayed, 4, "a copy is delayed like its original");
    let stored = stand.queues.peek("q");
    assert_eq!(stored[0].message_id, stored[1].message_id);
    assert_ne!(stored[1].message_id, stored[2].message_id);
}

#[tokio::test]
async fn a_fault_strikes_as_often_as_told_and_only_what_fits() {
    let stand = Stand::with_queue(&[]);
    stand.create("other", &[]);
    let twice = json!({ "queue": "q", "operation": "SendMessage", "kind": "throttle", "times": 2 });
    assert_eq!(set(&stand, twice).await.status, 204);
    stand.ok("SendMessage", json!({ "QueueUrl": url("other"), "MessageBody": "x" })).await;
    stand.ok("ReceiveMessage", json!({ "QueueUrl": url("q") })).await;
    let statuses = [send(&stand).await.status, send(&stand).await.status, send(&stand).await.status];
    assert_eq!(statuses, [400, 400, 200]);
}

#[tokio::test]
async fn a_fault_without_queue_or_operation_strikes_any_call() {
    let stand = Stand::with_queue(&[]);
    assert_eq!(set(&stand, json!({ "kind": "error_before" })).await.status, 204);
    assert_eq!(stand.call("ListQueues", json!({})).await.status, 500);
    assert_eq!(stand.call("ListQueues", json!({})).await.status, 200);
}

#[tokio::test]
async fn faults_are_listed_and_cleared_over_http() {
    let stand = Stand::with_queue(&[]);
    set(&stand, json!({ "kind": "error_after", "times": 5 })).await;
    let listed = stand.http(Request::get("/_faults").body(Body::empty()).unwrap()).await;
    assert_eq!(
        listed.json(),
        json!([{ "queue": null, "operation": null, "kind": "error_after", "times": 5 }])
    );
    let cleared = stand.http(Request::delete("/_faults").body(Body::empty()).unwrap()).await;
    assert_eq!(cleared.status, 204);
    assert!(stand.queues.faults().is_empty());
    assert_eq!(send(&stand).await.status, 200);
}

#[tokio::test]
async fn a_fault_that_could_never_strike_is_refused() {
    let stand = Stand::with_queue(&[]);
    let wrong = [
        json!({ "kind": "nonsense" }),
        json!({ "kind": "throttle", "operation": "SendMessages" }),
        json!({ "kind": "throttle", "que": "q" }),
        json!({ "kind": "duplicate", "operation": "DeleteMessage" }),
        json!([]),
    ];
    for body in wrong {
        assert_eq!(set(&stand, body.clone()).await.status, 400, "{body}");
    }
    assert!(stand.queues.faults().is_empty());
}
