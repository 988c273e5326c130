//! `key create`, `key list`, `key show`, `key revoke`.

use crate::merchants::{added, id, timeless};
use crate::place::{PREFIX, Place};
use bellhop_domain::account::Mode;
use bellhop_domain::api_key::ApiKey;
use bellhop_domain::ids::{KeyId, MerchantId};
use bellhop_domain::store::Directory;
use bellhop_runtime::service::parse;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

fn create<'a>(merchant: &'a str, mode: &'a str) -> [&'a str; 5] {
    ["key", "create", merchant, "--mode", mode]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_printed_alone_and_only_its_hash_is_kept() {
    let place = Place::ready().await;
    let merchant = added(&place, 1);
    let run = place.run(&create(&merchant, "test")).ends(0);
    assert_eq!(run.out.lines().count(), 1);
    let key = ApiKey::parse(run.out.trim()).unwrap();
    assert_eq!((key.mode(), key.merchant().to_string()), (Mode::Test, merchant.clone()));
    assert!(run.err.contains("made key_") && !run.err.contains(run.out.trim()), "{}", run.err);
    let secrets = place.secrets();
    let service = secrets[format!("{PREFIX}service")].as_str().unwrap().to_owned();
    let tenant = place.store().tenant(MerchantId::parse(&merchant).unwrap()).await;
    let kept = tenant.unwrap().unwrap().keys.remove(0);
    assert_eq!(kept.hash, key.hash(&parse(&service.into()).unwrap()));
    let shown = place.run(&["merchant", "show", &merchant]).ends(0);
    assert!(shown.out.contains(&kept.id.to_string()) && !shown.out.contains(run.out.trim()));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_listed_by_id_and_state() {
    let place = Place::ready().await;
    let merchant = added(&place, 1);
    let made = place.run(&[&create(&merchant, "live")[..], &["--json"]].concat()).ends(0);
    let mut made = timeless(made.json());
    assert!(made["key"].take().as_str().unwrap().starts_with("bh_live_"));
    let id = made["id"].clone();
    let wanted =
        json!({ "id": id, "mode": "live", "state": "good", "created_at": "now", "revoked_at": null });
    let mut with_key = wanted.clone();
    with_key["key"] = Value::Null;
    assert_eq!(made, with_key);
    let list = || place.run(&["key", "list", &merchant, "--json"]).ends(0).json();
    assert_eq!(timeless(list()["keys"][0].clone()), wanted);
    let revoke = ["key", "revoke", &merchant, id.as_str().unwrap(), "--json"];
    let revoked = place.run(&revoke).ends(0).json();
    assert_eq!((&revoked["state"], &revoked["id"]), (&json!("revoked"), &id));
    assert_eq!(list()["keys"], json!([revoked]));
    assert_eq!(place.run(&revoke).ends(0).json(), revoked);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_keys_of_a_mode_are_good_at_once_and_a_third_is_refused() {
    let place = Place::ready().await;
    let merchant = added(&place, 1);
    for mode in ["test", "test", "live", "live"] {
        place.run(&create(&merchant, mode)).ends(0);
    }
    let third = place.run(&create(&merchant, "test")).ends(3);
    assert_eq!(third.out, "");
    third.complains(&["has 2 good test keys already"]);
    let list = place.run(&["key", "list", &merchant, "--json"]).ends(0).json();
    let keys = list["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 4);
    let of_test = keys.iter().find(|key| key["mode"] == "test").unwrap();
    place.run(&["key", "revoke", &merchant, of_test["id"].as_str().unwrap()]).ends(0);
    place.run(&create(&merchant, "test")).ends(0);
    place.run(&create(&merchant, "test")).ends(3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_shows_whose_it_is_and_whether_it_is_good() {
    let place = Place::ready().await;
    let merchant = added(&place, 1);
    let key = place.run(&create(&merchant, "test")).ends(0).out;
    let file = place.write("key.txt", &key);
    let show = || place.run(&["--json", "key", "show", "--key-file", &file]).ends(0);
    let shown = show();
    assert!(!shown.out.contains(key.trim()), "{}", shown.out);
    let shown = shown.json();
    assert_eq!((&shown["merchant"], &shown["state"]), (&json!(merchant), &json!("good")));
    place.run(&["key", "revoke", &merchant, shown["id"].as_str().unwrap()]).ends(0);
    assert_eq!(show().json()["state"], "revoked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_never_made_here_is_not_shown() {
    let place = Place::ready().await;
    let merchant = MerchantId::parse(&added(&place, 1)).unwrap();
    let foreign = ApiKey::generate(merchant, Mode::Test).unwrap();
    let file = place.write("key.txt", foreign.secret().expose_secret());
    place.run(&["key", "show", "--key-file", &file]).ends(1).complains(&["has no such key"]);
    let file = place.write("key.txt", "bh_test_garbage");
    place.run(&["key", "show", "--key-file", &file]).ends(2).complains(&["holds no key"]);
    place.run(&["key", "show", "--key-file", "nowhere"]).ends(2).complains(&["cannot be read"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_merchants_and_keys_are_not_found() {
    let place = Place::ready().await;
    let (merchant, nobody) = (added(&place, 1), id(9));
    let key = KeyId::from_bytes([1; 16]).to_string();
    place.run(&create(&nobody, "test")).ends(1);
    place.run(&["key", "list", &nobody]).ends(1);
    place.run(&["key", "revoke", &nobody, &key]).ends(1).complains(&["no merchant"]);
    place.run(&["key", "revoke", &merchant, &key]).ends(1).complains(&["has no key"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_names_every_problem() {
    let place = Place::ready().await;
    let run = place.run(&create("x", "life")).ends(2);
    run.complains(&["MERCHANT is not a mer_ id", "--mode must be one of test, live"]);
    let run = place.run(&["key", "revoke", "x", "y"]).ends(2);
    run.complains(&["MERCHANT is not a mer_ id", "KEY is not a key_ id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_service_secret_no_key_is_made() {
    let place = Place::new().await;
    let merchant = added(&place, 1);
    let run = place.run(&create(&merchant, "test")).ends(1);
    run.complains(&["there is no secret named bellhop/here/service"]);
    let list = place.run(&["key", "list", &merchant, "--json"]).ends(0).json();
    assert_eq!(list, json!({ "keys": [] }));
}
