use crate::aws_server::{AwsServer, Prepared};
use crate::mute::Mute;
use crate::sqs::{LOOK_V1, NOTIFIED_V1, key};
use crate::stage::{account, evening};
use bellhop_domain::ids::{SessionId, SessionKey};
use bellhop_domain::notification::{RawNotification, verify};
use bellhop_domain::queue::{Notice, Queue};
use bellhop_runtime::sqs::SqsQueue;
use serde_json::{Value, json};

const URL: &str = "https://sqs.example/1/refresh";

async fn queue(answers: Vec<Prepared>) -> (AwsServer, SqsQueue) {
    let server = AwsServer::start(answers).await;
    let queue = SqsQueue::new(server.clients().sqs, URL);
    (server, queue)
}

/// An answer to a batch in which `failed` failed.
fn batch(failed: &[&str]) -> Prepared {
    let failed: Vec<Value> =
        failed.iter().map(|id| json!({"Id": id, "SenderFault": false, "Code": "InternalError"})).collect();
    (200, json!({"Successful": [], "Failed": failed}))
}

fn keys(count: u8) -> Vec<SessionKey> {
    let session = |n| SessionKey { session: SessionId::from_bytes([n; 16]), ..key() };
    (0..count).map(session).collect()
}

fn ids(request: &Value) -> Vec<&str> {
    let entries = request["Entries"].as_array().unwrap();
    entries.iter().map(|entry| entry["Id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn i14_a_verified_notification_is_sent_as_the_first_release_sent_it() {
    let answer = json!({"MessageId": "m", "MD5OfMessageBody": "x"});
    let (server, queue) = queue(vec![(200, answer)]).await;
    let raw = RawNotification { method: "POST", path: "/", query: "", headers: &[], body: b"proven" };
    let proven = verify(&Mute, &raw, evening()).unwrap();
    let notice = Notice { account: &account().at, merchant: key().merchant, notification: &proven[0] };
    queue.notify(&[notice]).await.unwrap();
    assert_eq!(server.asked(), [json!({"QueueUrl": URL, "MessageBody": NOTIFIED_V1})]);
}

/// A message of Mews names hundreds of payments, and five seconds are there to answer it.
#[tokio::test]
async fn i7_the_notifications_of_one_message_go_ten_to_a_call_and_all_of_them() {
    let (server, queue) = queue(vec![batch(&[]), batch(&[]), batch(&["1"])]).await;
    let raw = RawNotification { method: "POST", path: "/", query: "", headers: &[], body: b"proven" };
    let proven = verify(&Mute, &raw, evening()).unwrap();
    let notice = Notice { account: &account().at, merchant: key().merchant, notification: &proven[0] };
    assert!(queue.notify(&[notice; 23]).await.is_err(), "what is refused twice is not safely there");
    let asked = server.asked();
    let sent = asked.iter().flat_map(|request| request["Entries"].as_array().unwrap().clone());
    let sent: Vec<Value> = sent.collect();
    assert!(sent.len() > 20 && sent.iter().all(|entry| entry["MessageBody"] == NOTIFIED_V1));
}

#[tokio::test]
async fn i7_a_queue_that_does_not_take_a_notification_is_an_error() {
    let refused = json!({"__type": "com.amazonaws.sqs#QueueDoesNotExist"});
    let (_server, queue) = queue(vec![(400, refused)]).await;
    assert!(queue.look(&keys(1)).await.is_err());
}

#[tokio::test]
async fn due_sessions_go_ten_to_a_call() {
    let (server, queue) = queue(vec![batch(&[])]).await;
    queue.look(&keys(25)).await.unwrap();
    let asked = server.asked();
    let mut sizes: Vec<usize> = asked.iter().map(|request| ids(request).len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [5, 10, 10]);
}

#[tokio::test]
async fn a_message_is_sent_as_the_first_release_sent_it() {
    let (server, queue) = queue(vec![batch(&[])]).await;
    queue.look(&[key()]).await.unwrap();
    assert_eq!(server.asked()[0]["Entries"][0]["MessageBody"], LOOK_V1);
}

#[tokio::test]
async fn what_is_refused_is_sent_once_more_alone() {
    let (server, queue) = queue(vec![batch(&["2", "7"]), batch(&[])]).await;
    queue.look(&keys(10)).await.unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(ids(&asked[1]), ["2", "7"]);
    let first = asked[0]["Entries"].as_array().unwrap();
    let second = asked[1]["Entries"].as_array().unwrap();
    assert_eq!((&second[0], &second[1]), (&first[2], &first[7]));
}

#[tokio::test]
async fn what_is_refused_twice_is_an_error() {
    let (server, queue) = queue(vec![batch(&["2", "7"]), batch(&["7"])]).await;
    assert!(queue.look(&keys(10)).await.is_err());
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn nothing_due_costs_no_call() {
    let (server, queue) = queue(vec![batch(&[])]).await;
    queue.look(&[]).await.unwrap();
    assert_eq!(server.asked().len(), 0);
}

#[tokio::test]
async fn opening_the_connection_sends_no_message() {
    let refused = json!({"__type": "com.amazonaws.sqs#EmptyBatchRequest"});
    let (server, queue) = queue(vec![(400, refused)]).await;
    queue.connect().await;
    assert_eq!(server.asked(), [json!({"QueueUrl": URL, "Entries": []})]);
}
