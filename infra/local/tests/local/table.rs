use bellhop_local::server::listen;
use bellhop_local::table::{Fault, FaultKind, Storage, Table};
use bellhop_local::template::TablePlan;
use serde_json::{Value, json};

use super::calls::{self, Got};

pub async fn start(storage: Storage) -> Table {
    let table = Table::start(storage, listen(0).await.unwrap()).await.unwrap();
    let key = |name: &str| json!([{ "AttributeName": name, "KeyType": "HASH" }]);
    let create = json!({
        "TableName": "orders",
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            { "AttributeName": "pk", "AttributeType": "S" },
            { "AttributeName": "due", "AttributeType": "S" },
        ],
        "KeySchema": key("pk"),
        "GlobalSecondaryIndexes":
            [{ "IndexName": "due", "KeySchema": key("due"), "Projection": { "ProjectionType": "ALL" } }],
    });
    let plan = TablePlan { logical_id: "T".into(), name: "orders".into(), create, ttl: Some("ttl".into()) };
    table.create(&plan).unwrap();
    table
}

pub async fn call(table: &Table, operation: &str, body: Value) -> Got {
    calls::table(table.url(), operation, &body).await
}

pub fn item(pk: &str) -> Value {
    json!({ "pk": { "S": pk }, "due": { "S": "now" } })
}

pub async fn put(table: &Table, pk: &str) -> Got {
    call(table, "PutItem", json!({ "TableName": "orders", "Item": item(pk) })).await
}

pub async fn exists(table: &Table, pk: &str) -> bool {
    let got = call(table, "GetItem", json!({ "TableName": "orders", "Key": { "pk": { "S": pk } } })).await;
    got.json().get("Item").is_some()
}

async fn due(table: &Table) -> u64 {
    let query = json!({
        "TableName": "orders",
        "IndexName": "due",
        "KeyConditionExpression": "due = :now",
        "ExpressionAttributeValues": { ":now": { "S": "now" } },
    });
    call(table, "Query", query).await.json()["Count"].as_u64().unwrap()
}

pub fn kind(got: &Got) -> String {
    got.json()["__type"].as_str().unwrap_or_default().rsplit('#').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn calls_are_counted_by_operation() {
    let table = start(Storage::Memory).await;
    put(&table, "a").await;
    put(&table, "b").await;
    assert!(exists(&table, "b").await);
    assert_eq!(due(&table).await, 2);
    let counted: Vec<_> = table.gate().calls().into_iter().collect();
    assert_eq!(counted, [("GetItem".into(), 1), ("PutItem".into(), 2), ("Query".into(), 1)]);
    table.gate().clear_calls();
    assert!(table.gate().calls().is_empty());
}

#[tokio::test]
async fn the_time_to_live_is_set() {
    let table = start(Storage::Memory).await;
    let got = call(&table, "DescribeTimeToLive", json!({ "TableName": "orders" })).await;
    assert_eq!(got.json()["TimeToLiveDescription"]["AttributeName"], "ttl");
}

#[tokio::test]
async fn a_throttle_hits_as_often_as_it_says_and_changes_nothing() {
    let table = start(Storage::Memory).await;
    table.add_fault(Fault::of("PutItem", FaultKind::Throttle).times(2)).await.unwrap();
    for _ in 0..2 {
        let got = put(&table, "a").await;
        assert_eq!((got.status.as_u16(), kind(&got)), (400, "ProvisionedThroughputExceededException".into()));
    }
    assert!(!exists(&table, "a").await);
    assert_eq!(put(&table, "a").await.status, 200);
    assert!(exists(&table, "a").await);
}

#[tokio::test]
async fn an_error_before_changes_nothing_and_an_error_after_does() {
    let table = start(Storage::Memory).await;
    table.add_fault(Fault::of("PutItem", FaultKind::ErrorBefore)).await.unwrap();
    let got = put(&table, "a").await;
    assert_eq!((got.status.as_u16(), kind(&got)), (500, "InternalServerError".into()));
    assert!(!exists(&table, "a").await);
    table.add_fault(Fault::of("PutItem", FaultKind::ErrorAfter)).await.unwrap();
    assert_eq!(put(&table, "a").await.status, 500);
    assert!(exists(&table, "a").await);
}

#[tokio::test]
async fn an_index_lags_while_the_table_does_not() {
    let table = start(Storage::Memory).await;
    put(&table, "a").await;
    table.add_fault(Fault::of("Query", FaultKind::IndexFrozen).times(2)).await.unwrap();
    put(&table, "b").await;
    assert!(exists(&table, "b").await);
    assert_eq!((due(&table).await, due(&table).await), (1, 1));
    assert_eq!(due(&table).await, 2);
    table.add_fault(Fault::of("Query", FaultKind::IndexEmpty)).await.unwrap();
    assert_eq!((due(&table).await, due(&table).await), (0, 2));
}

#[tokio::test]
async fn a_fault_can_let_calls_pass_first_and_can_be_taken_away() {
    let table = start(Storage::Memory).await;
    let mut second = Fault::of("PutItem", FaultKind::Throttle);
    second.skip = 1;
    table.add_fault(second.clone()).await.unwrap();
    assert_eq!(put(&table, "a").await.status, 200);
    assert_eq!(put(&table, "b").await.status, 400);
    table.add_fault(second).await.unwrap();
    table.gate().clear_faults();
    assert_eq!(put(&table, "c").await.status, 200);
    assert_eq!(put(&table, "d").await.status, 200);
}

#[tokio::test]
async fn a_file_keeps_its_items() {
    let path = std::env::temp_dir().join(format!("bellhop-table-{}.sqlite", uuid::Uuid::new_v4()));
    let table = start(Storage::File(path.clone())).await;
    put(&table, "a").await;
    table.stop().await;
    let table = start(Storage::File(path.clone())).await;
    assert!(exists(&table, "a").await);
    table.stop().await;
    let _ = std::fs::remove_file(path);
}
