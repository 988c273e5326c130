//! How many table calls each method costs.

use crate::canned::session;
use crate::emulator::{Emulator, TABLE};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use bellhop_domain::event::Cause;
use bellhop_domain::idempotency::StoredAnswer;
use bellhop_domain::ids::SessionId;
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::session::{Change, Session};
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::store::{
    ClaimEnd, Opened, PaymentLink, ReferenceHold, Save, Saved, SessionFilter, Store,
};
use bellhop_store::DynamoStore;
use std::sync::{Arc, Mutex};

/// The operations that were sent.
#[derive(Debug, Clone, Default)]
struct Calls(Arc<Mutex<Vec<String>>>);

impl Intercept for Calls {
    fn name(&self) -> &'static str {
        "calls"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let target = context.request().headers().get("x-amz-target");
        let operation = target.and_then(|target| target.split('.').nth(1));
        let operation = operation.unwrap_or_default().to_owned();
        self.0.lock().unwrap().push(operation);
        Ok(())
    }
}

impl Calls {
    /// The operations since the last time.
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn counted(emulator: &Emulator) -> (DynamoStore, Calls) {
    let calls = Calls::default();
    let config = emulator.config().interceptor(calls.clone()).build();
    let store = DynamoStore::new(Client::from_conf(config), TABLE.to_owned());
    (store, calls)
}

fn pending(session: &Session) -> Change {
    let edit = |next: &mut Session| {
        next.attempts[0].status = AttemptStatus::Pending;
        None
    };
    session.change((session.created_at, Cause::Create), edit).unwrap()
}

#[tokio::test]
async fn a_create_costs_two_table_calls() {
    let emulator = Emulator::start().await;
    let (store, calls) = counted(&emulator);
    let (session, event, claim) = session();
    let opened = store.open(&session, &event, &claim).await.unwrap();
    assert_eq!(opened, Opened::Done);
    let change = pending(&session);
    let payment = ProviderPaymentId::parse("p1").unwrap();
    let answer = StoredAnswer { status: 201, headers: vec![], body: String::new() };
    let save = Save {
        payment: Some(PaymentLink { payment: &payment, even_if_parked: false }),
        claim: ClaimEnd::Answer(&claim.key, &answer),
        ..Save::only(&change.session, change.event.as_ref())
    };
    assert_eq!(store.save(save).await.unwrap(), Saved::Done);
    let sent = calls.take();
    println!("create: {} table calls", sent.len());
    assert_eq!(sent, ["TransactWriteItems", "TransactWriteItems"]);
}

#[tokio::test]
async fn a_repeated_and_a_taken_open_cost_one_call() {
    let emulator = Emulator::start().await;
    let (store, calls) = counted(&emulator);
    let (mut session, event, mut claim) = session();
    store.open(&session, &event, &claim).await.unwrap();
    calls.take();
    store.open(&session, &event, &claim).await.unwrap();
    assert_eq!(calls.take(), ["TransactWriteItems"]);
    session.key.session = SessionId::from_bytes([9; 16]);
    (claim.session, claim.key) = (session.key.session, [9; 32]);
    let taken = store.open(&session, &event, &claim).await.unwrap();
    assert_eq!(taken, Opened::ReferenceTaken(SessionId::from_bytes([2; 16])));
    assert_eq!(calls.take(), ["TransactWriteItems"]);
}

#[tokio::test]
async fn every_other_method_costs_one_call() {
    let emulator = Emulator::start().await;
    let (store, calls) = counted(&emulator);
    let (mut session, event, claim) = session();
    let (key, now) = (session.key, session.created_at);
    store.open(&session, &event, &claim).await.unwrap();
    calls.take();
    session.version = 2;
    store.save(Save::only(&session, None)).await.unwrap();
    assert_eq!(calls.take(), ["PutItem"]);
    store.session(key).await.unwrap();
    assert_eq!(calls.take(), ["GetItem"]);
    let payment = ProviderPaymentId::parse("p1").unwrap();
    let account = &session.wish.account;
    store.park(account, &payment, now).await.unwrap();
    assert_eq!(calls.take(), ["UpdateItem"]);
    store.events(key, 0, 100).await.unwrap();
    store.due(2, now, None, 100).await.unwrap();
    let filter = SessionFilter {
        mode: session.mode,
        reference: session.wish.reference.clone(),
        status: Some(session.status()),
        created_after: None,
        after: None,
        limit: 100,
    };
    let listed = store.sessions(key.merchant, &filter).await.unwrap();
    assert_eq!(listed.items.len(), 1);
    assert_eq!(calls.take(), ["Query", "Query", "Query"]);
}

#[tokio::test]
async fn freeing_what_another_holds_costs_one_call_more() {
    let emulator = Emulator::start().await;
    let (store, calls) = counted(&emulator);
    let (mut session, event, claim) = session();
    store.open(&session, &event, &claim).await.unwrap();
    session.version = 2;
    store.save(freeing(&session)).await.unwrap();
    let (mut other, mut key) = (session.clone(), claim);
    (other.key.session, other.version) = (SessionId::from_bytes([9; 16]), 1);
    key.key = [9; 32];
    store.open(&other, &event, &key).await.unwrap();
    calls.take();
    session.version = 3;
    store.save(freeing(&session)).await.unwrap();
    assert_eq!(calls.take(), ["TransactWriteItems", "PutItem"]);
}

fn freeing(session: &Session) -> Save<'_> {
    Save { reference: ReferenceHold::Free, ..Save::only(session, None) }
}
