//! One element of a session's list of attempts.
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `i`, `s` | id, status |
//! | `p`, `g` | the provider's id, its page |
//! | `f`, `r` | why it failed, whether another may follow |
//! | `ma`, `mc`, `mr` | authorized, captured, refunded, in minor units |
//! | `x`, `xc` | what the payer was charged in another currency: minor units, ISO 4217 code |
//! | `nb` | the money does not move before |
//! | `w` | over for the payer, and the provider may still charge |
//! | `l`, `la`, `ln` | looks so far, the last one, the next one |
//! | `c`, `u` | created, status changed |

use super::{Reader, Writer, text, time};
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::attempt::{Attempt, Failure, FailureCode, Moved};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Money;
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::store::StoreError;
use url::Url;

const ID: &str = "i";
const STATUS: &str = "s";
const PAYMENT: &str = "p";
const PAGE: &str = "g";
const FAILURE: &str = "f";
const RETRY: &str = "r";
const AUTHORIZED: &str = "ma";
const CAPTURED: &str = "mc";
const REFUNDED: &str = "mr";
const CHARGED: &str = "x";
const CHARGED_CURRENCY: &str = "xc";
const NOT_BEFORE: &str = "nb";
const WATCHED: &str = "w";
const LOOKS: &str = "l";
const LOOKED: &str = "la";
const LOOK_NEXT: &str = "ln";
const CREATED: &str = "c";
const CHANGED: &str = "u";

pub(super) fn write(attempt: &Attempt) -> AttributeValue {
    let mut map = Writer::default();
    map.text(ID, attempt.id)
        .text(STATUS, attempt.status)
        .optional(PAYMENT, attempt.payment.as_ref().map(|p| text(p.as_str())))
        .optional(PAGE, attempt.page.as_ref().map(text))
        .optional(FAILURE, attempt.failure.map(|failure| text(failure.code)))
        .flag(RETRY, attempt.failure.is_some_and(|failure| failure.retry))
        .count(AUTHORIZED, attempt.moved.authorized)
        .count(CAPTURED, attempt.moved.captured)
        .count(REFUNDED, attempt.moved.refunded)
        .optional(CHARGED, attempt.charged_as.map(|money| text(money.minor())))
        .optional(CHARGED_CURRENCY, attempt.charged_as.map(|money| text(money.currency().code())))
        .optional(NOT_BEFORE, attempt.not_before.map(time))
        .flag(WATCHED, attempt.watched)
        .count(LOOKS, attempt.looks.into())
        .optional(LOOKED, attempt.looked_at.map(time))
        .optional(LOOK_NEXT, attempt.look_at.map(time))
        .time(CREATED, attempt.created_at)
        .time(CHANGED, attempt.changed_at);
    AttributeValue::M(map.0)
}

pub(super) fn read(map: Reader<'_>) -> Result<Attempt, StoreError> {
    Ok(Attempt {
        id: map.parsed(ID, |id| AttemptId::parse(id).ok())?,
        status: map.parsed(STATUS, AttemptStatus::parse)?,
        payment: map.maybe_parsed(PAYMENT, ProviderPaymentId::parse)?,
        page: map.maybe_parsed(PAGE, |page| Url::parse(page).ok())?,
        failure: failure(map)?,
        moved: Moved {
            authorized: map.count(AUTHORIZED)?,
            captured: map.count(CAPTURED)?,
            refunded: map.count(REFUNDED)?,
        },
        charged_as: charged(map)?,
        not_before: map.maybe_time(NOT_BEFORE)?,
        watched: map.flag(WATCHED)?,
        looks: map.count(LOOKS)?,
        looked_at: map.maybe_time(LOOKED)?,
        look_at: map.maybe_time(LOOK_NEXT)?,
        created_at: map.time(CREATED)?,
        changed_at: map.time(CHANGED)?,
    })
}

fn failure(map: Reader<'_>) -> Result<Option<Failure>, StoreError> {
    let code = map.maybe_parsed(FAILURE, FailureCode::parse)?;
    let retry = map.flag(RETRY)?;
    Ok(code.map(|code| Failure { code, retry }))
}

fn charged(map: Reader<'_>) -> Result<Option<Money>, StoreError> {
    let minor = map.maybe_parsed(CHARGED, |minor| minor.parse().ok())?;
    let currency = map.maybe_parsed(CHARGED_CURRENCY, |code| Money::currency_of(code).ok())?;
    Ok(minor.zip(currency).and_then(|(minor, currency)| Money::new(minor, currency).ok()))
}
