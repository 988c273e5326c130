//! What goes wrong reaches the page as clear sentences, and nothing in it becomes HTML.

use crate::fake::{SESSION, problem, session};
use crate::visit::{get, press, site, site_and_api};
use serde_json::json;
use tokio::net::TcpListener;

const FORM: &str = "booking=RES-A1&room=harbour&name=Nest&email=nest&language=en";

#[tokio::test]
async fn a_wrong_field_is_named_beside_its_input_and_the_form_is_kept() {
    let (site, api) = site_and_api().await;
    let mut wrong = problem(422, "invalid_request", "Fields are wrong");
    wrong["errors"] = json!([
        { "pointer": "/payer/email", "detail": "is not an e-mail address" },
        { "pointer": "/return_url", "detail": "is not on a registered origin" },
    ]);
    api.answer_creates(422, wrong);
    let page = press(&site, FORM).await;
    assert_eq!(page.status, 422);
    page.says(&["Fields are wrong", "Fields are wrong, in a sentence.", "req-77"]);
    page.says(&["<a href=\"#email\">Your e-mail address</a>", "The way back to this site"]);
    page.says(&["aria-describedby=\"email-error\"", "id=\"email-error\">is not an e-mail address<"]);
    page.says(&["value=\"RES-A1\"", "value=\"Nest\"", "value=\"nest\""]);
}

#[tokio::test]
async fn a_dead_service_is_told_and_trying_again_is_safe() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let site = site(&format!("http://{}", listener.local_addr().unwrap()));
    drop(listener);
    let page = press(&site, FORM).await;
    assert_eq!(page.status, 503);
    page.says(&["cannot be reached", "never books or pays twice", "value=\"RES-A1\""]);
    let stay = get(&site, "/stay/RES-A1").await;
    assert_eq!(stay.status, 503);
    stay.says(&["cannot be reached"]);
}

#[tokio::test]
async fn a_garbled_answer_is_trouble_behind_us() {
    let (site, api) = site_and_api().await;
    api.answer_creates(201, json!({ "hello": "world" }));
    let page = press(&site, FORM).await;
    assert_eq!(page.status, 502);
    page.says(&["gave an answer we cannot read"]);
}

#[tokio::test]
async fn trouble_behind_us_is_told_with_its_own_words() {
    let (site, api) = site_and_api().await;
    for (theirs, ours) in [(401, 502), (500, 502), (503, 503), (429, 503), (422, 422)] {
        api.answer_creates(theirs, problem(theirs, "some_code", "Some title"));
        let page = press(&site, FORM).await;
        assert_eq!(page.status, ours, "for {theirs}");
        page.says(&["Some title, in a sentence.", "req-77"]);
    }
}

#[tokio::test]
async fn forms_that_are_not_ours_are_refused_before_any_call() {
    let (site, api) = site_and_api().await;
    let forms = [
        "",
        "room=harbour",
        "booking=RES-A1",
        "booking=RES-A1&room=attic",
        "booking=12345&room=harbour",
        "booking=RES-A1&room=harbour&provider=cash",
        "booking=RES-A%2F1&room=harbour",
        "booking=RES-A1&room=harbour&room=garden",
    ];
    for form in forms {
        assert_eq!(press(&site, form).await.status, 400, "{form}");
    }
    let long = format!("booking=RES-A1&room=harbour&name={}", "n".repeat(20_000));
    assert_eq!(press(&site, &long).await.status, 400);
    assert!(api.told().creates.is_empty());
}

#[tokio::test]
async fn nothing_from_outside_becomes_html() {
    let (site, api) = site_and_api().await;
    let evil = "<script>alert(1)</script>";
    let mut wrong = problem(422, "invalid_request", evil);
    wrong["errors"] = json!([{ "pointer": evil, "detail": evil }]);
    wrong["request_id"] = json!(evil);
    api.answer_creates(422, wrong);
    let form = "booking=RES-A1&room=harbour&name=%22%3E%3Cscript%3E&email=%3Cscript%3E";
    let page = press(&site, form).await;
    page.keeps_to_itself(&["<script", "\"><script"]);
    page.says(&["&#60;script&#62;"]);
    let mut told = session(SESSION, "pending");
    for field in ["description", "status", "expires_at"] {
        told[field] = json!(evil);
    }
    told["pay_url"] = json!("http://pay.test/\"><script>");
    told["attempts"] =
        json!([{ "id": evil, "status": evil, "provider_payment_id": evil, "failure": { "code": evil } }]);
    told["events"] =
        json!([{ "sequence": 1, "type": evil, "status": evil, "cause": evil, "created_at": evil }]);
    api.hold(told, true);
    let stay = get(&site, "/stay/RES-A1").await;
    assert_eq!(stay.status, 200);
    stay.keeps_to_itself(&["<script"]);
    get(&site, "/bookings?reference=%3Cscript%3E").await.keeps_to_itself(&["<script"]);
}
