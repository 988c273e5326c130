//! What captures, charges, refunds and notes may say. `[doc]` PROVIDERS §2.2.

use super::amount::Amount;
use super::check::Check;
use super::config::Config;
use super::envelope::Refusal;
use super::exact::Json;
use super::reservation::Source;
use super::validate::Product;
use super::validate_parts::products;

/// Which lines give how much.
pub type Shares = Vec<(i64, Amount)>;

/// A refund as it is asked for.
pub struct RefundOrder {
    pub shares: Shares,
    pub amount: Amount,
    pub source: Source,
    /// The capture or charge that it is from.
    pub reference: String,
}

/// The payload of `capture`.
///
/// # Errors
/// 417 with every broken rule.
pub fn capture(payload: &Json, config: &Config) -> Result<Shares, Refusal> {
    let mut check = Check::new(payload);
    let shares = shares(&mut check, config.product_lists);
    adds_up(&mut check, shares.iter().map(|(_, amount)| *amount).sum());
    check.maybe_text("additionalText");
    check.passed(shares)
}

/// The payload of `charge`: new products.
///
/// # Errors
/// 417 with every broken rule.
pub fn charge(payload: &Json, config: &Config) -> Result<Vec<Product>, Refusal> {
    let mut check = Check::new(payload);
    let products = products(&mut check, config.product_lists, config);
    adds_up(&mut check, products.iter().map(|product| product.amount).sum());
    check.maybe_text("additionalText");
    check.passed(products)
}

/// The payload of `refund`. Its products are a list.
///
/// # Errors
/// 417 with every broken rule.
pub fn refund(payload: &Json) -> Result<RefundOrder, Refusal> {
    let mut check = Check::new(payload);
    let is_reservation = |text: &str| text == "reservation";
    check.text_that("type", is_reservation, "must be reservation");
    let shares = shares(&mut check, true);
    let amount = adds_up(&mut check, shares.iter().map(|(_, amount)| *amount).sum());
    let known = |text: &str| matches!(text, "captured" | "charged");
    let source = match check.text_that("source", known, "must be captured or charged").as_str() {
        "charged" => Source::Charged,
        _ => Source::Captured,
    };
    let order = RefundOrder { shares, amount, source, reference: check.text("reference") };
    check.passed(order)
}

/// The payload of `cancel` and `complete`: a note.
///
/// # Errors
/// 417 without one.
pub fn note(payload: &Json) -> Result<String, Refusal> {
    let mut check = Check::new(payload);
    let note = check.text("note");
    check.passed(note)
}

fn shares(check: &mut Check<'_>, lists: bool) -> Shares {
    let items = check.items("products", lists);
    let mut shares = Shares::new();
    for item in items {
        let (id_path, amount_path) = (format!("{item}.id"), format!("{item}.amount"));
        let id = check.integer(&id_path);
        let amount = check.amount(&amount_path);
        let again = shares.iter().any(|(known, _)| *known == id);
        check.expect(!again, &id_path, "is named twice");
        check.expect(amount > Amount::default(), &amount_path, "must be greater than 0");
        shares.push((id, amount));
    }
    shares
}

/// `[inf]` That the total is compared with the products: the documentation's examples add up.
fn adds_up(check: &mut Check<'_>, sum: Amount) -> Amount {
    let total = check.amount("grandTotal");
    check.expect(total == sum, "grandTotal", "must be the sum of the products");
    total
}
