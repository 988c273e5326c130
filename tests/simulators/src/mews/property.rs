//! The property: what it sells, and how its payments behave.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::config::{Connector, Webhook};

/// An enterprise. Everything here can be changed while it runs (`PUT /_config/property`).
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Property {
    /// `HotelId`; the Connector calls it `EnterpriseId`. `[doc]` BE/guidelines/environments.md: the demo hotel's.
    pub hotel_id: String,
    /// `ConfigurationId`. `[doc]` same place.
    pub configuration_id: String,
    /// Registered `Client` names. `[doc]` BE/guidelines/authentication.md: the sample name works on demo.
    pub clients: Vec<String>,
    /// The default currency: that of payment requests.
    pub currency: String,
    /// What is sold.
    pub rates: Vec<Rate>,
    /// Where guests sleep.
    pub room_categories: Vec<RoomCategory>,
    /// Known `ProductIds`, which cost nothing here.
    pub products: Vec<String>,
    /// Percent of tax within the prices, under `tax_code`.
    pub tax_percent: i64,
    /// `TaxRateCode`.
    pub tax_code: String,
    /// The feature "automatic cancellation for optional reservations". `[doc]` BE/operations/reservation-groups.md.
    pub optional_reservations: bool,
    /// Milliseconds until an unpaid optional reservation is canceled. `[unk]`
    pub release_after_ms: i64,
    /// Milliseconds from creation to `ExpirationUtc` of a payment request. `[unk]` PROVIDERS §1.4: the default.
    pub request_expiry_ms: i64,
    /// Milliseconds from `Expired` or `Canceled` to the automatic settlement's charge; none for no such charge. Seed
    /// 000: "as soon as possible".
    pub settlement_after_ms: Option<i64>,
    /// How many charges of the automatic settlement fail before one works, each `settlement_after_ms` after the last.
    pub settlement_failures: u32,
    /// Milliseconds that a card payment stays `Pending`.
    pub pending_ms: i64,
    /// Milliseconds that a payment stays `Verifying` after the payer's 3-D Secure.
    pub verifying_ms: i64,
    /// Milliseconds until a payer who never finished 3-D Secure is given up: `Canceled`. `[unk]`
    pub verification_lapses_ms: i64,
    /// Another currency that cards are charged in. `[doc]` BE/operations/reservation-groups.md#payment.
    pub charges_in: Option<Conversion>,
    /// Milliseconds that a refund stays `Pending`. `[doc]` CO/operations/payments.md#refund-payment: asynchronous.
    pub refund_ms: i64,
    /// Whether refunds fail at their end.
    pub refunds_fail: bool,
    /// What is put behind the return address as a query. `[unk]` PROVIDERS §6; nothing by default.
    pub return_query: Option<String>,
    /// Whether one of `LanguageCode` and `CultureCode` alone is refused. `[doc]` "must be defined together, otherwise
    /// default values for the enterprise are used": false takes the second half of that sentence.
    pub refuse_half_culture: bool,
    /// Distributor calls of one `Client` in 30 s before 429; none for no limit. `[doc]` no figure is fixed.
    pub distributor_requests: Option<usize>,
    /// The Connector's credentials; none when the property has no integration.
    pub connector: Option<Connector>,
    /// Where General Webhooks go.
    pub webhook: Option<Webhook>,
}

/// A rate. The response of `hotels/getAvailability` tells a rate group's settlement rules.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rate {
    /// `RateId`.
    pub id: String,
    /// Its name in `en-US`.
    pub name: String,
    /// What a night costs, by currency; decimal digits.
    pub per_night: BTreeMap<String, String>,
    /// Percent that is charged automatically at creation: what the payment request asks for; 0 for a rate without
    /// such a settlement rule. `[doc]` BE/use-cases/on-session-payments.md; `SettlementValue` of BE/operations/hotels.md.
    pub settlement_percent: i64,
}

/// A room category.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoomCategory {
    /// `RoomCategoryId`.
    pub id: String,
    /// Rooms that it has.
    pub rooms: usize,
}

/// A currency and what one unit of the default currency costs in it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The code.
    pub currency: String,
    /// Decimal digits.
    pub rate: String,
}

impl Default for Rate {
    /// Two nights cost the 929.70 euros of the documentation's example.
    fn default() -> Self {
        let price = |currency: &str, digits: &str| (currency.to_owned(), digits.to_owned());
        Self {
            id: "c1d48c54-9382-4ceb-a820-772bf370573d".to_owned(),
            name: "Fully flexible".to_owned(),
            per_night: BTreeMap::from([
                price("EUR", "464.85"),
                price("USD", "503.17"),
                price("CZK", "11625"),
            ]),
            settlement_percent: 100,
        }
    }
}

impl Rate {
    /// A rate that is paid at the desk: a group of it has no payment request.
    #[must_use]
    pub fn at_the_desk() -> Self {
        Self {
            id: "7b6f2d0c-91c4-4f0e-8f35-1d2a9be7c640".to_owned(),
            name: "Pay at the desk".to_owned(),
            settlement_percent: 0,
            ..Self::default()
        }
    }
}

impl Default for RoomCategory {
    fn default() -> Self {
        Self { id: "4037c0ec-a59d-43f1-9d97-d6c984764e8c".to_owned(), rooms: 1000 }
    }
}

impl Default for Property {
    fn default() -> Self {
        Self {
            hotel_id: "3edbe1b4-6739-40b7-81b3-d369d9469c48".to_owned(),
            configuration_id: "93e27b6f-cba7-4e0b-a24a-819e1b7b388a".to_owned(),
            clients: vec!["My Client 1.0.0".to_owned()],
            currency: "EUR".to_owned(),
            rates: vec![Rate::default(), Rate::at_the_desk()],
            room_categories: vec![RoomCategory::default()],
            products: vec!["d0e88da5-ae64-411c-b773-60ed68954f64".to_owned()],
            tax_percent: 0,
            tax_code: "DE-R".to_owned(),
            optional_reservations: false,
            release_after_ms: 86_400_000,
            request_expiry_ms: 86_400_000,
            settlement_after_ms: None,
            settlement_failures: 0,
            pending_ms: 0,
            verifying_ms: 0,
            verification_lapses_ms: 900_000,
            charges_in: None,
            refund_ms: 60_000,
            refunds_fail: false,
            return_query: None,
            refuse_half_culture: true,
            distributor_requests: None,
            connector: Some(Connector::default()),
            webhook: None,
        }
    }
}
