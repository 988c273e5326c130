//! The suite finds out a provider that does otherwise than it declares: each lie fails its case.

use super::conformance::subject;
use super::messages::sign;
use super::pounds;
use crate::conformance::{Ability, Covers, Notify, Signer, Subject, passes};
use bellhop_domain::money::Currency;
use bellhop_domain::provider::ProviderErrorKind;

fn is_found_out(case: &str, lie: impl FnOnce(&mut Subject)) {
    let mut subject = subject();
    assert!(passes(&subject, case), "{case}");
    lie(&mut subject);
    assert!(!passes(&subject, case), "{case}");
}

#[test]
fn a_hidden_ability_is_found_out() {
    is_found_out("an_account_with_good_settings_opens_under_its_name", |s| {
        s.lookup = Ability::Lacks("a lie");
    });
    is_found_out("our_session_is_sent_where_they_echo_it", |s| {
        s.create.sends_session = Ability::Lacks("a lie");
    });
    is_found_out("i1_an_answer_for_another_amount_is_no_success", |s| {
        s.create.tells_amount = Ability::Lacks("a lie");
    });
    is_found_out("a_message_without_any_proof_is_not_believed", |s| {
        s.notify = Ability::Lacks("a lie");
    });
}

#[test]
fn a_claimed_ability_is_found_out() {
    is_found_out("a_payment_is_opened_once_and_named", |s| {
        s.create.keeps_page = Ability::Has(());
    });
    is_found_out("i3_another_currency_is_told_as_it_is", |s| {
        s.fetch.tells_currency = Ability::Has(Currency::USD);
    });
}

#[test]
fn a_wrong_reading_is_found_out() {
    is_found_out("every_documented_status_moves_what_it_says", |s| {
        s.fetch.statuses[4].moved.captured += 1;
    });
    is_found_out("i3_a_payment_that_is_nearly_right_is_unreadable", |s| {
        let fine = s.fetch.statuses[4].body.clone();
        s.fetch.near_misses.push(fine);
    });
    is_found_out("i3_a_new_status_is_unrecognized_and_moves_nothing", |s| {
        s.fetch.with_word = |_| super::golden!("captured").to_owned();
    });
    is_found_out("every_documented_refusal_means_what_is_declared", |s| {
        s.wrongs[0].kind = ProviderErrorKind::NotFound;
    });
    is_found_out("every_amount_is_written_exactly", |s| {
        s.amounts[0] = (pounds(1), r#""amount":0.01,"#);
    });
}

/// A subject whose messages are other than they are declared.
fn is_no_proof(case: &str, lie: fn(&mut Notify)) {
    is_found_out(case, |s| {
        if let Ability::Has(notify) = &mut s.notify {
            lie(notify);
        }
    });
}

#[test]
fn a_weak_proof_is_found_out() {
    is_no_proof("one_changed_bit_breaks_the_proof", |notify| {
        notify.covers = Covers::Nothing("a lie");
    });
    is_no_proof("the_previous_secret_proves_during_a_rotation", |notify| {
        notify.previous = Ability::Lacks("a lie");
    });
    is_no_proof("the_proof_of_a_stranger_is_refused", |notify| {
        notify.sign = |message, _| sign(message, Signer::Current);
    });
    is_no_proof("a_session_in_a_message_is_a_hint", |notify| {
        notify.hints = Ability::Lacks("a lie");
    });
    is_no_proof("an_empty_webhook_secret_is_refused_at_once", |notify| {
        notify.blank.push(super::secret());
    });
}

#[test]
fn a_request_that_is_not_documented_is_found_out() {
    is_found_out("a_fetch_asks_once_for_that_payment", |s| {
        s.fetch.call = |facts| {
            let mut call = (subject().fetch.call)(facts);
            call.main.target = "/v2/payments".to_owned();
            call
        };
    });
}
