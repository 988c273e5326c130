//! GOV.UK Pay: a card, in pounds.

use super::Provider;
use crate::field::{Field, Group, Input};
use serde_json::json;

pub(super) const PROVIDER: Provider = Provider {
    id: "govuk_pay",
    title: "GOV.UK Pay",
    about: "by card, in pounds",
    currencies: &["GBP"],
    groups: &[Group { legend: "Who pays", when: None, fields: FIELDS }],
    fixed: |_, _| json!({}),
    tries: &[("4242 4242 4242 4242", "pays"), ("4000 0000 0000 0002", "is declined")],
    note: "Any name, any date to come, any three digits. No real money moves.",
};

const FIELDS: &[Field] = &[
    Field::line("name", "Your name", "/payer/name").optional().known_as("name"),
    Field::line("email", "Your e-mail address", "/payer/email")
        .asked(Input::Keys("email", 254))
        .optional()
        .known_as("email"),
    Field::line("language", "Language of the payment page", "/locale")
        .asked(Input::Language(&[("en", "English"), ("cy", "Cymraeg")])),
];
