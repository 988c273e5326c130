//! Bank 131: a card, in roubles or euros, typed into the bank's form on the payment service's page.

use super::Provider;
use crate::field::{Field, Group, Input};
use serde_json::json;

pub(super) const PROVIDER: Provider = Provider {
    id: "bank131",
    title: "Bank 131",
    about: "by card, in roubles or euros",
    currencies: &["RUB", "EUR"],
    groups: &[
        Group { legend: "The payment", when: None, fields: PAYMENT },
        Group { legend: "Who pays", when: None, fields: PAYER },
    ],
    fixed: |_, _| json!({}),
    tries: &[
        ("4242 4242 4242 4242", "pays"),
        ("4000 0000 0000 3220", "3-D Secure"),
        ("4000 0000 0000 0002", "is declined"),
    ],
    note: "Any date to come, any three digits. The bank's form stands on the payment service's page. No real money moves.",
};

const PAYMENT: &[Field] = &[
    Field::line("currency", "You pay in", "/amount/currency")
        .asked(Input::Radio(&[("RUB", "roubles"), ("EUR", "euros")]))
        .apart(),
    Field::line("hold", "The money is", "/capture")
        .asked(Input::Radio(&[("automatic", "taken at once"), ("manual", "held, and taken later")])),
];

const PAYER: &[Field] = &[Field::line("email", "Your e-mail address", "/payer/email")
    .asked(Input::Keys("email", 254))
    .optional()
    .known_as("email")];
