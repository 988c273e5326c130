//! Signed outcomes, held to a signature that was computed elsewhere.

use crate::visit::{NOW, SECRET};
use bellhop_demo::{Carried, Claim, check};

fn claim() -> Claim {
    Claim {
        session_id: "ses_07a".into(),
        status: "succeeded".into(),
        expires: "1795000000".into(),
        signature: "c6331c033842c09718090c995c2bd6e43e72c1619562c9c73daef8e2af7737c0".into(),
    }
}

fn checked(edit: impl FnOnce(&mut Claim), now: i64) -> Carried {
    let mut claim = claim();
    edit(&mut claim);
    check(&claim, &SECRET.to_owned().into(), now)
}

#[test]
fn a_signature_counts_to_its_last_second() {
    assert_eq!(checked(|_| (), NOW), Carried::Good);
    assert_eq!(checked(|_| (), NOW + 1), Carried::Expired);
}

#[test]
fn a_change_of_any_part_breaks_the_signature() {
    let edits: [fn(&mut Claim); 8] = [
        |claim| claim.session_id = "ses_07b".into(),
        |claim| claim.status = "failed".into(),
        |claim| claim.expires = "1795000001".into(),
        |claim| claim.expires = "+1795000000".into(),
        |claim| claim.expires = "soon".into(),
        |claim| claim.signature.make_ascii_uppercase(),
        |claim| claim.signature.truncate(63),
        |claim| claim.signature = "not hex".into(),
    ];
    for (number, edit) in edits.into_iter().enumerate() {
        assert_eq!(checked(edit, NOW), Carried::Forged, "edit {number}");
    }
}

#[test]
fn another_merchants_secret_proves_nothing() {
    let other = "bhsig_ff".to_owned().into();
    assert_eq!(check(&claim(), &other, NOW), Carried::Forged);
}

#[test]
fn no_signature_is_no_claim() {
    assert_eq!(checked(|claim| claim.signature.clear(), NOW), Carried::Nothing);
}
