//! Ten thousand messages, a tenth of them forged or altered.

use super::messages::{SIGN, signing};
use super::{adapter, golden, key, settings};
use crate::bank131::Bank131;
use crate::conformance::Message;
use bellhop_domain::ids::SessionId;
use bellhop_domain::notification::VerifyError;
use serde_json::Value;

const MESSAGES: usize = 10_000;
/// How many of them the bank has signed; signing is slow, so each is sent again and again.
const SIGNED: usize = 60;

/// A message of the bank about the payment of this number, signed with `pem`.
fn signed(number: usize, pem: &str) -> (String, Message) {
    let golden = if number.is_multiple_of(2) { golden!("webhook_finished") } else { golden!("webhook_v1") };
    let mut body: Value = serde_json::from_str(golden).unwrap();
    let id = format!("ps_{number}");
    body["session"]["id"] = id.as_str().into();
    let body = body.to_string().into_bytes();
    let signature = signing(pem).sign(&body).unwrap();
    (id, Message { body, ..Message::bare() }.with(SIGN, &[&signature]))
}

/// Everything that is done to a message, in turn; `other` is a genuine one about another payment.
fn spoiled(good: &Message, other: &Message, at: usize) -> Message {
    let mut bad = good.clone();
    let signature = good.values(SIGN).remove(0);
    match at % 8 {
        0 => {
            let place = at * 7 % bad.body.len();
            bad.body[place] ^= 1 << (at % 7);
        }
        1 => bad.body.push(b'\n'),
        2 => bad.body.truncate(at % good.body.len()),
        3 => bad.body.clone_from(&other.body),
        4 => bad = bad.with(SIGN, &[&other.values(SIGN)[0]]),
        5 => {
            let mut bytes = signature.into_bytes();
            let place = at * 11 % 340;
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            bad = bad.with(SIGN, &[&String::from_utf8(bytes).unwrap()]);
        }
        6 => bad = bad.with(SIGN, &[]),
        _ => bad = bad.with(SIGN, &[&signature, &signature]),
    }
    bad
}

fn is_believed(provider: &Bank131, id: &str, message: &Message) {
    let found = message.read(provider).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].payment.as_str(), id);
    assert_eq!(found[0].session, Some(SessionId::from_bytes([1; 16])));
}

#[test]
fn of_ten_thousand_messages_each_is_told_for_what_it_is() {
    let provider = adapter(&settings("https://demo.bank131.ru"));
    let pem = |number: usize| if number.is_multiple_of(3) { key!("bank_before") } else { key!("bank") };
    let good: Vec<_> = (0..SIGNED).map(|number| signed(number, pem(number))).collect();
    let stranger: Vec<_> = (0..4).map(|number| signed(number, key!("stranger"))).collect();
    let (mut believed, mut refused) = (0, 0);
    for number in 0..MESSAGES {
        let (id, message) = &good[number % SIGNED];
        if !number.is_multiple_of(10) {
            is_believed(&provider, id, message);
            believed += 1;
            continue;
        }
        let other = &good[(number + 1) % SIGNED].1;
        let bad = match number / 10 {
            forged if forged.is_multiple_of(9) => stranger[forged % 4].1.clone(),
            altered => spoiled(message, other, altered),
        };
        assert_eq!(bad.read(&provider), Err(VerifyError::BadProof), "{number}: {bad:?}");
        refused += 1;
    }
    assert_eq!((believed, refused), (9_000, 1_000));
}

/// A signature of a certificate authority's kind, or of SHA-1, is none of these.
#[test]
fn a_signature_by_another_scheme_is_refused() {
    let provider = adapter(&settings("https://demo.bank131.ru"));
    let (_, message) = signed(1, key!("bank"));
    let pss = include_str!("../fixtures/keys/test_signature_pss.txt").trim_end();
    let sha1 = include_str!("../fixtures/keys/test_signature_sha1.txt").trim_end();
    let body = b"{\"type\":\"of_tomorrow\"}".to_vec();
    for signature in [pss, sha1] {
        let message = Message { body: body.clone(), ..message.clone() }.with(SIGN, &[signature]);
        assert_eq!(message.read(&provider), Err(VerifyError::BadProof));
    }
    let own = signing(key!("bank")).sign(&body).unwrap();
    let message = Message { body, ..message }.with(SIGN, &[&own]);
    assert_eq!(message.read(&provider), Ok(Vec::new()));
}
