//! The protocol: headers, errors, limits, checksums.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::stand::{Stand, request, url};

#[tokio::test]
async fn an_answer_has_the_type_and_a_request_id() {
    let stand = Stand::with_queue(&[]);
    let answer = stand.call("GetQueueUrl", json!({ "QueueName": "q" })).await;
    assert_eq!(answer.json(), json!({ "QueueUrl": url("q") }));
    assert_eq!(answer.header("content-type"), "application/x-amz-json-1.0");
    assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    assert_eq!(answer.header("x-amzn-query-error"), "");
}

#[tokio::test]
async fn an_error_says_who_is_to_blame_and_what_it_is() {
    let stand = Stand::new();
    let answer = stand.call("SendMessage", json!({ "QueueUrl": url("q"), "MessageBody": "x" })).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("x-amzn-query-error"), "AWS.SimpleQueueService.NonExistentQueue;Sender");
    let body = json!({ "__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "The specified queue does not exist." });
    assert_eq!(answer.json(), body);
}

#[tokio::test]
async fn requests_that_cannot_be_read_are_refused() {
    let stand = Stand::with_queue(&[]);
    let bare = Request::post("/").body(Body::from("Action=ListQueues")).unwrap();
    assert_eq!(stand.http(bare).await.code(), "InvalidAction", "the query protocol is not spoken");
    assert_eq!(stand.refused("MakeCoffee", json!({})).await, "InvalidAction");
    assert_eq!(stand.http(request("ListQueues", "{".to_owned())).await.code(), "MalformedInput");
    let wrong_type = json!({ "QueueUrl": url("q"), "MessageBody": 5 });
    assert_eq!(stand.refused("SendMessage", wrong_type).await, "MalformedInput");
}

#[tokio::test]
async fn a_bad_handle_is_not_found() {
    let stand = Stand::with_queue(&[]);
    let answer =
        stand.call("DeleteMessage", json!({ "QueueUrl": url("q"), "ReceiptHandle": "garbage" })).await;
    assert_eq!((answer.status, answer.code()), (404, "ReceiptHandleIsInvalid"));
}

#[tokio::test]
async fn a_message_may_have_one_mebibyte_with_its_attributes_and_not_a_byte_more() {
    let stand = Stand::with_queue(&[]);
    let send = |length: usize| {
        let attributes = json!({ "k": { "DataType": "String", "StringValue": "v" } });
        json!({ "QueueUrl": url("q"), "MessageBody": "x".repeat(length), "MessageAttributes": attributes })
    };
    let full = 1_048_576 - "kStringv".len();
    assert_eq!(stand.refused("SendMessage", send(full + 1)).await, "InvalidParameterValue");
    stand.ok("SendMessage", send(full)).await;
    let escaped = "\n".repeat(1_048_576);
    stand.ok("SendMessage", json!({ "QueueUrl": url("q"), "MessageBody": escaped })).await;
}

#[tokio::test]
async fn a_queue_may_set_a_smaller_limit() {
    let stand = Stand::with_queue(&[("MaximumMessageSize", "1024")]);
    let send = |length: usize| json!({ "QueueUrl": url("q"), "MessageBody": "é".repeat(length) });
    stand.ok("SendMessage", send(512)).await;
    assert_eq!(stand.refused("SendMessage", send(513)).await, "InvalidParameterValue", "bytes, not letters");
}

#[tokio::test]
async fn a_body_must_be_there_and_of_allowed_characters() {
    let stand = Stand::with_queue(&[]);
    let send = |body: &str| json!({ "QueueUrl": url("q"), "MessageBody": body });
    assert_eq!(stand.refused("SendMessage", json!({ "QueueUrl": url("q") })).await, "MissingParameter");
    assert_eq!(stand.refused("SendMessage", send("")).await, "MissingParameter");
    for forbidden in ["\u{0}", "\u{1f}", "\u{fffe}", "\u{ffff}"] {
        assert_eq!(stand.refused("SendMessage", send(forbidden)).await, "InvalidMessageContents");
    }
    let allowed = "\t\n\r \u{d7ff}\u{e000}\u{fffd}\u{10000}\u{10ffff}";
    stand.ok("SendMessage", send(allowed)).await;
    assert_eq!(stand.bodies(), [allowed]);
}

#[tokio::test]
async fn a_receive_with_numbers_out_of_range_is_refused() {
    let stand = Stand::with_queue(&[]);
    let wrong = [
        ("MaxNumberOfMessages", 0),
        ("MaxNumberOfMessages", 11),
        ("WaitTimeSeconds", 21),
        ("WaitTimeSeconds", -1),
        ("VisibilityTimeout", 43_201),
    ];
    for (name, value) in wrong {
        let asked = json!({ "QueueUrl": url("q"), name: value });
        assert_eq!(stand.refused("ReceiveMessage", asked).await, "InvalidParameterValue", "{name} {value}");
    }
}

#[tokio::test]
async fn calls_are_counted_by_operation_failed_ones_too_until_reset() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    stand.refused("SendMessage", json!({ "QueueUrl": url("q") })).await;
    stand.ok("ReceiveMessage", json!({ "QueueUrl": url("q") })).await;
    stand.receive();
    let calls: Vec<_> = stand.queues.calls().into_iter().collect();
    assert_eq!(calls, [("ReceiveMessage".to_owned(), 1), ("SendMessage".to_owned(), 2)]);
    stand.queues.reset_calls();
    assert!(stand.queues.calls().is_empty());
}
