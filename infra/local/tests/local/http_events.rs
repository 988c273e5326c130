use std::sync::Arc;
use std::time::Duration;

use bellhop_local::clock::Clock;
use bellhop_local::functions::Functions;
use bellhop_local::http_api::HttpApi;
use bellhop_local::server::{Server, listen};
use bellhop_local::template::RoutePlan;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use super::calls::{Got, send};
use super::fake::Fake;

const NOW: i64 = 1_584_039_838_390;

/// An API with one route of each kind on a stage.
pub async fn api(stage: &str, functions: Arc<dyn Functions>) -> Server {
    let keys = ["POST /orders", "GET /orders/{id}", "GET /{rest+}"];
    let route = |key: &str| {
        let (method, path) = key.split_once(' ').unwrap();
        let timeout = Duration::from_secs(30);
        RoutePlan { method: method.into(), path: path.into(), function: key.into(), timeout }
    };
    let routes = keys.map(route).to_vec();
    let clock = Clock::frozen(NOW, None).unwrap();
    Server::start(listen(0).await.unwrap(), HttpApi::new(routes, stage, functions, clock).router())
}

fn quiet() -> Arc<Fake> {
    Fake::new(|_, _| Ok(json!({ "statusCode": 204 })))
}

/// The event that a request becomes.
async fn event_of(method: Method, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Value {
    let fake = quiet();
    let api = api("$default", fake.clone()).await;
    let request = Request::builder().method(method).uri(format!("{}{path}", api.url()));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let got = send(request, body.to_vec()).await;
    assert_eq!(got.status, StatusCode::NO_CONTENT);
    fake.events().remove(0)
}

#[tokio::test]
async fn the_event_has_the_shape_of_payload_format_two() {
    let headers = [("content-type", "application/json"), ("user-agent", "test")];
    let event = event_of(Method::POST, "/orders", &headers, b"{\"a\":1}").await;
    assert_eq!(event["version"], "2.0");
    assert_eq!(event["routeKey"], "POST /orders");
    assert_eq!(event["rawPath"], "/orders");
    assert_eq!(event["rawQueryString"], "");
    assert_eq!(event["body"], "{\"a\":1}");
    assert_eq!(event["isBase64Encoded"], false);
    assert!(event.get("cookies").is_none() && event.get("pathParameters").is_none());
    let context = &event["requestContext"];
    assert_eq!(context["http"]["method"], "POST");
    assert_eq!(context["http"]["sourceIp"], "127.0.0.1");
    assert_eq!(context["http"]["userAgent"], "test");
    assert_eq!(context["domainName"], "127.0.0.1");
    assert_eq!(context["timeEpoch"], NOW);
    assert_eq!(context["time"], "12/Mar/2020:19:03:58 +0000");
    assert_eq!(context["stage"], "$default");
}

#[tokio::test]
async fn headers_are_lower_case_and_joined_and_cookies_stand_apart() {
    let headers = [("X-One", "a"), ("x-one", "b"), ("Cookie", "k=1; l=2")];
    let event = event_of(Method::GET, "/orders/7", &headers, b"").await;
    assert_eq!(event["headers"]["x-one"], "a,b");
    assert_eq!(event["headers"]["x-forwarded-for"], "127.0.0.1");
    assert_eq!(event["cookies"], json!(["k=1", "l=2"]));
    assert!(event["headers"].get("cookie").is_none());
    assert!(event.get("body").is_none());
}

#[tokio::test]
async fn the_raw_query_keeps_its_bytes_and_the_parameters_are_decoded_and_joined() {
    let event = event_of(Method::GET, "/orders/7?a=%2f+x&a=2&b&c=%zz", &[], b"").await;
    assert_eq!(event["rawQueryString"], "a=%2f+x&a=2&b&c=%zz");
    assert_eq!(event["queryStringParameters"], json!({ "a": "/ x,2", "b": "", "c": "%zz" }));
}

#[tokio::test]
async fn path_variables_are_decoded() {
    let event = event_of(Method::GET, "/orders/caf%C3%A9", &[], b"").await;
    assert_eq!(event["pathParameters"], json!({ "id": "café" }));
    assert_eq!(event["rawPath"], "/orders/café");
}

#[tokio::test]
async fn bodies_that_are_not_text_come_as_base64() {
    let binary =
        event_of(Method::POST, "/orders", &[("content-type", "application/octet-stream")], b"hi").await;
    assert_eq!((&binary["body"], &binary["isBase64Encoded"]), (&json!("aGk="), &json!(true)));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(event_of(Method::POST, "/orders", &form, b"a=1").await["body"], "YT0x");
    let not_utf8 = event_of(Method::POST, "/orders", &[("content-type", "text/plain")], &[0xff]).await;
    assert_eq!(not_utf8["isBase64Encoded"], true);
}

async fn status_of(path: &str, header: String, body: Vec<u8>) -> (Got, usize) {
    let fake = quiet();
    let api = api("$default", fake.clone()).await;
    let got = send(Request::post(format!("{}{path}", api.url())).header("x-long", header), body).await;
    (got, fake.events().len())
}

#[tokio::test]
async fn more_than_10240_bytes_of_headers_are_refused_before_the_function() {
    let (fits, called) = status_of("/orders", "a".repeat(10_000), Vec::new()).await;
    assert_eq!((fits.status, called), (StatusCode::NO_CONTENT, 1));
    let (over, called) = status_of("/orders", "a".repeat(10_240), Vec::new()).await;
    assert_eq!((over.status, called), (StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, 0));
}

#[tokio::test]
async fn more_than_10_mb_of_body_are_refused_before_the_function() {
    let (over, called) = status_of("/orders", String::new(), vec![b'a'; 10 * 1024 * 1024 + 1]).await;
    assert_eq!((over.status, called), (StatusCode::PAYLOAD_TOO_LARGE, 0));
}

#[tokio::test]
async fn an_unknown_route_is_not_found() {
    let (got, called) = status_of("/nowhere", String::new(), Vec::new()).await;
    assert_eq!((got.status, called), (StatusCode::NOT_FOUND, 0));
    assert_eq!(got.json(), json!({ "message": "Not Found" }));
}

#[tokio::test]
async fn a_named_stage_is_part_of_the_path() {
    let fake = quiet();
    let api = api("prod", fake.clone()).await;
    let outside = send(Request::get(format!("{}/orders/7", api.url())), "").await;
    assert_eq!(outside.status, StatusCode::NOT_FOUND);
    let inside = send(Request::get(format!("{}/prod/orders/7", api.url())), "").await;
    assert_eq!(inside.status, StatusCode::NO_CONTENT);
    assert_eq!(fake.events()[0]["rawPath"], "/prod/orders/7");
    assert_eq!(fake.events()[0]["routeKey"], "GET /orders/{id}");
}
