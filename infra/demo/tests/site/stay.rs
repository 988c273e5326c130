//! The page a payer comes back to.

use crate::fake::{SESSION, session};
use crate::visit::{get, site_and_api};
use serde_json::json;

/// HMAC-SHA256 of `ses_07a.succeeded.1795000100` under the tests' secret.
const GOOD: &str = "session_id=ses_07a&status=succeeded&expires=1795000100&signature=\
                    f32982a6212be5b4953be37cdf13fcb9ed75b55fc92a6075280443010272bf3c";
/// The same for 1794999999, which is over.
const OVER: &str = "session_id=ses_07a&status=succeeded&expires=1794999999&signature=\
                    82654199d5fea33da594952173fd5a341625b29ac8d88f7cde6d9dccc249d9f0";

#[tokio::test]
async fn the_truth_is_read_from_the_api_with_its_history() {
    let (site, api) = site_and_api().await;
    let mut paid = session(SESSION, "succeeded");
    paid["attempts"] = json!([
        { "id": "att_1", "status": "failed", "provider_payment_id": "pay1", "failure": { "code": "declined", "retry": true } },
        { "id": "att_2", "status": "succeeded", "provider_payment_id": "pay2", "failure": null },
    ]);
    paid["events"] = json!([
        { "id": "evt_1", "sequence": 1, "type": "session.created", "status": "created", "attempt": "att_1", "cause": "create", "created_at": "2026-11-20T19:00:00.125Z" },
        { "id": "evt_2", "sequence": 2, "type": "session.succeeded", "status": "succeeded", "attempt": "att_2", "cause": "notification", "created_at": "2026-11-20T19:04:30.000Z" },
    ]);
    api.hold(paid, true);
    let page = get(&site, "/stay/RES-A1").await;
    assert_eq!(page.status, 200);
    page.says(&["data-status=\"succeeded\"", "id=\"captured\">£145.00", "id=\"refunded\">£0.00"]);
    page.says(&["the card was declined", "pay2", "a message from the provider", "20 Nov 2026, 19:04:30 UTC"]);
    page.keeps_to_itself(&["id=\"carried\"", "id=\"pay-link\"", "To be paid by"]);
    assert_eq!(api.told().reads[1], format!("/v1/sessions/{SESSION}?expand=attempts,events"));
}

#[tokio::test]
async fn a_good_signature_is_told_and_the_api_still_decides() {
    let (site, api) = site_and_api().await;
    api.hold(session(SESSION, "processing"), true);
    let page = get(&site, &format!("/stay/RES-A1?{GOOD}")).await;
    page.says(&["signature is right", "“succeeded”", "data-status=\"processing\""]);
}

#[tokio::test]
async fn an_old_signature_is_told_to_be_old() {
    let (site, api) = site_and_api().await;
    api.hold(session(SESSION, "succeeded"), true);
    let page = get(&site, &format!("/stay/RES-A1?{OVER}")).await;
    page.says(&["no longer fresh"]);
    page.keeps_to_itself(&["signature is right"]);
}

#[tokio::test]
async fn a_forged_result_is_ignored_and_not_repeated() {
    let (site, api) = site_and_api().await;
    api.hold(session(SESSION, "failed"), true);
    let forged = GOOD.replace("status=succeeded", "status=splendid");
    let page = get(&site, &format!("/stay/RES-A1?{forged}")).await;
    page.says(&["not signed by the payment service", "data-status=\"failed\"", "Book again"]);
    page.keeps_to_itself(&["splendid"]);
}

#[tokio::test]
async fn a_signed_result_of_another_session_is_ignored() {
    let (site, api) = site_and_api().await;
    api.hold(session("ses_other", "failed"), true);
    let page = get(&site, &format!("/stay/RES-A1?{GOOD}")).await;
    page.says(&["belongs to another payment", "data-status=\"failed\""]);
}

#[tokio::test]
async fn an_open_payment_leads_on_to_it() {
    let (site, api) = site_and_api().await;
    api.hold(session(SESSION, "pending"), true);
    let page = get(&site, "/stay/RES-A1").await;
    page.says(&["id=\"pay-link\" href=\"http://pay.test/pay/token\"", "To be paid by", "id=\"refresh\""]);
}

#[tokio::test]
async fn a_payment_link_that_is_no_web_address_is_not_offered() {
    let (site, api) = site_and_api().await;
    let mut odd = session(SESSION, "pending");
    odd["pay_url"] = json!("javascript:alert(1)");
    api.hold(odd, true);
    get(&site, "/stay/RES-A1").await.keeps_to_itself(&["javascript:", "id=\"pay-link\""]);
}

#[tokio::test]
async fn of_several_sessions_the_paid_one_is_shown_or_else_the_newest() {
    let (site, api) = site_and_api().await;
    api.hold(session("ses_1", "expired"), true);
    api.hold(session("ses_2", "succeeded"), true);
    api.hold(session("ses_3", "failed"), true);
    get(&site, "/stay/RES-A1").await.says(&["id=\"session\">ses_2"]);
    let (site, api) = site_and_api().await;
    api.hold(session("ses_1", "expired"), true);
    api.hold(session("ses_3", "pending"), true);
    get(&site, "/stay/RES-A1").await.says(&["id=\"session\">ses_3"]);
}

#[tokio::test]
async fn a_status_of_a_later_release_is_shown_by_whether_it_is_finished() {
    let (site, api) = site_and_api().await;
    api.hold(session(SESSION, "pondering"), true);
    get(&site, "/stay/RES-A1").await.says(&["Please do not pay again", "<code>pondering</code>"]);
}

#[tokio::test]
async fn a_booking_that_nobody_knows_is_not_found() {
    let (site, api) = site_and_api().await;
    assert_eq!(get(&site, "/stay/RES-B2").await.status, 404);
    assert_eq!(get(&site, "/stay/whatever").await.status, 404);
    assert_eq!(api.told().reads.len(), 1);
}
