//! A create request.

use serde_json::{Value, json};

use crate::stage::START;

/// A create request that is right, with the values at some pointers changed.
pub fn wish(changes: &[(&str, Value)]) -> Value {
    let mut wish = json!({
        "customerDetails": {
            "type": "private", "countryCode": "+47", "msisdn": "46567468", "email": "kari@example.no",
            "name": "Kari Nordmann", "preferredLanguage": "en", "personalNumber": null, "organizationId": null,
            "address": {"street": "Storgata 1", "zip": "0155", "city": "Oslo", "country": "NO"},
        },
        "orderDate": START.to_string(),
        "dueDateForPaymentLink": (START + 3600).to_string(),
        "referenceNo": "RES-1",
        "customerReference": null,
        "sendOrderBy": {"sms": false, "email": false},
        "products": {"0": {"name": "Two nights", "productId": null, "rate": 1000, "tax": "0", "amount": 1000}},
        "orderSummary": {"subTotal": 1000, "totalTax": 0, "grandTotal": 1000},
        "chargeValidity": null,
        "customerNotes": null,
        "tnc": null,
        "submitPayment": {"via": "visa"},
        "callback": {
            "success": "https://booking.example/return/abc?paid=1",
            "failure": "https://booking.example/return/abc",
        },
        "settings": {"secureDetails": false, "isChargePartiallyRefundable": true},
    });
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        wish.pointer_mut(parent).unwrap()[name] = value.clone();
    }
    wish
}
