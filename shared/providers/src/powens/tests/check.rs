//! Every wrong field of a wish, found before any call.

use super::body::set;
use super::{adapter, euros, pounds, wish};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::Provider;
use bellhop_domain::text::{Description, Reference};
use bellhop_domain::wish::{Capture, Wish};
use serde_json::{Value, json};

/// Where the complaint has to point, and what is done to a good wish.
type Row = (&'static str, fn(&mut Wish));

fn pointers(edit: impl FnOnce(&mut Wish)) -> Vec<String> {
    let mut wish = wish();
    edit(&mut wish);
    let provider = adapter(&json!({"base_url": super::BASE}));
    provider.check(&wish).into_iter().map(|fault| fault.pointer).collect()
}

/// Sets a field of an object of the options; null takes it out.
fn field(wish: &mut Wish, object: &str, name: &str, value: Value) {
    let fields = wish.options.0[object].as_object_mut().unwrap();
    match value {
        Value::Null => drop(fields.remove(name)),
        value => drop(fields.insert(name.to_owned(), value)),
    }
}

fn each_is_named(root: &str, rows: &[Row]) {
    assert_eq!(pointers(|_| ()), [""; 0]);
    for (number, (pointer, edit)) in rows.iter().enumerate() {
        assert_eq!(pointers(edit), [format!("{root}{pointer}")], "row {number}");
    }
}

const FIELDS: &[Row] = &[
    ("/amount/currency", |w| w.amount = Money::new(14500, Currency::NOK).unwrap()),
    ("/amount/currency", |w| w.amount = Money::new(14500, Currency::JPY).unwrap()),
    ("/amount/value", |w| w.amount = euros(0)),
    ("/amount/value", |w| w.amount = euros(100_000_000_000)),
    ("/capture", |w| w.capture = Capture::Manual),
    ("/description", |w| w.description = Description::parse(&"d".repeat(141)).unwrap()),
    ("/reference", |w| {
        w.amount = pounds(1);
        w.reference = Reference::parse(&"r".repeat(19)).unwrap();
    }),
];

#[test]
fn every_wrong_field_of_the_wish_is_named() {
    each_is_named("", FIELDS);
}

const OPTIONS: &[Row] = &[
    ("/iban", |w| set(w, "iban", json!("x"))),
    ("/label", |w| set(w, "label", json!(7))),
    ("/label", |w| set(w, "label", json!(""))),
    ("/label", |w| set(w, "label", json!("l".repeat(141)))),
    ("/label", |w| set(w, "label", json!("a\nb"))),
    ("/label", |w| {
        w.amount = pounds(1);
        set(w, "label", json!("x"));
    }),
    ("/execution_date_type", |w| drop(w.options.0.remove("execution_date_type"))),
    ("/execution_date_type", |w| set(w, "execution_date_type", json!("periodic"))),
    ("/execution_date_type", |w| set(w, "execution_date_type", json!("Instant"))),
    ("/execution_date_type", |w| set(w, "execution_date_type", json!(1))),
    ("/execution_date", |w| set(w, "execution_date", json!("2027-01-04"))),
    ("/execution_date", |w| set(w, "execution_date_type", json!("deferred"))),
    ("/beneficiary", |w| drop(w.options.0.remove("beneficiary"))),
    ("/beneficiary", |w| set(w, "beneficiary", json!("FR14"))),
    ("/beneficiary_identity", |w| drop(w.options.0.remove("beneficiary_identity"))),
    ("/payer_identity", |w| drop(w.options.0.remove("payer_identity"))),
    ("/payer_identity", |w| set(w, "payer_identity", json!([]))),
];

#[test]
fn every_wrong_option_is_named() {
    each_is_named("/options/powens", OPTIONS);
}

#[test]
fn a_deferred_payment_needs_a_day_of_the_calendar() {
    for odd in ["2027-02-30", "2027-1-4", "20270104", "04/01/2027", "2027-01-04T00:00:00Z", "tomorrow", ""] {
        let found = pointers(|w| {
            set(w, "execution_date_type", json!("deferred"));
            set(w, "execution_date", json!(odd));
        });
        assert_eq!(found, ["/options/powens/execution_date"], "{odd}");
    }
    let number = pointers(|w| {
        set(w, "execution_date_type", json!("deferred"));
        set(w, "execution_date", json!(20270104));
    });
    assert_eq!(number, ["/options/powens/execution_date"]);
}

/// One digit or letter off, another country's length, and what is no IBAN at all.
#[test]
fn a_wrong_iban_is_named() {
    for odd in [
        "FR1420041010050500013M02607",
        "FR1420041010050500013M0260",
        "FR15200410100505000 13M02606",
        "GB14200410100505000 13M02606",
        "XX1420041010050500013M02606",
        "FR1420041010050500013M0260€",
        "FR14-2004-1010-0505-0001-3M02-606",
        "fr14",
        "",
    ] {
        let found = pointers(|w| field(w, "beneficiary", "identification", json!(odd)));
        assert_eq!(found, ["/options/powens/beneficiary/identification"], "{odd}");
    }
    for fine in ["GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000", "nl91abna0417164300"] {
        let found = pointers(|w| field(w, "beneficiary", "identification", json!(fine)));
        assert_eq!(found, [""; 0], "{fine}");
    }
}

/// Every field of an object: of another kind, too long, or missing where it has to be there.
fn each_field(object: &str, needed: &[&str], optional: &[(&str, usize)]) {
    for name in needed {
        let wanted = [format!("/options/powens/{object}/{name}")];
        assert_eq!(pointers(|w| field(w, object, name, Value::Null)), wanted);
        assert_eq!(pointers(|w| field(w, object, name, json!(1))), wanted);
    }
    for (name, max) in optional {
        let wanted = [format!("/options/powens/{object}/{name}")];
        assert_eq!(pointers(|w| field(w, object, name, json!("x".repeat(max + 1)))), wanted, "{name}");
        assert_eq!(pointers(|w| field(w, object, name, json!("x".repeat(*max)))), [""; 0], "{name}");
        assert_eq!(pointers(|w| field(w, object, name, json!(" "))), wanted, "{name}");
        assert_eq!(pointers(|w| field(w, object, name, json!("a\tb"))), wanted, "{name}");
    }
    let stranger = pointers(|w| field(w, object, "a/b", json!("x")));
    assert_eq!(stranger, [format!("/options/powens/{object}/a~1b")]);
}

#[test]
fn every_wrong_field_of_the_beneficiary_is_named() {
    each_field("beneficiary", &["scheme_name", "identification", "label"], &[("label", 255)]);
    let found = pointers(|w| field(w, "beneficiary", "scheme_name", json!("IBAN")));
    assert_eq!(found, ["/options/powens/beneficiary/scheme_name"]);
}

#[test]
fn every_wrong_field_of_a_person_is_named() {
    let names = [("first_name", 255), ("last_name", 255), ("birth_city", 255), ("nationality", 255)];
    let others = [("external_ref", 255), ("postal_address", 512)];
    let limits: Vec<_> = names.into_iter().chain(others).collect();
    each_field("payer_identity", &["kind", "first_name", "last_name"], &limits);
    for (name, odd) in [("birth_date", "1963-13-01"), ("birth_country", "fr"), ("birth_country", "FRA")] {
        let found = pointers(|w| field(w, "payer_identity", name, json!(odd)));
        assert_eq!(found, [format!("/options/powens/payer_identity/{name}")], "{odd}");
    }
}

#[test]
fn every_wrong_field_of_a_company_is_named() {
    let needed = ["kind", "org_name", "org_legal_status", "scheme_name", "identification"];
    let limits =
        [("org_name", 255), ("org_legal_status", 255), ("org_hq_address", 512), ("external_ref", 255)];
    each_field("beneficiary_identity", &needed, &limits);
    for odd in ["12345678", "0123456789", "01234567A"] {
        let found = pointers(|w| field(w, "beneficiary_identity", "identification", json!(odd)));
        assert_eq!(found, ["/options/powens/beneficiary_identity/identification"], "{odd}");
    }
    let other = pointers(|w| {
        field(w, "beneficiary_identity", "scheme_name", json!("vat"));
        field(w, "beneficiary_identity", "identification", json!("GB123456789"));
    });
    assert_eq!(other, [""; 0], "other registers have other numbers");
    let kind = pointers(|w| field(w, "beneficiary_identity", "kind", json!("company")));
    assert_eq!(kind, ["/options/powens/beneficiary_identity/kind"]);
}
