//! FrontGo's JSON, as the pages of docs.frontpayment.no ("docs") print it.
//!
//! Unknown fields are let through: the pages were revised many times, and nothing says what comes.

use bellhop_domain::money::{Currency, Money};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Inferred: a reservation names no currency, and orders carry "NOK" (docs, "submit order").
pub(super) const CURRENCY: Currency = Currency::NOK;

/// An amount in øre, written as kroner: a decimal number, exact to the last digit.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kroner(pub u64);

impl Serialize for Kroner {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let money = Money::new(self.0, CURRENCY).map_err(S::Error::custom)?;
        RawValue::from_string(money.to_decimal()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Kroner {
    /// A number or, as some of their answers have it, a text with one.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let bare = raw.get().strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let money = Money::parse_decimal(bare.unwrap_or(raw.get()), CURRENCY);
        money.map(|money| Self(money.minor())).map_err(D::Error::custom)
    }
}

/// The body of `POST connect/reservations/create`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewReservation<'a> {
    /// An object keyed "0", "1" and so on.
    pub products: BTreeMap<String, Product<'a>>,
    pub order_summary: Summary,
    /// All that holds no amount.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

/// One of `products`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Product<'a> {
    pub name: &'a str,
    pub product_id: Option<&'a str>,
    pub rate: Kroner,
    /// Percent, as a text.
    pub tax: String,
    pub amount: Kroner,
}

/// `orderSummary`.
#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    pub sub_total: Kroner,
    pub total_tax: Kroner,
    pub grand_total: Kroner,
}

/// What every answer comes in. Errors have `is_error` and `errors`, and some have neither.
#[derive(Deserialize)]
pub(super) struct Envelope<T> {
    pub status_code: u16,
    #[serde(default)]
    pub is_error: Option<bool>,
    #[serde(default)]
    pub message: Value,
    #[serde(default)]
    pub errors: Value,
    pub data: Option<T>,
}

/// The answer to a create.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Made {
    pub reservation_uuid: String,
    pub payment_url: String,
}

/// The answer to `GET connect/reservations/details/{uuid}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reservation {
    pub reservation_uuid: String,
    pub status: String,
    pub grand_total: Kroner,
    pub reference_number: String,
    pub customer_reference: Option<String>,
    pub payment_details: Option<PaymentDetails>,
    /// Read only to capture and to give back, likewise the history.
    pub product_list: Option<Box<RawValue>>,
    pub payment_history: Option<Box<RawValue>>,
}

/// `paymentDetails`: the money, whatever the status word says.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct PaymentDetails {
    pub reserved_amount: Option<Kroner>,
    pub captured_amount: Option<Kroner>,
    pub charged_amount: Option<Kroner>,
    pub amount_refunded: Option<AmountRefunded>,
}

/// `amountRefunded`.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct AmountRefunded {
    pub from_captured: Option<Kroner>,
    pub from_charge: Option<Kroner>,
}

/// One of `productList`.
#[derive(Deserialize)]
pub(super) struct Line {
    pub id: u64,
    pub amount: Kroner,
    #[serde(default)]
    pub reserved: Option<Kroner>,
    #[serde(default)]
    pub captured: Option<Kroner>,
}

/// `paymentHistory`: each time that money was taken.
#[derive(Deserialize, Default)]
pub(super) struct History {
    #[serde(default)]
    pub captured: Vec<Value>,
    #[serde(default)]
    pub charged: Vec<Value>,
}

/// A line of a capture or a refund.
#[derive(Serialize)]
pub(super) struct Share {
    pub id: u64,
    pub amount: Kroner,
}

/// The body of `POST connect/reservations/capture/{uuid}`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewCapture {
    pub products: BTreeMap<String, Share>,
    pub grand_total: Kroner,
}

/// The body of `POST connect/reservations/refund/{uuid}`; here the products are an array.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewRefund<'a> {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub grand_total: Kroner,
    pub products: Vec<Share>,
    pub source: &'static str,
    pub reference: &'a str,
}

/// The body of a cancel; the note is required.
#[derive(Serialize)]
pub(super) struct Note {
    pub note: &'static str,
}

/// A line of `GET connect/reservations/history/{start}/{end}`.
#[derive(Deserialize)]
pub(super) struct Event {
    pub uuid: Option<String>,
}
