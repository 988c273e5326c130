//! Attributes of queues: defaults, reading, changing.

use serde_json::{Value, json};

use crate::stand::{NOON, Stand, arn, map, redrive, url};

async fn attributes(stand: &Stand, names: Value) -> Value {
    let asked = json!({ "QueueUrl": url("q"), "AttributeNames": names });
    stand.ok("GetQueueAttributes", asked).await["Attributes"].clone()
}

#[tokio::test]
async fn a_new_queue_has_the_documented_defaults() {
    let stand = Stand::with_queue(&[("VisibilityTimeout", "33")]);
    let expected = json!({
        "ApproximateNumberOfMessages": "0",
        "ApproximateNumberOfMessagesDelayed": "0",
        "ApproximateNumberOfMessagesNotVisible": "0",
        "CreatedTimestamp": (NOON / 1000).to_string(),
        "DelaySeconds": "0",
        "LastModifiedTimestamp": (NOON / 1000).to_string(),
        "MaximumMessageSize": "1048576",
        "MessageRetentionPeriod": "345600",
        "QueueArn": arn("q"),
        "ReceiveMessageWaitTimeSeconds": "0",
        "SqsManagedSseEnabled": "true",
        "VisibilityTimeout": "33",
    });
    assert_eq!(attributes(&stand, json!(["All"])).await, expected);
}

#[tokio::test]
async fn only_the_attributes_asked_for_are_returned() {
    let stand = Stand::with_queue(&[]);
    assert_eq!(
        attributes(&stand, json!(["DelaySeconds", "RedrivePolicy"])).await,
        json!({ "DelaySeconds": "0" })
    );
    assert_eq!(attributes(&stand, json!([])).await, Value::Null);
    let unknown = json!({ "QueueUrl": url("q"), "AttributeNames": ["Color"] });
    assert_eq!(stand.refused("GetQueueAttributes", unknown).await, "InvalidAttributeName");
}

#[tokio::test]
async fn attributes_are_changed_and_an_empty_policy_is_removed() {
    let stand = Stand::with_dead_letters(3);
    let set = |changes: Value| json!({ "QueueUrl": url("q"), "Attributes": changes });
    stand.seconds(5);
    stand.ok("SetQueueAttributes", set(json!({ "VisibilityTimeout": "7", "RedrivePolicy": "" }))).await;
    let names = json!(["VisibilityTimeout", "RedrivePolicy", "LastModifiedTimestamp"]);
    let expected =
        json!({ "VisibilityTimeout": "7", "LastModifiedTimestamp": (NOON / 1000 + 5).to_string() });
    assert_eq!(attributes(&stand, names).await, expected);
}

#[tokio::test]
async fn changes_with_one_wrong_among_them_change_nothing() {
    let stand = Stand::with_queue(&[("VisibilityTimeout", "7")]);
    let set = |changes: Value| json!({ "QueueUrl": url("q"), "Attributes": changes });
    let wrong = [
        (json!({ "VisibilityTimeout": "8", "DelaySeconds": "901" }), "InvalidAttributeValue"),
        (json!({ "VisibilityTimeout": "8", "FifoQueue": "true" }), "InvalidAttributeName"),
        (
            json!({ "VisibilityTimeout": "8", "RedrivePolicy": redrive("nowhere", 1) }),
            "InvalidParameterValue",
        ),
    ];
    for (changes, code) in wrong {
        assert_eq!(stand.refused("SetQueueAttributes", set(changes)).await, code);
    }
    let kept = attributes(&stand, json!(["VisibilityTimeout"])).await;
    assert_eq!(kept, json!({ "VisibilityTimeout": "7" }));
}

#[tokio::test]
async fn a_policy_is_changed_in_process_too() {
    let stand = Stand::with_dead_letters(3);
    let policy = redrive("dead", 9);
    stand.queues.set_attributes("q", map(&[("RedrivePolicy", &policy)])).unwrap();
    assert_eq!(attributes(&stand, json!(["RedrivePolicy"])).await["RedrivePolicy"], policy);
}
