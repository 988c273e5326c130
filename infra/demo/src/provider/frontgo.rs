//! Front Payment: a card, in kroner, of a payer whom Norwegian invoices can reach.

use super::Provider;
use crate::field::{Field, Group, Input};
use crate::form::Form;
use crate::rooms::Room;
use serde_json::{Value, json};

pub(super) const PROVIDER: Provider = Provider {
    id: "frontgo",
    title: "Front Payment",
    about: "by card, in kroner",
    currencies: &["NOK"],
    groups: &[
        Group { legend: "Who pays", when: None, fields: PAYER },
        Group { legend: "About you", when: Some(("customer", "private")), fields: PERSON },
        Group { legend: "About the company", when: Some(("customer", "corporate")), fields: COMPANY },
        Group { legend: "Postal address", when: None, fields: ADDRESS },
    ],
    fixed: order,
    tries: &[("4242 4242 4242 4242", "is held"), ("4000 0000 0000 0002", "is declined")],
    note: "Any name, any date to come, any three digits. The money is held on the card and taken later.",
};

const PAYER: &[Field] = &[
    Field::line("name", "Your name", "/payer/name").known_as("name"),
    Field::line("email", "Your e-mail address", "/payer/email")
        .asked(Input::Keys("email", 254))
        .known_as("email"),
    Field::line("phone_country", "Calling code", "/payer/phone/country_code")
        .asked(Input::Keys("tel", 5))
        .starting("+47")
        .known_as("tel-country-code")
        .short(),
    Field::line("phone", "Telephone", "/payer/phone/number")
        .asked(Input::Keys("tel", 20))
        .known_as("tel-national")
        .short(),
    Field::line("language", "Language of the payment page", "/locale").asked(Input::Language(&[
        ("en", "English"),
        ("nb", "Norsk"),
        ("sv", "Svenska"),
        ("da", "Dansk"),
        ("de", "Deutsch"),
    ])),
    Field::line("customer", "You pay as", "/options/frontgo/customer_details/type")
        .asked(Input::Radio(&[("private", "a person"), ("corporate", "a company")])),
];

const PERSON: &[Field] = &[Field::line(
    "personal_number",
    "Personal number, 11 digits",
    "/options/frontgo/customer_details/personal_number",
)
.asked(Input::Keys("numeric", 11))
.optional()];

const COMPANY: &[Field] = &[Field::line(
    "organization_id",
    "Organization number",
    "/options/frontgo/customer_details/organization_id",
)
.asked(Input::Keys("numeric", 20))];

const ADDRESS: &[Field] = &[
    Field::line("street", "Street and house", "/payer/address/line1").known_as("address-line1"),
    Field::line("postcode", "Postal code", "/payer/address/postcode").known_as("postal-code").short(),
    Field::line("city", "City", "/payer/address/city").known_as("address-level2").short(),
    Field::line("country", "Country, in two letters", "/payer/address/country")
        .asked(Input::Line(2))
        .starting("NO")
        .known_as("country"),
];

/// What is bought, line by line, with the tax in it.
fn order(_: &Form, room: &Room) -> Value {
    let lines = room.lines.iter();
    let products = lines.map(|line| {
        json!({"name": line.name, "tax": line.tax_percent, "rate": line.gross(), "amount": line.gross()})
    });
    let net: u64 = room.lines.iter().map(|line| line.net).sum();
    let tax: u64 = room.lines.iter().map(|line| line.tax()).sum();
    json!({
        "capture": "manual",
        "options": { "frontgo": {
            "products": products.collect::<Vec<_>>(),
            "order_summary": { "sub_total": net, "total_tax": tax, "grand_total": net + tax },
        } },
    })
}
