//! The card form that the widget's script opens, without a browser.

use serde_json::{Value, json};

use crate::payer::{Payer, attribute};
use crate::stage::{
    DECLINED_CARD, FAILURE, GET_CARD, GOOD_CARD, POST_CARD, SUCCESS, Stage, UNSURE_CARD, refuses,
};

async fn confirm(stage: &Stage, id: &str) {
    stage.session("v2/session/confirm", json!({"session_id": id})).await;
}

#[tokio::test]
async fn the_script_and_the_style_are_there_for_any_page() {
    let stage = Stage::new().await;
    for (path, kind, has) in [
        (
            "/widget/payment-form.js",
            "text/javascript; charset=utf-8",
            "window.SmglPaymentForm = SmglPaymentForm",
        ),
        ("/widget/payment-form.css", "text/css; charset=utf-8", ".smgl-payment-form"),
    ] {
        let file = stage.plain("GET", path, Value::Null).await;
        assert_eq!((file.status, file.header("content-type")), (200, kind));
        assert_eq!(file.header("cross-origin-resource-policy"), "cross-origin");
        assert!(file.body.contains(has), "{path}");
    }
}

#[tokio::test]
async fn the_form_has_a_label_for_every_field_and_may_stand_in_a_frame() {
    let stage = Stage::new().await;
    let payer = Payer::at(&stage, &stage.create().await).await;
    let page = payer.look().await;
    for field in ["card-number", "expiration-month", "expiration-year", "security-code", "cardholder-name"] {
        assert!(page.body.contains(&format!("<label for=\"{field}\">")), "{field}");
        assert!(page.body.contains(&format!("<input id=\"{field}\"")), "{field}");
    }
    assert!(page.body.contains("100.00 RUB"));
    let policy = page.header("content-security-policy");
    assert!(
        !policy.contains("frame-ancestors") && !policy.contains("script-src 'unsafe-inline'"),
        "{policy}"
    );
}

#[tokio::test]
async fn a_wrong_card_is_told_on_the_form_and_uses_up_nothing() {
    let stage = Stage::new().await;
    let id = stage.create().await;
    let payer = Payer::at(&stage, &id).await;
    for (case, card, rest) in [
        ("unknown", "4111111111111111", ("12", "30", "123")),
        ("month", GOOD_CARD, ("13", "30", "123")),
        ("past", GOOD_CARD, ("10", "26", "123")),
        ("code", GOOD_CARD, ("12", "30", "12")),
        ("letters", GOOD_CARD, ("12", "30", "abc")),
    ] {
        let page = payer.fill(card, rest).await;
        assert_eq!(page.status, 400, "{case}");
        assert!(page.body.contains("role=\"alert\""), "{case}");
    }
    assert_eq!(stage.status(&id).await["status"], "created");
    assert_eq!(payer.fill("4242 4242 4242 4242", ("11", "26", "1234")).await.status, 200);
    assert_eq!(stage.status(&id).await["next_action"], "confirm");
}

#[tokio::test]
async fn the_security_code_can_be_masked_and_stays_so_after_a_mistake() {
    let stage = Stage::new().await;
    let token = stage.token(&stage.create().await).await;
    let payer = Payer::with(&stage, &token);
    let masked = "<input id=\"security-code\" name=\"security-code\" type=\"password\"";
    assert!(!payer.look().await.body.contains(masked));
    assert!(payer.open(&format!("/widget/form?token={token}&masked=1")).await.body.contains(masked));
    let page = payer.send("/widget/form", &format!("token={token}&masked=1")).await;
    assert!(page.status == 400 && page.body.contains(masked), "{}", page.body);
}

#[tokio::test]
async fn the_frame_waits_for_the_confirmation_and_then_leads_to_the_end() {
    let stage = Stage::new().await;
    let id = stage.create().await;
    let payer = Payer::at(&stage, &id).await;
    let page = payer.pay(GOOD_CARD).await;
    assert!(page.body.contains("id=\"waiting\""), "{}", page.body);
    assert!(page.header("refresh").starts_with("1;url=/widget/form?token="));
    confirm(&stage, &id).await;
    let page = payer.look().await.body;
    assert_eq!(attribute(&page, "data-go").as_deref(), Some(SUCCESS));
    assert_eq!(attribute(&page, "data-fail"), None);
}

