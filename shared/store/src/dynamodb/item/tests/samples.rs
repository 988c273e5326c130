//! Sessions: as they come, with everything in them, and any.

use bellhop_domain::Timestamp;
use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::attempt::{Attempt, Failure, FailureCode, Moved};
use bellhop_domain::ids::{AttemptId, MerchantId, SessionId, SessionKey};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::session::{ReviewReason, Session};
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::text::{Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Address, Capture, Options, Payer, Phone, Wish};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap()
}

/// A GOV.UK Pay session whose payment is open: as most of them are when they are written.
pub(in super::super) fn typical() -> Session {
    let mut attempt = Attempt::intent(AttemptId::from_bytes([3; 16]), at(1_795_176_000_000));
    attempt.status = AttemptStatus::Pending;
    attempt.payment = ProviderPaymentId::parse("hu20sqlact5260q2nanm0q8u93");
    attempt.look_at = Some(at(1_795_176_300_000));
    Session {
        key: SessionKey {
            merchant: MerchantId::from_bytes([1; 16]),
            session: SessionId::from_bytes([2; 16]),
        },
        wish: typical_wish(),
        mode: Mode::Live,
        attempts: vec![attempt],
        closed: false,
        review: None,
        paid_late: false,
        paid_elsewhere: false,
        link: [4; 32],
        expires_at: at(1_795_177_800_000),
        created_at: at(1_795_176_000_000),
        updated_at: at(1_795_176_000_512),
        version: 2,
        sequence: 2,
    }
}

fn typical_wish() -> Wish {
    let url = "https://booking.example/stay/RES-12345";
    let metadata = [("channel".to_owned(), "web".to_owned())];
    Wish {
        account: AccountRef::parse("govuk_pay/harbour-hotel").unwrap(),
        amount: Money::new(14_500, Currency::GBP).unwrap(),
        reference: Reference::parse("RES-12345").unwrap(),
        description: Description::parse("Two nights, double room").unwrap(),
        return_url: ReturnUrl::parse(url, false).unwrap(),
        locale: "en".to_owned(),
        capture: Capture::Automatic,
        payer: Payer {
            name: Some("Ada Lovelace".to_owned()),
            email: Some("ada.lovelace@booking.example".to_owned()),
            ..Payer::default()
        },
        metadata: metadata.into(),
        options: Options::default(),
    }
}

/// A session with every optional thing.
pub(in super::super) fn full() -> Session {
    let mut session = typical();
    let attempt = session.attempts.first_mut().unwrap();
    attempt.page = Some("https://pay.example/secure/1".parse().unwrap());
    attempt.failure = Some(Failure { code: FailureCode::Declined, retry: true });
    attempt.looked_at = Some(at(1));
    (session.closed, session.paid_late, session.paid_elsewhere) = (true, true, true);
    session.review = Some(ReviewReason::LookLimit);
    let options = serde_json::json!({"language": "cy"});
    session.wish.options = Options(options.as_object().unwrap().clone());
    session
}

prop_compose! {
    pub(in super::super) fn any_session()(
        key in any::<([u8; 16], [u8; 16], [u8; 32])>(),
        mode in select(Mode::ALL),
        attempts in vec(any_attempt(), 0..6),
        flags in any::<[bool; 3]>(),
        review in of(select(ReviewReason::ALL)),
        times in [any_time(), any_time(), any_time()],
        counts in any::<[u64; 2]>(),
        wish in any_wish(),
    ) -> Session {
        Session {
            key: SessionKey {
                merchant: MerchantId::from_bytes(key.0),
                session: SessionId::from_bytes(key.1),
            },
            wish,
            mode,
            attempts,
            closed: flags[0],
            review,
            paid_late: flags[1],
            paid_elsewhere: flags[2],
            link: key.2,
            expires_at: times[0],
            created_at: times[1],
            updated_at: times[2],
            version: counts[0],
            sequence: counts[1],
        }
    }
}

fn any_time() -> impl Strategy<Value = Timestamp> {
    (-1_000_000_000_000..253_402_207_200_000_i64).prop_map(at)
}

prop_compose! {
    fn any_attempt()(
        id: [u8; 16],
        status in select(AttemptStatus::ALL),
        payment in of("[!-\"$&-.0->@-~]{1,128}"),
        page in of("https://pay\\.example/[a-z%é#?]{0,9}"),
        failure in of((select(FailureCode::ALL), any::<bool>())),
        moved: [u64; 3],
        charged in of(0..=Money::MAX_MINOR),
        watched: bool,
        looks: u32,
        looked in [of(any_time()), of(any_time()), of(any_time())],
        times in [any_time(), any_time()],
    ) -> Attempt {
        Attempt {
            id: AttemptId::from_bytes(id),
            status,
            payment: payment.map(|id| ProviderPaymentId::parse(&id).unwrap()),
            page: page.map(|url| url.parse().unwrap()),
            failure: failure.map(|(code, retry)| Failure { code, retry }),
            moved: Moved { authorized: moved[0], captured: moved[1], refunded: moved[2] },
            charged_as: charged.map(|minor| Money::new(minor, Currency::JPY).unwrap()),
            not_before: looked[2],
            watched,
            looks,
            looked_at: looked[0],
            look_at: looked[1],
            created_at: times[0],
            changed_at: times[1],
        }
    }
}

prop_compose! {
    fn any_wish()(
        account in "govuk_pay/[a-z0-9-]{1,40}",
        (minor, currency) in (
            0..=Money::MAX_MINOR,
            select(vec![Currency::GBP, Currency::JPY, Currency::KWD]),
        ),
        reference in "[#A-Za-zæ ]{0,250}[A-Z]",
        description in "[\\PC&&[^0-9]]{0,250}x",
        url in "https://booking\\.example/[a-z%é?]{0,200}",
        locale in "[a-zA-Z-]{0,12}",
        capture in select(Capture::ALL),
        payer in any_payer(),
        metadata in btree_map(any::<String>(), any::<String>(), 0..5),
        options in any_json(),
    ) -> Wish {
        Wish {
            account: AccountRef::parse(&account).unwrap(),
            amount: Money::new(minor, currency).unwrap(),
            reference: Reference::parse(&reference).unwrap(),
            description: Description::parse(&description).unwrap(),
            return_url: ReturnUrl::parse(&url, false).unwrap(),
            locale,
            capture,
            payer,
            metadata,
            options: Options(options.as_object().cloned().unwrap_or_default()),
        }
    }
}

prop_compose! {
    fn any_payer()(
        name in of(any::<String>()),
        email in of(any::<String>()),
        phone in of(any::<(String, String)>()),
        address in of([(); 5].map(|()| of(any::<String>()))),
    ) -> Payer {
        let address = address.map(|[line1, line2, postcode, city, country]| Address {
            line1, line2, postcode, city, country,
        });
        let phone = phone.map(|(country_code, number)| Phone { country_code, number });
        Payer { name, email, phone, address }
    }
}

/// JSON without fractions: those are read back as the nearest number, not always the same text.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}
