//! `merchant add` and `merchant show`.

use crate::place::{Place, words};
use bellhop_domain::ids::MerchantId;
use serde_json::{Value, json};

/// A merchant's id that tests may choose.
pub fn id(number: u8) -> String {
    MerchantId::from_bytes([number; 16]).to_string()
}

/// Adds a merchant of that id, without an account.
pub fn added(place: &Place, number: u8) -> String {
    let id = id(number);
    let line = format!("merchant add --name Harbour --origin https://booking.example --id {id}");
    let run = place.run(&words(&line));
    run.ends(0);
    id
}

/// JSON whose times are checked and then made the same.
pub fn timeless(mut json: Value) -> Value {
    let time = json["created_at"].take();
    let text = time.as_str().unwrap();
    assert!(text.len() == 24 && text.ends_with('Z'), "{text}");
    json["created_at"] = "now".into();
    json
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_is_added_and_shown_the_same() {
    let place = Place::new().await;
    let id = id(1);
    let line = format!(
        "--json merchant add --name Harbour --id {id} --default-provider govuk_pay --origin \
         https://booking.example http://127.0.0.1:4005/ --origin https://www.booking.example"
    );
    let add = place.run(&words(&line));
    let wanted = json!({
        "id": id,
        "name": "Harbour",
        "origins": ["https://booking.example", "http://127.0.0.1:4005", "https://www.booking.example"],
        "default_provider": "govuk_pay",
        "created_at": "now",
        "accounts": [],
        "keys": [],
    });
    assert_eq!(timeless(add.ends(0).json()), wanted);
    let show = place.run(&["merchant", "show", &id, "--json"]).ends(0);
    assert_eq!(timeless(show.json()), wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_is_readable_for_people_and_gets_an_id_of_its_own() {
    let place = Place::new().await;
    let add = words("merchant add --name Harbour --origin https://a.example");
    let (one, other) = (place.run(&add).ends(0), place.run(&add).ends(0));
    let line = |text: &str| text.lines().next().unwrap().to_owned();
    assert!(line(&one.out).starts_with("id                mer_"), "{}", one.out);
    assert_ne!(line(&one.out), line(&other.out));
    assert!(one.out.contains("origins           https://a.example\n"), "{}", one.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_problem_is_named_at_once_and_nothing_is_stored() {
    let place = Place::new().await;
    let id = id(2);
    let line = format!(
        "merchant add --origin ftp://x --origin https://a.example/path --default-provider paypal \
         --account govuk_pay/Harbour:test --setting minimum --setting a=1 --setting a=2 \
         --secret service --secret-value-file /nowhere/x --id {id} --name"
    );
    let run = place.run(&[&words(&line)[..], &[" "]].concat());
    let run = run.ends(2).complains(&[
        "--name must not be empty",
        "--origin \"ftp://x\" is not an origin",
        "--origin \"https://a.example/path\" is not an origin",
        "--default-provider must be one of govuk_pay",
        "account \"govuk_pay/Harbour:test\" must be a known provider",
        "--setting \"minimum\" must be KEY=VALUE",
        "--setting a is given twice",
        "--secret must not be \"service\"",
        "/nowhere/x cannot be read",
    ]);
    assert_eq!((run.err.lines().count(), run.out.as_str()), (9, ""));
    place.run(&["merchant", "show", &id]).ends(1).complains(&["there is no merchant mer_"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_a_secret_and_a_secret_without_an_account_are_named() {
    let place = Place::new().await;
    let start = words("merchant add --name H --origin https://a.example");
    let with = |more: &[&str]| place.run(&[&start[..], more].concat()).ends(2);
    with(&["--account", "govuk_pay/h:test"]).complains(&["--secret is required"]);
    with(&["--secret", "x"]).complains(&["--account is missing"]);
    with(&["--id", "mer_1"]).complains(&["--id is not a mer_ id"]);
    with(&["--secret-stdin", "--secret-value-file", "x"]).complains(&["cannot be used with"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_is_taken_once() {
    let place = Place::new().await;
    let id = added(&place, 3);
    let again = format!("merchant add --name Other --origin https://b.example --id {id}");
    let again = words(&again);
    place.run(&again).ends(3).complains(&["there is a merchant", "already"]);
    assert!(place.run(&["merchant", "show", &id]).ends(0).out.contains("Harbour"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signing_secret_is_shown_only_when_it_is_asked_for() {
    let place = Place::new().await;
    let id = added(&place, 4);
    let reveal = ["--json", "merchant", "show", &id, "--reveal-signing-secret"];
    place.run(&reveal).ends(1).complains(&["there is no secret named bellhop/here/service"]);
    place.run(&["service", "init"]).ends(0);
    let shown = place.run(&reveal).ends(0).json();
    let secret = shown["return_signing_secret"].as_str().unwrap().to_owned();
    assert!(secret.len() == 70 && secret.starts_with("bhsig_"), "{secret}");
    let again = place.run(&reveal).ends(0).json();
    assert_eq!(again["return_signing_secret"], secret);
    let plain = place.run(&["merchant", "show", &id]).ends(0);
    assert!(!plain.out.contains("bhsig_") && !plain.out.contains("signing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_none_is_bad_input_and_an_unknown_one_is_not_found() {
    let place = Place::new().await;
    place.run(&["merchant", "show", "12"]).ends(2).complains(&["MERCHANT is not a mer_ id"]);
    let run = place.run(&["--json", "merchant", "show", &id(9)]).ends(1);
    let error: Value = serde_json::from_str(&run.err).unwrap();
    let problem = format!("there is no merchant {}", id(9));
    assert_eq!(error, json!({ "error": { "code": "not_found", "exit_code": 1, "problems": [problem] } }));
}
