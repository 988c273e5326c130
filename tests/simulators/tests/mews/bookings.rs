//! What create and get say of a group, and what becomes of its rooms.

use serde_json::json;

use crate::stage::{DAY, Stage, text};
use crate::wishes::{CLIENT, HOTEL, NOTES, stay, wish, wish_for};

#[tokio::test]
async fn the_answer_has_the_documented_fields_and_every_create_books_again() {
    let stage = Stage::new().await;
    let booked = stage.booked().await;
    let room = &booked["Reservations"][0];
    for name in ["Id", "Number", "RoomCategoryId", "RateId", "Amount", "Rate", "ProductIds"] {
        assert!(room.get(name).is_some(), "{name}");
    }
    assert_eq!((&room["Notes"], &room["StartUtc"]), (&json!(NOTES), &json!("2026-12-01T14:00:00Z")));
    assert_eq!(booked.get("PaymentCardId"), None);
    assert_ne!(stage.booked().await["Id"], booked["Id"], "no idempotency");
    assert_eq!(stage.ledger().await["groups"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_extent_decides_which_lists_come_along() {
    let stage = Stage::new().await;
    let group = text(&stage.booked().await["Id"]);
    let bare = json!({"Client": CLIENT, "HotelId": HOTEL, "ReservationGroupId": group});
    let path = "/api/distributor/v1/reservationGroups/get";
    let without = stage.call("POST", path, &bare.to_string()).await.unwrap().json();
    assert_eq!((without.get("PaymentRequests"), without.get("Payments")), (None, None));
    let some = stage.get_raw(&group, json!({"PaymentRequests": true, "Payments": false})).await.json();
    assert_eq!(some["PaymentRequests"][0]["ReservationGroupId"], group.as_str());
    assert_eq!(some.get("Payments"), None);
    assert_eq!(stage.get(&group).await["Payments"], json!([]));
}

#[tokio::test]
async fn notes_are_kept_for_each_reservation() {
    let stage = Stage::new().await;
    let rooms = json!([
        stay(json!({"Notes": "one"})),
        stay(json!({"Notes": "two \"Ref\" é"})),
        stay(json!({"Notes": null}))
    ]);
    let booked = stage.create(wish(json!({"Reservations": rooms}))).await.json();
    let notes = |value: &serde_json::Value| {
        let rooms = value.as_array().unwrap().iter();
        rooms.map(|room| room["Notes"].clone()).collect::<Vec<_>>()
    };
    let expected = [json!("one"), json!("two \"Ref\" é"), json!(null)];
    assert_eq!(notes(&booked["Reservations"]), expected);
    let ledger = stage.control("GET", "/_ledger?reference=Ref", json!({})).await.json();
    assert_eq!(ledger["groups"].as_array().unwrap().len(), 1);
    assert_eq!(ledger["groups"][0]["reservations"][1]["notes"], expected[1]);
    let none = stage.control("GET", "/_ledger?reference=nobody", json!({})).await.json();
    assert_eq!(none["groups"], json!([]));
}

#[tokio::test]
async fn rooms_that_are_gone_are_named_by_their_place_in_the_request() {
    let stage = Stage::with(|property| property.room_categories[0].rooms = 2).await;
    stage.booked().await;
    let later = stay(json!({"StartUtc": "2026-12-05T14:00:00Z", "EndUtc": "2026-12-06T10:00:00Z"}));
    let refused =
        stage.create(wish(json!({"Reservations": [stay(json!({})), later, stay(json!({}))]}))).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.json()["ExceedingReservationIndexes"], json!([2]));
    assert!(refused.json()["Message"].as_str().unwrap().contains("not available"));
    assert_eq!(stage.ledger().await["groups"].as_array().unwrap().len(), 1, "nothing was booked");
    assert_eq!(stage.create(wish(json!({}))).await.status, 200);
}

#[tokio::test]
async fn a_card_given_at_creation_is_named() {
    let stage = Stage::new().await;
    let card = json!({"PaymentGatewayData": "x", "Expiration": "2030-10", "HolderName": "John Smith"});
    let booked = stage.create(wish(json!({"CreditCardData": card}))).await.json();
    assert!(booked["PaymentCardId"].is_string());
}

#[tokio::test]
async fn an_optional_reservation_is_confirmed_by_its_payment_and_canceled_without() {
    let stage = Stage::with(|property| property.optional_reservations = true).await;
    let standing = async || stage.ledger().await["groups"][0]["reservations"][0]["status"].clone();
    let id = stage.requested().await;
    assert_eq!(standing().await, "Optional");
    stage.order(&id, "pay", json!({})).await;
    assert_eq!(standing().await, "Confirmed");
    stage.pass_and_tick(2 * DAY).await;
    assert_eq!(standing().await, "Confirmed");

    let stage = Stage::with(|property| property.optional_reservations = true).await;
    stage.requested().await;
    stage.pass_and_tick(DAY - 1).await;
    assert_eq!(stage.ledger().await["groups"][0]["reservations"][0]["status"], "Optional");
    stage.pass_and_tick(1).await;
    assert_eq!(stage.ledger().await["groups"][0]["reservations"][0]["status"], "Canceled");
}

#[tokio::test]
async fn without_the_feature_or_without_a_balance_a_reservation_is_confirmed_at_once() {
    let stage = Stage::with(|property| property.optional_reservations = true).await;
    let desk = bellhop_simulators::mews::Rate::at_the_desk().id;
    stage.create(wish_for(json!({"RateId": desk}))).await;
    stage.set(json!({"optional_reservations": false})).await;
    stage.booked().await;
    for group in stage.ledger().await["groups"].as_array().unwrap() {
        assert_eq!(group["reservations"][0]["status"], "Confirmed");
    }
}
