//! What the create call says of a booking.

use super::super::order::Order;
use super::{
    CONFIGURATION, CURRENT, ECHO, HOTEL, adapter_of, attempt, booking, golden, good, open, order, settings,
    wish, wish_with,
};
use crate::test_server::Server;
use bellhop_domain::account::Mode;
use bellhop_domain::provider::Provider;
use serde_json::{Value, json};

/// What is sent for these options.
fn body(settings: &Value, options: &Value) -> Value {
    let mews = open(Mode::Test, settings, &json!({"webhook_secrets": [CURRENT]})).unwrap();
    match Order::read(&mews.settings, &wish_with(options)) {
        Ok(Order::Booking(booking)) => booking.body(attempt()).into(),
        other => panic!("{other:?}"),
    }
}

fn usual(options: &Value) -> Value {
    body(&settings("https://api.mews.example"), options)
}

#[tokio::test]
async fn the_request_is_that_of_the_documentation() {
    let mut server = Server::with([good(golden!("created"))]).await;
    adapter_of(&server).create(&order(&wish())).await.unwrap();
    let asked = server.request().await;
    assert!(asked.starts_with("POST /api/distributor/v1/reservationGroups/create HTTP/1.1\r\n"), "{asked}");
    let wanted = json!({
        "Client": "Bellhop 1.0.0", "ConfigurationId": CONFIGURATION, "HotelId": HOTEL,
        "Customer": {
            "Email": "hiro@snow.com", "FirstName": "Hiro", "LastName": "Protagonist",
            "SendMarketingEmails": false
        },
        "Booker": {
            "Email": "john.doe@snow.com", "FirstName": "John", "LastName": "Doe",
            "Telephone": "654257001458", "NationalityCode": "US", "SendMarketingEmails": true
        },
        "Reservations": [{
            "RoomCategoryId": "4037c0ec-a59d-43f1-9d97-d6c984764e8c",
            "StartUtc": "2026-12-01T14:00:00Z", "EndUtc": "2026-12-03T10:00:00Z",
            "VoucherCode": "Discount2042", "RateId": "c1d48c54-9382-4ceb-a820-772bf370573d",
            "AdultCount": 2, "ChildCount": 0, "ProductIds": ["d0e88da5-ae64-411c-b773-60ed68954f64"],
            "Notes": format!("Quiet room please. (Bellhop {ECHO})")
        }],
        "AvailabilityBlockId": "5mgbe1b4-6739-40b7-81b3-d369d9469c48"
    });
    assert_eq!(super::body_of(&asked), wanted);
    assert!(server.is_quiet());
}

#[test]
fn what_may_be_left_out_is_left_out() {
    let mut least = booking();
    let fields = least.as_object_mut().unwrap();
    fields.remove("booker");
    fields.remove("availability_block_id");
    let reservation = fields["reservations"][0].as_object_mut().unwrap();
    for name in ["voucher_code", "product_ids", "notes"] {
        reservation.remove(name);
    }
    let body = usual(&least);
    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["ConfigurationId", "Customer", "Reservations"]);
    assert_eq!(body["Reservations"][0]["Notes"], format!("Bellhop {ECHO}"));
    assert_eq!(body["Reservations"][0].as_object().unwrap().len(), 7);
}

#[test]
fn each_reservation_has_the_attempt_in_its_notes() {
    let mut twice = booking();
    let one = twice["reservations"][0].clone();
    twice["reservations"].as_array_mut().unwrap().push(one);
    let body = usual(&twice);
    let notes: Vec<&str> =
        body["Reservations"].as_array().unwrap().iter().filter_map(|one| one["Notes"].as_str()).collect();
    assert_eq!(notes.len(), 2);
    assert!(notes.iter().all(|text| text.contains(ECHO)), "{notes:?}");
}

#[test]
fn a_booking_may_name_its_own_configuration_and_language() {
    let mut own = booking();
    own["configuration_id"] = json!("5dfgaeb5-5848-81b3-40b7-d102e96kcf52");
    own["language_code"] = json!("nb-NO");
    own["culture_code"] = json!("NO");
    own["hotel_id"] = json!(HOTEL.to_uppercase());
    let body = usual(&own);
    assert_eq!(body["ConfigurationId"], "5dfgaeb5-5848-81b3-40b7-d102e96kcf52");
    assert_eq!((&body["LanguageCode"], &body["CultureCode"]), (&json!("nb-NO"), &json!("NO")));
}

/// Nothing that could be read in a log names a guest.
#[test]
fn i11_debug_of_a_booking_shows_nobody() {
    let mews = super::adapter();
    let told = format!("{:?}", Order::read(&mews.settings, &wish()));
    assert_eq!(told, "Ok(Booking(Booking(..)))");
}
