//! The Invoke API as cargo-lambda answers it.

use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use bellhop_local::functions::{CargoLambda, Functions, InvokeError};
use bellhop_local::server::{Server, listen};
use http::StatusCode;

const ERROR: &str = r#"{"errorType":"Error","errorMessage":"asked to fail"}"#;

async fn answer(Path(name): Path<String>, body: String) -> (StatusCode, String) {
    match name.as_str() {
        "echo" => (StatusCode::OK, body),
        "fails" => (StatusCode::INTERNAL_SERVER_ERROR, ERROR.to_owned()),
        "fails-as-on-aws" => (StatusCode::OK, ERROR.to_owned()),
        "busy" => (StatusCode::TOO_MANY_REQUESTS, String::new()),
        _ => (StatusCode::NOT_FOUND, String::new()),
    }
}

#[tokio::test]
async fn answers_and_errors_of_the_invoke_api_are_told_apart() {
    let router = Router::new().route("/2015-03-31/functions/{name}/invocations", post(answer));
    let server = Server::start(listen(0).await.unwrap(), router);
    let functions = CargoLambda::new(server.url());
    assert_eq!(functions.invoke("echo", "{\"a\":1}".into()).await.unwrap(), "{\"a\":1}");
    let failed = Err(InvokeError::Failed(ERROR.into()));
    assert_eq!(functions.invoke("fails", "{}".into()).await, failed);
    assert_eq!(functions.invoke("fails-as-on-aws", "{}".into()).await, failed);
    assert_eq!(functions.invoke("busy", "{}".into()).await, Err(InvokeError::Throttled));
    assert_eq!(functions.invoke("nobody", "{}".into()).await, Err(InvokeError::Unknown("nobody".into())));
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    let listener = listen(0).await.unwrap();
    let url = bellhop_local::server::url_of(&listener);
    drop(listener);
    let answer = CargoLambda::new(url).invoke("echo", "{}".into()).await;
    assert!(matches!(answer, Err(InvokeError::Unreachable(_))), "{answer:?}");
}
