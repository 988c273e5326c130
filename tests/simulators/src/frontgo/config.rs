//! What a simulator is started with, as JSON or as a value. What the documentation leaves open stands here.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::amount::Style;

/// Settings of one simulator: one merchant account.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The clock file; without it the time is real.
    pub clock_file: Option<PathBuf>,
    /// The folder where reservations, events and callbacks outlive a restart; without it nothing does.
    pub data: Option<PathBuf>,
    /// The account's name in the ledger.
    pub account: String,
    /// Bearer tokens. `[unk]` Lifetime and rotation: these live as long as they stand here.
    pub tokens: Vec<String>,
    /// The secret behind the checksum of callbacks.
    pub callback_secret: String,
    /// What callbacks look like.
    pub callback: Callback,
    /// Calls in one window before 429; none for no limit. `[rec]` PROVIDERS §2.1: 240.
    pub requests_per_window: Option<u32>,
    /// Milliseconds of a window. `[inf]` A minute.
    pub window_ms: i64,
    /// Percentages that `tax` may be. Seed 001: these, "unless you have other configuration".
    pub tax_rates: Vec<i64>,
    /// Whether `preferredLanguage` must be there. Seed 001: both "required" and "default to no"; false is the
    /// latter.
    pub language_required: bool,
    /// Whether an organization id may have letters, as older rules say (PROVIDERS §2.2).
    pub alphanumeric_organization_id: bool,
    /// Whether `products` may be a list too. `[doc]` PROVIDERS §2.2: lists are for orders.
    pub product_lists: bool,
    /// Whether the sums of a request must add up. `[inf]`
    pub check_totals: bool,
    /// How amounts are written in answers.
    pub amounts: Style,
    /// Whether details give `tax` as a text (PROVIDERS §2.8).
    pub tax_as_text: bool,
    /// Statuses of refusals that come in the envelope of success, `is_data` false. `[doc]` PROVIDERS §2.1: "some
    /// 404/400".
    pub empty_success_shape: Vec<u16>,
    /// Whether a bare create is an event of the history. `[unk]` PROVIDERS §2.6.
    pub creates_in_history: bool,
    /// Milliseconds until an event is in the history. `[unk]`
    pub history_lag_ms: i64,
    /// Days that a reservation can be captured. `[doc]` PROVIDERS §2.3: 7 to 31 by type of business.
    pub reservation_days: i64,
    /// Days until what a part capture left over is released. `[doc]` PROVIDERS §2.3: 1 to 3.
    pub release_days: i64,
    /// Milliseconds from an accepted refund to `amountRefunded`. `[doc]` PROVIDERS §2.2: "pending processing".
    pub refund_delay_ms: i64,
    /// Øre that may be refunded in seven days. `[doc]` PROVIDERS §2.2: weekly threshold.
    pub weekly_refund_limit: Option<i64>,
    /// Whether `RESERVED` can be cancelled. PROVIDERS §2.3 says so; the error rule of §2.2 leaves it out.
    pub cancel_while_reserved: bool,
    /// Whether opening the page makes `SENT` a `RESERVED NOT PAID`. `[unk]` PROVIDERS §2.3.
    pub opened_is_reserved_not_paid: bool,
    /// Milliseconds in which a page cannot be opened again ("OrderID already used", PROVIDERS §2.4); 0 for always.
    pub order_id_used_ms: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            clock_file: None,
            data: None,
            account: "test".to_owned(),
            tokens: vec!["frontgo_simulator_token".to_owned()],
            callback_secret: "frontgo_simulator_secret".to_owned(),
            callback: Callback::default(),
            requests_per_window: Some(240),
            window_ms: 60_000,
            tax_rates: vec![0, 12, 15, 25],
            language_required: false,
            alphanumeric_organization_id: false,
            product_lists: false,
            check_totals: true,
            amounts: Style::TwoDecimals,
            tax_as_text: false,
            empty_success_shape: vec![404],
            creates_in_history: true,
            history_lag_ms: 0,
            reservation_days: 7,
            release_days: 3,
            refund_delay_ms: 60_000,
            weekly_refund_limit: None,
            cancel_while_reserved: true,
            opened_is_reserved_not_paid: false,
            order_id_used_ms: 0,
        }
    }
}

/// What a callback looks like. `[doc]` PROVIDERS §2.5.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Callback {
    /// What is hashed.
    pub formula: Formula,
    /// The order of the parameters.
    pub order: Order,
    /// Whether `RESERVED` is written `RESEVRED`, as the documentation does.
    pub misspelled: bool,
    /// A parameter nobody documented, name and value, after the others and hashed with them.
    pub extra: Option<(String, String)>,
    /// Whether a space is `+` and not `%20`.
    pub plus_for_space: bool,
    /// The word for Visa; the documentation's example has `Visa`.
    pub visa: String,
    /// The word for Mastercard. `[inf]`
    pub mastercard: String,
    /// How the amount is written; the documentation's example has `100`.
    pub amounts: Style,
    /// Whether the merchant's own parameters are hashed too, in front. `[unk]` PHP's `$_GET` would hold them.
    pub own_query_hashed: bool,
    /// Milliseconds after each failed attempt to the next. `[unk]` None by default: one attempt.
    pub retry_after_ms: Vec<i64>,
}

impl Default for Callback {
    fn default() -> Self {
        Self {
            formula: Formula::AllValues,
            order: Order::Example,
            misspelled: false,
            extra: None,
            plus_for_space: false,
            visa: "Visa".to_owned(),
            mastercard: "Mastercard".to_owned(),
            amounts: Style::Shortest,
            own_query_hashed: true,
            retry_after_ms: Vec::new(),
        }
    }
}

/// What the checksum covers, the secret last. `[doc]` PROVIDERS §2.5: the page's three editions.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// Every received value, in the order received: the newest.
    AllValues,
    /// orderUuid, status, createdAt: the oldest.
    Three,
    /// orderUuid, status, createdAt, amount, timestamp: revision 1179.
    Five,
}

/// The order of the parameters.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// orderUuid, status, paymentMethod, amount, createdAt, timestamp: the page's example.
    Example,
    /// orderUuid, status, createdAt, paymentMethod, amount, timestamp: the page's table.
    Table,
    /// Hashed as in the example and sent the other way round: no receiver can prove it.
    Scrambled,
}
