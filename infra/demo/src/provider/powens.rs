//! Powens Pay: a transfer, in euros, from the payer's bank to ours.

use super::Provider;
use crate::field::{Field, Group, Input};
use crate::form::Form;
use crate::rooms::Room;
use serde_json::{Value, json};

pub(super) const PROVIDER: Provider = Provider {
    id: "powens",
    title: "Powens Pay",
    about: "by bank transfer, in euros",
    currencies: &["EUR"],
    groups: &[
        Group { legend: "The transfer", when: None, fields: TRANSFER },
        Group { legend: "The day of the transfer", when: Some(("transfer", "deferred")), fields: DAY },
        Group { legend: "Who pays", when: None, fields: PAYER },
        Group { legend: "About you", when: Some(("kind", "individual")), fields: PERSON },
        Group { legend: "About the company", when: Some(("kind", "corporate")), fields: COMPANY },
    ],
    fixed: account,
    tries: &[
        ("Test bank, redirect", "then Approve, or Let the bank refuse"),
        ("Test bank, otp_sms", "asks for the code 1234"),
        ("Bank without tracking", "never says that the money came"),
    ],
    note: "An instant transfer takes 15 seconds, others 15 minutes: move the clock. No real money moves.",
};

const TRANSFER: &[Field] =
    &[Field::line("transfer", "When the money leaves", "/options/powens/execution_date_type").asked(
        Input::Radio(&[
            ("first_open_day", "on the next banking day"),
            ("instant", "at once"),
            ("deferred", "on a later day"),
        ]),
    )];

const DAY: &[Field] =
    &[Field::line("transfer_day", "Day", "/options/powens/execution_date").asked(Input::Day)];

const PAYER: &[Field] = &[
    Field::line("email", "Your e-mail address", "/payer/email")
        .asked(Input::Keys("email", 254))
        .optional()
        .known_as("email"),
    Field::line("kind", "You pay as", "/options/powens/payer_identity/kind")
        .asked(Input::Radio(&[("individual", "a person"), ("corporate", "a company")])),
];

const PERSON: &[Field] = &[
    Field::line("first_name", "First name", "/options/powens/payer_identity/first_name")
        .known_as("given-name")
        .short(),
    Field::line("last_name", "Last name", "/options/powens/payer_identity/last_name")
        .known_as("family-name")
        .short(),
    Field::line("birth_date", "Date of birth", "/options/powens/payer_identity/birth_date")
        .asked(Input::Day)
        .optional()
        .known_as("bday"),
    Field::line("postal_address", "Postal address", "/options/powens/payer_identity/postal_address")
        .asked(Input::Line(512))
        .optional()
        .known_as("street-address"),
];

const COMPANY: &[Field] = &[
    Field::line("org_name", "Name of the company", "/options/powens/payer_identity/org_name")
        .known_as("organization"),
    Field::line(
        "org_legal_status",
        "Legal form, such as SARL",
        "/options/powens/payer_identity/org_legal_status",
    ),
    Field::line("org_scheme", "Register of its number", "/options/powens/payer_identity/scheme_name")
        .starting("siren"),
    Field::line("org_number", "Number in that register", "/options/powens/payer_identity/identification"),
    Field::line("org_address", "Address of its seat", "/options/powens/payer_identity/org_hq_address")
        .asked(Input::Line(512))
        .optional(),
];

/// Our own account, and who we are.
fn account(_: &Form, _: &Room) -> Value {
    json!({ "options": { "powens": {
        "beneficiary": {
            "scheme_name": "iban",
            "identification": "FR1420041010050500013M02606",
            "label": "Harbour House",
        },
        "beneficiary_identity": {
            "kind": "corporate",
            "org_name": "Harbour House",
            "org_legal_status": "SARL",
            "scheme_name": "siren",
            "identification": "012345678",
        },
    } } })
}
