use bellhop_local::table::{Fault, FaultKind, Storage, Table};
use serde_json::{Value, json};

use super::calls::Got;
use super::table::{call, exists, item, kind, put, start};

/// Puts both items in one transaction.
async fn put_both(table: &Table) -> Got {
    let write = |pk| json!({ "Put": { "TableName": "orders", "Item": item(pk) } });
    call(table, "TransactWriteItems", json!({ "TransactItems": [write("a"), write("b")] })).await
}

fn reasons(got: &Got) -> Vec<Value> {
    let reasons = got.json()["CancellationReasons"].as_array().cloned().unwrap_or_default();
    reasons.into_iter().map(|reason| reason["Code"].clone()).collect()
}

#[tokio::test]
async fn a_conflict_speaks_for_an_item_or_for_a_transaction() {
    let table = start(Storage::Memory).await;
    table.add_fault(Fault::of("PutItem", FaultKind::TransactionConflict)).await.unwrap();
    assert_eq!(kind(&put(&table, "a").await), "TransactionConflictException");
    table.add_fault(Fault::of("TransactWriteItems", FaultKind::TransactionConflict)).await.unwrap();
    let got = put_both(&table).await;
    assert_eq!(kind(&got), "TransactionCanceledException");
    assert_eq!(reasons(&got), ["TransactionConflict", "None"]);
    assert!(!exists(&table, "a").await);
    assert_eq!(put_both(&table).await.status, 200);
}

#[tokio::test]
async fn a_transaction_is_canceled_for_the_reasons_ordered() {
    let table = start(Storage::Memory).await;
    let mut mixed = Fault::of("TransactWriteItems", FaultKind::TransactionCanceled);
    mixed.codes = vec!["ConditionalCheckFailed".into(), "TransactionConflict".into()];
    table.add_fault(mixed).await.unwrap();
    assert_eq!(reasons(&put_both(&table).await), ["ConditionalCheckFailed", "TransactionConflict"]);
    assert!(!exists(&table, "b").await);
}
