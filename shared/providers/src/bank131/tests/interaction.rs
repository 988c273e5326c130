//! Where a payer is sent before a payment goes on.

use super::golden;
use crate::bank131::interaction::page;
use bellhop_domain::provider::{Page, PostForm};
use serde_json::{Value, json};
use url::Url;

fn of(interaction: &Value) -> Option<Page> {
    page(interaction, &Url::parse("https://demo.bank131.ru").unwrap())
}

fn redirect(redirect: Value) -> Option<Page> {
    of(&json!({"type": "redirect", "redirect": redirect}))
}

fn form(action: &str, fields: &[(&str, &str)]) -> Option<Page> {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Some(Page::Post(PostForm { action: Url::parse(action).unwrap(), fields: fields.collect() }))
}

#[test]
fn a_get_is_a_redirect() {
    for method in ["GET", "get"] {
        let given =
            json!({"method": method, "url": "https://acs.example/3ds?id=7", "base_url": "https://x.example"});
        let wanted = Page::To(Url::parse("https://acs.example/3ds?id=7").unwrap());
        assert_eq!(redirect(given), Some(wanted));
    }
}

#[test]
fn a_post_is_a_form_to_the_base_with_its_query() {
    let body: Value = serde_json::from_str(golden!("action_required")).unwrap();
    let wanted = form("https://acs.example/3ds?id=7", &[("MD", "203"), ("PaReq", "eJxV")]);
    assert_eq!(of(&body["session"]["payment_list"][0]["customer_interaction"]), wanted);
}

#[test]
fn a_post_without_a_base_goes_to_the_url_and_empty_lists_are_empty() {
    let given = json!({"method": "POST", "url": "https://acs.example/3ds?id=7", "qs": [], "params": []});
    assert_eq!(redirect(given), form("https://acs.example/3ds?id=7", &[]));
    let bare = json!({"method": "POST", "base_url": "https://acs.example/3ds", "qs": [], "params": {"n": 7}});
    assert_eq!(redirect(bare), form("https://acs.example/3ds", &[("n", "7")]));
}

#[test]
fn a_code_is_the_link_that_it_says() {
    let given = json!({"type": "inform", "inform": {"qr": {"content": "https://qr.nspk.example/A1"}}});
    assert_eq!(of(&given), Some(Page::Scan(Url::parse("https://qr.nspk.example/A1").unwrap())));
}

/// It would run in the payer's browser, on our page.
#[test]
fn i11_a_link_that_is_not_of_the_web_leads_nowhere() {
    for odd in
        ["javascript:alert(1)", "data:text/html,x", "http://acs.example", "//acs.example", "", "https://"]
    {
        assert_eq!(redirect(json!({"method": "GET", "url": odd})), None, "{odd}");
        assert_eq!(redirect(json!({"method": "POST", "url": odd, "params": {}})), None, "{odd}");
        let code = json!({"type": "inform", "inform": {"qr": {"content": odd}}});
        assert_eq!(of(&code), None, "{odd}");
    }
}

#[test]
fn what_is_not_known_leads_nowhere() {
    for odd in
        [json!(null), json!([]), json!({}), json!({"type": "of_tomorrow"}), json!({"type": "redirect"})]
    {
        assert_eq!(of(&odd), None, "{odd}");
    }
    let no_code = json!({"type": "inform", "inform": {"qr": {"img": "aW1hZ2U="}}});
    assert_eq!(of(&no_code), None);
}
