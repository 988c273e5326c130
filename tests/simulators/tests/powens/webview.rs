//! The webview's address in its forms.

use serde_json::json;

use crate::browser::{Browser, webview};
use crate::stage::{CLIENT, DAY, RETURN, Stage, id};

async fn status_of(stage: &Stage, path: &str) -> u16 {
    Browser::new(stage).open(path).await.status
}

#[tokio::test]
async fn every_documented_form_opens_the_bank_choice() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    let code = stage.scoped(&id).await;
    let first = webview(&id, &code);
    let query = first.split_once('?').unwrap().1;
    let host = stage.base["http://".len()..].to_owned();
    for path in [
        first.clone(),
        format!("/2.0/auth/webview/fr/payment?{query}"),
        format!("/en/payment?domain=simulator-sandbox.biapi.pro&{query}"),
        format!("/fr/payment?domain={host}&{query}"),
    ] {
        let page = Browser::new(&stage).open(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("Choose your bank") && page.body.contains("50.90 €"), "{path}");
        assert!(!page.body.contains("<script") && !page.body.contains(&code));
    }
    let entry = stage.ledger().await["payments"][0].clone();
    assert_eq!(entry["times_opened"], 4, "the link may be opened again");
    assert_eq!(stage.state(&id).await, "created", "looking changes nothing");
}

#[tokio::test]
async fn the_form_of_the_other_host_needs_the_right_domain() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    let link = webview(&id, &stage.scoped(&id).await);
    let query = link.split_once('?').unwrap().1;
    for path in [
        format!("/en/payment?{query}"),
        format!("/en/payment?domain=other.biapi.pro&{query}"),
        format!("/english/payment?domain=simulator-sandbox.biapi.pro&{query}"),
    ] {
        assert_eq!(status_of(&stage, &path).await, 403, "{path}");
    }
}

#[tokio::test]
async fn wrong_parameters_open_nothing() {
    let stage = Stage::with(|domain| domain.redirect_uris = vec![RETURN.to_owned()]).await;
    let (own, other) = (id(&stage.create().await), id(&stage.create().await));
    let code = stage.scoped(&own).await;
    let good = webview(&own, &code);
    assert_eq!(status_of(&stage, &good).await, 200);
    for path in [
        webview(&other, &code),
        webview("7", &code),
        webview(&own, &stage.token()),
        webview(&own, "unknown"),
        good.replace(CLIENT, "stranger"),
        good.replace(RETURN, "https://stranger.example/"),
        good.replace(&format!("redirect_uri={RETURN}"), ""),
    ] {
        assert_eq!(status_of(&stage, &path).await, 403, "{path}");
    }
    stage.pass(7 * DAY);
    assert_eq!(status_of(&stage, &good).await, 403, "the token is too old");
    let opened = stage.ledger().await["payments"][0]["tokens"][0]["opened"].clone();
    let outcomes: Vec<_> = opened.as_array().unwrap().iter().map(|visit| visit["outcome"].clone()).collect();
    assert_eq!(outcomes.first(), Some(&json!("opened")));
    assert_eq!(outcomes.last(), Some(&json!("refused")));
}

#[tokio::test]
async fn an_unknown_page_is_403() {
    let stage = Stage::new().await;
    assert_eq!(status_of(&stage, "/webview/none").await, 403);
    assert_eq!(status_of(&stage, "/bank/none").await, 403);
}
