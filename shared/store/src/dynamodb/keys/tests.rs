use super::*;
use proptest::prelude::*;

fn session_key() -> impl Strategy<Value = SessionKey> {
    any::<([u8; 16], [u8; 16])>().prop_map(|(merchant, session)| SessionKey {
        merchant: MerchantId::from_bytes(merchant),
        session: SessionId::from_bytes(session),
    })
}

/// An account, or none, as in the rows of an earlier release.
fn any_account() -> impl Strategy<Value = Option<AccountRef>> {
    let text = "(govuk_pay|frontgo|powens)/[a-z0-9-]{1,40}";
    proptest::option::of(text.prop_map(|text| AccountRef::parse(&text).unwrap()))
}

#[test]
fn i14_a_due_row_of_an_earlier_or_a_later_release_is_read_without_its_account() {
    let own =
        format!("001795176000000#{}{}", MerchantId::from_bytes([1; 16]), SessionId::from_bytes([2; 16]));
    let since = Timestamp::from_millisecond(1_795_176_000_000).unwrap();
    assert_eq!(parse_due_sk(&own), Some((since, None)));
    let session =
        parse_session_pk(&format!("M#{}", own.split_once('#').unwrap().1.replace("ses_", "#S#ses_")));
    let due = Due { session: session.unwrap(), since, account: None };
    assert_eq!(due_sk(&due), own, "a page goes on behind it");
    for later in ["#quantum/harbour", "#govuk_pay/Not A Name", "#", "#govuk_pay/harbour#more"] {
        assert_eq!(parse_due_sk(&format!("{own}{later}")), Some((since, None)), "{later}");
    }
    assert_eq!(parse_due_sk("soon#x"), None);
}

proptest! {
    #[test]
    fn keys_are_read_back(key in session_key(), hash: [u8; 32], text in "[#A-Z ]{0,20}X") {
        prop_assert_eq!(parse_session_pk(&session(key).pk), Some(key));
        prop_assert_eq!(parse_claim_pk(&claim(key.merchant, &hash).pk), Some(hash));
        prop_assert_eq!(parse_merchant_pk(&merchant_pk(key.merchant)), Some(key.merchant));
        let reference = Reference::parse(&text).unwrap();
        for mode in Mode::ALL {
            let pk = reference_pk(key.merchant, *mode, &reference);
            prop_assert_eq!(parse_reference_pk(&pk), Some(reference.clone()));
        }
        let id = KeyId::from_bytes(key.session.to_bytes());
        prop_assert_eq!(parse_api_key_sk(&api_key(key.merchant, id).sk), Some(id));
    }

    #[test]
    fn due_rows_sort_by_time(
        key in session_key(),
        accounts in (any_account(), any_account()),
        early in 0..253_402_207_200_000_i64,
        wait in 1..1_000_000_i64,
    ) {
        let at = |millis| Timestamp::from_millisecond(millis).unwrap();
        let row = |since, account| due_sk(&Due { session: key, since, account });
        let (first, second) = (at(early), at((early + wait).min(253_402_207_200_000)));
        let (one, other) = (row(first, accounts.0.clone()), row(second, accounts.1));
        prop_assert!(one < other);
        prop_assert!(one < due_until(first));
        prop_assert!(due_until(first) < other);
        prop_assert_eq!(parse_due_sk(&one), Some((first, accounts.0)));
    }

    #[test]
    fn a_due_row_stands_where_its_session_does_whatever_its_account(
        (one, other) in (session_key(), session_key()),
        accounts in (any_account(), any_account()),
    ) {
        let row = |session, account: &Option<AccountRef>| {
            due_sk(&Due { session, since: Timestamp::UNIX_EPOCH, account: account.clone() })
        };
        prop_assume!(one != other);
        let rows = row(one, &accounts.0).cmp(&row(other, &accounts.1));
        prop_assert_eq!(rows, one.cmp(&other));
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
            hold(one.merchant, Mode::Test, &reference), hold(other.merchant, Mode::Test, &reference),
            hold(one.merchant, Mode::Live, &reference),
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
