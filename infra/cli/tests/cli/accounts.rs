//! Accounts at providers: tried before they are stored, their secrets never shown.

use crate::merchants::{added, id, timeless};
use crate::place::{PAY_SECRET, PREFIX, Place, words};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;

const ACCOUNT: &str = "govuk_pay/harbour:test";

fn add<'a>(merchant: &'a str, account: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["account", "add", merchant, account, "--secret", "pay"], more].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_comes_with_its_account_and_secret() {
    let place = Place::new().await;
    let (id, file) = (id(1), place.write("pay.json", &format!("{PAY_SECRET}\n")));
    let line = format!(
        "--json merchant add --name Harbour --origin https://a.example --id {id} --account {ACCOUNT} \
         --setting base_url=http://127.0.0.1:4004 --setting minimum=30 --setting zero_amount=false \
         --secret pay --secret-value-file {file}"
    );
    let run = place.run(&words(&line));
    let shown = timeless(run.ends(0).json());
    let account = json!({
        "account": "govuk_pay/harbour",
        "mode": "test",
        "settings": { "base_url": "http://127.0.0.1:4004", "minimum": 30, "zero_amount": false },
        "secret": "bellhop/here/pay",
    });
    assert_eq!(shown["accounts"], json!([account]));
    assert_eq!(place.secrets(), json!({ format!("{PREFIX}pay"): PAY_SECRET }));
    let mode = std::fs::metadata(place.file("secrets.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_may_come_on_standard_input_and_is_used_again_by_name() {
    let place = Place::new().await;
    let id = added(&place, 1);
    place.run_saying(&add(&id, ACCOUNT, &["--secret-stdin"]), PAY_SECRET).ends(0);
    let other = place.run(&add(&id, "govuk_pay/garden:test", &["--json"])).ends(0);
    let accounts = other.json()["accounts"].clone();
    assert_eq!(accounts[0]["account"], "govuk_pay/harbour");
    assert_eq!(accounts[1]["account"], "govuk_pay/garden");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_open_fails_at_once_and_stores_nothing() {
    let place = Place::new().await;
    let id = added(&place, 1);
    let account = |account: &str, more: &[&str], secret: &str| {
        let arguments = add(&id, account, &[more, &["--secret-stdin"]].concat())
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        place.run_saying(&arguments, secret).ends(2)
    };
    account(ACCOUNT, &["--setting", "minimun=30"], PAY_SECRET).complains(&["govuk_pay/harbour: settings"]);
    account(ACCOUNT, &["--setting", "base_url=ftp://x"], PAY_SECRET).complains(&["base_url must be https"]);
    account("govuk_pay/harbour:live", &[], PAY_SECRET).complains(&["secret.api_key"]);
    account(ACCOUNT, &[], "{\"api_key\": \"hush1").complains(&["secret must be JSON"]);
    account(ACCOUNT, &[], " \n").complains(&["standard input must hold 1 to 65536 bytes"]);
    assert!(!place.file("secrets.json").exists());
    let shown = place.run(&["merchant", "show", &id, "--json"]).ends(0).json();
    assert_eq!(shown["accounts"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_not_there_is_not_found() {
    let place = Place::new().await;
    let id = added(&place, 1);
    let run = place.run(&add(&id, ACCOUNT, &[])).ends(1);
    run.complains(&["there is no secret named bellhop/here/pay", "--secret-stdin"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_there_keeps_its_text() {
    let place = Place::new().await;
    let id = added(&place, 1);
    place.run_saying(&add(&id, ACCOUNT, &["--secret-stdin"]), PAY_SECRET).ends(0);
    let other = PAY_SECRET.replace("api_test_", "api_test_new_");
    let garden = add(&id, "govuk_pay/garden:test", &["--secret-stdin"]);
    place.run_saying(&garden, &other).ends(3).complains(&["is there already with another text"]);
    place.run_saying(&garden, PAY_SECRET).ends(0);
    assert_eq!(place.secrets(), json!({ format!("{PREFIX}pay"): PAY_SECRET }));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_name_is_taken_once_whoever_asks() {
    let place = Place::new().await;
    let (one, other) = (added(&place, 1), added(&place, 2));
    place.run_saying(&add(&one, ACCOUNT, &["--secret-stdin"]), PAY_SECRET).ends(0);
    place
        .run(&add(&other, ACCOUNT, &[]))
        .ends(3)
        .complains(&["there is an account govuk_pay/harbour already"]);
    let third = id(3);
    let line = format!(
        "merchant add --name Third --origin https://a.example --id {third} --account {ACCOUNT} --secret pay"
    );
    place.run(&words(&line)).ends(3);
    place.run(&["merchant", "show", &id(3)]).ends(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_needs_a_merchant_that_is_there() {
    let place = Place::new().await;
    place.run_saying(&add(&id(7), ACCOUNT, &["--secret-stdin"]), PAY_SECRET).ends(1);
    assert!(!place.file("secrets.json").exists());
    let run = place.run(&["account", "add", "12", "govuk_pay:test"]).ends(2);
    run.complains(&[
        "MERCHANT is not a mer_ id",
        "account \"govuk_pay:test\" must be",
        "--secret is required",
    ]);
}
