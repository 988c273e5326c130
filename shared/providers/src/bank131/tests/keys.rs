//! Keys: which are taken, and that an error names the setting and never the key.

use super::key;
use super::messages::signing;
use crate::SettingsError;
use crate::bank131::keys::{BankKeys, SigningKey};
use secrecy::SecretString;

fn private(pem: &str) -> Option<SettingsError> {
    SigningKey::read(&pem.into()).err()
}

fn public(pems: &[&str]) -> Option<SettingsError> {
    let pems: Vec<SecretString> = pems.iter().map(|pem| SecretString::from(*pem)).collect();
    BankKeys::read(&pems).err()
}

/// Whether an error is told, names `setting`, and shows nothing of a key.
fn is_told(error: Option<SettingsError>, setting: &str, what: &str) {
    let error = error.unwrap_or_else(|| panic!("{what} is taken"));
    assert_eq!(error.setting, setting, "{what}");
    let told = format!("{error} {error:?}");
    assert!(!told.contains("MII") && !told.contains("BEGIN") && !told.contains("hunter2"), "{told}");
}

#[test]
fn a_private_key_is_taken_in_either_form_and_signs_alike() {
    assert_eq!(private(key!("partner")), None);
    let (one, other) = (signing(key!("partner")), signing(key!("partner_pkcs1")));
    assert_eq!(one.sign(b"{}"), other.sign(b"{}"));
}

#[test]
fn a_private_key_with_the_line_ends_of_another_system_is_taken() {
    assert_eq!(private(&key!("partner").replace('\n', "\r\n")), None);
    assert_eq!(private(key!("partner").trim()), None);
}

#[test]
fn i11_a_private_key_that_will_not_do_is_refused_unseen() {
    let whole = key!("partner");
    let half = &whole[..whole.len() / 2];
    let altered = whole.replacen("AoIBAQ", "AoIBAA", 1);
    let doubled = format!("{whole}{whole}");
    let bare = whole.lines().filter(|line| !line.contains(' ')).collect::<String>();
    let short = key!("short");
    let (curve, public) = (key!("ec"), key!("partner.pub"));
    let rows = ["", "hunter2", half, &altered, &doubled, &bare, short, curve, public];
    for (number, pem) in rows.into_iter().enumerate() {
        is_told(private(pem), "secret.private_key", &format!("row {number}"));
    }
}

#[test]
fn public_keys_are_taken_one_to_a_text() {
    assert_eq!(public(&[]), None);
    assert_eq!(public(&[key!("bank.pub"), key!("bank_before.pub")]), None);
    let four = [key!("bank.pub"); 4];
    assert_eq!(public(&four), None);
    is_told(public(&[key!("bank.pub"); 5]), "secret.bank_public_keys", "five");
}

#[test]
fn i11_a_public_key_that_will_not_do_is_refused_unseen() {
    let whole = key!("bank.pub");
    let half = &whole[..whole.len() / 2];
    // The first byte of the modulus' length.
    let altered = whole.replacen("MIIBCgKC", "MIIBCgKB", 1);
    let doubled = format!("{whole}{}", key!("bank_before.pub"));
    let rows = ["", "hunter2", half, &altered, &doubled, key!("short.pub"), key!("ec.pub"), key!("bank")];
    for (number, pem) in rows.into_iter().enumerate() {
        is_told(public(&[key!("bank.pub"), pem]), "secret.bank_public_keys", &format!("row {number}"));
    }
}

#[test]
fn what_one_side_signs_the_other_proves() {
    let keys = BankKeys::read(&[key!("bank_before.pub").into(), key!("bank.pub").into()]).unwrap();
    for pem in [key!("bank"), key!("bank_before")] {
        let signature = signing(pem).sign(b"{}").unwrap();
        assert!(keys.prove(b"{}", &signature));
        assert!(!keys.prove(b"{ }", &signature));
    }
    let other = signing(key!("stranger")).sign(b"{}").unwrap();
    assert!(!keys.prove(b"{}", &other));
}
