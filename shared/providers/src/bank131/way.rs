//! The ways in, and that none of them brings a card's data here.

use super::config::Settings;
use super::order::OPTIONS;
use crate::faults::{Faults, Limit, below};
use bellhop_domain::money::Currency;
use bellhop_domain::text::holds_card_number;
use bellhop_domain::wish::Wish;
use serde_json::{Map, Value, json};

/// How a payment is begun (docs, "The payment session").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// `session/create`, and the payer pays in the bank's form on a page of ours.
    Widget,
    /// `session/init/payment`: the create is the payment.
    Init,
    /// `session/create`, and `session/start/payment` when the payer comes.
    Start,
}

impl Flow {
    /// The flow of a wish that passed.
    pub fn of(wish: &Wish) -> Self {
        match wish.options.0.get("flow").and_then(Value::as_str) {
            Some("init") => Self::Init,
            Some("start") => Self::Start,
            _ => Self::Widget,
        }
    }

    /// Its name in the options.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Widget => "widget",
            Self::Init => "init",
            Self::Start => "start",
        }
    }

    /// Whether a create moves no money and shows no page by itself: a lost one may be forgotten.
    pub const fn is_harmless(self) -> bool {
        !matches!(self, Self::Init)
    }
}

/// A way in, and what is paid with where the payer does not type it into the widget.
pub(super) struct Way {
    pub flow: Flow,
    /// `payment_details`.
    pub details: Option<Value>,
}

/// Docs, "Payments via FPS": what the payer's bank shows.
const PURPOSE: Limit = Limit { max: 140, forbidden: "" };
const TOKEN: Limit = Limit { max: 255, forbidden: " " };
const QR: &str = "faster_payment_system";

impl Way {
    /// Reads the way in.
    pub fn read(settings: &Settings, wish: &Wish, faults: &mut Faults) -> Self {
        let flow = flow(settings, wish, faults);
        let options = &wish.options.0;
        let means =
            ["card_id", "recurrent_token", "qr"].into_iter().filter(|name| options.contains_key(*name));
        let means: Vec<&str> = means.collect();
        if flow == Flow::Widget {
            for name in means {
                faults.add(&below(OPTIONS, name), "is only for the flows init and start");
            }
            return Self { flow, details: None };
        }
        let [name] = means.as_slice() else {
            faults.add(&below(OPTIONS, "flow"), "needs one of card_id, recurrent_token and qr");
            return Self { flow, details: None };
        };
        Self { flow, details: Some(details(wish, name, faults)) }
    }

    /// Whether a code is scanned: a transfer, which cannot be held.
    pub fn is_qr(&self) -> bool {
        self.details.as_ref().is_some_and(|details| details["type"] == QR)
    }
}

fn flow(settings: &Settings, wish: &Wish, faults: &mut Faults) -> Flow {
    let at = below(OPTIONS, "flow");
    let flow = Flow::of(wish);
    let named = wish.options.0.get("flow").is_none_or(|name| name == flow.as_str());
    faults.unless(named, &at, "must be widget, init or start");
    let can = flow != Flow::Widget || settings.widget.is_some();
    faults.unless(can, &at, "must be init or start: this account has no widget_script");
    flow
}

/// The `payment_details` of the option `name`.
fn details(wish: &Wish, name: &str, faults: &mut Faults) -> Value {
    let (at, given) = (below(OPTIONS, name), &wish.options.0[name]);
    if name == "qr" {
        let roubles = wish.amount.currency() == Currency::RUB;
        faults.unless(roubles, "/amount/currency", "must be RUB for a code");
        return json!({"type": QR, QR: {"description": purpose(wish, &at, given, faults)}});
    }
    let text = faults.text_of(&at, given, TOKEN).unwrap_or("-");
    faults.unless(!text.is_empty(), &at, "must not be empty");
    match name {
        "card_id" => json!({"type": "card", "card": {"card_id": text}}),
        _ => json!({"type": "recurrent", "recurrent": {"token": text}}),
    }
}

/// The option's description, or the wish's.
fn purpose<'a>(wish: &'a Wish, at: &str, qr: &'a Value, faults: &mut Faults) -> &'a str {
    let Some(fields) = faults.object(at, qr) else {
        return "";
    };
    faults.names(at, fields, &["description"]);
    match fields.get("description") {
        Some(text) => faults.text_of(&below(at, "description"), text, PURPOSE).unwrap_or_default(),
        None => {
            let text = wish.description.as_str();
            faults.text("/description", text, PURPOSE);
            text
        }
    }
}

const ONLY_HERE: &str =
    "is card data, which is never taken here: use the widget, or a stored card_id or recurrent_token";

/// Names under which their API, and others, take what stands on a card.
const OF_CARDS: [&str; 16] = [
    "card",
    "bank_card",
    "encrypted_card",
    "tokenized_card",
    "secured_card",
    "payment_details",
    "number",
    "card_number",
    "pan",
    "expiration_date",
    "expiration_date_month",
    "expiration_date_year",
    "expiry",
    "security_code",
    "cvc",
    "cvv",
];

/// Whatever looks like card data is refused before it is stored, wherever it stands; its value is
/// not repeated.
pub(super) fn no_card_data(wish: &Wish, faults: &mut Faults) {
    for (name, value) in &wish.options.0 {
        search(&below(OPTIONS, name), name, value, faults);
    }
    for (name, text) in &wish.metadata {
        faults.unless(!holds_card_number(text), &below("/metadata", name), ONLY_HERE);
    }
}

fn search(at: &str, name: &str, value: &Value, faults: &mut Faults) {
    if is_of_cards(name) {
        return faults.add(at, ONLY_HERE);
    }
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| search(&below(at, name), name, value, faults));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(number, value)| search(&below(at, &number.to_string()), "", value, faults));
        }
        Value::String(text) => faults.unless(!holds_card_number(text), at, ONLY_HERE),
        Value::Number(number) => faults.unless(!holds_card_number(&number.to_string()), at, ONLY_HERE),
        Value::Bool(_) | Value::Null => {}
    }
}

fn is_of_cards(name: &str) -> bool {
    OF_CARDS.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// What is left of the options once the card data in them has been complained about.
pub(super) fn harmless(options: &Map<String, Value>) -> Map<String, Value> {
    let fine = options.iter().filter(|(name, _)| !is_of_cards(name));
    fine.map(|(name, value)| (name.clone(), value.clone())).collect()
}
