//! The Connector API: credentials, addresses, payment requests.

use serde_json::{Value, json};

use crate::stage::{Stage, each};

const ALL: &str = "paymentRequests/getAll";

fn page() -> Value {
    json!({"Limitation": {"Count": 10}})
}

#[tokio::test]
async fn both_tokens_and_a_client_are_needed() {
    let stage = Stage::new().await;
    assert_eq!(stage.connector(ALL, page()).await.status, 200);
    for (more, status) in [
        (json!({"ClientToken": "wrong", "Limitation": {"Count": 1}}), 401),
        (json!({"AccessToken": "wrong", "Limitation": {"Count": 1}}), 401),
        (json!({"AccessToken": null, "Limitation": {"Count": 1}}), 401),
        (json!({"Client": null, "Limitation": {"Count": 1}}), 400),
    ] {
        let answer = stage.connector(ALL, more.clone()).await;
        assert_eq!(answer.status, status, "{more}: {}", answer.body);
        let error = answer.json();
        assert_eq!(error["RequestId"], answer.header("request-id"));
        assert!(error["Message"].is_string() && !answer.header("request-id").is_empty());
    }
    stage.set(json!({"connector": null})).await;
    assert_eq!(stage.connector(ALL, page()).await.status, 401, "the property has no integration");
}

#[tokio::test]
async fn addresses_are_case_sensitive_and_exact() {
    let stage = Stage::new().await;
    for path in
        ["paymentrequests/getAll", "paymentRequests/getall", "paymentRequests/getAll/", "payments/nothing"]
    {
        let answer = stage.connector(path, page()).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.json()["RequestId"].is_string());
    }
    let answer = stage.call("GET", "/api/connector/v1/paymentRequests/getAll", "").await.unwrap();
    assert_eq!(answer.status, 404);
    let answer =
        stage.call("POST", "/api/connector/v1/paymentRequests/getAll", "{\"Client\":1,}").await.unwrap();
    assert_eq!((answer.status, answer.json()["Message"].clone()), (400, json!("Invalid JSON.")));
}

#[tokio::test]
async fn requests_are_listed_with_when_they_expire() {
    let stage = Stage::new().await;
    let booked = stage.booked().await;
    let answer = stage.connector(ALL, page()).await;
    assert!(answer.body.contains(r#""GrossValue":929.70"#), "{}", answer.body);
    let request = answer.json()["PaymentRequests"][0].clone();
    assert_eq!(request["Id"], booked["PaymentRequestId"]);
    assert_eq!(request["ReservationGroupId"], booked["Id"]);
    assert_eq!(request["AccountId"], booked["CustomerId"]);
    assert_eq!(request["ReservationId"], booked["Reservations"][0]["Id"]);
    assert_eq!(request["ExpirationUtc"], "2026-11-21T10:00:00Z");
    assert_eq!((&request["State"], &request["Type"]), (&json!("Pending"), &json!("Payment")));
    for (filter, found) in [
        (json!({"States": ["Pending"]}), 1),
        (json!({"States": ["Expired"]}), 0),
        (json!({"PaymentRequestIds": [booked["PaymentRequestId"]]}), 1),
        (json!({"PaymentRequestIds": ["x"]}), 0),
        (json!({"ReservationIds": [booked["Reservations"][0]["Id"]]}), 1),
        (json!({"AccountIds": ["x"]}), 0),
        (json!({"EnterpriseIds": ["x"]}), 0),
        (json!({"UpdatedUtc": {"StartUtc": "2026-11-20T10:00:00Z", "EndUtc": "2026-11-20T10:00:01Z"}}), 1),
        (json!({"UpdatedUtc": {"StartUtc": "2026-11-20T09:00:00Z", "EndUtc": "2026-11-20T10:00:00Z"}}), 0),
    ] {
        let answer = stage.connector(ALL, crate::wishes::laid_over(page(), filter.clone())).await.json();
        assert_eq!(answer["PaymentRequests"].as_array().unwrap().len(), found, "{filter}");
    }
}

#[tokio::test]
async fn only_pending_requests_can_be_canceled() {
    let stage = Stage::new().await;
    let (first, second) = (stage.requested().await, stage.paid().await);
    let cancel =
        async |ids: Value| stage.connector("paymentRequests/cancel", json!({"PaymentRequestIds": ids})).await;
    assert_eq!(cancel(json!([first, second])).await.status, 403, "all or none");
    assert_eq!(cancel(json!(["x"])).await.status, 400);
    assert_eq!(cancel(json!([])).await.status, 400);
    let canceled = cancel(json!([first])).await;
    assert_eq!(each(&canceled.json()["PaymentRequests"], "State"), ["Canceled"]);
    assert_eq!(cancel(json!([first])).await.status, 403, "it is not pending any more");
    let ledger = stage.ledger().await;
    assert_eq!(each(&ledger["payments"], "status"), ["Canceled", "Completed"]);
    assert_eq!(ledger["calls"]["cancel"], 5);
}

#[tokio::test]
async fn the_connectors_client_is_not_that_of_the_distributor() {
    let stage = Stage::new().await;
    let answer = stage.connector(ALL, json!({"Client": "Another 2.0", "Limitation": {"Count": 1}})).await;
    assert_eq!(answer.status, 200);
}
