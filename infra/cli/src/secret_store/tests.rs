//! AWS Secrets Manager, played by a few lines that keep what its API reference says of three calls.

use super::SecretStore;
use crate::failure::Failure;
use aws_sdk_secretsmanager::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_secretsmanager::{Client, Config};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

type Kept = Arc<Mutex<HashMap<String, String>>>;
type Answer = (StatusCode, Json<Value>);

async fn manager(State(kept): State<Kept>, headers: HeaderMap, body: String) -> Answer {
    let body: Value = serde_json::from_str(&body).unwrap();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let mut kept = kept.lock().unwrap();
    let name = text("Name") + &text("SecretId");
    let held = kept.get(&name).cloned();
    match (headers["x-amz-target"].to_str().unwrap(), held) {
        ("secretsmanager.GetSecretValue", Some(held)) => fine(json!({ "Name": name, "SecretString": held })),
        ("secretsmanager.CreateSecret", None) | ("secretsmanager.PutSecretValue", Some(_)) => {
            kept.insert(name.clone(), text("SecretString"));
            fine(json!({ "Name": name }))
        }
        ("secretsmanager.CreateSecret", Some(_)) => refused("ResourceExistsException"),
        _ => refused("ResourceNotFoundException"),
    }
}

fn fine(body: Value) -> Answer {
    (StatusCode::OK, Json(body))
}

fn refused(kind: &str) -> Answer {
    (StatusCode::BAD_REQUEST, Json(json!({ "__type": kind })))
}

async fn store() -> SecretStore {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new().route("/", post(manager));
    let routes = routes.with_state(Kept::default());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-2"))
        .credentials_provider(Credentials::new("id", "key", None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(url);
    SecretStore::Manager(Client::from_conf(config.build()))
}

fn text(text: &str) -> SecretString {
    text.to_owned().into()
}

async fn held(store: &SecretStore, name: &str) -> Option<String> {
    let found = store.find(name).await.unwrap();
    found.map(|text| text.expose_secret().to_owned())
}

#[tokio::test]
async fn a_secret_is_made_once_and_then_only_replaced() {
    let store = store().await;
    assert_eq!(held(&store, "a/b").await, None);
    store.create("a/b", &text("one")).await.unwrap();
    assert_eq!(held(&store, "a/b").await.as_deref(), Some("one"));
    let again = store.create("a/b", &text("two")).await.unwrap_err();
    assert!(matches!(again, Failure::Conflict(_)), "{again:?}");
    assert_eq!(held(&store, "a/b").await.as_deref(), Some("one"));
    store.replace("a/b", &text("two")).await.unwrap();
    assert_eq!(held(&store, "a/b").await.as_deref(), Some("two"));
}

#[tokio::test]
async fn a_refusal_of_the_manager_is_told_without_the_secret() {
    let store = store().await;
    let failure = store.replace("a/b", &text("hush")).await.unwrap_err();
    assert_eq!(failure.exit_code(), 4);
    let words = failure.text();
    assert!(words.contains("ResourceNotFoundException") && !words.contains("hush"), "{words}");
}
