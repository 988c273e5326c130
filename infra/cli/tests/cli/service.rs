//! `service init`.

use crate::place::{PREFIX, Place};
use serde_json::Value;

fn kept(place: &Place) -> Value {
    let text = place.secrets()[format!("{PREFIX}service")].clone();
    serde_json::from_str(text.as_str().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_is_made_once_and_never_shown() {
    let place = Place::new().await;
    let run = place.run(&["--json", "service", "init"]).ends(0);
    assert_eq!(run.json()["secret"], "bellhop/here/service");
    let made = kept(&place);
    let current = made["current"].as_str().unwrap();
    assert!(current.len() == 64 && current.bytes().all(|b| b.is_ascii_hexdigit()));
    assert_eq!(made.get("previous"), None);
    assert!(!run.out.contains(current) && !run.err.contains(current));
    let again = place.run(&["service", "init"]).ends(3);
    again.complains(&["there is a secret named bellhop/here/service already"]);
    assert_eq!(kept(&place), made);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_keeps_the_present_secret_as_the_previous() {
    let place = Place::new().await;
    let rotate = ["service", "init", "--rotate"];
    place.run(&rotate).ends(1);
    place.run(&["service", "init"]).ends(0);
    let before = kept(&place);
    place.run(&rotate).ends(0);
    let after = kept(&place);
    assert_eq!(after["previous"], before["current"]);
    assert_ne!(after["current"], before["current"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_secrets_of_the_file_stay() {
    let place = Place::new().await;
    place.write("secrets.json", r#"{"other": {"a": 1}}"#);
    place.run(&["service", "init"]).ends(0);
    assert_eq!(place.secrets()["other"]["a"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_or_file_that_cannot_be_read_is_left_alone() {
    let place = Place::new().await;
    for text in ["{\"bellhop/here/service\": \"hush1\"}", "hush1", "[]"] {
        place.write("secrets.json", text);
        place.run(&["service", "init", "--rotate"]).ends(4);
        let left = std::fs::read_to_string(place.file("secrets.json")).unwrap();
        assert_eq!(left, text);
    }
}
