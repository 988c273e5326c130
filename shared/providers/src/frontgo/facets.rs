//! What Front can do besides: cancel, capture, refund. The last two read the details first, for what a
//! request has to name.

use super::Frontgo;
use super::client::{API, accepted};
use super::status::Ledger;
use super::wire::{CURRENCY, History, Kroner, Line, NewCapture, NewRefund, Note, Reservation, Share};
use async_trait::async_trait;
use bellhop_domain::money::Money;
use bellhop_domain::provider::{
    Cancels, Captures, Operation, ProviderError, ProviderPaymentId, Refund, RefundOrder, RefundStatus,
    Refunds, RefusalCode,
};
use http::Method;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::value::RawValue;

/// They want a reason.
const NOTE: Note = Note { note: "Canceled by the booking site" };

#[async_trait]
impl Cancels for Frontgo {
    async fn cancel(&self, payment: &ProviderPaymentId) -> Result<(), ProviderError> {
        const OP: Operation = Operation::Cancel;
        let method = if self.settings.cancel_with_get { Method::GET } else { Method::POST };
        let answer = self.client.send(OP, (method, &["cancel", payment.as_str()]), &NOTE).await?;
        accepted::<IgnoredAny>(OP, &answer).map(drop)
    }
}

#[async_trait]
impl Captures for Frontgo {
    /// Once: the rest is released (docs, "capture-reservation").
    fn takes_part(&self) -> bool {
        true
    }

    async fn capture(&self, payment: &ProviderPaymentId, part: Option<Money>) -> Result<(), ProviderError> {
        const OP: Operation = Operation::Capture;
        if part.is_some_and(|part| part.currency() != CURRENCY || part.minor() == 0) {
            return Err(wrong(OP, RefusalCode::InvalidField));
        }
        let seen = self.client.details(Operation::Fetch, payment.as_str()).await?;
        // One whose answer was lost must not be made again, whatever they would say to a second.
        if Ledger::of(&seen).is_none_or(|ledger| ledger.captured > 0) {
            return Err(API.refused(OP, RefusalCode::WrongState, None));
        }
        let total = part.map_or(seen.grand_total.0, Money::minor);
        let shares = shares(&seen, held, (0, total)).ok_or_else(|| wrong(OP, RefusalCode::AmountTooLarge))?;
        let numbered = shares.into_iter().enumerate();
        let body = NewCapture {
            products: numbered.map(|(number, share)| (number.to_string(), share)).collect(),
            grand_total: Kroner(total),
        };
        let steps = ["capture", payment.as_str()];
        let answer = self.client.send(OP, (Method::POST, &steps), &body).await?;
        accepted::<IgnoredAny>(OP, &answer).map(drop)
    }
}

#[async_trait]
impl Refunds for Frontgo {
    /// They give a refund no id of its own: it goes by the capture or charge that it is taken from.
    async fn refund(
        &self,
        payment: &ProviderPaymentId,
        order: &RefundOrder,
    ) -> Result<Refund, ProviderError> {
        const OP: Operation = Operation::Refund;
        let (amount, available) = (order.amount.minor(), order.available.minor());
        let kroner = order.amount.currency() == CURRENCY && order.available.currency() == CURRENCY;
        match () {
            () if !kroner || amount == 0 => return Err(wrong(OP, RefusalCode::InvalidField)),
            () if amount > available => return Err(wrong(OP, RefusalCode::AmountTooLarge)),
            () => {}
        }
        let seen = self.client.details(Operation::Fetch, payment.as_str()).await?;
        let taken = taken(&seen, Operation::Fetch)?;
        // A compare-and-swap that they do not offer, as near as one look comes to it.
        if taken.iter().map(Taken::left).sum::<u64>() != available {
            return Err(wrong(OP, RefusalCode::AmountChanged));
        }
        let from = taken.iter().find(|one| one.left() >= amount && one.reference.is_some());
        let share = from.and_then(|from| Some((from, shares(&seen, from.of, (from.returned, amount))?)));
        let (from, products) = share.ok_or_else(|| wrong(OP, RefusalCode::AmountTooLarge))?;
        let reference = from.reference.as_deref().unwrap_or_default();
        let (kind, grand_total) = ("reservation", Kroner(amount));
        let body = NewRefund { kind, grand_total, products, source: from.source, reference };
        let steps = ["refund", payment.as_str()];
        let answer = self.client.send(OP, (Method::POST, &steps), &body).await?;
        accepted::<IgnoredAny>(OP, &answer)?;
        Ok(Refund { id: reference.to_owned(), amount: order.amount, status: Some(RefundStatus::Pending) })
    }

