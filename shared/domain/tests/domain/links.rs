//! The payer's link.

use crate::given::{keys, session, start};
use bellhop_domain::ids::{SessionId, SessionKey};
use bellhop_domain::link::PayerToken;
use bellhop_domain::service_key::{Purpose, ServiceKeys};
use data_encoding::BASE64URL_NOPAD;
use secrecy::ExposeSecret;

fn text(token: &PayerToken) -> String {
    token.secret().expose_secret().to_owned()
}

#[test]
fn a_link_names_its_session_and_proves_itself() {
    let key = session().key;
    let token = PayerToken::issue(key, &keys());
    let read = PayerToken::parse(&text(&token)).unwrap();
    assert_eq!(read.session(), key);
    assert!(read.proves(&token.hash()));
    assert_eq!(text(&token).len(), 86);
}

#[test]
fn i12_the_link_of_one_session_proves_no_other() {
    let (one, two) = (session().key, session().key);
    let mine = PayerToken::issue(one, &keys());
    let other = PayerToken::issue(two, &keys());
    assert!(!mine.proves(&other.hash()));
    let sibling = SessionKey { session: SessionId::generate(start()).unwrap(), ..one };
    assert!(!PayerToken::issue(sibling, &keys()).proves(&mine.hash()));
}

#[test]
fn a_link_with_one_character_changed_proves_nothing() {
    let token = PayerToken::issue(session().key, &keys());
    let good = text(&token);
    for at in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        let proves = PayerToken::parse(&changed).is_some_and(|read| read.proves(&token.hash()));
        assert!(!proves, "position {at}");
    }
}

#[test]
fn texts_that_are_no_links() {
    let good = text(&PayerToken::issue(session().key, &keys()));
    for bad in [
        "",
        "x",
        &good[1..],
        &good[..85],
        &format!("{good}="),
        &format!("{good}A"),
        &format!("{good}/"),
        &good.replace(&good[..4], "+/+/"),
        "é",
    ] {
        assert!(PayerToken::parse(bad).is_none(), "{bad}");
    }
}

#[test]
fn a_link_is_shown_again_while_service_keys_are_rotated() {
    let key = session().key;
    let (old, new) = ([1; 32], [2; 32]);
    let issued = PayerToken::issue(key, &ServiceKeys::new(&old, None));
    let again = |keys: &ServiceKeys| PayerToken::reissue(key, &issued.hash(), keys);
    let during = again(&ServiceKeys::new(&new, Some(&old))).unwrap();
    assert_eq!(text(&during), text(&issued));
    assert!(again(&ServiceKeys::new(&old, None)).is_some());
    assert!(again(&ServiceKeys::new(&new, None)).is_none());
}

#[test]
fn a_tag_of_one_purpose_is_none_of_another() {
    let purposes = [Purpose::ApiKey, Purpose::PayerLink, Purpose::ReturnSigning];
    let tags: std::collections::BTreeSet<_> = purposes.map(|p| keys().tag(p, b"x")).into();
    assert_eq!(tags.len(), purposes.len());
}

#[test]
fn i12_the_proof_of_one_link_does_not_open_a_sibling() {
    let mine = session().key;
    let sibling = SessionKey { session: SessionId::generate(start()).unwrap(), ..mine };
    let kept = PayerToken::issue(sibling, &keys()).hash();
    let mut bytes = BASE64URL_NOPAD.decode(text(&PayerToken::issue(mine, &keys())).as_bytes()).unwrap();
    bytes[16..32].copy_from_slice(&sibling.session.to_bytes());
    let forged = PayerToken::parse(&BASE64URL_NOPAD.encode(&bytes)).unwrap();
    assert_eq!(forged.session(), sibling);
    assert!(!forged.proves(&kept));
}
