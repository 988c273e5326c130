//! Wrong requests: each gets its problem, with pointers to every wrong field, and stores nothing.

use super::world::{World, booking};
use serde_json::{Value, json};

/// A booking with the value at `pointer` replaced; `null` takes it away.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = booking("RES-1");
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let name = name.replace("~1", "/");
    let mut at = &mut body;
    for step in parent.split('/').skip(1) {
        at = at.as_object_mut().expect("an object").entry(step).or_insert_with(|| json!({}));
    }
    let at = at.as_object_mut().expect("an object");
    if value.is_null() {
        at.remove(&name)
    } else {
        at.insert(name, value)
    };
    body
}

/// Each with the pointer that the answer must name.
fn wrong_fields() -> Vec<(&'static str, Value)> {
    [wrong_required(), wrong_optional()].concat()
}

fn wrong_required() -> Vec<(&'static str, Value)> {
    let long = |n: usize| json!("x".repeat(n));
    vec![
        ("/amount", Value::Null),
        ("/amount", json!("145.00")),
        ("/amount/value", Value::Null),
        ("/amount/value", json!("14500")),
        ("/amount/value", json!(145.5)),
        ("/amount/value", json!(-1)),
        ("/amount/value", json!(1e15)),
        ("/amount/value", json!(10_000_001)),
        ("/amount/currency", Value::Null),
        ("/amount/currency", json!("gbp")),
        ("/amount/currency", json!("XXX")),
        ("/amount/currency", json!("XAU")),
        ("/amount/currency", json!("EUR")),
        ("/amount/unit", json!("pence")),
        ("/reference", Value::Null),
        ("/reference", json!(12)),
        ("/reference", json!("")),
        ("/reference", json!("  ")),
        ("/reference", long(256)),
        ("/reference", json!("a\u{0}b")),
        ("/reference", json!("4242 4242 4242 4242")),
        ("/reference", json!("see https://evil.example")),
        ("/description", Value::Null),
        ("/description", json!(["x"])),
        ("/description", long(256)),
        ("/description", json!("card 4242-4242-4242-4242")),
        ("/return_url", Value::Null),
        ("/return_url", json!("/stay")),
        ("/return_url", json!("ftp://localhost:4999/x")),
        ("/return_url", json!("javascript:alert(1)")),
        ("/return_url", json!("http://evil.example/stay")),
        ("/return_url", json!("http://localhost:4998/stay")),
        ("/return_url", json!("http://user@localhost:4999/stay")),
        ("/return_url", json!("http://localhost:4999/stay#x")),
        ("/return_url", json!(format!("http://localhost:4999/{}", "x".repeat(2000)))),
    ]
}

fn wrong_optional() -> Vec<(&'static str, Value)> {
    vec![
        ("/provider", json!("paypal")),
        ("/provider", json!(7)),
        ("/locale", json!("e")),
        ("/locale", json!("en_GB")),
        ("/capture", json!("later")),
        ("/expires_in", json!(299)),
        ("/expires_in", json!(86_401)),
        ("/expires_in", json!("1800")),
        ("/payer", json!("Ada")),
        ("/payer/email", json!("ada")),
        ("/payer/email", json!("ada@home")),
        ("/payer/name", json!("4242424242424242")),
        ("/payer/phone/country_code", json!("44")),
        ("/payer/phone/number", Value::Null),
        ("/payer/address/country", json!("UK1")),
        ("/payer/age", json!(3)),
        ("/metadata", json!([])),
        ("/metadata/a", json!(1)),
        ("/metadata/a", json!("4000 0000 0000 0002")),
        ("/options", json!(1)),
        ("/options/mews", json!({})),
        ("/options/govuk_pay", json!([])),
        ("/options/govuk_pay/language", json!("fr")),
        ("/options/govuk_pay/colour", json!("red")),
        ("/currency", json!("GBP")),
        ("/a~1b", json!(1)),
    ]
}

