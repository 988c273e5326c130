//! What a session of Bank 131 says, in our words (docs, "Objects").
//!
//! Money is read from the payments: the session's own word says only whether more is to come.

use super::interaction;
use super::order::{Flow, HELD, UNCONFIRMED};
use super::wire::{ATTEMPT_KEY, CUSTOMER_KEY, FLOW_KEY, Payment, REFERENCE_KEY, Refund, Session};
use crate::json_api::safe;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Echo, Observation, ProviderPaymentId};
use bellhop_domain::status::{AttemptStatus as A, Reading};
use url::Url;

/// An observation of `session`, read from an API at `base`; `None` when it makes no sense.
pub(super) fn observe(session: &Session, base: &Url) -> Option<Observation> {
    let id = ProviderPaymentId::parse(&session.id)?;
    let Some(payment) = deciding(session.payments()) else {
        return Some(unstarted(session, id));
    };
    let page = interaction::page(&payment.customer_interaction, base);
    let (reading, failure) = read(session, payment, page.is_some());
    let open = reading == Reading::Known(A::Pending);
    Some(Observation {
        payment: id,
        amount: Some(payment.amount_details.money()?),
        echo: echo(payment),
        moved: moved(session, payment, &reading)?,
        awaits_confirmation: is_open(payment) && is_under_way(session) && waits_for(session, UNCONFIRMED),
        page: page.filter(|_| open),
        settled: settled(session, &reading),
        reading,
        failure,
        charged_as: None,
        not_before: None,
    })
}

/// A session that nobody has tried to pay yet names neither an amount nor anything of ours: its id,
/// which came with the answer to our own create, has to do, and no money can be read from it (I3).
fn unstarted(session: &Session, payment: ProviderPaymentId) -> Observation {
    let (reading, failure) = match session.status.as_str() {
        "created" | "in_progress" => (Reading::Known(A::Pending), None),
        "cancelled" => stopped(session.reason()),
        "accepted" | "error" => (Reading::Known(A::Processing), None),
        word => (Reading::Unrecognized(safe(word)), None),
    };
    let settled = settled(session, &reading);
    let echo = Echo { ours_by_id: true, ..Echo::default() };
    Observation {
        payment,
        amount: None,
        echo,
        moved: Moved::default(),
        awaits_confirmation: false,
        page: None,
        settled,
        reading,
        failure,
        charged_as: None,
        not_before: None,
    }
}

/// The payment that says where the session stands: one that took money, else one that may, else the
/// newest that failed.
fn deciding(payments: &[Payment]) -> Option<&Payment> {
    payments.iter().max_by_key(|payment| match payment.status.as_str() {
        "succeeded" => 2,
        "failed" => 0,
        _ => 1,
    })
}

/// The status, and why where it ended without money. `may_go_on` says that the payer has a page.
///
/// A session in `error` "is not final", and neither is a failed payment in it. Where the payer has
/// typed a card into the widget there is nothing more to do than to wait; where a card that is known is
/// charged, the payer has yet to be sent to 3-D Secure.
fn read(session: &Session, payment: &Payment, may_go_on: bool) -> (Reading, Option<Failure>) {
    let known = |status| (Reading::Known(status), None);
    match (payment.status.as_str(), session.status.as_str()) {
        ("succeeded", _) => known(A::Succeeded),
        ("failed", "accepted" | "cancelled") => ended(payment.reason().or(session.reason())),
        ("failed", "created" | "in_progress" | "error") => known(A::Processing),
        ("pending", "cancelled") => stopped(payment.reason().or(session.reason())),
        ("in_progress", "cancelled") | ("pending" | "in_progress", "accepted" | "error") => {
            known(A::Processing)
        }
        ("pending" | "in_progress", "created" | "in_progress") => match () {
            () if waits_for(session, HELD) => known(A::Authorized),
            () if may_go_on || !by_widget(payment) => known(A::Pending),
            () => known(A::Processing),
        },
        ("pending" | "in_progress" | "failed", word) | (word, _) => (Reading::Unrecognized(safe(word)), None),
    }
}