#[tokio::test]
async fn a_failed_payment_leads_to_the_failure_address() {
    let stage = Stage::new().await;
    for (card, code) in [(DECLINED_CARD, "declined_by_issuer_bank"), (UNSURE_CARD, "provider_timeout")] {
        let id = stage.create().await;
        let payer = Payer::at(&stage, &id).await;
        payer.pay(card).await;
        confirm(&stage, &id).await;
        let page = payer.look().await.body;
        assert_eq!(attribute(&page, "data-fail").as_deref(), Some(code));
        assert_eq!(attribute(&page, "data-go").as_deref(), Some(FAILURE));
    }
}

#[tokio::test]
async fn three_d_secure_takes_the_whole_window_and_comes_back() {
    let stage = Stage::new().await;
    for (card, answer, end) in
        [(GET_CARD, "approve", SUCCESS), (POST_CARD, "approve", SUCCESS), (POST_CARD, "refuse", FAILURE)]
    {
        let id = stage.create().await;
        let payer = Payer::at(&stage, &id).await;
        payer.pay(card).await;
        confirm(&stage, &id).await;
        let mut page = payer.open(&attribute(&payer.look().await.body, "data-go").unwrap()).await;
        if card == POST_CARD {
            assert!(page.body.contains("<button type=\"submit\">"), "for a browser without scripts");
            let value = |name: &str| attribute(&page.body, &format!("name=\"{name}\" value")).unwrap();
            let fields = format!("PaReq={}&MD={}", value("PaReq"), value("MD"));
            page = payer.send(&attribute(&page.body, "action").unwrap(), &fields).await;
        }
        let secret = attribute(&page.body, "name=\"secret\" value").unwrap();
        let action = attribute(&page.body, "action").unwrap();
        let back = payer.send(&action, &format!("secret={secret}&answer={answer}")).await;
        assert_eq!((back.status, back.header("location")), (303, end), "{card}");
    }
}

#[tokio::test]
async fn a_hold_is_a_success_for_the_payer() {
    let stage = Stage::with(|project| project.hold = true).await;
    let id = stage.create().await;
    let payer = Payer::at(&stage, &id).await;
    payer.pay(GOOD_CARD).await;
    confirm(&stage, &id).await;
    assert_eq!(attribute(&payer.look().await.body, "data-go").as_deref(), Some(SUCCESS));
}

#[tokio::test]
async fn a_token_is_for_one_operation_of_one_session() {
    let stage = Stage::new().await;
    let id = stage.create().await;
    let (first, second) = (Payer::at(&stage, &id).await, Payer::at(&stage, &id).await);
    first.pay(GOOD_CARD).await;
    let late = second.pay(GOOD_CARD).await;
    assert_eq!(late.status, 403, "{}", late.body);
    assert_eq!(stage.ledger().await["payments"].as_array().unwrap().len(), 1);
    let widget = json!({"acquiring_widget": {"session_id": id}});
    refuses(&stage.api("v1/token", widget).await, (400, "session_wrong_state"), &"paid");
    assert_eq!(Payer::with(&stage, "nobody").look().await.status, 403);
}

#[tokio::test]
async fn a_token_needs_a_session_with_an_amount_and_good_addresses() {
    let stage = Stage::new().await;
    let bare = stage.session("v2/session/create", json!({})).await["id"].clone();
    let good = stage.create().await;
    for (case, body) in [
        ("nothing", json!({})),
        ("no session", json!({"acquiring_widget": {"session_id": "ps_1"}})),
        ("no amount", json!({"acquiring_widget": {"session_id": bare}})),
        ("address", json!({"acquiring_widget": {"session_id": good, "success_return_url": "paid"}})),
    ] {
        refuses(&stage.api("v1/token", body).await, (400, "invalid_request"), &case);
    }
}
