//! What is paid for, and whether it adds up; amounts of the options are øre, as everywhere in the API.

use super::config::Settings;
use super::options::{LINE, Part, SAID};
use super::wire::{Kroner, Product, Summary};
use crate::faults::{Faults, below};
use bellhop_domain::wish::Wish;
use serde_json::Value;

const KNOWN: [&str; 5] = ["name", "product_id", "rate", "tax", "amount"];
const SUMS: [&str; 3] = ["sub_total", "total_tax", "grand_total"];

/// Percent (docs); others where the account has them.
const TAX_RATES: [u64; 4] = [0, 12, 15, 25];

/// No number is documented; a booking has fewer, and the answer has to stay far below its cap.
const MAX_PRODUCTS: usize = 100;

/// Products that add up, and their sums.
pub(super) struct Basket<'a> {
    pub products: Vec<Product<'a>>,
    pub summary: Summary,
}

/// Reads the products of `wish`; where there are none, what it is for is the only one, without tax.
pub(super) fn read<'a>(
    settings: &Settings,
    wish: &'a Wish,
    root: &Part<'a>,
    faults: &mut Faults,
) -> Basket<'a> {
    let total = wish.amount.minor();
    let products = match root.value("products") {
        Some(given) => listed(settings, given, root, faults),
        None => vec![whole(wish)],
    };
    let sum = products.iter().try_fold(0_u64, |sum, one| sum.checked_add(one.amount.0));
    // Inferred: a product's amount holds its tax. Captures sum up amounts to a grand total (docs).
    if root.value("products").is_some() {
        faults.unless(sum == Some(total), &root.at("products"), "do not add up to the amount");
    }
    let taxed = products.iter().any(|one| one.tax != "0");
    Basket { summary: summary(total, taxed, root, faults), products }
}

fn whole(wish: &Wish) -> Product<'_> {
    let total = Kroner(wish.amount.minor());
    let (name, tax) = (wish.description.as_str(), "0".to_owned());
    Product { name, product_id: None, rate: total, tax, amount: total }
}

fn listed<'a>(
    settings: &Settings,
    given: &'a Value,
    root: &Part<'a>,
    faults: &mut Faults,
) -> Vec<Product<'a>> {
    let all = given.as_array().map(Vec::as_slice).unwrap_or_default();
    let fine = (1..=MAX_PRODUCTS).contains(&all.len());
    faults.unless(fine, &root.at("products"), "must be an array of 1 to 100 products");
    let at = |number: usize| below(&root.at("products"), &number.to_string());
    let all = all.iter().take(MAX_PRODUCTS).enumerate();
    all.map(|(number, one)| product(settings, &Part::of(Some(one), at(number), &KNOWN, faults), faults))
        .collect()
}

fn product<'a>(settings: &Settings, part: &Part<'a>, faults: &mut Faults) -> Product<'a> {
    faults.unless(part.value("name").is_some(), &part.at("name"), "is needed");
    let tax = part.whole("tax", faults);
    let known = TAX_RATES.contains(&tax) || (settings.other_tax_rates && tax <= 100);
    faults.unless(known, &part.at("tax"), "must be 0, 12, 15 or 25");
    Product {
        name: part.text("name", LINE, SAID, faults).unwrap_or_default(),
        product_id: part.text("product_id", LINE, SAID, faults),
        rate: Kroner(part.whole("rate", faults)),
        tax: tax.to_string(),
        amount: Kroner(part.whole("amount", faults)),
    }
}

fn summary(total: u64, taxed: bool, root: &Part<'_>, faults: &mut Faults) -> Summary {
    let part = root.part("order_summary", &SUMS, faults);
    if !part.is_given() {
        // How they round a tax is not documented, so it is not worked out here.
        faults.unless(!taxed, &root.at("order_summary"), "is needed where a product has tax");
        return Summary { sub_total: Kroner(total), total_tax: Kroner(0), grand_total: Kroner(total) };
    }
    let [sub, tax, grand] = SUMS.map(|name| part.whole(name, faults));
    faults.unless(grand == total, &part.at("grand_total"), "must be the amount");
    faults.unless(tax == 0 || taxed, &part.at("total_tax"), "must be 0 where no product has tax");
    faults.unless(sub.checked_add(tax) == Some(grand), &part.at, "does not add up");
    Summary { sub_total: Kroner(sub), total_tax: Kroner(tax), grand_total: Kroner(grand) }
}
