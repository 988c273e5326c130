//! 3-D Secure by address and by form, and the QR code.

use serde_json::{Value, json};

use crate::payer::Payer;
use crate::receiver::Receiver;
use crate::stage::{RETURN, Stage, at_once, id, wish};

async fn asked(stage: &Stage, token: &str) -> (String, Value) {
    let id = id(&stage.session("v2/session/init/payment", at_once(token)).await);
    stage.session("v2/session/confirm", json!({"session_id": id})).await;
    let payment = stage.status(&id).await["payment_list"][0].clone();
    assert_eq!(payment["status"], "pending");
    (id, payment["customer_interaction"].clone())
}

fn text<'a>(value: &'a Value, place: &str) -> &'a str {
    value.pointer(place).and_then(Value::as_str).unwrap_or_else(|| panic!("{place}: {value}"))
}

/// Presses a button of the bank's page.
async fn press(payer: &Payer, page: &str, answer: &str) -> crate::http::Answer {
    let action = crate::payer::attribute(page, "action").unwrap();
    let secret = crate::payer::attribute(page, "name=\"secret\" value").unwrap();
    payer.send(&action, &format!("secret={secret}&answer={answer}")).await
}

#[tokio::test]
async fn the_payer_can_be_sent_by_address() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let (id, interaction) = asked(&stage, "card_3ds_get").await;
    assert_eq!((text(&interaction, "/type"), text(&interaction, "/redirect/method")), ("redirect", "GET"));
    let payer = Payer::with(&stage, "");
    let url = text(&interaction, "/redirect/url");
    assert_eq!(
        payer.open(text(&interaction, "/redirect/base_url")).await.status,
        403,
        "not without its query"
    );
    let page = payer.open(url).await;
    assert!(page.body.contains("100.00 RUB"), "{}", page.body);
    let back = press(&payer, &page.body, "approve").await;
    assert_eq!((back.status, back.header("location")), (303, RETURN), "nothing is added to the address");
    assert_eq!(stage.words(&id).await, ("accepted".to_owned(), "succeeded".to_owned()));
    assert_eq!(payer.open(url).await.status, 403, "once");
    stage.tick().await;
    assert_eq!(receiver.events(), ["ready_to_confirm", "action_required", "payment_finished"]);
    let told = &receiver.letters()[1].body["session"]["payment_list"][0]["customer_interaction"];
    assert_eq!(told, &interaction);
}

#[tokio::test]
async fn the_payer_can_be_sent_by_a_form() {
    let stage = Stage::new().await;
    let (id, interaction) = asked(&stage, "card_3ds_post").await;
    let redirect = &interaction["redirect"];
    let base = text(redirect, "/base_url");
    assert_eq!(text(redirect, "/method"), "POST");
    assert_eq!(
        (text(redirect, "/url"), text(redirect, "/qs/lang")),
        (format!("{base}?lang=en").as_str(), "en")
    );
    let (request, md) = (text(redirect, "/params/PaReq"), text(redirect, "/params/MD"));
    let payer = Payer::with(&stage, "");
    let url = text(redirect, "/url");
    for wrong in ["PaReq=x&MD=y".to_owned(), format!("PaReq={request}"), format!("PaReq=x&MD={md}")] {
        assert_eq!(payer.send(url, &wrong).await.status, 403, "{wrong}");
    }
    assert_eq!(payer.open(&format!("{base}?creq={request}")).await.status, 403, "not by address");
    let page = payer.send(url, &format!("PaReq={request}&MD={md}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(press(&payer, &page.body, "approve").await.header("location"), RETURN);
    assert_eq!(stage.words(&id).await.0, "accepted");
}

#[tokio::test]
async fn a_payer_who_refuses_ends_the_payment() {
    let stage = Stage::new().await;
    let (id, interaction) = asked(&stage, "card_3ds_get").await;
    let payer = Payer::with(&stage, "");
    let page = payer.open(text(&interaction, "/redirect/url")).await;
    let back = press(&payer, &page.body, "refuse").await;
    assert_eq!(back.header("location"), RETURN);
    assert_eq!(stage.words(&id).await, ("cancelled".to_owned(), "failed".to_owned()));
    assert_eq!(stage.status(&id).await["error"]["code"], "3DS_error");
    assert_eq!(press(&payer, &page.body, "approve").await.status, 403);
    assert_eq!(stage.ledger().await["captured_total"], 0);
}

#[tokio::test]
async fn a_project_can_want_one_way_for_all_cards() {
    let stage = Stage::new().await;
    for (setting, method) in [("post", "POST"), ("get", "GET")] {
        stage.control("PUT", "/_config/project", json!({"three_d_secure": setting})).await;
        let (_, interaction) = asked(&stage, "card_works").await;
        assert_eq!(text(&interaction, "/redirect/method"), method);
    }
}

#[tokio::test]
async fn a_card_can_be_declined_after_3_d_secure() {
    let stage = Stage::new().await;
    let (id, _) = asked(&stage, "card_3ds_declined").await;
    assert_eq!(stage.order(&id, "approve", json!({})).await["code"], "declined_by_issuer_bank");
}

#[tokio::test]
async fn a_qr_code_is_shown_and_paid_in_the_banks_app() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let wished = wish(json!({"payment_details": {"type": "faster_payment_system"}}));
    let id = id(&stage.session("v2/session/init/payment", wished).await);
    stage.session("v2/session/confirm", json!({"session_id": id})).await;
    let interaction = stage.status(&id).await["payment_list"][0]["customer_interaction"].clone();
    assert_eq!(text(&interaction, "/type"), "inform");
    let payer = Payer::with(&stage, "");
    let page = payer.open(text(&interaction, "/inform/qr/content")).await;
    assert_eq!(press(&payer, &page.body, "approve").await.status, 200, "there is nowhere to go back to");
    assert_eq!(stage.words(&id).await.0, "accepted");
    stage.tick().await;
    assert_eq!(receiver.events(), ["ready_to_confirm", "action_required", "payment_finished"]);
}
