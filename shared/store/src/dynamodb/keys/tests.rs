use super::*;
use proptest::prelude::*;

fn session_key() -> impl Strategy<Value = SessionKey> {
    any::<([u8; 16], [u8; 16])>().prop_map(|(merchant, session)| SessionKey {
        merchant: MerchantId::from_bytes(merchant),
        session: SessionId::from_bytes(session),
    })
}

proptest! {
    #[test]
    fn keys_are_read_back(key in session_key(), hash: [u8; 32], text in "[#A-Z ]{0,20}X") {
        prop_assert_eq!(parse_session_pk(&session(key).pk), Some(key));
        prop_assert_eq!(parse_claim_pk(&claim(key.merchant, &hash).pk), Some(hash));
        prop_assert_eq!(parse_merchant_pk(&merchant_pk(key.merchant)), Some(key.merchant));
        let reference = Reference::parse(&text).unwrap();
        let pk = reference_pk(key.merchant, &reference);
        prop_assert_eq!(parse_reference_pk(&pk), Some(reference));
        let id = KeyId::from_bytes(key.session.to_bytes());
        prop_assert_eq!(parse_api_key_sk(&api_key(key.merchant, id).sk), Some(id));
    }

    #[test]
    fn due_rows_sort_by_time(
        key in session_key(),
        early in 0..253_402_207_200_000_i64,
        wait in 1..1_000_000_i64,
    ) {
        let at = |millis| Timestamp::from_millisecond(millis).unwrap();
        let row = |since| due_sk(&Due { session: key, since });
        let (first, second) = (at(early), at((early + wait).min(253_402_207_200_000)));
        prop_assert!(row(first) < row(second));
        prop_assert!(row(first) < due_until(first));
        prop_assert!(due_until(first) < row(second));
        prop_assert_eq!(parse_due_sk(&row(first)), Some(first));
    }

    #[test]
    fn events_sort_by_number(key in session_key(), early in 0..LAST_EVENT - 1_000, more in 1..1_000_u64) {
        prop_assert!(event(key, early).sk < event(key, early + more).sk);
        prop_assert!(event(key, early).sk < event_sk(LAST_EVENT));
    }

    #[test]
    fn i12_no_two_things_share_a_key(
        (one, other) in (session_key(), session_key()),
        texts in ("[a-z0-9-]{1,9}", "[a-z0-9-]{1,9}", "[!-\"$&-.0->]{1,9}", "[A-Z#]{0,9}X"),
    ) {
        let at = |name: &str| AccountRef::parse(&format!("govuk_pay/{name}")).unwrap();
        let reference = Reference::parse(&texts.3).unwrap();
        let paid = ProviderPaymentId::parse(&texts.2).unwrap();
        let mut keys = vec![
            session(one), session(other), event(one, 1), event(one, 2), event(other, 1),
            claim(one.merchant, &[1; 32]), claim(one.merchant, &[2; 32]), claim(other.merchant, &[1; 32]),
            hold(one.merchant, &reference), hold(other.merchant, &reference),
            merchant(one.merchant), merchant(other.merchant),
            account(&at(&texts.0)), payment(&at(&texts.0), &paid),
        ];
        if texts.0 != texts.1 {
            keys.extend([account(&at(&texts.1)), payment(&at(&texts.1), &paid)]);
        }
        let distinct: std::collections::HashSet<_> =
            keys.iter().map(|key| (key.pk.clone(), key.sk.clone())).collect();
        prop_assume!(one.merchant != other.merchant);
        prop_assert_eq!(distinct.len(), keys.len());
        prop_assert!(keys.iter().all(|key| key.pk.starts_with("M#mer_") || key.pk.starts_with("A#govuk_pay#")));
    }
}
