//! What the store makes of a table that fails.

use crate::canned::{Canned, session};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use bellhop_domain::store::{Opened, Save, Saved, Store, StoreError};
use serde_json::{Value, json};
use std::time::Duration;

type TransactError = SdkError<TransactWriteItemsError>;

fn error(name: &str) -> (u16, String) {
    let kind = format!("com.amazonaws.dynamodb.v20120810#{name}");
    (400, json!({"__type": kind, "message": "no"}).to_string())
}

fn canceled(codes: [&str; 4]) -> (u16, String) {
    let reasons: Vec<Value> = codes.iter().map(|code| json!({"Code": code})).collect();
    let kind = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    let body = json!({"__type": kind, "message": "no", "CancellationReasons": reasons});
    (400, body.to_string())
}

fn done() -> (u16, String) {
    (200, "{}".to_owned())
}

async fn open(canned: &Canned) -> Result<Opened, StoreError> {
    let (session, event, claim) = session();
    canned.store.open(&session, &event, &claim).await
}

/// The error beneath, which must have kept its type.
fn beneath<E: std::error::Error + 'static>(error: &StoreError) -> &E {
    let StoreError::Unavailable(source) = error else {
        panic!("{error:?}");
    };
    source.downcast_ref().unwrap()
}

#[tokio::test]
async fn a_transaction_in_the_way_is_waited_for() {
    let conflict = || canceled(["TransactionConflict", "None", "None", "None"]);
    let canned = Canned::answering(vec![conflict(), conflict(), conflict(), done()]).await;
    assert_eq!(open(&canned).await.unwrap(), Opened::Done);
    assert_eq!(canned.calls(), 4);
    let pauses = canned.pauses.0.lock().unwrap();
    assert_eq!(pauses.len(), 3);
    for (round, pause) in (0..).zip(pauses.iter()) {
        let middle = Duration::from_millis(10) * 2_u32.pow(round);
        assert!(*pause >= middle / 2 && *pause < middle * 3 / 2, "{pause:?}");
    }
}

#[tokio::test]
async fn i9_a_transaction_in_the_way_is_not_waited_for_without_end() {
    let conflict = || canceled(["None", "TransactionConflict", "None", "None"]);
    let canned = Canned::answering((0..9).map(|_| conflict()).collect()).await;
    let error = open(&canned).await.unwrap_err();
    let service = beneath::<TransactError>(&error).as_service_error();
    assert!(service.unwrap().is_transaction_canceled_exception());
    assert_eq!(canned.calls(), 4);
}

#[tokio::test]
async fn mixed_reasons_are_no_verdict() {
    for other in ["ThrottlingError", "ProvisionedThroughputExceeded", "ValidationError"] {
        let mixed = canceled(["ConditionalCheckFailed", "None", other, "None"]);
        let canned = Canned::answering(vec![mixed]).await;
        let error = open(&canned).await.unwrap_err();
        beneath::<TransactError>(&error);
        assert_eq!(canned.calls(), 1, "{other}");
    }
    let mixed = canceled(["None", "ConditionalCheckFailed", "TransactionConflict", "None"]);
    let canned = Canned::answering(vec![mixed, done()]).await;
    assert_eq!(open(&canned).await.unwrap(), Opened::Done);
    assert_eq!(canned.calls(), 2);
}

#[tokio::test]
async fn a_throttled_table_is_unavailable() {
    for name in ["ThrottlingException", "ProvisionedThroughputExceededException"] {
        let canned = Canned::answering(vec![error(name)]).await;
        let error = open(&canned).await.unwrap_err();
        beneath::<TransactError>(&error);
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_is_asked_for_under_the_same_token() {
    let lost = (0, String::new());
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let canned = Canned::with(vec![lost, done()], retries).await;
    assert_eq!(open(&canned).await.unwrap(), Opened::Done);
    let requests = canned.requests.lock().unwrap();
    let token = |body: &String| {
        let body: Value = serde_json::from_str(body).unwrap();
        body["ClientRequestToken"].as_str().unwrap().to_owned()
    };
    let tokens: Vec<String> = requests.iter().map(token).collect();
    assert_eq!(tokens.len(), 2);
    assert_eq!(tokens[0], tokens[1]);
    assert_eq!(tokens[0].len(), 36);
}

#[tokio::test]
async fn an_answer_that_stays_lost_is_unavailable() {
    let canned = Canned::answering(vec![(0, String::new())]).await;
    let error = open(&canned).await.unwrap_err();
    beneath::<TransactError>(&error);
}

#[tokio::test]
async fn a_single_write_waits_and_keeps_the_type_of_its_errors() {
    let (mut session, _, _) = session();
    session.version = 2;
    let save = || Save::only(&session, None);
    let contended = error("TransactionConflictException");
    let canned = Canned::answering(vec![contended, done()]).await;
    assert_eq!(canned.store.save(save()).await.unwrap(), Saved::Done);
    let refused = error("ConditionalCheckFailedException");
    let canned = Canned::answering(vec![refused]).await;
    assert_eq!(canned.store.save(save()).await.unwrap(), Saved::Conflict);
    let canned = Canned::answering(vec![error("ResourceNotFoundException")]).await;
    let error = canned.store.save(save()).await.unwrap_err();
    let service = beneath::<SdkError<PutItemError>>(&error).as_service_error();
    assert!(service.unwrap().is_resource_not_found_exception());
}
