//! Giving money back.

use super::bench::Bench;
use super::calls::Verb;
use super::subject::{Refunded, Subject};
use bellhop_domain::money::Money;
use bellhop_domain::provider::{ProviderErrorKind as Kind, RefundOrder, RefusalCode};

cases!(
    a_refund_is_sent_once_about_that_payment,
    a_refund_that_cannot_be_is_refused_and_not_sent,
    refunds_are_listed_as_they_stand,
);

/// What is known of refunds, or the proof that there are none.
fn refunded(subject: &Subject) -> Option<&Refunded> {
    let lacks = subject.at("https://api.provider.example").refunds().is_none();
    assert_eq!(lacks, subject.refunds.lack().is_some());
    subject.refunds.has()
}

async fn a_refund_is_sent_once_about_that_payment(subject: &Subject) {
    let Some(refunded) = refunded(subject) else {
        return;
    };
    let bench = Bench::good(subject, &refunded.call).await;
    let refunds = bench.provider.refunds().unwrap();
    let made = refunds.refund(&subject.payment(), &refunded.order).await;
    assert_eq!(made.unwrap(), refunded.made);
    let asked = bench.wire.asked(&refunded.call.main);
    assert_eq!(asked.len(), 1);
    assert!(asked[0].text.contains(subject.named(Verb::Refund)), "{}", asked[0].text);
    assert!(bench.wire.strays().is_empty());
}

async fn a_refund_that_cannot_be_is_refused_and_not_sent(subject: &Subject) {
    let Some(refunded) = refunded(subject) else {
        return;
    };
    let bench = Bench::good(subject, &refunded.call).await;
    let RefundOrder { amount, available } = refunded.order;
    let more = available.with_minor(available.minor() + 1).unwrap();
    let none = amount.with_minor(0).unwrap();
    let foreign = Money::new(amount.minor(), subject.foreign).unwrap();
    for (amount, code) in [
        (more, RefusalCode::AmountTooLarge),
        (none, RefusalCode::InvalidField),
        (foreign, RefusalCode::InvalidField),
    ] {
        let order = RefundOrder { amount, available };
        let refunds = bench.provider.refunds().unwrap();
        let done = refunds.refund(&subject.payment(), &order).await;
        let Kind::Refused(refusal) = done.unwrap_err().kind else { panic!("{order:?}") };
        assert_eq!(refusal.code, code, "{order:?}");
    }
    assert!(bench.wire.all().is_empty());
}

async fn refunds_are_listed_as_they_stand(subject: &Subject) {
    let Some(refunded) = refunded(subject) else {
        return;
    };
    let bench = Bench::good(subject, &subject.call(Verb::List).unwrap()).await;
    let list = bench.provider.refunds().unwrap().list(&subject.payment()).await;
    assert_eq!(list.unwrap(), refunded.listed);
    assert_eq!(bench.wire.asked(&refunded.list.main).len(), 1);
}
