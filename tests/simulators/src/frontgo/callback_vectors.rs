//! Checksums that were computed apart from this code, with another language's SHA-256.

use super::*;

const SECRET: &str = "s3cret å";
const URL: &str = "http://127.0.0.1:9/hook";

fn facts(url: &str) -> Facts<'_> {
    Facts {
        url,
        uuid: "RES4161996022",
        status: "RESERVED",
        method: "Visa",
        amount: Amount::from_ore(10_000),
        created: 1_755_764_131,
        timestamp: 1_755_764_132,
    }
}

fn of(settings: &Callback) -> String {
    address(&facts(URL), settings, SECRET).checksum
}

#[test]
fn the_whole_address_is_that_of_the_documented_example() {
    let made = address(&facts(URL), &Callback::default(), SECRET);
    let checksum = "4436737e46bb1ff940193dc9edc63dce944a71785947bffd4edb4bfa71a461a1";
    assert_eq!(
        made.url,
        format!(
            "{URL}?orderUuid=RES4161996022&status=RESERVED&paymentMethod=Visa&amount=100&createdAt=1755764131\
             &timestamp=1755764132&checksum={checksum}"
        )
    );
    assert_eq!(made.checksum, checksum);
}

#[test]
fn each_variant_has_its_own_checksum() {
    let usual = Callback::default;
    let variants = [
        (
            Callback { order: Order::Table, ..usual() },
            "308f96293b6a4c60a10ca8c7c6207552a001ef4a9c671a3bcbb27b332ddd6c6d",
        ),
        (
            Callback { misspelled: true, ..usual() },
            "90acb6d7255e1a0ad326ad8ab4e22a4b7bd93e37f524b9f6f915318b77126e07",
        ),
        (
            Callback { extra: Some(("note".to_owned(), "Paid by card & more".to_owned())), ..usual() },
            "b1f20ad66f95f156f8feb328415afcb9490a0b5729f9b4b1fac78d3c647da23f",
        ),
        (
            Callback { formula: Formula::Three, ..usual() },
            "6fcc7e27b5e92696bce6303dcf226da2f6daf085dcc3083bb574bcb633c737ad",
        ),
        (
            Callback { formula: Formula::Five, ..usual() },
            "235f6ab1d8f2385223296a28ebfde9e5eaa18bf56232c26e36a14ab89b887951",
        ),
    ];
    for (settings, checksum) in variants {
        assert_eq!(of(&settings), checksum);
    }
}

#[test]
fn values_are_hashed_decoded_whatever_their_encoding() {
    let own = format!("{URL}?order_identifier=rRbl1FWZG59o&x=a+b");
    let expected = "177621da8c725d48c745fdb53a7190f43d388852465017bde0dda4eea503c8fc";
    assert_eq!(address(&facts(&own), &Callback::default(), SECRET).checksum, expected);
    let part =
        Facts { status: "CAPTURED", method: "Visa Electron", amount: Amount::from_ore(10), ..facts(URL) };
    for plus_for_space in [true, false] {
        let settings = Callback { plus_for_space, ..Callback::default() };
        let expected = "aa65cc5ebfa9a4e3517fdac510cdab75db7b82d2872d1bb9d64e3e617b11a57f";
        assert_eq!(address(&part, &settings, SECRET).checksum, expected);
    }
}
