//! What a provider would not take, told before anything is stored or sent.

use super::bench::Bench;
use super::calls::Verb;
use super::subject::Subject;
use bellhop_domain::money::Money;
use bellhop_domain::provider::ProviderErrorKind as Kind;
use bellhop_domain::wish::Wish;

cases!(
    a_good_wish_passes,
    another_currency_is_named,
    too_much_is_named,
    nothing_to_pay_is_named,
    every_documented_rule_of_the_wish_is_named,
    an_unknown_option_is_named,
    a_wish_that_does_not_pass_is_refused_and_not_sent,
);

fn pointers(subject: &Subject, wish: &Wish) -> Vec<String> {
    let provider = subject.at("https://api.provider.example");
    let faults = provider.check(wish);
    assert!(faults.iter().all(|fault| !fault.detail.is_empty()));
    faults.into_iter().map(|fault| fault.pointer).collect()
}

fn with_amount(subject: &Subject, amount: Money) -> Wish {
    Wish { amount, ..subject.wish.clone() }
}

fn foreign(subject: &Subject) -> Wish {
    with_amount(subject, Money::new(14500, subject.foreign).unwrap())
}

async fn a_good_wish_passes(subject: &Subject) {
    assert_eq!(pointers(subject, &subject.wish), [""; 0]);
}

async fn another_currency_is_named(subject: &Subject) {
    let found = pointers(subject, &foreign(subject));
    assert!(found.contains(&"/amount/currency".to_owned()), "{found:?}");
}

/// Every provider's limit lies below the largest amount that we can say.
async fn too_much_is_named(subject: &Subject) {
    let most = subject.wish.amount.with_minor(Money::MAX_MINOR).unwrap();
    assert_eq!(pointers(subject, &with_amount(subject, most)), ["/amount/value"]);
}

async fn nothing_to_pay_is_named(subject: &Subject) {
    let none = subject.wish.amount.with_minor(0).unwrap();
    assert_eq!(pointers(subject, &with_amount(subject, none)), ["/amount/value"]);
}

async fn every_documented_rule_of_the_wish_is_named(subject: &Subject) {
    assert!(!subject.faults.is_empty());
    for (pointer, spoil) in &subject.faults {
        let mut wish = subject.wish.clone();
        spoil(&mut wish);
        let found = pointers(subject, &wish);
        assert!(found.contains(&(*pointer).to_owned()), "{pointer} in {found:?}");
    }
}

async fn an_unknown_option_is_named(subject: &Subject) {
    let mut wish = subject.wish.clone();
    wish.options.0.insert("of/nobody".to_owned(), 1.into());
    let pointer = format!("/options/{}/of~1nobody", subject.name);
    assert_eq!(pointers(subject, &wish), [pointer]);
}

async fn a_wish_that_does_not_pass_is_refused_and_not_sent(subject: &Subject) {
    let bench = Bench::good(subject, &subject.call(Verb::Create).unwrap()).await;
    let made = bench.create(subject, &foreign(subject)).await;
    let Kind::Refused(refusal) = made.unwrap_err().kind else { panic!("a refusal") };
    assert_eq!(refusal.pointer.as_deref(), Some("/amount/currency"));
    assert!(bench.wire.all().is_empty());
}
