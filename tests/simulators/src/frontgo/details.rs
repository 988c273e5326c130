//! The answer of `details`: the truth about a reservation. `[doc]` PROVIDERS §2.2, types as printed there.

use super::amount::Amount;
use super::exact::{Json, object};
use super::reservation::{Line, Refund, Reservation, Source, Taking};
use super::world::World;

/// `[unk]` What `organizationDetails` and `translationKey` hold.
const ORGANIZATION: &str = "Simulated merchant";
const TRANSLATION_KEY: &str = "reservation";
/// `[inf]` The payload has no quantity; the answer has one.
const QUANTITY: i64 = 100;

impl World {
    /// The `data` of `details`.
    pub fn details(&self, reservation: &Reservation) -> Json {
        let wish = &reservation.wish;
        let lines = reservation.lines.iter().map(|line| self.line(reservation, line));
        object! {
            "reservationUuid": &reservation.uuid,
            "status": reservation.state.word(),
            // [inf] Paid is what was taken, not what is held.
            "isPaid": !reservation.takings.is_empty(),
            "productList": lines.collect::<Vec<_>>(),
            "grandTotal": self.money(wish.grand_total),
            "reservationDate": &wish.order_date,
            "paymentLinkDueDate": &wish.due_date,
            "sendOrderBy": object! {"sms": wish.by_sms, "email": wish.by_email},
            "customerDetails": wish.customer.clone(),
            "referenceNumber": wish.reference.as_ref(),
            "chargeValidity": wish.charge_validity.as_ref(),
            "customerReference": wish.customer_reference.as_ref(),
            "customerNotes": wish.notes.as_ref(),
            "termsAndCondition": wish.tnc.as_ref(),
            "paymentDetails": self.payment(reservation),
            "organizationDetails": object! {"name": ORGANIZATION},
            "translationKey": TRANSLATION_KEY,
            "paymentHistory": self.payment_history(reservation),
        }
    }

    fn money(&self, amount: Amount) -> Json {
        amount.shown(self.config.amounts)
    }

    fn line(&self, reservation: &Reservation, line: &Line) -> Json {
        let product = &line.product;
        let held = reservation.reserved_at.is_some() && !line.charged;
        let reserved = if held { product.amount } else { Amount::default() };
        let percent = product.tax.digits(super::amount::Style::Shortest);
        let tax = if self.config.tax_as_text { Json::Text(percent) } else { Json::Number(percent) };
        object! {
            "id": line.id,
            "name": &product.name,
            "productId": product.product_id.as_ref(),
            "quantity": self.money(Amount::from_ore(QUANTITY)),
            "rate": self.money(product.rate),
            "discount": self.money(Amount::default()),
            "tax": tax,
            "amount": self.money(product.amount),
            "reserved": self.money(reserved),
            "captured": self.money(reservation.captured_of(line.id)),
        }
    }

    /// `[inf]` What was reserved stays as it was, after a capture and after the hold is gone.
    fn payment(&self, reservation: &Reservation) -> Json {
        let given = |source: Source| {
            let own = |refund: &&Refund| refund.source == source && refund.standing == "done";
            let refunds = reservation.refunds.iter().filter(own);
            self.money(refunds.map(|refund| refund.amount).sum())
        };
        object! {
            "reservedAt": reservation.reserved_at.map(seconds),
            "reservedAmount": self.money(reservation.reserved),
            "capturedAmount": self.money(reservation.taken(Source::Captured)),
            "chargedAmount": self.money(reservation.taken(Source::Charged)),
            "amountRefunded": object! {
                "fromCaptured": given(Source::Captured),
                "fromCharge": given(Source::Charged),
            },
        }
    }

    /// `[inf]` Captures and charges carry the id that a refund names, and the lines they are from.
    fn payment_history(&self, reservation: &Reservation) -> Json {
        let taken = |source: Source| {
            let own = reservation.takings.iter().filter(|taking| taking.source == source);
            own.map(|taking| self.taking(taking)).collect::<Vec<_>>()
        };
        let held = |at: i64| object! {"at": seconds(at), "amount": self.money(reservation.reserved)};
        let reserved: Vec<Json> = reservation.reserved_at.into_iter().map(held).collect();
        let done = reservation.refunds.iter().filter(|refund| refund.standing == "done");
        let refunded = done.map(|refund| {
            object! {"at": seconds(refund.at), "amount": self.money(refund.amount),
            "reference": &refund.reference}
        });
        object! {
            "reserved": reserved,
            "captured": taken(Source::Captured),
            "charged": taken(Source::Charged),
            "refunded": refunded.collect::<Vec<_>>(),
        }
    }

    fn taking(&self, taking: &Taking) -> Json {
        let share = |(id, amount): &(i64, Amount)| object! {"id": *id, "amount": self.money(*amount)};
        object! {
            "at": seconds(taking.at),
            "amount": self.money(taking.amount),
            "uuid": &taking.uuid,
            "products": taking.shares.iter().map(share).collect::<Vec<_>>(),
        }
    }
}

/// `[inf]` A `Timestamp` is Unix seconds, as in callbacks.
fn seconds(at: i64) -> i64 {
    at.div_euclid(1000)
}
