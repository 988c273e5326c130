//! The JSON of sessions. `[doc]` PROVIDERS §5.2, the documented example; SDK `DTO/Session.php`, `AcquiringPayment.php`.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::payment::{Interaction, Payment, Refund};
use super::session::Session;
use super::words::{PaymentStatus, Version, Way};
use super::world::World;

/// `[doc]` PROVIDERS §5.8: UTC with microseconds, as `2018-05-27T02:03:00.000000Z`.
pub fn written(microseconds: i64) -> String {
    let at = Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{at:.6}")
}

impl World {
    /// A session as this version shows it. What is not there is left out, as in the SDK's tests.
    pub fn shown(&self, session: &Session, version: Version) -> Value {
        let mut shown = json!({
            "id": session.id,
            "status": session.status,
            "created_at": written(session.created),
            "updated_at": written(session.updated),
            "finished_at": session.finished.map(written),
            "next_action": session.stage.next_action(),
            "error": session.error,
        });
        if let (Some(fields), Some(payment)) = (shown.as_object_mut(), &session.payment) {
            fields.insert(version.payments().to_owned(), json!([self.payment_shown(session, payment)]));
        }
        without_nulls(shown)
    }

    fn payment_shown(&self, session: &Session, payment: &Payment) -> Value {
        let refunds: Vec<Value> =
            payment.refunds.iter().map(|refund| refund_shown(refund, payment)).collect();
        let shrinks = self.config.project.capture_shrinks_amount && payment.captured > 0;
        let amount = if shrinks { payment.captured } else { payment.money.amount };
        let info = payment.rrn.as_ref().map(|rrn| json!({"rrn": rrn, "auth_code": rrn.get(..6)}));
        without_nulls(json!({
            "id": payment.id,
            "status": payment.status,
            "created_at": written(payment.created),
            "finished_at": payment.finished.map(written),
            "customer": {"reference": payment.reference},
            "payment_details": payment.method.shown(),
            "amount_details": payment.money.with(amount),
            "amounts": self.amounts(payment),
            "metadata": session.wish.metadata,
            "payment_options": session.wish.payment_options,
            "participant_details": session.wish.participant_details,
            "customer_interaction": payment.interaction.as_ref().map(|one| self.interaction(payment, one)),
            "transaction_info": info,
            "refunds": Some(refunds).filter(|refunds| !refunds.is_empty()),
            "error": payment.error,
        }))
    }

    /// SDK `DTO/Amounts.php`; gross and net once the money has moved `[inf]`.
    fn amounts(&self, payment: &Payment) -> Option<Value> {
        let fee = self.config.project.merchant_fee;
        let moved = payment.status == PaymentStatus::Succeeded;
        let money = &payment.money;
        let amounts = without_nulls(json!({
            "fee": fee.map(|fee| json!({"merchant_fee": money.loud(fee)})),
            "gross": moved.then(|| money.loud(payment.captured)),
            "net": moved.then(|| money.loud(payment.captured - fee.unwrap_or_default())),
        }));
        Some(amounts).filter(|amounts| amounts.as_object().is_some_and(|fields| !fields.is_empty()))
    }

    /// `[doc]` the documented example; SDK `CustomerInteraction/*`.
    fn interaction(&self, payment: &Payment, interaction: &Interaction) -> Value {
        let base = format!("{}/3ds/{}", self.base_url, payment.id);
        match interaction {
            Interaction::Redirect { way: Way::Get, secret } => json!({
                "type": "redirect",
                "redirect": {
                    "url": format!("{base}?creq={secret}"),
                    "base_url": base,
                    "method": "GET",
                    "qs": {"creq": secret},
                },
            }),
            Interaction::Redirect { way: Way::Post, secret } => json!({
                "type": "redirect",
                "redirect": {
                    "url": format!("{base}?lang=en"),
                    "base_url": base,
                    "method": "POST",
                    "qs": {"lang": "en"},
                    "params": {"PaReq": secret, "MD": payment.id},
                },
            }),
            Interaction::Inform { secret } => json!({
                "type": "inform",
                "inform": {"qr": {"content": format!("{}/qr/{}?code={secret}", self.base_url, payment.id)}},
            }),
        }
    }
}

fn refund_shown(refund: &Refund, payment: &Payment) -> Value {
    without_nulls(json!({
        "id": refund.id,
        "status": refund.status,
        "created_at": written(refund.created),
        "finished_at": refund.finished.map(written),
        "amount_details": payment.money.with(refund.amount),
        "metadata": refund.metadata,
        "is_chargeback": false,
    }))
}

fn without_nulls(object: Value) -> Value {
    match object {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>())
        }
        other => other,
    }
}
