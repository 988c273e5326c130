//! `payments/refund`, and money that the payer's bank takes back. `[doc]` CO/operations/payments.md#refund-payment.

use super::errors::ApiError;
use super::group::Payment;
use super::lifecycle::new_payment;
use super::money::Money;
use super::reader::Fields;
use super::state::{Kind, PaymentState};
use super::world::World;
use crate::exact::{Json, object};

impl World {
    /// Begins a refund, of all that is left when `ValueToRefund` is absent. There is no idempotency.
    ///
    /// `[inf]` More than is left, or a payment that is not charged, is a 403.
    pub fn refund(&mut self, fields: &Fields<'_>, now: i64) -> Result<Json, ApiError> {
        let id = fields.required("PaymentId")?;
        let account = fields.required("AccountId")?;
        fields.required("Reason")?;
        let (at, number) = self.find_payment(id).ok_or_else(|| fields.invalid("PaymentId"))?;
        let group = self.book.groups.get(at).ok_or_else(|| fields.invalid("PaymentId"))?;
        let payment = group.payments.get(number).ok_or_else(|| fields.invalid("PaymentId"))?;
        if group.customer_id != account {
            return Err(fields.invalid("AccountId"));
        }
        if payment.state != PaymentState::Charged || payment.kind != Kind::Payment {
            return Err(ApiError::forbidden("Only a charged payment can be refunded."));
        }
        let left = payment.amount.minor - group.returned(id);
        let value = match fields.digits("ValueToRefund")? {
            None => Money::of(left, &payment.amount.currency),
            Some(digits) => Money::parse(digits, &payment.amount.currency)
                .filter(|value| value.minor > 0)
                .ok_or_else(|| fields.invalid("ValueToRefund"))?,
        };
        if value.minor > left || left == 0 {
            return Err(ApiError::forbidden("The value is more than what is left of the payment."));
        }
        let refund = self.give_back((at, number), (Kind::Refund, "Api"), value, now);
        refund.map(|refund| accepted(id, &refund)).ok_or_else(|| fields.invalid("PaymentId"))
    }

    /// Adds a refund, which stays `Pending` as long as the property says, or a chargeback, which is done at once.
    pub fn give_back(
        &mut self,
        (group, number): (usize, usize),
        (kind, origin): (Kind, &str),
        value: Money,
        now: i64,
    ) -> Option<Payment> {
        let payment = self.book.groups.get(group)?.payments.get(number)?;
        let of = payment.id.clone();
        let mut back = new_payment((payment.request.clone(), kind), (value.clone(), value), origin, now);
        back.of = Some(of);
        let made = self.add_payment(group, back, now)?;
        let property = &self.config.property;
        let end = match kind == Kind::Refund && property.refunds_fail {
            true => PaymentState::Failed,
            false => PaymentState::Charged,
        };
        let waits = if kind == Kind::Refund { property.refund_ms } else { 0 };
        match waits {
            1.. => self.plan(group, made, (now + waits, end)),
            _ => self.enter(group, made, end, now),
        }
        self.book.groups.get(group)?.payments.get(made).cloned()
    }
}

fn accepted(payment: &str, refund: &Payment) -> Json {
    object! {
        "PaymentId": payment,
        "RefundId": &refund.id,
        "Type": "CreditCardPayment",
        "Amount": object! { "Currency": &refund.amount.currency, "Value": refund.amount.json() },
        "State": refund.state.word(),
    }
}
