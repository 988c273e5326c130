//! Ids: a prefix and 26 characters that sort by time.

use bellhop_domain::Timestamp;
use bellhop_domain::ids::{AttemptId, EventId, KeyId, MerchantId, SessionId};
use proptest::prelude::*;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap()
}

/// From 1970 to 2500.
const MILLIS: std::ops::Range<i64> = 0..16_725_225_600_000;

#[test]
fn each_kind_has_its_prefix_and_refuses_every_other() {
    let now = at(1_795_000_000_000);
    let texts = [
        SessionId::generate(now).unwrap().to_string(),
        AttemptId::generate(now).unwrap().to_string(),
        EventId::generate(now).unwrap().to_string(),
        MerchantId::generate(now).unwrap().to_string(),
        KeyId::generate(now).unwrap().to_string(),
    ];
    let prefixes = ["ses_", "att_", "evt_", "mer_", "key_"];
    for (text, prefix) in texts.iter().zip(prefixes) {
        assert!(text.starts_with(prefix) && text.len() == 30, "{text}");
        let read = [
            SessionId::parse(text).is_ok(),
            AttemptId::parse(text).is_ok(),
            EventId::parse(text).is_ok(),
            MerchantId::parse(text).is_ok(),
            KeyId::parse(text).is_ok(),
        ];
        assert_eq!(read, prefixes.map(|other| other == prefix), "{text}");
    }
}

#[test]
fn texts_that_are_no_ids() {
    let good = SessionId::generate(at(0)).unwrap().to_string();
    let body = &good[4..];
    let bad = [
        String::new(),
        "ses_".to_owned(),
        body.to_owned(),
        good.to_uppercase(),
        format!("ses_{}", body.to_uppercase()),
        format!("SES_{body}"),
        format!("{good}0"),
        good[..29].to_owned(),
        format!(" {good}"),
        format!("{good}\n"),
        format!("ses_{}", "z".repeat(26)),
        format!("ses_{}", "v".repeat(26)),
        format!("ses_{}é", &body[..24]),
    ];
    for text in bad {
        assert!(SessionId::parse(&text).is_err(), "{text:?}");
    }
    let error = SessionId::parse("att_x").unwrap_err();
    assert_eq!(error.to_string(), "is not a ses_ id");
}

#[test]
fn two_ids_of_one_moment_differ() {
    let now = at(1_795_000_000_000);
    let ids: std::collections::BTreeSet<_> = (0..1000).map(|_| SessionId::generate(now).unwrap()).collect();
    assert_eq!(ids.len(), 1000);
}

proptest! {
    #[test]
    fn ids_sort_by_time_as_values_and_as_text(earlier in MILLIS, later in MILLIS) {
        let (earlier, later) = (earlier.min(later), earlier.max(later));
        prop_assume!(earlier < later);
        let first = EventId::generate(at(earlier)).unwrap();
        let second = EventId::generate(at(later)).unwrap();
        prop_assert!(first < second);
        prop_assert!(first.to_string() < second.to_string());
        prop_assert!(first < EventId::first_at(at(later)));
        prop_assert!(EventId::first_at(at(later)) <= second);
    }

    #[test]
    fn what_is_written_is_read_back(bytes in any::<[u8; 16]>()) {
        let id = SessionId::from_bytes(bytes);
        prop_assert_eq!(SessionId::parse(&id.to_string()), Ok(id));
        prop_assert_eq!(id.to_bytes(), bytes);
    }

    #[test]
    fn every_text_that_is_read_is_the_one_that_is_written(text in "ses_[0-9a-v]{26}") {
        if let Ok(id) = SessionId::parse(&text) {
            prop_assert_eq!(id.to_string(), text);
        }
    }
}
