//! The JSON of payments. `[doc]` PROVIDERS §4.2, the documented example and its fields.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::dates;
use super::instruction::Instruction;
use super::payment::Payment;
use super::raw::{self, EACH};
use super::world::World;

/// Where amounts stand in a payment.
pub const AMOUNT: [&str; 3] = ["instructions", EACH, "amount"];

/// The first `id` of a beneficiary, that of the documented example; they count up with the payments.
const FIRST_BENEFICIARY: u64 = 4338;

impl World {
    /// A payment, with each amount as a text until [`text_of`] writes it.
    pub fn shown(&self, payment: &Payment) -> Value {
        let wish = &payment.wish;
        let echo = self.config.domain.echo_client_state;
        json!({
            "id": payment.id,
            "state": payment.state.word(),
            "error_code": payment.error_code,
            "error_description": payment.bank_message,
            "state_detail": payment.state_detail,
            "action": payment.action,
            "register_date": dates::local(payment.created),
            "validate_date": payment.validated.map(dates::local),
            "validate_uri": payment.validate_uri,
            "client_redirect_uri": wish.redirect_uri,
            "client_state": wish.state.as_ref().filter(|_| echo),
            "bank_payment_id": payment.bank_payment_id,
            "id_connector": payment.bank.as_ref().map(|bank| bank.id),
            "instructions": wish.instructions.iter().map(|entry| transfer(payment, entry)).collect::<Vec<_>>(),
        })
    }
}

fn transfer(payment: &Payment, entry: &Instruction) -> Value {
    json!({
        "reference_id": entry.reference,
        "execution_date_type": entry.execution.word(),
        "label": entry.label,
        "amount": entry.amount.shown(),
        "currency": entry.currency.shown(),
        "exec_date": null,
        "execution_date": entry.execution.day().map(|day| day.to_string()),
        "beneficiary": {
            "id": FIRST_BENEFICIARY + payment.id,
            "id_account": null,
            "label": entry.payee,
            "scheme_name": "iban",
            "identification": entry.iban,
            "issuer": null,
            "disabled_date": null,
            "bic": null,
        },
    })
}

/// A shown payment as JSON text, its amounts as numbers of ten places.
pub fn text_of(payment: &Value) -> String {
    raw::edit(&payment.to_string(), &AMOUNT, &|amount| amount.trim_matches('"').to_owned())
}

/// An answer with this JSON text.
pub fn answer(status: StatusCode, text: String) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], text).into_response()
}
