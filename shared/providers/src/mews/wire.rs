//! Mews' JSON (docs, "Reservation groups" of the booking-engine API; "Payments", "Payment requests",
//! "Reservations" and "Service order notes" of the Connector API). Unknown fields are let through.

use super::ids::Id;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// A reservation group: the answer to create and get. Of what was asked for besides (`Extent`), a
/// create has nothing.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Group {
    pub id: Id,
    pub reservations: Vec<Reservation>,
    pub payment_request_id: Option<Id>,
    pub payment_requests: Option<Vec<PaymentRequest>>,
    pub payments: Option<Vec<Payment>>,
}

/// A reservation: only where our attempt stands.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Reservation {
    pub notes: Option<String>,
}

/// A payment request of a group. It names no amount.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PaymentRequest {
    pub id: Id,
    pub reservation_group_id: Id,
    pub state: String,
}

/// One try to pay a request, or a charge of theirs for it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Payment {
    pub payment_request_id: Option<Id>,
    pub state: String,
    /// In the currency of the request.
    pub amount: Amount,
    /// In the currency of the payer's card.
    pub charge_amount: Option<Amount>,
}

/// An amount with its taxes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Amount {
    pub currency: String,
    /// A decimal number in major units, never through a float.
    pub gross_value: Box<RawValue>,
}

/// An error body. `Details` is not read: it may repeat what was sent.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RequestError {
    pub message: String,
    /// Of a create: which reservations are not to be had any more.
    pub exceeding_reservation_indexes: Option<Value>,
}

/// A webhook message: what changed, by id alone.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Message {
    pub events: Vec<Event>,
}

/// One change.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Event {
    pub discriminator: String,
    #[serde(default)]
    pub value: Value,
}

/// Connector: the answer to `paymentRequests/getAll`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RequestList {
    pub payment_requests: Vec<Requested>,
}

/// A payment request of it. It hangs on a group or on one reservation.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Requested {
    pub id: Id,
    pub account_id: Id,
    pub reservation_group_id: Option<Id>,
    pub reservation_id: Option<Id>,
}

/// Connector: the answer to `reservations/getAll/2023-06-06`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReservationList {
    pub reservations: Vec<Stay>,
}

/// A reservation of it. Its notes are listed apart.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Stay {
    pub id: Id,
    pub group_id: Id,
}

/// Connector: the answer to `serviceOrderNotes/getAll`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct NoteList {
    pub service_order_notes: Vec<OrderNote>,
}

/// A note of it; a reservation is a service order.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OrderNote {
    pub order_id: Id,
    pub text: Option<String>,
}

/// Connector: the answer to `payments/getAll`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PaymentList {
    pub payments: Vec<Booked>,
}

/// A payment on an account of theirs: what was paid is negative there, and what went back positive.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Booked {
    pub id: Id,
    pub account_id: Id,
    pub payment_request_id: Option<Id>,
    pub state: String,
    pub kind: Option<String>,
    pub amount: Amount,
    #[serde(default)]
    pub created_utc: String,
}

/// Connector: the body of `payments/refund`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct NewRefund<'a> {
    pub payment_id: &'a Id,
    pub account_id: &'a Id,
    pub reason: &'static str,
    pub value_to_refund: Box<RawValue>,
}

/// Connector: its answer.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RefundMade {
    pub refund_id: Id,
    pub amount: CurrencyValue,
    pub state: String,
}

/// An amount without taxes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CurrencyValue {
    pub currency: String,
    pub value: Box<RawValue>,
}
