//! From a request to an order, in one step that tells of every wrong field.

use crate::payer::payer;
use bellhop_domain::SignedDuration;
use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::flows::CreateOrder;
use bellhop_domain::idempotency::{fingerprint, hash_key};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::ProviderName;
use bellhop_domain::text::{Description, Invalid, Reference, ReturnUrl, free_text};
use bellhop_domain::wish::{Capture, Options, Wish};
use bellhop_runtime::auth::Caller;
use bellhop_runtime::http::parse;
use bellhop_runtime::http::problem::{Code, Problem};
use bellhop_runtime::http::reader::{Errors, Fields};
use bellhop_runtime::http::request::Call;

/// Seconds that a payer may be given: five minutes to a day.
const EXPIRES_IN: std::ops::RangeInclusive<u64> = 300..=86_400;

/// Seconds that a payer is given where the booking site does not say.
const DEFAULT_EXPIRES_IN: i64 = 1800;

/// Entries of `metadata`.
const MAX_METADATA: usize = 20;

/// Reads the call into an order.
pub fn read(caller: &Caller, call: &Call) -> Result<CreateOrder, Problem> {
    let key = call.header("idempotency-key").ok_or_else(|| Problem::new(Code::IdempotencyKeyMissing))?;
    let key =
        hash_key(key).map_err(|why| Problem::new(Code::IdempotencyKeyInvalid).saying(why.to_string()))?;
    let body = call.json_body()?;
    let value = parse::json(body)?;
    let errors = Errors::default();
    let mut root = Fields::root(value, &errors);
    let supersede = root.field("supersede").flag().unwrap_or_default();
    let read = fields(caller, root, &errors);
    errors.finish()?;
    let (wish, expires_in) = read.ok_or_else(|| Problem::new(Code::InvalidRequest))?;
    Ok(CreateOrder {
        merchant: caller.merchant.id,
        mode: caller.mode,
        wish,
        expires_in,
        supersede,
        key,
        fingerprint: fingerprint("POST /v1/sessions", body),
    })
}

/// Reads every field before saying whether any is missing.
fn fields(caller: &Caller, mut root: Fields<'_>, errors: &Errors) -> Option<(Wish, SignedDuration)> {
    let account = account(caller, &mut root, errors);
    let amount = root.field("amount").required().object().map(amount);
    let reference = root.field("reference").required().parsed(Reference::parse);
    let description = root.field("description").required().parsed(Description::parse);
    let return_url = root.field("return_url").required().parsed(|text| return_url(caller, text));
    let locale = root.field("locale").parsed(locale);
    let capture = root.field("capture").word(Capture::parse, &words(Capture::ALL, Capture::as_str));
    let expires_in = expires_in(&mut root);
    let payer = root.field("payer").object().map(payer).unwrap_or_default();
    let metadata = root.field("metadata").texts(MAX_METADATA, metadata).unwrap_or_default();
    let options = root.field("options").object();
    let options = options.map(|fields| own_options(fields, account.as_ref())).unwrap_or_default();
    let wish = Wish {
        account: account?,
        amount: amount??,
        reference: reference?,
        description: description?,
        return_url: return_url?,
        locale: locale.unwrap_or_else(|| "en".to_owned()),
        capture: capture.unwrap_or(Capture::Automatic),
        payer,
        metadata,
        options,
    };
    Some((wish, expires_in))
}

fn expires_in(root: &mut Fields<'_>) -> SignedDuration {
    let seconds = root.field("expires_in").whole(EXPIRES_IN);
    let seconds = seconds.and_then(|seconds| i64::try_from(seconds).ok());
    SignedDuration::from_secs(seconds.unwrap_or(DEFAULT_EXPIRES_IN))
}

/// The merchant's account at the wished provider, or at its default one.
fn account(caller: &Caller, root: &mut Fields<'_>, errors: &Errors) -> Option<AccountRef> {
    let given = root.has("provider");
    let named =
        root.field("provider").word(ProviderName::parse, &words(ProviderName::ALL, ProviderName::as_str));
    let provider = if given { named? } else { default_provider(caller, errors)? };
    let account = caller.merchant.account(provider, caller.mode).cloned();
    if account.is_none() {
        let mode = if caller.mode == Mode::Test { "test" } else { "live" };
        errors.reject("/provider", format!("the merchant has no {mode} account at this provider"));
    }
    account
}

fn default_provider(caller: &Caller, errors: &Errors) -> Option<ProviderName> {
    if caller.merchant.default_provider.is_none() {
        errors.reject("/provider", "is required: the merchant has no default provider");
    }
    caller.merchant.default_provider
}

fn amount(mut fields: Fields<'_>) -> Option<Money> {
    let value = fields.field("value").required().whole(0..=Money::MAX_MINOR);
    let currency: Option<Currency> = fields.field("currency").required().parsed(Money::currency_of);
    Money::new(value?, currency?).ok()
}

fn return_url(caller: &Caller, text: &str) -> Result<ReturnUrl, Invalid> {
    let url = ReturnUrl::parse(text, caller.mode == Mode::Test)?;
    let known = caller.merchant.origins.contains(&url.origin());
    if known { Ok(url) } else { Err(Invalid("is not on an origin registered for the merchant")) }
}

/// A BCP 47 tag as browsers send it: letters, digits and hyphens.
fn locale(text: &str) -> Result<String, Invalid> {
    let fine = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let sized = (2..=35).contains(&text.len()) && text.as_bytes()[..2].iter().all(u8::is_ascii_alphabetic);
    if fine && sized { Ok(text.to_owned()) } else { Err(Invalid("is not a language tag such as en or cy")) }
}

/// `options` may hold those of the session's own provider; any others are left to be reported.
fn own_options(mut fields: Fields<'_>, account: Option<&AccountRef>) -> Options {
    let Some(account) = account else {
        ProviderName::ALL.iter().for_each(|name| drop(fields.field(name.as_str())));
        return Options::default();
    };
    Options(fields.field(account.provider.as_str()).map().unwrap_or_default())
}

fn metadata(name: &str, text: &str) -> Result<(), Invalid> {
    free_text(name, 40)?;
    free_text(text, 500).map(|_| ())
}

fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|variant| word(*variant)).collect()
}
