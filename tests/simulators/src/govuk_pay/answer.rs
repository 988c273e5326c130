//! The JSON of payments, events and refunds.
//!
//! `[doc]` PROVIDERS §3.2 (shape of OpenAPI `CreatePaymentResult`), api_reference/*.

use serde_json::{Map, Value, json};

use super::payment::{Payment, Refund};
use super::state::State;
use super::world::World;
use crate::clock::{day, rfc3339};

impl World {
    /// A payment as its own address shows it, with a fresh `next_url` when `token` is one.
    pub fn shown(&self, payment: &Payment, token: Option<&str>) -> Value {
        let wish = &payment.wish;
        let mut fields = json!({
            "payment_id": payment.id,
            "amount": wish.amount,
            "reference": wish.reference,
            "description": wish.description,
            "language": wish.language,
            "state": payment.state.shown(),
            "payment_provider": self.account(payment.account).provider,
            "created_date": rfc3339(payment.created),
            "delayed_capture": wish.delayed_capture,
            "moto": wish.moto,
            "authorisation_mode": if wish.agreement.is_some() { "agreement" } else { "web" },
            "refund_summary": {
                "status": payment.refund_status(),
                "amount_available": payment.refundable(),
                "amount_submitted": payment.refund_submitted(),
            },
            "settlement_summary": settlement(payment),
            "_links": self.links(payment, token),
        });
        let optional = [
            ("return_url", wish.return_url.as_ref().map(|url| json!(url))),
            ("email", wish.email.as_ref().map(|email| json!(email))),
            ("metadata", wish.metadata.clone().map(Value::Object)),
            ("agreement_id", wish.agreement.as_ref().map(|id| json!(id))),
            ("card_details", payment.card.clone()),
        ];
        if let Some(fields) = fields.as_object_mut() {
            fields.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        }
        fields
    }

    /// A payment as the search shows it. `[doc]` search_payments_reference: no next_url, null for absent links.
    pub fn listed(&self, payment: &Payment) -> Value {
        let mut shown = self.shown(payment, None);
        if let Some(links) = shown.get_mut("_links").and_then(Value::as_object_mut) {
            for name in ["cancel", "capture"] {
                links.entry(name).or_insert(Value::Null);
            }
        }
        shown
    }

    /// The API address of a payment.
    pub fn address(&self, payment: &Payment) -> String {
        format!("{}/v1/payments/{}", self.base_url, payment.id)
    }

    /// `[doc]` PROVIDERS §3.2: cancel and capture only while allowed.
    fn links(&self, payment: &Payment, token: Option<&str>) -> Value {
        let own = self.address(payment);
        let mut links = Map::new();
        let mut add = |name: &str, value: Value| links.insert(name.to_owned(), value);
        add("self", link(&own, "GET"));
        add("events", link(&format!("{own}/events"), "GET"));
        add("refunds", link(&format!("{own}/refunds"), "GET"));
        if payment.state.cancellable() {
            add("cancel", link(&format!("{own}/cancel"), "POST"));
        }
        if payment.state == State::Capturable {
            add("capture", link(&format!("{own}/capture"), "POST"));
        }
        if let Some(token) = token {
            let secure = format!("{}/secure", self.base_url);
            add("next_url", link(&format!("{secure}/{token}"), "GET"));
            add(
                "next_url_post",
                json!({
                    "type": "application/x-www-form-urlencoded",
                    "params": {"chargeTokenId": token},
                    "href": secure,
                    "method": "POST",
                }),
            );
        }
        Value::Object(links)
    }

    /// `[doc]` payment_event_reference: the oldest state first.
    pub fn events(&self, payment: &Payment) -> Value {
        let own = self.address(payment);
        let event = |(at, state): &(i64, State)| {
            json!({
                "payment_id": payment.id,
                "state": state.shown(),
                "updated": rfc3339(*at),
                "_links": {"payment_url": link(&own, "GET")},
            })
        };
        json!({
            "payment_id": payment.id,
            "events": payment.states.iter().map(event).collect::<Vec<_>>(),
            "_links": {"self": link(&format!("{own}/events"), "GET")},
        })
    }

    /// `[doc]` refund_payment_reference.
    pub fn refund_shown(&self, payment: &Payment, refund: &Refund) -> Value {
        let own = self.address(payment);
        json!({
            "refund_id": refund.id,
            "created_date": rfc3339(refund.created),
            "amount": refund.amount,
            "status": refund.status,
            "settlement_summary": {},
            "_links": {
                "self": link(&format!("{own}/refunds/{}", refund.id), "GET"),
                "payment": link(&own, "GET"),
            },
        })
    }

    /// `[doc]` payment_refunds_reference.
    pub fn refunds_shown(&self, payment: &Payment) -> Value {
        let own = self.address(payment);
        let refunds: Vec<Value> =
            payment.refunds.iter().map(|refund| self.refund_shown(payment, refund)).collect();
        json!({
            "payment_id": payment.id,
            "_links": {"self": link(&format!("{own}/refunds"), "GET"), "payment": link(&own, "GET")},
            "_embedded": {"refunds": refunds},
        })
    }
}

/// An address and how to call it.
pub fn link(href: &str, method: &str) -> Value {
    json!({"href": href, "method": method})
}

/// `[doc]` PROVIDERS §3.3: captured_date is the real capture, settled_date the payout.
fn settlement(payment: &Payment) -> Value {
    let known = [
        ("capture_submit_time", payment.capture_submitted.map(rfc3339)),
        ("captured_date", payment.captured_at.map(day)),
        ("settled_date", payment.settled_at.map(day)),
    ];
    known
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), json!(value?))))
        .collect::<Map<_, _>>()
        .into()
}