/// The bank's patience ended: with us, with the payer, or with what was held (docs, "Error codes").
const TIME_RAN_OUT: [&str; 3] = ["session_cancelled", "capture_timeout", "confirm_timeout"];

/// Why a payment that failed for good did.
fn ended(reason: Option<&str>) -> (Reading, Option<Failure>) {
    let (status, code, retry) = match reason {
        Some("session_cancelled_by_partner") => return stopped(reason),
        Some(code) if TIME_RAN_OUT.contains(&code) => return stopped(reason),
        Some("internal_error" | "provider_timeout") => (A::Failed, FailureCode::ProviderError, false),
        _ => (A::Failed, FailureCode::Declined, true),
    };
    (Reading::Known(status), Some(Failure { code, retry }))
}

/// Why a session that nobody paid was stopped.
fn stopped(reason: Option<&str>) -> (Reading, Option<Failure>) {
    let (status, code) = match reason {
        Some(code) if TIME_RAN_OUT.contains(&code) => (A::Expired, FailureCode::Expired),
        _ => (A::Canceled, FailureCode::CanceledByMerchant),
    };
    (Reading::Known(status), Some(Failure { code, retry: true }))
}

fn is_open(payment: &Payment) -> bool {
    matches!(payment.status.as_str(), "pending" | "in_progress")
}

fn is_under_way(session: &Session) -> bool {
    matches!(session.status.as_str(), "created" | "in_progress")
}

fn waits_for(session: &Session, action: &str) -> bool {
    session.next_action.as_deref() == Some(action)
}

fn by_widget(payment: &Payment) -> bool {
    payment.echoed(FLOW_KEY).as_deref() == Some(Flow::Widget.as_str())
}

fn echo(payment: &Payment) -> Echo {
    let attempt = payment.echoed(ATTEMPT_KEY);
    Echo {
        reference: reference(payment),
        attempt: attempt.and_then(|id| AttemptId::parse(&id).ok()),
        ours_by_id: false,
    }
}

/// Our reference. Where the customer is not the one that we named, it is another's: then the two
/// together, which nobody has.
fn reference(payment: &Payment) -> Option<String> {
    let ours = payment.echoed(REFERENCE_KEY);
    match (payment.echoed(CUSTOMER_KEY), payment.customer()) {
        (Some(named), Some(other)) if named != other => {
            Some(format!("{} of {other}", ours.unwrap_or_default()))
        }
        _ => ours,
    }
}

/// What moved; `None` when more went back than was taken.
///
/// The gross amount, where it is told, is what was taken of a hold: the rest went free. Given back
/// counts what is on its way too.
fn moved(session: &Session, payment: &Payment, reading: &Reading) -> Option<Moved> {
    let whole = |payment: &Payment| payment.amount_details.money().map(|money| money.minor());
    match reading {
        Reading::Known(A::Authorized) => Some(Moved { authorized: whole(payment)?, ..Moved::default() }),
        Reading::Known(A::Succeeded) => {
            let paid = session.payments().iter().filter(|one| one.status == "succeeded");
            let captured = paid.clone().map(taken).sum::<Option<u64>>()?;
            let back = paid.flat_map(Payment::refunds).filter(|refund| goes_back(refund));
            let refunded = back.map(|one| Some(one.amount_details.money()?.minor())).sum::<Option<u64>>()?;
            (refunded <= captured).then_some(Moved { authorized: 0, captured, refunded })
        }
        _ => Some(Moved::default()),
    }
}

fn taken(payment: &Payment) -> Option<u64> {
    let whole = payment.amount_details.money()?;
    let gross = payment.gross().and_then(|gross| gross.money());
    let part = gross.filter(|gross| gross.currency() == whole.currency() && gross.minor() < whole.minor());
    Some(part.unwrap_or(whole).minor())
}

/// Whether a refund was made or is under way.
fn goes_back(refund: &Refund) -> bool {
    matches!(refund.status.as_str(), "accepted" | "in_progress")
}

/// Nothing more happens by itself once the session has ended; a refund opens it again.
fn settled(session: &Session, reading: &Reading) -> bool {
    let over = matches!(session.status.as_str(), "accepted" | "cancelled");
    over && matches!(reading, Reading::Known(status) if status.is_final())
}
