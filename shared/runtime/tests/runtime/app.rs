use crate::aws_server::{AwsServer, local_config};
use crate::serve::{context, event, far};
use crate::stage::{Book, own_path};
use bellhop_domain::flows::AccountError;
use bellhop_domain::link::PayerToken;
use bellhop_runtime::accounts::MakeProvider;
use bellhop_runtime::app::App;
use bellhop_runtime::http::problem::Code;
use bellhop_runtime::http::request::{Call, RequestId};
use bellhop_runtime::parts::Parts;
use bellhop_runtime::secrets::SecretFile;
use bellhop_runtime::sqs::SqsQueue;
use bellhop_store::MemoryStore;
use lambda_http::RequestExt;
use serde_json::json;
use std::sync::Arc;

struct NoProviders;

impl MakeProvider for NoProviders {
    fn make(
        &self,
        _: &bellhop_domain::account::Account,
        _: &secrecy::SecretString,
    ) -> Result<Arc<dyn bellhop_domain::provider::Provider>, String> {
        Err("there are none".to_owned())
    }
}

/// An app over a memory table, with a secrets file that holds a service key.
async fn app() -> App {
    let file = own_path("app-secrets.json");
    let service = json!({"p/service": {"current": "ab".repeat(32)}});
    std::fs::write(&file, service.to_string()).unwrap();
    let server = AwsServer::start(vec![(500, json!({}))]).await;
    let config = local_config(server.port, &[("BELLHOP_SECRETS_FILE", file.to_str().unwrap())]);
    let parts = Parts {
        store: Arc::new(MemoryStore::new()),
        directory: Arc::new(Book::default()),
        queue: Arc::new(SqsQueue::new(server.clients().sqs, "q")),
        secrets: Arc::new(SecretFile(file)),
        providers: Arc::new(NoProviders),
    };
    App::assemble(config, parts)
}

#[tokio::test]
async fn an_app_gives_flows_what_they_work_with() {
    let desk = app().await.desk().await.unwrap();
    let token = PayerToken::issue(crate::sqs::key(), &desk.keys);
    assert!(desk.pay_url(&token).as_str().starts_with("http://127.0.0.1:9000/pay/"));
    let account = desk.accounts.open(&crate::stage::account().at).await;
    assert!(matches!(account, Err(AccountError::Unknown)));
}

#[tokio::test]
async fn a_caller_without_a_key_is_turned_away() {
    let app = app().await;
    let cases = [(json!({}), Code::KeyMissing), (json!({"authorization": "Bearer x"}), Code::KeyRefused)];
    for (headers, code) in cases {
        let request = event(&json!({"headers": headers})).with_lambda_context(context(far()));
        let id = RequestId::of(&request);
        let call = Call::new(request, id, &app.clock).unwrap_or_else(|_| panic!("a fine call"));
        assert_eq!(app.caller(&call).await.unwrap_err().code, code);
    }
}
