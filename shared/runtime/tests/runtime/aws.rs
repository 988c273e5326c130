use crate::aws_server::{AwsServer, Prepared, aws};
use bellhop_runtime::aws::{AMAZON_ROOTS, Clients, Limits};
use bellhop_runtime::secrets::{SecretError, SecretSource, SecretsManager};
use data_encoding::{BASE64, HEXLOWER};
use ring::digest::{SHA256, digest};
use secrecy::ExposeSecret;
use serde_json::json;
use std::time::Duration;

/// SHA-256 of each certificate, from the table "Root CAs" of <https://www.amazontrust.com/repository/>.
const FINGERPRINTS: [&str; 5] = [
    "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
    "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
    "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
    "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
    "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
];

#[test]
fn the_roots_are_amazons_five_and_nothing_else() {
    let blocks = AMAZON_ROOTS.split("-----BEGIN CERTIFICATE-----").skip(1);
    let found: Vec<String> = blocks
        .map(|block| {
            let (base64, rest) = block.split_once("-----END CERTIFICATE-----").unwrap();
            assert!(rest.trim().is_empty());
            let der = BASE64.decode(base64.replace('\n', "").as_bytes()).unwrap();
            HEXLOWER.encode(digest(&SHA256, &der).as_ref())
        })
        .collect();
    assert_eq!(found, FINGERPRINTS);
}

#[test]
fn limits_fit_into_the_functions_own_time() {
    for seconds in [5, 10, 29, 50] {
        let timeout = Duration::from_secs(seconds);
        let limits = Limits::within(timeout);
        assert!(limits.operation * 2 <= timeout, "two calls must fit");
        assert!(limits.attempt * 3 <= limits.operation, "three tries must fit");
        assert!(limits.connect <= limits.attempt);
        assert!(limits.connect >= Duration::from_millis(500));
    }
}

/// The clock is paused: it jumps to the next time-out as soon as nothing else is to be done, and so
/// the listener, which never accepts, need not be waited for.
#[tokio::test(start_paused = true)]
async fn i8_a_table_that_never_answers_is_given_up_within_the_limits() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let limits = Limits::within(Duration::from_secs(5));
    let clients = Clients::new(&aws(port), limits).unwrap();
    let call = clients.dynamodb.get_item().table_name("t").send();
    let allowed = limits.operation + Duration::from_millis(1);
    let answer = tokio::time::timeout(allowed, call).await;
    assert!(answer.unwrap().is_err());
}

/// Secrets Manager that gives `answers`.
async fn manager(answers: Vec<Prepared>) -> (AwsServer, SecretsManager) {
    let server = AwsServer::start(answers).await;
    let config = server.clients().secrets.config().to_builder();
    let config = config.endpoint_url(format!("http://127.0.0.1:{}", server.port));
    let client = aws_sdk_secretsmanager::Client::from_conf(config.build());
    (server, SecretsManager(client))
}

#[tokio::test]
async fn a_secret_is_fetched_by_its_name() {
    let answer = json!({"Name": "p/a", "SecretString": "one"});
    let (server, manager) = manager(vec![(200, answer)]).await;
    let text = manager.fetch("p/a").await.unwrap();
    assert_eq!(text.expose_secret(), "one");
    assert_eq!(server.asked(), [json!({"SecretId": "p/a"})]);
}

#[tokio::test]
async fn a_secret_that_is_not_there_is_told_apart_from_a_store_that_fails() {
    let missing = json!({"__type": "ResourceNotFoundException", "message": "no"});
    let (_server, secrets) = manager(vec![(400, missing)]).await;
    let error = secrets.fetch("p/a").await.unwrap_err();
    assert!(matches!(error, SecretError::Missing(name) if name == "p/a"));
    let denied = json!({"__type": "AccessDeniedException", "message": "no"});
    let (server, secrets) = manager(vec![(400, denied)]).await;
    let error = secrets.fetch("p/a").await.unwrap_err();
    assert!(matches!(error, SecretError::Unavailable(_)));
    assert_eq!(server.asked().len(), 1, "no use in asking again");
    let (_server, secrets) = manager(vec![(200, json!({"SecretBinary": "AAE="}))]).await;
    let error = secrets.fetch("p/a").await.unwrap_err();
    assert!(matches!(error, SecretError::NotText(_)));
}

#[tokio::test]
async fn i9_a_call_that_fails_is_tried_three_times_and_no_more() {
    let busy = json!({"__type": "InternalServiceError"});
    let (server, secrets) = manager(vec![(500, busy)]).await;
    assert!(secrets.fetch("p/a").await.is_err());
    assert_eq!(server.asked().len(), 3);
}
