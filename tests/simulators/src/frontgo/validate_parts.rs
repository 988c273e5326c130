//! The customer and the products of a payload. Seed 001 `[doc]`, PROVIDERS §2.2.

use axum::http::Uri;

use super::amount::Amount;
use super::check::{Check, is_digits};
use super::config::Config;
use super::countries::is_country;
use super::exact::{Json, object};
use super::validate::Product;

/// Seed 001: "If nothing is given it will set default to no".
const DEFAULT_LANGUAGE: &str = "no";
const LANGUAGES: [&str; 5] = ["en", "no", "sv", "da", "de"];
const PERSONAL_NUMBER_DIGITS: usize = 11;

/// `customerDetails`, as details show them again.
pub fn customer(check: &mut Check<'_>, config: &Config) -> Json {
    let own = |name: &str| format!("customerDetails.{name}");
    check.object("customerDetails");
    let kinds = |text: &str| matches!(text, "private" | "corporate");
    let kind = check.text_that(&own("type"), kinds, "must be private or corporate");
    let (country_code, msisdn, email) = contact(check, "customerDetails.");
    let name = check.text(&own("name"));
    let language = language(check, &own("preferredLanguage"), config);
    let personal_number = check.maybe_text_that(
        &own("personalNumber"),
        |text| is_digits(text) && text.len() == PERSONAL_NUMBER_DIGITS,
        "must be 11 digits",
    );
    let organization = organization(check, kind == "corporate", config);
    object! {"type": kind, "countryCode": country_code, "msisdn": msisdn, "email": email, "name": name,
    "preferredLanguage": language, "personalNumber": personal_number, "organizationId": organization,
    "address": address(check)}
}

/// Telephone and address for letters, below `prefix`: of a customer, or of one to whom a link is sent again.
pub fn contact(check: &mut Check<'_>, prefix: &str) -> (String, String, String) {
    let own = |name: &str| format!("{prefix}{name}");
    let dialed = |text: &str| text.strip_prefix('+').is_some_and(is_digits);
    (
        check.text_that(&own("countryCode"), dialed, "must be like +47"),
        check.text_that(&own("msisdn"), is_digits, "must be digits without country code"),
        check.text_that(&own("email"), is_email, "must be a valid email address"),
    )
}

fn address(check: &mut Check<'_>) -> Json {
    let own = |name: &str| format!("customerDetails.address.{name}");
    check.object("customerDetails.address");
    let country = check.text_that(&own("country"), is_country, "must be an ISO Alpha-2 country");
    object! {"street": check.text(&own("street")), "zip": check.text(&own("zip")),
    "city": check.text(&own("city")), "country": country}
}

fn language(check: &mut Check<'_>, path: &str, config: &Config) -> String {
    let known = |text: &str| LANGUAGES.contains(&text);
    let why = "must be one of en, no, sv, da, de";
    if config.language_required {
        return check.text_that(path, known, why);
    }
    check.maybe_text_that(path, known, why).unwrap_or_else(|| DEFAULT_LANGUAGE.to_owned())
}

/// Required of a company. Seed 001: numbers only; PROVIDERS §2.2: older rules allow letters.
fn organization(check: &mut Check<'_>, company: bool, config: &Config) -> Option<String> {
    let path = "customerDetails.organizationId";
    let missing = company && check.given(path).is_none();
    check.expect(!missing, path, "field is required when type is corporate");
    let letters = config.alphanumeric_organization_id;
    let rule = |text: &str| match letters {
        true => text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        false => is_digits(text),
    };
    check.maybe_text_that(path, rule, "must contain only numbers")
}

/// The lines of an order or of a charge; `lists` allows a list beside the object keyed "0", "1", ....
pub fn products(check: &mut Check<'_>, lists: bool, config: &Config) -> Vec<Product> {
    let items = check.items("products", lists);
    items.iter().map(|item| product(check, item, config)).collect()
}

fn product(check: &mut Check<'_>, item: &str, config: &Config) -> Product {
    let own = |name: &str| format!("{item}.{name}");
    let tax = check.amount(&own("tax"));
    let known = |rate: &i64| Amount::from_ore(rate.saturating_mul(100)) == tax;
    let good = config.tax_rates.iter().any(known) || check.given(&own("tax")).is_none();
    check.expect(good, &own("tax"), "is not a tax rate of this account");
    Product {
        name: check.text(&own("name")),
        product_id: check.maybe_text(&own("productId")),
        rate: check.amount(&own("rate")),
        tax,
        amount: check.amount(&own("amount")),
    }
}

/// `[unk]` Which addresses count as valid: one `@`, something before it, a dot behind it, no blanks.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let dotted = host.split_once('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    !name.is_empty() && dotted && !host.contains('@') && !text.contains(char::is_whitespace)
}

/// An absolute address of the web.
pub fn is_url(text: &str) -> bool {
    let parsed = text.parse::<Uri>();
    parsed.is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some())
}
