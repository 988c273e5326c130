//! The ways to pay: what the form asks for each, what is sent, and where a mistake is shown.

use crate::fake::{SESSION, problem, session};
use crate::visit::{get, press, site_and_api};
use serde_json::{Value, json};

const FRONT: &str = "booking=RES-A1&room=harbour&provider=frontgo&name=Ada&email=ada%40example.test\
    &phone_country=%2B47&phone=46567468&language=nb&street=Havnegata%201&postcode=0150&city=Oslo&country=NO";
const POWENS: &str = "booking=RES-A1&room=harbour&provider=powens&email=ada%40example.test\
    &first_name=Ada&last_name=Payer";

/// What the API was sent for a form.
pub async fn sent(form: &str) -> Value {
    let (site, api) = site_and_api().await;
    api.answer_creates(201, session(SESSION, "pending"));
    assert_eq!(press(&site, form).await.status, 303, "{form}");
    api.told().creates[0].body.clone()
}

#[tokio::test]
async fn every_way_to_pay_is_a_choice_of_one_group_that_works_without_a_script() {
    let (site, _) = site_and_api().await;
    let page = get(&site, "/").await;
    page.says(&["<form id=\"choose\" method=\"get\" action=\"/#book\">", "Pay with</legend>"]);
    for (id, title) in [
        ("govuk_pay", "GOV.UK Pay"),
        ("frontgo", "Front Payment"),
        ("powens", "Powens Pay"),
        ("mews", "Mews"),
        ("bank131", "Bank 131"),
    ] {
        page.says(&[&format!("<label class=\"choice\" for=\"provider-{id}\">"), title]);
        page.says(&[&format!("id=\"provider-{id}\" name=\"provider\" value=\"{id}\"")]);
    }
    page.says(&[
        "value=\"govuk_pay\" class=\"shown\" checked",
        "<button id=\"pay\" type=\"submit\">Pay with GOV.UK Pay",
    ]);
}

#[tokio::test]
async fn the_chosen_way_decides_the_currency_and_what_is_asked() {
    let (site, _) = site_and_api().await;
    let front = get(&site, "/?room=garden&provider=frontgo").await;
    front.says(&["value=\"frontgo\" class=\"shown\" checked", "NOK\u{a0}1,574.00", "id=\"organization_id\""]);
    front.says(&[
        "<option value=\"garden\" selected>",
        "name=\"phone_country\"",
        "value=\"+47\"",
        "value=\"NO\"",
    ]);
    front.keeps_to_itself(&["£", "€", "name=\"transfer\""]);
    let powens = get(&site, "/?provider=powens").await;
    powens.says(&["€169.00", "name=\"transfer\" value=\"instant\"", "type=\"date\"", "name=\"last_name\""]);
    powens.keeps_to_itself(&["£", "NOK", "name=\"phone\""]);
    get(&site, "/?provider=cash").await.says(&["Pay with GOV.UK Pay", "£145.00"]);
}

#[tokio::test]
async fn an_answer_is_insisted_on_only_where_the_question_is_always_in_sight() {
    let (site, _) = site_and_api().await;
    let page = get(&site, "/?provider=frontgo").await.text;
    let input = |name: &str| {
        let at = page.find(&format!("<input id=\"{name}\"")).unwrap();
        page[at..].split('>').next().unwrap().to_owned()
    };
    assert!(input("street").contains(" required"));
    assert!(!input("organization_id").contains(" required"), "only a company has one");
    assert!(!input("personal_number").contains(" required"));
    assert!(page.contains("data-when=\"corporate\"") && page.contains("(optional)"));
}

#[tokio::test]
async fn front_gets_kroner_held_the_payer_and_the_lines_of_the_room() {
    let body = sent(FRONT).await;
    assert_eq!((&body["provider"], &body["capture"]), (&json!("frontgo"), &json!("manual")));
    assert_eq!(body["amount"], json!({ "value": 191_000, "currency": "NOK" }));
    assert_eq!(body["locale"], "nb");
    let payer = json!({
        "name": "Ada", "email": "ada@example.test",
        "phone": { "country_code": "+47", "number": "46567468" },
        "address": { "line1": "Havnegata 1", "postcode": "0150", "city": "Oslo", "country": "NO" },
    });
    assert_eq!(body["payer"], payer);
    let options = json!({ "frontgo": {
        "customer_details": { "type": "private" },
        "products": [
            { "name": "Harbour room, two nights", "tax": 12, "rate": 168_000, "amount": 168_000 },
            { "name": "Breakfast", "tax": 15, "rate": 23_000, "amount": 23_000 },
        ],
        "order_summary": { "sub_total": 170_000, "total_tax": 21_000, "grand_total": 191_000 },
    } });
    assert_eq!(body["options"], options);
}

#[tokio::test]
async fn a_person_and_a_company_are_asked_for_different_numbers() {
    let both = "&personal_number=01017012345&organization_id=923456783";
    let details = |body: &Value| body["options"]["frontgo"]["customer_details"].clone();
    let person = sent(&format!("{FRONT}{both}&customer=private")).await;
    assert_eq!(details(&person), json!({ "type": "private", "personal_number": "01017012345" }));
    let company = sent(&format!("{FRONT}{both}&customer=corporate")).await;
    assert_eq!(details(&company), json!({ "type": "corporate", "organization_id": "923456783" }));
}