    /// One line for all that went back from captures and one for charges: the details tell no more.
    async fn list(&self, payment: &ProviderPaymentId) -> Result<Vec<Refund>, ProviderError> {
        const OP: Operation = Operation::Refunds;
        let seen = self.client.details(OP, payment.as_str()).await?;
        let returned = taken(&seen, OP)?.into_iter().filter(|one| one.returned > 0);
        let refund = |one: Taken| {
            let amount = Money::new(one.returned, CURRENCY).map_err(|_| API.unreadable(OP))?;
            let id = one.reference.unwrap_or_else(|| one.source.to_owned());
            Ok(Refund { id, amount, status: Some(RefundStatus::Succeeded) })
        };
        returned.map(refund).collect()
    }
}

/// Money that was taken in one of two ways.
struct Taken {
    source: &'static str,
    /// The latest capture's or charge's own id.
    reference: Option<String>,
    amount: u64,
    returned: u64,
    /// What a product gave to it.
    of: fn(&Line) -> u64,
}

impl Taken {
    const fn left(&self) -> u64 {
        self.amount.saturating_sub(self.returned)
    }
}

fn taken(seen: &Reservation, operation: Operation) -> Result<[Taken; 2], ProviderError> {
    let ledger = Ledger::of(seen).ok_or_else(|| API.unreadable(operation))?;
    let history: History = inner(seen.payment_history.as_deref()).unwrap_or_default();
    let taken = |(source, of), (events, prefix): (&[Value], &str), (amount, returned)| {
        let reference = events.iter().rev().find_map(|event| id_in(event, prefix));
        Taken { source, reference, amount, returned, of }
    };
    let captures: (_, fn(&Line) -> u64) = ("captured", captured);
    Ok([
        taken(captures, (&history.captured, "CAP"), (ledger.captured, ledger.from_captured)),
        taken(("charged", charged), (&history.charged, "CHA"), (ledger.charged, ledger.from_charge)),
    ])
}

/// Inferred: the page prints no name for the field, only that refunds go by a `CAP` or `CHA` id.
fn id_in(event: &Value, prefix: &str) -> Option<String> {
    let mut texts = event.as_object()?.values().filter_map(Value::as_str);
    let id = texts.find(|text| text.starts_with(prefix) && ProviderPaymentId::parse(text).is_some());
    id.map(str::to_owned)
}

/// `amount` spread over the products by what each gave, past the first `skip`; `None` when they gave
/// less. Where no product says what it gave, it is its amount.
fn shares(seen: &Reservation, of: fn(&Line) -> u64, (skip, amount): (u64, u64)) -> Option<Vec<Share>> {
    let lines: Vec<Line> = inner(seen.product_list.as_deref())?;
    let silent = lines.iter().all(|line| of(line) == 0);
    let (mut skip, mut left, mut all) = (skip, amount, Vec::new());
    for line in lines {
        let given = if silent { line.amount.0 } else { of(&line) };
        let share = given.saturating_sub(skip).min(left);
        skip = skip.saturating_sub(given);
        left -= share;
        if share > 0 {
            all.push(Share { id: line.id, amount: Kroner(share) });
        }
    }
    (left == 0).then_some(all)
}

fn held(line: &Line) -> u64 {
    line.reserved.unwrap_or_default().0
}

fn captured(line: &Line) -> u64 {
    line.captured.unwrap_or_default().0
}

/// Inferred: a product that was neither held nor captured came with a charge.
fn charged(line: &Line) -> u64 {
    if held(line) + captured(line) == 0 { line.amount.0 } else { 0 }
}

fn inner<T: DeserializeOwned>(raw: Option<&RawValue>) -> Option<T> {
    serde_json::from_str(raw?.get()).ok()
}

fn wrong(operation: Operation, code: RefusalCode) -> ProviderError {
    API.refused(operation, code, Some("/amount".to_owned()))
}
