//! The table in an emulator, in this process, behind HTTP on 127.0.0.1.

use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_sdk_dynamodb::{Client, Config};
use bellhop_store::DynamoStore;
use dynoxide::Database;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The table's name.
pub const TABLE: &str = "bellhop";

/// A table of its own.
pub struct Emulator {
    database: Database,
    address: String,
}

impl Emulator {
    pub async fn start() -> Self {
        let database = Database::memory().unwrap();
        let table = serde_json::from_value(table()).unwrap();
        database.create_table(table).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(dynoxide::server::serve_on(listener, database.clone()));
        Self { database, address }
    }

    pub fn config(&self) -> Builder {
        config(&self.address)
    }

    pub fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }

    pub fn store(&self) -> DynamoStore {
        DynamoStore::new(self.client(), TABLE.to_owned())
    }

    /// The keys of all rows. A test may scan; the store never does.
    pub fn rows(&self) -> Vec<(String, String)> {
        let (mut keys, mut start) = (Vec::new(), Value::Null);
        loop {
            let mut request = json!({"TableName": TABLE, "ProjectionExpression": "pk, sk"});
            if !start.is_null() {
                request["ExclusiveStartKey"] = start;
            }
            let request = serde_json::from_value(request).unwrap();
            let page = serde_json::to_value(self.database.scan(request).unwrap()).unwrap();
            let text = |row: &Value, name: &str| row[name]["S"].as_str().unwrap().to_owned();
            let rows = page["Items"].as_array().unwrap();
            keys.extend(rows.iter().map(|row| (text(row, "pk"), text(row, "sk"))));
            start = page["LastEvaluatedKey"].clone();
            if start.is_null() {
                return keys;
            }
        }
    }
}

/// A client's settings for a server on this machine.
pub fn config(address: &str) -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-2"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(format!("http://{address}"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
}

/// The table of the deployment template.
fn table() -> Value {
    let keys = |pk: &str, sk: &str| {
        json!([
            {"AttributeName": pk, "KeyType": "HASH"},
            {"AttributeName": sk, "KeyType": "RANGE"},
        ])
    };
    let index = |name: &str, projection: &str| {
        json!({
            "IndexName": name,
            "KeySchema": keys(&format!("{name}_pk"), &format!("{name}_sk")),
            "Projection": {"ProjectionType": projection},
        })
    };
    let names = ["pk", "sk", "due_pk", "due_sk", "reference_pk", "reference_sk"];
    let attributes = names.map(|name| json!({"AttributeName": name, "AttributeType": "S"}));
    json!({
        "TableName": TABLE,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": attributes,
        "KeySchema": keys("pk", "sk"),
        "GlobalSecondaryIndexes": [index("due", "KEYS_ONLY"), index("reference", "ALL")],
    })
}
