//! What the create call says of a wish.

use super::super::order::{body as body_of, check, reference_id};
use super::{ECHO, attempt, order, pounds, wish};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::wish::Wish;
use serde_json::{Value, json};

/// The text of the create call for a wish that passes.
pub(super) fn text(edit: impl FnOnce(&mut Wish)) -> String {
    let mut wish = wish();
    edit(&mut wish);
    assert_eq!(check(&wish), []);
    serde_json::to_string(&body_of(&order(&wish)).unwrap()).unwrap()
}

fn body(edit: impl FnOnce(&mut Wish)) -> Value {
    serde_json::from_str(&text(edit)).unwrap()
}

pub(super) fn set(wish: &mut Wish, name: &str, value: Value) {
    wish.options.0.insert(name.to_owned(), value);
}

#[test]
fn the_body_is_that_of_the_guide() {
    let wanted = json!({
        "client_redirect_uri": "https://pay.booking.example/return",
        "client_state": "payer_token",
        "instructions": [{
            "label": "Two nights, double room", "amount": 145.00, "currency": "EUR",
            "execution_date_type": "first_open_day", "reference_id": ECHO,
            "beneficiary": {
                "scheme_name": "iban", "identification": "FR1420041010050500013M02606",
                "label": "Harbour Hotel"
            },
            "beneficiary_identity": {
                "kind": "corporate", "org_name": "Harbour Hotel", "org_legal_status": "SARL",
                "scheme_name": "siren", "identification": "012345678"
            }
        }],
        "payer_identity": {
            "kind": "individual", "first_name": "Germaine", "last_name": "Michu",
            "birth_date": "1963-01-01", "birth_city": "Paris", "birth_country": "FR",
            "nationality": "French"
        }
    });
    assert_eq!(body(|_| ()), wanted);
}

#[test]
fn a_deferred_payment_says_its_date_and_others_none() {
    let deferred = body(|wish| {
        set(wish, "execution_date_type", json!("deferred"));
        set(wish, "execution_date", json!("2027-01-04"));
    });
    let line = &deferred["instructions"][0];
    assert_eq!(
        (&line["execution_date_type"], &line["execution_date"]),
        (&json!("deferred"), &json!("2027-01-04"))
    );
    let instant = body(|wish| set(wish, "execution_date_type", json!("instant")));
    let line = &instant["instructions"][0];
    assert_eq!(line["execution_date_type"], "instant");
    assert!(line.get("execution_date").is_none());
}

#[test]
fn amounts_are_written_as_decimal_numbers_to_the_last_cent() {
    for (minor, written) in
        [(1, "0.01"), (10, "0.10"), (99_999_999, "999999.99"), (99_999_999_999, "999999999.99")]
    {
        for currency in [Currency::EUR, Currency::GBP] {
            let text = text(|wish| wish.amount = Money::new(minor, currency).unwrap());
            assert!(text.contains(&format!("\"amount\":{written},")), "{text}");
        }
    }
}

#[test]
fn the_label_option_is_what_the_statement_says() {
    let label = json!("pdng/done - Two nights");
    let own = body(|wish| set(wish, "label", label.clone()));
    assert_eq!(own["instructions"][0]["label"], label);
}

#[test]
fn a_payment_in_pounds_says_the_reference_and_a_short_id() {
    let line = body(|wish| wish.amount = pounds(14500))["instructions"][0].clone();
    assert_eq!((&line["label"], &line["currency"]), (&json!("RES-12345"), &json!("GBP")));
    assert_eq!(line["reference_id"], ECHO[8..]);
}

/// A SEPA transfer carries 31 characters, one in the United Kingdom 18, of letters and digits here.
#[test]
fn the_end_to_end_id_fits_and_banks_carry_it() {
    for (currency, length) in [(Currency::EUR, 26), (Currency::GBP, 18)] {
        let id = reference_id(attempt(), currency);
        assert_eq!(id.len(), length);
        assert!(id.bytes().all(|b| b.is_ascii_alphanumeric()), "{id}");
    }
}

#[test]
fn a_company_pays_with_its_address_in_lines() {
    let company = json!({
        "kind": "corporate", "org_name": "Powens", "org_legal_status": "SAS",
        "org_hq_address": "84 RUE BEAUBOURG\n75003 PARIS 3\nFRANCE",
        "scheme_name": "siren", "identification": "749867206"
    });
    assert_eq!(body(|wish| set(wish, "payer_identity", company.clone()))["payer_identity"], company);
    let person = json!({
        "kind": "individual", "external_ref": "MY-CUSTOMER-REFERENCE-012345678", "first_name": "Jean",
        "last_name": "Dupont", "nationality": "FR", "postal_address": "Appartement 25\n95220 HERBLAY"
    });
    assert_eq!(body(|wish| set(wish, "payer_identity", person.clone()))["payer_identity"], person);
}
