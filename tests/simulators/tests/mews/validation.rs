//! What is refused, and how.

use serde_json::{Value, json};

use crate::http::{Call, send};
use crate::stage::{Stage, text};
use crate::wishes::{CLIENT, HOTEL, laid_over, stay, wish, wish_for};

async fn refused(stage: &Stage, body: Value, status: u16, word: &str) {
    let answer = stage.create(body.clone()).await;
    assert_eq!(answer.status, status, "{body}: {}", answer.body);
    let error = answer.json();
    assert!(text(&error["Message"]).contains(word), "{word}: {error}");
    assert!(error["Details"].is_string() && error.get("RequestId").is_none(), "{error}");
}

#[tokio::test]
async fn every_required_field_is_required() {
    let stage = Stage::new().await;
    for name in ["Client", "ConfigurationId", "HotelId", "Customer", "Reservations"] {
        refused(&stage, wish(json!({name: null})), 400, name).await;
    }
    for name in ["Email", "FirstName", "LastName"] {
        let whole = wish(json!({}));
        let customer = laid_over(whole["Customer"].clone(), json!({name: null}));
        refused(&stage, wish(json!({"Customer": customer})), 400, &format!("Customer.{name}")).await;
    }
    for name in ["RoomCategoryId", "StartUtc", "EndUtc", "RateId", "AdultCount", "ChildCount"] {
        let body = wish(json!({"Reservations": [stay(json!({})), stay(json!({name: null}))]}));
        refused(&stage, body, 400, &format!("Reservations[1].{name}")).await;
    }
    refused(&stage, wish(json!({"Reservations": []})), 400, "Reservations").await;
    assert_eq!(stage.ledger().await["groups"], json!([]));
}

#[tokio::test]
async fn names_are_pascal_case_exactly() {
    let stage = Stage::new().await;
    let whole = wish(json!({}));
    let hotel = whole["HotelId"].clone();
    refused(&stage, wish(json!({"HotelId": null, "hotelId": hotel})), 400, "HotelId").await;
    let booked = stage.create(wish_for(json!({"Notes": null, "notes": "lost"}))).await;
    assert_eq!(booked.json()["Reservations"][0]["Notes"], Value::Null, "another name is another field");
}

#[tokio::test]
async fn unknown_identifiers_are_the_clients_mistake() {
    let stage = Stage::new().await;
    let other = "00000000-0000-4000-8000-000000000000";
    refused(&stage, wish(json!({"HotelId": other})), 400, "HotelId").await;
    refused(&stage, wish(json!({"ConfigurationId": other})), 400, "ConfigurationId").await;
    refused(&stage, wish_for(json!({"RateId": other})), 400, "RateId").await;
    refused(&stage, wish_for(json!({"RoomCategoryId": other})), 400, "RoomCategoryId").await;
    refused(&stage, wish_for(json!({"ProductIds": [other]})), 400, "ProductIds").await;
    refused(&stage, wish(json!({"Client": "Somebody 1.0"})), 401, "Client").await;
    let got = stage.get_raw(other, json!({})).await;
    assert_eq!((got.status, got.json()["Message"].clone()), (400, json!("Invalid ReservationGroupId.")));
}

#[tokio::test]
async fn broken_rules_of_business_are_for_the_end_user() {
    let stage = Stage::new().await;
    let customer = json!({"Email": "nobody", "FirstName": "A", "LastName": "B"});
    refused(&stage, wish(json!({"Customer": customer})), 403, "email").await;
    refused(&stage, wish_for(json!({"EndUtc": "2026-12-01T14:00:00Z"})), 403, "departure").await;
    let past = json!({"StartUtc": "2026-11-01T14:00:00Z", "EndUtc": "2026-11-02T10:00:00Z"});
    refused(&stage, wish_for(past), 403, "past").await;
    refused(&stage, wish_for(json!({"AdultCount": 0})), 403, "person").await;
}

#[tokio::test]
async fn ill_typed_fields_are_refused() {
    let stage = Stage::new().await;
    let cases = [
        (wish_for(json!({"AdultCount": "2"})), "AdultCount"),
        (wish_for(json!({"AdultCount": 1.5})), "AdultCount"),
        (wish_for(json!({"StartUtc": "2026-12-01"})), "StartUtc"),
        (wish_for(json!({"StartUtc": "2026-12-01T14:00:00+01:00"})), "StartUtc"),
        (wish_for(json!({"Notes": 5})), "Notes"),
        (wish(json!({"Reservations": {}})), "Reservations"),
        (
            wish(json!({"CreditCardData": {"PaymentGatewayData": "x", "HolderName": "A"}})),
            "CreditCardData.Expiration",
        ),
        (
            wish(
                json!({"CreditCardData": {"PaymentGatewayData": "x", "HolderName": "A", "Expiration": "10/30"}}),
            ),
            "CreditCardData.Expiration",
        ),
    ];
    for (body, word) in cases {
        refused(&stage, body, 400, word).await;
    }
    let body =
        json!({"Client": CLIENT, "HotelId": HOTEL, "ReservationGroupId": "x", "Extent": {"Payments": "yes"}});
    let got =
        stage.call("POST", "/api/distributor/v1/reservationGroups/get", &body.to_string()).await.unwrap();
    assert_eq!((got.status, got.json()["Message"].clone()), (400, json!("Invalid Extent.Payments.")));
}

#[tokio::test]
async fn only_a_post_of_json_to_an_exact_address_is_an_operation() {
    let stage = Stage::new().await;
    let path = "/api/distributor/v1/reservationGroups/create";
    let body = wish(json!({})).to_string();
    assert_eq!(stage.call("GET", path, "").await.unwrap().status, 404);
    for wrong in
        ["/api/distributor/v1/reservationgroups/create", "/api/distributor/v1/reservationGroups/create/"]
    {
        assert_eq!(stage.call("POST", wrong, &body).await.unwrap().status, 404, "{wrong}");
    }
    for half in ["", "[]", "{\"Client\":"] {
        let answer = stage.call("POST", path, half).await.unwrap();
        assert_eq!(
            (answer.status, answer.json()["Message"].clone()),
            (400, json!("Invalid JSON.")),
            "{half}"
        );
    }
    let url = format!("{}{path}", stage.base);
    let plain = vec![("content-type", "text/plain".to_owned())];
    let answer = send(Call { method: "POST", url: &url, headers: plain, body }).await.unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(stage.ledger().await["groups"], json!([]));
}
