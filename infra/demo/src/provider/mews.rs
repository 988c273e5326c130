//! Mews: the hotel's own booking, in euros, paid by card on Mews' page.

use super::Provider;
use crate::field::{Field, Group, Input};
use crate::form::Form;
use crate::rooms::Room;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

pub(super) const PROVIDER: Provider = Provider {
    id: "mews",
    title: "Mews",
    about: "the hotel's own page, in euros",
    currencies: &["EUR"],
    groups: &[
        Group { legend: "The booking at the hotel", when: None, fields: BOOKING },
        Group { legend: "Your stay", when: Some((PAYS_FOR, STAY)), fields: GUEST },
        Group { legend: "The payment request", when: Some((PAYS_FOR, REQUEST)), fields: GIVEN },
    ],
    fixed: booking,
    tries: &[
        ("4111 1111 1111 1111", "pays"),
        ("4000 0000 0000 3220", "3-D Secure"),
        ("security code 000", "is declined"),
    ],
    note: "Any name, any date to come. A payment request has to ask for the price of the room. No real money moves.",
};

const PAYS_FOR: &str = "pays_for";
const STAY: &str = "stay";
const REQUEST: &str = "request";

/// When guests may come and have to leave, in UTC.
const HOURS: [&str; 2] = ["14:00:00Z", "10:00:00Z"];

/// Our rooms as Mews knows them: the category and the rate.
const ROOMS: [(&str, &str, &str); 4] = [
    ("harbour", "4037c0ec-a59d-43f1-9d97-d6c984764e8c", "c1d48c54-9382-4ceb-a820-772bf370573d"),
    ("garden", "6f1c9a52-0d3e-4b87-9c14-2a7e5d80b3f1", "b2a40d6e-58c7-4f19-8e03-7d95c1f6a284"),
    ("lighthouse", "d90b7e34-61af-4c25-b8d7-50e3f2c9146a", "1e83c5f7-94b2-4d60-a7ce-03f8b6d21957"),
    ("boathouse", "28e5d4c1-b79f-4a36-8d52-e61c07f9b3a8", "947fb1d8-2c6e-4305-b91a-d84e60c7f52b"),
];

const BOOKING: &[Field] = &[Field::line(PAYS_FOR, "You pay for", "/options/mews")
    .asked(Input::Radio(&[(STAY, "a new booking"), (REQUEST, "a payment request that you have")]))
    .apart()];

const GUEST: &[Field] = &[
    Field::line("first_name", "First name", "/options/mews/customer/first_name")
        .known_as("given-name")
        .short(),
    Field::line("last_name", "Last name", "/options/mews/customer/last_name").known_as("family-name").short(),
    Field::line("email", "Your e-mail address", "/options/mews/customer/email")
        .asked(Input::Keys("email", 254))
        .known_as("email"),
    Field::line("arrival", "Day of arrival", "/options/mews/reservations/0")
        .asked(Input::DayAhead(14))
        .apart(),
];

const GIVEN: &[Field] = &[
    Field::line("payment_request_id", "Id of the payment request", "/options/mews/payment_request_id")
        .asked(Input::Line(36)),
    Field::line("reservation_group_id", "Id of its reservation group", "/options/mews/reservation_group_id")
        .asked(Input::Line(36)),
];

/// What is asked of Mews, before the payer's own words come into it: empty ones are for the service to complain about.
fn booking(form: &Form, room: &Room) -> Value {
    let mews = match form.get(PAYS_FOR) {
        REQUEST => json!({ "payment_request_id": "", "reservation_group_id": "" }),
        _ => json!({
            "customer": { "first_name": "", "last_name": "", "email": "" },
            "reservations": [reservation(form.get("arrival").trim(), room)],
        }),
    };
    json!({ "options": { "mews": mews } })
}

/// The room from the day of arrival on, for as many nights and people as it is sold for.
fn reservation(arrival: &str, room: &Room) -> Value {
    let [from, until] = HOURS;
    let leaves = arrival.parse::<Date>().ok().and_then(|day| day.checked_add(room.nights.days()).ok());
    let mut all = json!({
        "start_utc": format!("{arrival}T{from}"),
        "end_utc": leaves.map(|day| format!("{day}T{until}")).unwrap_or_default(),
        "adult_count": room.adults,
        "child_count": 0,
    });
    if let Some((_, category, rate)) = ROOMS.iter().find(|(id, ..)| *id == room.id) {
        (all["room_category_id"], all["rate_id"]) = (json!(category), json!(rate));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::ROOMS;
    use crate::rooms;
    use serde_json::Value;

    /// What the local stack tells its Mews about the hotel.
    const CONFIG: &str = include_str!("../../../local/src/run/providers/mews.json");

    #[test]
    fn the_hotel_has_every_room_at_a_rate_that_comes_to_our_price() {
        let config: Value = serde_json::from_str(CONFIG).expect("JSON");
        let with_id = |list: &str, id: &str| {
            let all = config["property"][list].as_array().expect("a list");
            all.iter().find(|one| one["id"] == id).cloned().expect("one of that id")
        };
        for room in rooms::ROOMS {
            let (_, category, rate) = ROOMS.iter().find(|(id, ..)| *id == room.id).expect("a room of Mews'");
            assert!(with_id("room_categories", category)["rooms"].as_u64() > Some(0));
            let night = with_id("rates", rate)["per_night"]["EUR"].as_str().expect("euros").replace('.', "");
            let (night, nights) = (night.parse::<u64>().expect("cents"), u64::try_from(room.nights));
            assert_eq!(room.price("EUR"), nights.ok().map(|nights| night * nights), "{}", room.id);
        }
    }
}
