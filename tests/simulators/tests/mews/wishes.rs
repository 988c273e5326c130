//! What callers send.

use serde_json::{Value, json};

pub const CLIENT: &str = "Bellhop 0.1";
pub const HOTEL: &str = "3edbe1b4-6739-40b7-81b3-d369d9469c48";
pub const CONFIGURATION: &str = "93e27b6f-cba7-4e0b-a24a-819e1b7b388a";
pub const RATE: &str = "c1d48c54-9382-4ceb-a820-772bf370573d";
pub const ROOM: &str = "4037c0ec-a59d-43f1-9d97-d6c984764e8c";
pub const NOTES: &str = "Quiet room please. Ref B-1";

/// One reservation: two nights, 929.70 euros.
pub fn stay(more: Value) -> Value {
    laid_over(
        json!({
            "RoomCategoryId": ROOM,
            "StartUtc": "2026-12-01T14:00:00Z",
            "EndUtc": "2026-12-03T10:00:00Z",
            "RateId": RATE,
            "AdultCount": 2,
            "ChildCount": 0,
            "Notes": NOTES,
        }),
        more,
    )
}

/// A create request with changed fields.
pub fn wish(more: Value) -> Value {
    laid_over(
        json!({
            "Client": CLIENT,
            "ConfigurationId": CONFIGURATION,
            "HotelId": HOTEL,
            "Customer": {"Email": "hiro@snow.com", "FirstName": "Hiro", "LastName": "Protagonist"},
            "Reservations": [stay(json!({}))],
        }),
        more,
    )
}

/// A create request whose one reservation has changed fields.
pub fn wish_for(stay_changes: Value) -> Value {
    wish(json!({"Reservations": [stay(stay_changes)]}))
}

/// An object with other fields on top; `null` takes one away.
pub fn laid_over(mut whole: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        let fields = whole.as_object_mut().unwrap();
        match value {
            Value::Null => drop(fields.remove(name)),
            value => drop(fields.insert(name.clone(), value.clone())),
        }
    }
    whole
}