#[tokio::test]
async fn powens_gets_euros_our_account_and_the_kind_of_transfer() {
    let body = sent(POWENS).await;
    assert_eq!(body["amount"], json!({ "value": 16_900, "currency": "EUR" }));
    assert_eq!(body["payer"], json!({ "email": "ada@example.test" }));
    assert_eq!((body.get("capture"), body.get("locale")), (None, None));
    let options = &body["options"]["powens"];
    assert_eq!(options["execution_date_type"], "first_open_day");
    assert_eq!(
        options["payer_identity"],
        json!({ "kind": "individual", "first_name": "Ada", "last_name": "Payer" })
    );
    assert_eq!(options["beneficiary"]["scheme_name"], "iban");
    assert_eq!(options["beneficiary_identity"]["org_name"], "Harbour House");
}

#[tokio::test]
async fn a_day_is_sent_for_a_deferred_transfer_alone() {
    let with_day = |kind: &str| format!("{POWENS}&transfer={kind}&transfer_day=2026-12-01");
    let options = |body: Value| body["options"]["powens"].clone();
    let instant = options(sent(&with_day("instant")).await);
    assert_eq!((&instant["execution_date_type"], instant.get("execution_date")), (&json!("instant"), None));
    let deferred = options(sent(&with_day("deferred")).await);
    assert_eq!(deferred["execution_date"], "2026-12-01");
    let odd = options(sent(&with_day("whenever")).await);
    assert_eq!(odd["execution_date_type"], "first_open_day", "a choice that is not offered is the first");
}

#[tokio::test]
async fn a_company_that_pays_by_transfer_names_its_register() {
    let form = format!(
        "{POWENS}&kind=corporate&org_name=Ada%20SARL&org_legal_status=SARL&org_scheme=siren&org_number=123456789"
    );
    let identity = sent(&form).await["options"]["powens"]["payer_identity"].clone();
    let wanted = json!({
        "kind": "corporate", "org_name": "Ada SARL", "org_legal_status": "SARL",
        "scheme_name": "siren", "identification": "123456789",
    });
    assert_eq!(identity, wanted);
}

#[tokio::test]
async fn a_wrong_field_of_a_provider_is_shown_at_its_input_and_nothing_typed_is_lost() {
    let (site, api) = site_and_api().await;
    let mut wrong = problem(422, "invalid_request", "Fields are wrong");
    wrong["errors"] = json!([
        { "pointer": "/payer/address/postcode", "detail": "must not be empty" },
        { "pointer": "/options/frontgo/customer_details/organization_id", "detail": "must hold digits" },
        { "pointer": "/options/frontgo/products/0/tax", "detail": "must be 12" },
    ]);
    api.answer_creates(422, wrong);
    let page = press(&site, &format!("{FRONT}&customer=corporate&organization_id=12a")).await;
    assert_eq!(page.status, 422);
    page.says(&["id=\"postcode-error\">must not be empty<", "<a href=\"#postcode\">Postal code</a>"]);
    page.says(&["id=\"organization_id-error\">must hold digits<", "value=\"12a\""]);
    page.says(&[
        "value=\"corporate\" checked",
        "value=\"Havnegata 1\"",
        "<option value=\"nb\" lang=\"nb\" selected>",
    ]);
    page.says(&[
        "Another field",
        "/options/frontgo/products/0/tax",
        "value=\"frontgo\" class=\"shown\" checked",
    ]);
}

#[tokio::test]
async fn an_object_that_is_missing_is_shown_at_its_first_input() {
    let (site, api) = site_and_api().await;
    let mut wrong = problem(422, "invalid_request", "Fields are wrong");
    wrong["errors"] = json!([{ "pointer": "/payer/phone", "detail": "is needed" }]);
    api.answer_creates(422, wrong);
    press(&site, FRONT).await.says(&["id=\"phone_country-error\">is needed<"]);
}

#[tokio::test]
async fn a_provider_that_the_merchant_does_not_have_is_told_at_the_choice() {
    let (site, api) = site_and_api().await;
    let mut wrong = problem(422, "invalid_request", "Fields are wrong");
    wrong["errors"] = json!([{ "pointer": "/provider", "detail": "the merchant has no account" }]);
    api.answer_creates(422, wrong);
    press(&site, POWENS).await.says(&["id=\"provider-error\">the merchant has no account<"]);
}

#[tokio::test]
async fn another_way_to_pay_for_the_same_booking_is_another_call() {
    let (site, api) = site_and_api().await;
    api.answer_creates(201, session(SESSION, "pending"));
    press(&site, FRONT).await;
    press(&site, POWENS).await;
    let told = api.told();
    let key = |at: usize| told.creates[at].headers["idempotency-key"].clone();
    assert_ne!(key(0), key(1));
}

#[tokio::test]
async fn the_booking_says_through_whom_it_is_paid() {
    let (site, api) = site_and_api().await;
    let mut paid = session(SESSION, "authorized");
    paid["provider"] = json!("frontgo");
    paid["amount"] = json!({ "value": 191_000, "currency": "NOK" });
    paid["authorized"] = json!(191_000);
    api.hold(paid, true);
    let page = get(&site, "/stay/RES-A1").await;
    page.says(&["id=\"provider\">Front Payment<", "id=\"authorized\">NOK\u{a0}1,910.00<"]);
}
