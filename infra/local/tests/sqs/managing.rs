//! Queues themselves: making, finding, emptying, deleting.

use bellhop_local::sqs::ErrorKind;
use serde_json::{Value, json};

use crate::stand::{Stand, arn, map, url};

#[test]
fn making_a_queue_again_finds_it_unless_an_attribute_differs() {
    let stand = Stand::with_queue(&[("VisibilityTimeout", "33")]);
    for same in [&[][..], &[("VisibilityTimeout", "33")], &[("DelaySeconds", "0")]] {
        assert_eq!(stand.create("q", same), url("q"));
    }
    let error = stand.queues.create("q", map(&[("VisibilityTimeout", "34")])).unwrap_err();
    assert_eq!(error.kind, ErrorKind::QueueNameExists);
    assert!(error.message.ends_with("VisibilityTimeout"), "{error}");
}

#[test]
fn a_redrive_policy_is_the_same_however_it_is_written() {
    let stand = Stand::with_dead_letters(3);
    let policy = format!(r#"{{ "maxReceiveCount": "3", "deadLetterTargetArn": "{}" }}"#, arn("dead"));
    assert_eq!(stand.create("q", &[("RedrivePolicy", &policy)]), url("q"));
}

#[test]
fn names_and_attribute_values_are_checked() {
    let stand = Stand::new();
    let fifo = ("FifoQueue", "true");
    let kind = |name: &str, attributes: &[(&str, &str)]| {
        stand.queues.create(name, map(attributes)).unwrap_err().kind
    };
    for name in ["", "a b", "q.fifo", &"a".repeat(81)] {
        assert_eq!(kind(name, &[]), ErrorKind::InvalidParameterValue, "{name}");
    }
    for name in ["q", ".fifo", &format!("{}.fifo", "a".repeat(76))] {
        assert_eq!(kind(name, &[fifo]), ErrorKind::InvalidParameterValue, "{name}");
    }
    let values = [
        ("DelaySeconds", "901"),
        ("MaximumMessageSize", "1023"),
        ("MaximumMessageSize", "1048577"),
        ("MessageRetentionPeriod", "59"),
        ("ReceiveMessageWaitTimeSeconds", "21"),
        ("VisibilityTimeout", "43201"),
        ("VisibilityTimeout", "soon"),
    ];
    for value in values {
        assert_eq!(kind("q", &[value]), ErrorKind::InvalidAttributeValue, "{value:?}");
    }
    assert_eq!(kind("q", &[("Color", "red")]), ErrorKind::InvalidAttributeName);
    assert_eq!(kind("q", &[("ContentBasedDeduplication", "true")]), ErrorKind::InvalidAttributeName);
}

#[tokio::test]
async fn a_deleted_queue_is_gone_and_its_name_blocked_for_a_minute() {
    let stand = Stand::with_queue(&[]);
    stand.send("x").await;
    stand.ok("DeleteQueue", json!({ "QueueUrl": url("q") })).await;
    let gone = "AWS.SimpleQueueService.NonExistentQueue";
    assert_eq!(stand.refused("GetQueueUrl", json!({ "QueueName": "q" })).await, gone);
    assert_eq!(stand.refused("DeleteQueue", json!({ "QueueUrl": url("q") })).await, gone);
    stand.milliseconds(59_999);
    assert_eq!(stand.queues.create("q", map(&[])).unwrap_err().kind, ErrorKind::QueueDeletedRecently);
    stand.milliseconds(1);
    stand.create("q", &[]);
    assert!(stand.queues.peek("q").is_empty());
}

#[tokio::test]
async fn a_purge_drops_everything_and_blocks_the_next_for_a_minute() {
    let stand = Stand::with_queue(&[]);
    stand.send("in flight").await;
    stand.receive_one();
    stand.send("visible").await;
    let purge = json!({ "QueueUrl": url("q") });
    stand.ok("PurgeQueue", purge.clone()).await;
    assert!(stand.queues.peek("q").is_empty());
    stand.milliseconds(59_999);
    let answer = stand.call("PurgeQueue", purge.clone()).await;
    assert_eq!((answer.status, answer.code()), (403, "AWS.SimpleQueueService.PurgeQueueInProgress"));
    stand.milliseconds(1);
    stand.ok("PurgeQueue", purge).await;
}

#[tokio::test]
async fn queues_are_listed_by_prefix_and_page() {
    let stand = Stand::new();
    for name in ["a1", "a2", "a3", "b1"] {
        stand.create(name, &[]);
    }
    let page = |token: Value| json!({ "QueueNamePrefix": "a", "MaxResults": 2, "NextToken": token });
    let first = stand.ok("ListQueues", page(Value::Null)).await;
    assert_eq!(first["QueueUrls"], json!([url("a1"), url("a2")]));
    let second = stand.ok("ListQueues", page(first["NextToken"].clone())).await;
    assert_eq!(second, json!({ "QueueUrls": [url("a3")] }));
    let all = stand.ok("ListQueues", json!({})).await;
    assert_eq!(all["QueueUrls"].as_array().map(Vec::len), Some(4));
    assert_eq!(stand.refused("ListQueues", json!({ "MaxResults": 1001 })).await, "InvalidParameterValue");
}

#[tokio::test]
async fn tags_are_added_overwritten_and_removed() {
    let stand = Stand::new();
    stand.ok("CreateQueue", json!({ "QueueName": "q", "tags": { "a": "1" } })).await;
    stand.ok("TagQueue", json!({ "QueueUrl": url("q"), "Tags": { "a": "2", "b": "3" } })).await;
    let list = json!({ "QueueUrl": url("q") });
    assert_eq!(stand.ok("ListQueueTags", list.clone()).await, json!({ "Tags": { "a": "2", "b": "3" } }));
    stand.ok("UntagQueue", json!({ "QueueUrl": url("q"), "TagKeys": ["a"] })).await;
    assert_eq!(stand.ok("ListQueueTags", list).await, json!({ "Tags": { "b": "3" } }));
}
