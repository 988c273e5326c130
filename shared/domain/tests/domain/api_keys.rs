//! Keys to the API: garbage is told by arithmetic alone.

use crate::given::start;
use bellhop_domain::account::Mode;
use bellhop_domain::api_key::ApiKey;
use bellhop_domain::ids::MerchantId;
use bellhop_domain::service_key::ServiceKeys;
use proptest::prelude::*;
use secrecy::ExposeSecret;

fn key(mode: Mode) -> ApiKey {
    ApiKey::generate(MerchantId::generate(start()).unwrap(), mode).unwrap()
}

fn text(key: &ApiKey) -> String {
    key.secret().expose_secret().to_owned()
}

#[test]
fn a_key_names_its_merchant_and_mode() {
    for (mode, prefix) in [(Mode::Test, "bh_test_"), (Mode::Live, "bh_live_")] {
        let key = key(mode);
        let read = ApiKey::parse(&text(&key)).unwrap();
        assert_eq!((read.merchant(), read.mode()), (key.merchant(), mode));
        assert!(text(&key).starts_with(prefix));
        assert_eq!(text(&read), text(&key));
    }
}

#[test]
fn two_keys_of_one_merchant_differ() {
    let merchant = MerchantId::generate(start()).unwrap();
    let one = ApiKey::generate(merchant, Mode::Live).unwrap();
    let two = ApiKey::generate(merchant, Mode::Live).unwrap();
    assert_ne!(text(&one), text(&two));
}

#[test]
fn garbage_is_no_key() {
    let good = text(&key(Mode::Test));
    let bad = [
        String::new(),
        "bh_test_".to_owned(),
        "bh_test_x".to_owned(),
        good[8..].to_owned(),
        good.to_uppercase(),
        good.replace("bh_test_", "bh_prod_"),
        format!("{good}0"),
        format!(" {good}"),
        good[..good.len() - 1].to_owned(),
        format!("bh_test_{good}"),
        "bh_test_éééé".to_owned(),
    ];
    for text in bad {
        assert!(ApiKey::parse(&text).is_none(), "{text:?}");
    }
}

#[test]
fn a_key_of_one_mode_is_no_key_of_the_other() {
    let test = text(&key(Mode::Test));
    assert!(ApiKey::parse(&test.replace("bh_test_", "bh_live_")).is_none());
    let live = text(&key(Mode::Live));
    assert!(ApiKey::parse(&live.replace("bh_live_", "bh_test_")).is_none());
}

#[test]
fn a_key_with_one_character_changed_is_none() {
    let good = text(&key(Mode::Live));
    for at in 0..good.len() {
        for other in "0123456789abcdefghijklmnopqrstuv_".chars() {
            let mut letters: Vec<char> = good.chars().collect();
            if letters[at] == other {
                continue;
            }
            letters[at] = other;
            let text: String = letters.iter().collect();
            assert!(ApiKey::parse(&text).is_none(), "position {at}");
        }
    }
}

#[test]
fn what_is_kept_depends_on_the_whole_key_and_on_the_service_key() {
    let (one, two) = (key(Mode::Test), key(Mode::Test));
    let keys = ServiceKeys::new(&[1; 32], None);
    assert_eq!(one.hash(&keys), ApiKey::parse(&text(&one)).unwrap().hash(&keys));
    assert_ne!(one.hash(&keys), two.hash(&keys));
    assert_ne!(one.hash(&keys), one.hash(&ServiceKeys::new(&[2; 32], None)));
}

#[test]
fn a_key_is_known_while_service_keys_are_rotated() {
    let key = key(Mode::Test);
    let (old, new) = ([1; 32], [2; 32]);
    let kept = key.hash(&ServiceKeys::new(&old, None));
    let during = ServiceKeys::new(&new, Some(&old));
    assert!(key.hashes(&during).contains(&kept));
    assert_ne!(key.hash(&during), kept);
    assert!(!key.hashes(&ServiceKeys::new(&new, None)).contains(&kept));
}

#[test]
fn i11_debug_shows_nothing_of_the_secret() {
    let key = key(Mode::Test);
    let shown = format!("{key:?}");
    assert!(shown.contains("ApiKey"));
    let text = text(&key);
    for at in 34..text.len() - 8 {
        assert!(!shown.contains(&text[at..at + 8]));
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,100}", body in "[0-9a-v]{60,80}") {
        for garbage in [text.clone(), format!("bh_test_{text}"), format!("bh_live_{body}")] {
            prop_assert!(ApiKey::parse(&garbage).is_none());
        }
    }
}
