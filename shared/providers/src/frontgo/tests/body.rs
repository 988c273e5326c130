//! What a create sends, field by field.

use super::{adapter, attempt, kroner, options, order, wish};
use crate::frontgo::order::{Order, made_at};
use bellhop_domain::wish::Wish;
use serde_json::{Value, json};

/// The text that is sent for a wish.
pub(super) fn text(edit: impl FnOnce(&mut Wish)) -> String {
    let mut wish = wish();
    edit(&mut wish);
    let order_of = Order::read(&adapter(&json!({})).settings, &wish);
    let read = order_of.unwrap_or_else(|faults| panic!("{faults:?}"));
    serde_json::to_string(&read.body(&order(&wish))).unwrap()
}

fn body(edit: impl FnOnce(&mut Wish)) -> Value {
    serde_json::from_str(&text(edit)).unwrap()
}

#[test]
fn a_plain_wish_is_one_private_customer_and_one_product() {
    let wanted = json!({
        "customerDetails": {
            "type": "private", "countryCode": "+47", "msisdn": "46567468", "email": "ada@payer.example",
            "name": "Ada Payer", "preferredLanguage": "no", "personalNumber": null, "organizationId": null,
            "address": {"street": "Strandgata 1", "zip": "5003", "city": "Bergen", "country": "NO"},
        },
        "orderDate": "1795176000",
        "dueDateForPaymentLink": "1795177801",
        "referenceNo": "RES-12345",
        "customerReference": attempt().to_string(),
        "sendOrderBy": {"sms": false, "email": false},
        "products": {"0": {
            "name": "Two nights, double room", "productId": null, "rate": 145.0, "tax": "0", "amount": 145.0,
        }},
        "orderSummary": {"subTotal": 145.0, "totalTax": 0.0, "grandTotal": 145.0},
        "chargeValidity": null, "customerNotes": null, "tnc": null,
        "submitPayment": {"via": "visa"},
        "callback": {
            "callbackUrl": "https://pay.booking.example/webhooks/frontgo/fjord",
            "success": "https://pay.booking.example/return/token",
            "failure": "https://pay.booking.example/return/token",
        },
        "settings": {},
    });
    assert_eq!(body(|_| ()), wanted);
}

pub(super) fn everything() -> Value {
    json!({
        "customer_details": {
            "type": "corporate", "country_code": "+4", "msisdn": "12345678", "email": "a@b.example",
            "name": "Hotel AS", "preferred_language": "sv", "personal_number": null,
            "organization_id": "987654321",
            "address": {"street": "Gata 2", "zip": "0150", "city": "Oslo", "country": "SE"},
        },
        "send_order_by": {"sms": true, "email": true},
        "products": [
            {"name": "Room", "product_id": "DBL", "rate": 5000, "tax": 12, "amount": 10000},
            {"name": "Dinner", "rate": 4500, "tax": 25, "amount": 4500},
        ],
        "order_summary": {"sub_total": 12529, "total_tax": 1971, "grand_total": 14500},
        "charge_validity": "55", "customer_notes": "Late", "tnc": "No smoking",
        "submit_payment": {"via": "mastercard"},
        "settings": {"secure_details": false, "is_charge_partially_refundable": true},
    })
}

#[test]
fn every_option_is_sent_where_it_belongs() {
    let sent = body(|wish| options(wish, &everything()));
    let rows = [
        ("/customerDetails/type", json!("corporate")),
        ("/customerDetails/countryCode", json!("+4")),
        ("/customerDetails/msisdn", json!("12345678")),
        ("/customerDetails/email", json!("a@b.example")),
        ("/customerDetails/name", json!("Hotel AS")),
        ("/customerDetails/preferredLanguage", json!("sv")),
        ("/customerDetails/organizationId", json!("987654321")),
        (
            "/customerDetails/address",
            json!({"street": "Gata 2", "zip": "0150", "city": "Oslo", "country": "SE"}),
        ),
        ("/sendOrderBy", json!({"sms": true, "email": true})),
        (
            "/products",
            json!({
                "0": {"name": "Room", "productId": "DBL", "rate": 50.0, "tax": "12", "amount": 100.0},
                "1": {"name": "Dinner", "productId": null, "rate": 45.0, "tax": "25", "amount": 45.0},
            }),
        ),
        ("/orderSummary", json!({"subTotal": 125.29, "totalTax": 19.71, "grandTotal": 145.0})),
        ("/chargeValidity", json!("55")),
        ("/customerNotes", json!("Late")),
        ("/tnc", json!("No smoking")),
        ("/submitPayment/via", json!("mastercard")),
        ("/settings", json!({"secureDetails": false, "isChargePartiallyRefundable": true})),
    ];
    for (pointer, wanted) in rows {
        assert_eq!(sent.pointer(pointer), Some(&wanted), "{pointer}");
    }
}

#[test]
fn amounts_are_written_digit_by_digit() {
    for (ore, written) in [(1, "0.01"), (10, "0.10"), (99_999_999, "999999.99"), (100_000, "1000.00")] {
        let text = text(|wish| wish.amount = kroner(ore));
        for name in ["rate", "amount", "subTotal", "grandTotal"] {
            let field = format!("\"{name}\":{written}");
            assert!(text.contains(&format!("{field},")) || text.contains(&format!("{field}}}")), "{text}");
        }
    }
}

#[test]
fn a_language_without_pages_is_english() {
    let rows = [("nn-NO", "no"), ("no", "no"), ("sv-SE", "sv"), ("DA", "da"), ("de-AT", "de"), ("fr", "en")];
    for (locale, wanted) in rows {
        let sent = body(|wish| wish.locale = locale.to_owned());
        assert_eq!(sent["customerDetails"]["preferredLanguage"], wanted, "{locale}");
    }
}

#[test]
fn an_attempt_tells_when_it_was_made() {
    assert_eq!(made_at(attempt()), 1_795_176_000);
}
