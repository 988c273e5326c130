//! What a new reservation may say. Seed 001 `[doc]`, PROVIDERS §2.2.

use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::check::{Check, is_digits};
use super::config::Config;
use super::envelope::Refusal;
use super::exact::Json;
use super::validate_parts::{customer, is_url, products};

/// The smallest sum that can be reserved, in øre. `[inf]`
const SMALLEST_ORE: i64 = 1;
/// Payment methods that can be preselected. Seed 001 `[doc]`.
pub const METHODS: [&str; 2] = ["visa", "mastercard"];

/// What the merchant asked for.
#[derive(Deserialize, Serialize)]
pub struct Wish {
    /// `customerDetails` as they are shown again.
    pub customer: Json,
    pub order_date: String,
    pub due_date: String,
    /// The due date in milliseconds since the epoch.
    pub due: i64,
    pub reference: Option<String>,
    pub customer_reference: Option<String>,
    pub by_sms: bool,
    pub by_email: bool,
    pub products: Vec<Product>,
    pub grand_total: Amount,
    pub notes: Option<String>,
    pub tnc: Option<String>,
    /// Minutes, as digits.
    pub charge_validity: Option<String>,
    /// The preselected method; none for a link that is sent.
    pub via: Option<String>,
    pub callback_url: Option<String>,
    pub success: Option<String>,
    pub failure: Option<String>,
    pub secure_details: bool,
    pub charges_partly_refundable: bool,
}

/// A line of the order.
#[derive(Clone, Deserialize, Serialize)]
pub struct Product {
    pub name: String,
    pub product_id: Option<String>,
    pub rate: Amount,
    pub tax: Amount,
    pub amount: Amount,
}

/// Which of the two calls that open a reservation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// `create`: with a checkout session.
    Session,
    /// `submit`: a link is sent; no `submitPayment`.
    Link,
}

/// Reads the payload of `create` or `submit`.
///
/// # Errors
/// 417 with every broken rule.
pub fn wish(payload: &Json, opening: Opening, (config, now): (&Config, i64)) -> Result<Wish, Refusal> {
    let mut check = Check::new(payload);
    let customer = customer(&mut check, config);
    let seconds = "must be a Unix timestamp in seconds";
    let order_date = check.text_that("orderDate", is_unix_seconds, seconds);
    let due_date = check.text_that("dueDateForPaymentLink", is_unix_seconds, seconds);
    let due = due_of(&mut check, &due_date, now);
    let products = products(&mut check, config.product_lists, config);
    let grand_total = totals(&mut check, &products, config);
    check.object("sendOrderBy");
    for url in ["callback.callbackUrl", "callback.success", "callback.failure"] {
        check.maybe_text_that(url, is_url, "must be a valid URL");
    }
    check.maybe_object("callback");
    check.maybe_object("settings");
    let via = method(&mut check, opening);
    let wish = Wish {
        customer,
        order_date,
        due_date,
        due,
        reference: check.maybe_text("referenceNo"),
        customer_reference: check.maybe_text("customerReference"),
        by_sms: check.flag("sendOrderBy.sms"),
        by_email: check.flag("sendOrderBy.email"),
        products,
        grand_total,
        notes: check.maybe_text("customerNotes"),
        tnc: check.maybe_text("tnc"),
        charge_validity: check.maybe_text_that("chargeValidity", is_digits, "must be digits"),
        via,
        callback_url: url(&check, "callbackUrl"),
        success: url(&check, "success"),
        failure: url(&check, "failure"),
        secure_details: check.maybe_flag("settings.secureDetails").unwrap_or_default(),
        charges_partly_refundable: check
            .maybe_flag("settings.isChargePartiallyRefundable")
            .unwrap_or_default(),
    };
    check.passed(wish)
}

fn url(check: &Check<'_>, name: &str) -> Option<String> {
    let url = check.given(&format!("callback.{name}"))?;
    url.text().map(str::to_owned)
}

fn is_unix_seconds(text: &str) -> bool {
    is_digits(text) && text.len() <= 11
}

/// Seed 001 `[doc]`: "Current / Future Date". `[inf]` To the second.
fn due_of(check: &mut Check<'_>, text: &str, now: i64) -> i64 {
    let seconds: i64 = text.parse().unwrap_or_default();
    let past = is_unix_seconds(text) && seconds < now.div_euclid(1000);
    let why = "must be a current or future date";
    check.expect(!past, "dueDateForPaymentLink", why);
    seconds.saturating_mul(1000)
}

/// Seed 001 `[doc]`: "Subtotal of all products before tax and discount". `[inf]` That the sums are compared.
fn totals(check: &mut Check<'_>, products: &[Product], config: &Config) -> Amount {
    check.object("orderSummary");
    let sub_total = check.amount("orderSummary.subTotal");
    let tax = check.amount("orderSummary.totalTax");
    let grand = check.amount("orderSummary.grandTotal");
    let of_products: Amount = products.iter().map(|product| product.amount).sum();
    let path = "orderSummary.grandTotal";
    let enough = grand >= Amount::from_ore(SMALLEST_ORE);
    check.expect(enough, path, "must be greater than 0");
    if config.check_totals {
        let adds_up = sub_total + tax == grand;
        check.expect(adds_up, path, "must be the subTotal and the totalTax");
        check.expect(of_products == grand, path, "must be the sum of the products");
    }
    grand
}

fn method(check: &mut Check<'_>, opening: Opening) -> Option<String> {
    if opening == Opening::Link {
        return None;
    }
    check.object("submitPayment");
    let known = |text: &str| METHODS.contains(&text);
    Some(check.text_that("submitPayment.via", known, "is not a known payment method"))
}
