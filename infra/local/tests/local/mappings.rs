use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bellhop_local::clock::Clock;
use bellhop_local::functions::{Activity, InvokeError};
use bellhop_local::mappings::{Deliveries, Mappings};
use bellhop_local::server::{Server, listen};
use bellhop_local::sqs::Queues;
use bellhop_local::template::MappingPlan;
use serde_json::{Value, json};

use super::calls::aws;
use super::fake::Fake;

/// One queue, one mapping, a frozen clock.
struct World {
    clock: Clock,
    queues: Queues,
    activity: Activity,
    service: Server,
    _mappings: Mappings,
}

impl World {
    async fn start(functions: Arc<Fake>, partial_failures: bool) -> Self {
        let clock = Clock::frozen(1_000_000, None).unwrap();
        let queues = Queues::new(clock.clone(), "eu-west-2");
        queues.create("work", BTreeMap::from([("VisibilityTimeout".to_owned(), "60".to_owned())])).unwrap();
        let service = Server::start(listen(0).await.unwrap(), queues.router());
        let activity = Activity::default();
        let deliveries = Deliveries { queues: queues.clone(), functions, activity: activity.clone() };
        let plan = MappingPlan {
            function: "worker".into(),
            queue: "work".into(),
            batch_size: 10,
            window: Duration::ZERO,
            partial_failures,
            concurrency: 2,
            enabled: true,
        };
        Self { clock, queues, activity, service, _mappings: Mappings::start(&[plan], &deliveries) }
    }

    /// Sends the bodies as one call, so that they are one batch.
    async fn send(&self, bodies: &[&str]) {
        let entries: Vec<Value> = bodies
            .iter()
            .enumerate()
            .map(|(index, body)| json!({ "Id": index.to_string(), "MessageBody": body }))
            .collect();
        let url = format!("{}/000000000000/work", self.service.url());
        let request = json!({ "QueueUrl": url, "Entries": entries });
        let got = aws(self.service.url(), "AmazonSQS.SendMessageBatch", &request).await;
        assert!(got.status.is_success(), "{}", got.text());
    }

    /// Waits until nothing is visible and nothing runs.
    async fn rest(&self) {
        let mut running = self.activity.watch();
        while self.queues.counts("work").visible > 0 || *running.borrow_and_update() > 0 {
            running.changed().await.unwrap();
        }
    }

    fn bodies(&self) -> Vec<String> {
        self.queues.peek("work").into_iter().map(|message| message.body).collect()
    }
}

fn record_id(event: &Value, body: &str) -> String {
    let records = event["Records"].as_array().unwrap();
    records.iter().find(|record| record["body"] == body).unwrap()["messageId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_batch_is_one_event_of_sqs_records() {
    let fake = Fake::new(|_, _| Ok(Value::Null));
    let world = World::start(fake.clone(), true).await;
    world.send(&["a", "b"]).await;
    world.rest().await;
    assert_eq!(fake.names(), ["worker"]);
    let record = &fake.events()[0]["Records"][0];
    assert_eq!(record["body"], "a");
    assert_eq!(record["eventSource"], "aws:sqs");
    assert_eq!(record["eventSourceARN"], "arn:aws:sqs:eu-west-2:000000000000:work");
    assert_eq!(record["awsRegion"], "eu-west-2");
    assert_eq!(record["attributes"]["ApproximateReceiveCount"], "1");
    assert_eq!(record["md5OfBody"], "0cc175b9c0f1b6a831c399e269772661");
    assert!(world.bodies().is_empty());
}

#[tokio::test]
async fn only_reported_records_stay_and_come_again_after_their_visibility() {
    let fake = Fake::new(|_, event| {
        let bad = event["Records"].as_array().unwrap().iter().any(|record| record["body"] == "bad");
        let failed = if bad { vec![json!({ "itemIdentifier": record_id(event, "bad") })] } else { vec![] };
        Ok(json!({ "batchItemFailures": failed }))
    });
    let world = World::start(fake.clone(), true).await;
    world.send(&["good", "bad", "fine"]).await;
    world.rest().await;
    assert_eq!(world.bodies(), ["bad"]);
    world.clock.advance(Duration::from_millis(59_999)).unwrap();
    assert_eq!(world.queues.counts("work").visible, 0);
    world.clock.advance(Duration::from_millis(1)).unwrap();
    world.rest().await;
    assert_eq!(fake.events().len(), 2);
    assert_eq!(fake.events()[1]["Records"][0]["attributes"]["ApproximateReceiveCount"], "2");
}

async fn left_after(answer: Result<Value, InvokeError>, partial_failures: bool) -> usize {
    let world = World::start(Fake::new(move |_, _| answer.clone()), partial_failures).await;
    world.send(&["a", "b"]).await;
    world.rest().await;
    world.bodies().len()
}

#[tokio::test]
async fn answers_that_cannot_be_believed_fail_the_whole_batch() {
    for answer in [
        json!("done"),
        json!({ "batchItemFailures": "a" }),
        json!({ "batchItemFailures": [{ "itemIdentifier": "" }] }),
        json!({ "batchItemFailures": [{ "itemIdentifier": null }] }),
        json!({ "batchItemFailures": [{ "id": "a" }] }),
        json!({ "batchItemFailures": [{ "itemIdentifier": "of another batch" }] }),
    ] {
        assert_eq!(left_after(Ok(answer.clone()), true).await, 2, "{answer}");
    }
}

#[tokio::test]
async fn answers_that_name_no_failure_succeed() {
    for answer in
        [Value::Null, json!({}), json!({ "batchItemFailures": [] }), json!({ "batchItemFailures": null })]
    {
        assert_eq!(left_after(Ok(answer.clone()), true).await, 0, "{answer}");
    }
}

#[tokio::test]
async fn without_partial_failures_only_an_error_fails_the_batch() {
    let named = json!({ "batchItemFailures": [{ "itemIdentifier": "x" }] });
    assert_eq!(left_after(Ok(named), false).await, 0);
    assert_eq!(left_after(Err(InvokeError::Crashed("gone".into())), false).await, 2);
}
