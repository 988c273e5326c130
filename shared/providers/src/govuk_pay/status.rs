//! What a payment of GOV.UK Pay says, in our words.
//!
//! Words: `ExternalChargeState.java`; what lies behind each: `ChargeStatus.java`; what may follow:
//! `PaymentGatewayStateTransitions.java`; all of alphagov/pay-connector.

use super::wire::{ATTEMPT_KEY, Payment, State};
use crate::json_api::safe;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{Echo, Observation, Page, ProviderPaymentId};
use bellhop_domain::status::{AttemptStatus, Reading};
use url::Url;

/// An observation of `payment`, read from an API at `base`; `None` when it makes no sense.
pub(super) fn observe(payment: &Payment, base: &Url) -> Option<Observation> {
    let (reading, failure) = read(&payment.state);
    let open = reading == Reading::Known(AttemptStatus::Pending);
    Some(Observation {
        payment: ProviderPaymentId::parse(&payment.payment_id)?,
        amount: Some(Money::new(payment.amount, Currency::GBP).ok()?),
        echo: Echo {
            reference: Some(payment.reference.clone()),
            attempt: payment.echoed(ATTEMPT_KEY).and_then(|id| AttemptId::parse(id).ok()),
            ours_by_id: false,
        },
        moved: moved(payment, &reading)?,
        reading,
        failure,
        page: page(payment, base).filter(|_| open).map(Page::To),
        settled: settled(payment),
        awaits_confirmation: false,
        charged_as: None,
        not_before: None,
    })
}

/// The status, and why where it ended without money.
///
/// `submitted` is still pending: the card is authorized, but the payer has not pressed "confirm",
/// and until then nothing will be captured (docs, "Payment status meanings").
fn read(state: &State) -> (Reading, Option<Failure>) {
    use AttemptStatus as A;
    use FailureCode as F;
    let ended = |status, code, retry| (Reading::Known(status), Some(Failure { code, retry }));
    match (state.status.as_str(), state.code.as_deref()) {
        ("created" | "started" | "submitted", _) => (Reading::Known(A::Pending), None),
        ("capturable", _) => (Reading::Known(A::Authorized), None),
        ("success", _) => (Reading::Known(A::Succeeded), None),
        ("failed", Some("P0010")) => ended(A::Failed, F::Declined, true),
        ("failed", Some("P0020")) => ended(A::Expired, F::Expired, true),
        ("failed", Some("P0030")) => ended(A::Canceled, F::CanceledByPayer, true),
        ("cancelled", _) => ended(A::Canceled, F::CanceledByMerchant, true),
        // AUTHORISATION_SUBMITTED is shown as `error` too and may yet become a success, so another
        // attempt could charge twice; likewise a failure whose code is not known.
        ("error" | "failed", _) => ended(A::Failed, F::ProviderError, false),
        (word, _) => (Reading::Unrecognized(safe(word)), None),
    }
}

/// What moved; `None` when more went back than was taken.
///
/// `success` means that capture was requested: the merchant's, unless it turns to `error` later.
/// A corporate card surcharge is taken and given back along with the amount. Given back counts what
/// is on its way too (`RefundCalculator.getRefundedAmount`); `amount_available` would count the surcharge.
fn moved(payment: &Payment, reading: &Reading) -> Option<Moved> {
    let total = payment.total_amount.unwrap_or(payment.amount);
    if total > Money::MAX_MINOR {
        return None;
    }
    match reading {
        Reading::Known(AttemptStatus::Authorized) => Some(Moved { authorized: total, ..Moved::default() }),
        Reading::Known(AttemptStatus::Succeeded) => {
            let summary = payment.refund_summary.as_ref();
            let refunded = summary.map_or(0, |summary| summary.amount_submitted);
            (refunded <= total).then_some(Moved { authorized: 0, captured: total, refunded })
        }
        _ => Some(Moved::default()),
    }
}

/// Nothing more can happen only once the bank has paid. Before that `success` may turn to `error`
/// (CAPTURE_ERROR), and any unpaid end may turn to `success`: a CAPTURED message of the gateway is
/// forced upon whatever stands there (`ChargeNotificationProcessor.java`). None of that is pushed.
fn settled(payment: &Payment) -> bool {
    let summary = payment.settlement_summary.as_ref();
    let captured = summary.is_some_and(|summary| summary.captured_date.is_some());
    captured && payment.state.status == "success"
}

/// The fresh, single-use page. https; plain only from an API that is itself a plain, local one.
fn page(payment: &Payment, base: &Url) -> Option<Url> {
    let href = &payment.links.as_ref()?.next_url.as_ref()?.href;
    let url = Url::parse(href).ok()?;
    let fine = url.scheme() == "https" || (url.scheme() == "http" && base.scheme() == "http");
    (fine && url.has_host()).then_some(url)
}