#[tokio::test]
async fn each_wrong_field_is_named_by_its_pointer_and_nothing_is_stored() {
    let world = World::start().await;
    let cases = wrong_fields();
    assert!(cases.len() >= 60, "{}", cases.len());
    world.stack.clear_calls();
    for (number, (pointer, value)) in cases.into_iter().enumerate() {
        // A phone without its number still has a country code: take the parent away too.
        let mut body = with(pointer, value.clone());
        if pointer == "/payer/phone/number" {
            body["payer"]["phone"]["country_code"] = json!("+44");
        }
        let answer = world.create(&format!("key-{number}"), &body).await;
        assert_eq!(answer.status(), 422, "{pointer} {value}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.unwrap();
        let pointers: Vec<_> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["pointer"].as_str().unwrap())
            .collect();
        assert!(pointers.contains(&pointer), "{pointer} {value}: {problem}");
        assert_eq!(problem["code"], "invalid_request");
        assert!(problem["request_id"].as_str().is_some_and(|id| !id.is_empty()));
    }
    nothing_happened(&world).await;
    world.stop().await;
}

#[tokio::test]
async fn every_wrong_field_is_told_at_once() {
    let world = World::start().await;
    let body = json!({"amount": {"value": -1, "currency": "pound"}, "reference": "", "colour": "red"});
    let problem: Value = world.create("key", &body).await.json().await.unwrap();
    let mut pointers: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        ["/amount/currency", "/amount/value", "/colour", "/description", "/reference", "/return_url"]
    );
    world.stop().await;
}

#[tokio::test]
async fn requests_that_are_no_requests_get_their_status() {
    let world = World::start().await;
    world.stack.clear_calls();
    let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
    let twice = r#"{"reference": "a", "reference": "b"}"#;
    let huge = format!("\"{}\"", "x".repeat(262_145));
    let bodies = [
        ("{", 400, "malformed_json"),
        ("", 400, "malformed_json"),
        (&deep, 400, "malformed_json"),
        (twice, 400, "malformed_json"),
        ("[]", 422, "invalid_request"),
        (&huge, 413, "body_too_large"),
    ];
    for (body, status, code) in bodies {
        let call = world
            .call("POST", "/v1/sessions")
            .header("idempotency-key", "k")
            .header("content-type", "application/json");
        let answer = call.body(body.to_owned()).send().await.unwrap();
        assert_eq!(answer.status(), status, "{code}");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], code);
    }
    for (name, value, status, code) in [
        ("content-type", "text/plain", 415, "unsupported_media_type"),
        ("idempotency-key", "", 400, "idempotency_key_invalid"),
        ("idempotency-key", "a b", 400, "idempotency_key_invalid"),
    ] {
        let call = world.call("POST", "/v1/sessions").header("idempotency-key", "k").json(&booking("RES-1"));
        let mut request = call.build().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        let answer = world.http.execute(request).await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.json::<Value>().await.unwrap()["code"].as_str().unwrap()),
            (status, code)
        );
    }
    let keyless = world.call("POST", "/v1/sessions").json(&booking("RES-1")).send().await.unwrap();
    assert_eq!(keyless.status(), 400);
    nothing_happened(&world).await;
    world.stop().await;
}

#[tokio::test]
async fn a_wrong_key_is_refused_without_a_look_at_the_table() {
    let world = World::start().await;
    let flipped = world.key.chars().rev().collect::<String>();
    let warm = world.call("GET", "/v1/sessions?reference=x").send().await.unwrap();
    assert_eq!(warm.status(), 200);
    world.stack.clear_calls();
    for authorization in [
        None,
        Some("Bearer x".to_owned()),
        Some(format!("Bearer {flipped}")),
        Some(format!("Basic {}", world.key)),
        Some(format!("Bearer {}a", world.key)),
    ] {
        let call = world.http.get(format!("{}/v1/sessions?reference=x", world.stack.api_url()));
        let call = match &authorization {
            Some(text) => call.header("authorization", text),
            None => call,
        };
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 401, "{authorization:?}");
    }
    assert_eq!(world.stack.calls().of_table("Query") + world.stack.calls().of_table("GetItem"), 0);
    world.stop().await;
}

async fn nothing_happened(world: &World) {
    let calls = world.stack.calls();
    let writes: u64 = ["TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem"]
        .iter()
        .map(|name| calls.of_table(name))
        .sum();
    assert_eq!((writes, world.simulator.calls("create").await), (0, 0), "{calls:?}");
}
