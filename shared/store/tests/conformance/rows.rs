//! Rows that another release wrote, and times for DynamoDB to delete by.

use crate::canned::session;
use crate::emulator::{Emulator, TABLE};
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::store::{Due, Page, PaymentLink, Save, Saved, Store, StoreError};
use std::collections::HashMap;

type Row = HashMap<String, AttributeValue>;

async fn row(emulator: &Emulator, pk: &str, sk: &str) -> Row {
    let get = emulator.client().get_item().table_name(TABLE);
    let get = get.key("pk", AttributeValue::S(pk.to_owned()));
    let get = get.key("sk", AttributeValue::S(sk.to_owned()));
    get.send().await.unwrap().item.unwrap()
}

async fn write(emulator: &Emulator, row: Row) {
    let put = emulator.client().put_item().table_name(TABLE);
    put.set_item(Some(row)).send().await.unwrap();
}

fn session_pk() -> String {
    let (session, _, _) = session();
    format!("M#{}#S#{}", session.key.merchant, session.key.session)
}

#[tokio::test]
async fn i14_a_row_of_a_later_release_is_read_or_named_but_never_a_panic() {
    let emulator = Emulator::start().await;
    let (session, event, claim) = session();
    let store = emulator.store();
    store.open(&session, &event, &claim).await.unwrap();
    let mut stored = row(&emulator, &session_pk(), "SESSION").await;
    stored.insert("later".to_owned(), AttributeValue::Bool(true));
    write(&emulator, stored.clone()).await;
    let read = store.session(session.key).await.unwrap();
    assert_eq!(read, Some(session.clone()));
    stored.insert("m".to_owned(), AttributeValue::S("quantum".to_owned()));
    write(&emulator, stored).await;
    let error = store.session(session.key).await.unwrap_err();
    assert!(matches!(&error, StoreError::Corrupt(name) if name == "attribute m"), "{error}");
    let mut told = row(&emulator, &session_pk(), "EVENT#000000000001").await;
    told.insert("kind".to_owned(), AttributeValue::S("session.quantum".to_owned()));
    write(&emulator, told).await;
    let error = store.events(session.key, 0, 9).await.unwrap_err();
    assert!(matches!(&error, StoreError::Corrupt(name) if name == "attribute kind"), "{error}");
}

#[tokio::test]
async fn a_claim_is_deleted_after_30_days() {
    let emulator = Emulator::start().await;
    let (session, event, claim) = session();
    let store = emulator.store();
    store.open(&session, &event, &claim).await.unwrap();
    let pk = format!("M#{}#I#{}", session.key.merchant, "06".repeat(32));
    let row = row(&emulator, &pk, "CLAIM").await;
    assert_eq!(row["ttl"], AttributeValue::N("1797768000".to_owned()));
}

#[tokio::test]
async fn a_payment_is_deleted_after_30_days_only_while_it_is_parked() {
    let emulator = Emulator::start().await;
    let (mut session, event, claim) = session();
    let store = emulator.store();
    store.open(&session, &event, &claim).await.unwrap();
    let payment = ProviderPaymentId::parse("p1").unwrap();
    let account = &session.wish.account;
    store.park(account, &payment, session.created_at).await.unwrap();
    let pk = "A#govuk_pay#harbor#P#p1";
    let parked = row(&emulator, pk, "PAYMENT").await;
    assert_eq!(parked["ttl"], AttributeValue::N("1797768000".to_owned()));
    assert!(parked.contains_key("parked_at"));
    session.version = 2;
    let link = PaymentLink { payment: &payment, even_if_parked: true };
    let save = Save { payment: Some(link), ..Save::only(&session, None) };
    assert_eq!(store.save(save).await.unwrap(), Saved::Done);
    let known = row(&emulator, pk, "PAYMENT").await;
    assert!(!known.contains_key("ttl") && !known.contains_key("parked_at"));
    assert!(known.contains_key("merchant") && known.contains_key("session"));
}

/// The previous release wrote no account there, and the next one may know another provider.
#[tokio::test]
async fn i14_a_due_row_without_a_known_account_is_listed_and_passed() {
    let emulator = Emulator::start().await;
    let (session, event, claim) = session();
    let store = emulator.store();
    store.open(&session, &event, &claim).await.unwrap();
    let mut stored = row(&emulator, &session_pk(), "SESSION").await;
    let sk = stored["due_sk"].as_s().unwrap().clone();
    let own = sk.strip_suffix("#govuk_pay/harbor").unwrap();
    let listed = |account| vec![Due { session: session.key, since: session.created_at, account }];
    let rows = [
        (sk.clone(), Some(session.wish.account.clone())),
        (own.to_owned(), None),
        (format!("{own}#quantum/harbor"), None),
    ];
    for (sk, account) in rows {
        stored.insert("due_sk".to_owned(), AttributeValue::S(sk));
        write(&emulator, stored.clone()).await;
        let all = store.due(2, session.created_at, None, 100).await.unwrap();
        assert_eq!(all, Page { items: listed(account), next: None });
    }
    let behind = listed(None).remove(0);
    stored.insert("due_sk".to_owned(), AttributeValue::S(own.to_owned()));
    write(&emulator, stored).await;
    let rest = store.due(2, session.created_at, Some(&behind), 100).await.unwrap();
    assert_eq!(rest, Page { items: vec![], next: None });
}
