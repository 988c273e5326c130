use bellhop_domain::money::Money;
use bellhop_domain::text::{Description, Reference, ReturnUrl, free_text};
use bellhop_domain::wish::Capture;
use bellhop_runtime::http::problem::Code;
use bellhop_runtime::http::reader::{Errors, Fields};
use serde_json::{Value, json};

/// Reads what a create request mostly holds, as its function does.
fn read(body: Value) -> Result<(), Vec<String>> {
    let errors = Errors::default();
    {
        let mut root = Fields::root(body, &errors);
        if let Some(mut amount) = root.field("amount").required().object() {
            amount.field("value").required().whole(1..=Money::MAX_MINOR);
            amount.field("currency").required().parsed(Money::currency_of);
        }
        root.field("reference").required().parsed(Reference::parse);
        root.field("description").parsed(Description::parse);
        root.field("return_url").required().parsed(|text| ReturnUrl::parse(text, false));
        root.field("capture").word(Capture::parse, &["automatic", "manual"]);
        root.field("supersede").flag();
        root.field("options").map();
        root.field("metadata").texts(3, |_, text| free_text(text, 10).map(drop));
        if let Some(mut payer) = root.field("payer").object() {
            payer.field("name").text();
            payer.field("a/b~c").text();
        }
    }
    let problem = match errors.finish() {
        Ok(()) => return Ok(()),
        Err(problem) => problem,
    };
    assert_eq!(problem.code, Code::InvalidRequest);
    Err(problem.errors.into_iter().map(|error| error.pointer).collect())
}

fn fine() -> Value {
    json!({
        "amount": {"value": 14500, "currency": "GBP"},
        "reference": "RES-1",
        "return_url": "https://booking.example/stay",
    })
}

/// The fine body with one change: `null` in `change` takes the field away.
fn changed(path: &str, value: Value) -> Value {
    let mut body = fine();
    let (parent, name) = path.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.insert(name.to_owned(), value);
    body
}

#[test]
fn a_fine_body_has_nothing_wrong() {
    assert_eq!(read(fine()), Ok(()));
    let full = [
        ("/description", json!("Two nights")),
        ("/capture", json!("manual")),
        ("/supersede", json!(false)),
        ("/options", json!({"govuk_pay": {}})),
        ("/metadata", json!({"channel": "web"})),
        ("/payer", json!({"name": "A", "a/b~c": null})),
        ("/payer", Value::Null),
    ];
    for (path, value) in full {
        assert_eq!(read(changed(path, value)), Ok(()), "{path}");
    }
}

/// A change to the fine body, and the pointers that are then reported.
type Wrong = (&'static str, Value, &'static [&'static str]);

fn each_is_named<const N: usize>(wrong: [Wrong; N]) {
    for (path, value, expected) in wrong {
        let body = changed(path, value);
        assert_eq!(read(body.clone()).unwrap_err(), expected, "{body}");
    }
}

#[test]
fn a_wrong_amount_is_named_by_its_pointer() {
    each_is_named([
        ("/amount", Value::Null, &["/amount"]),
        ("/amount", json!(14500), &["/amount"]),
        ("/amount", json!("145.00"), &["/amount"]),
        ("/amount", json!([]), &["/amount"]),
        ("/amount", json!({}), &["/amount/value", "/amount/currency"]),
        ("/amount/value", Value::Null, &["/amount/value"]),
        ("/amount/value", json!(0), &["/amount/value"]),
        ("/amount/value", json!(-1), &["/amount/value"]),
        ("/amount/value", json!(1.5), &["/amount/value"]),
        ("/amount/value", json!(14500.0), &["/amount/value"]),
        ("/amount/value", json!("14500"), &["/amount/value"]),
        ("/amount/value", json!(1_000_000_000_000_u64), &["/amount/value"]),
        ("/amount/value", json!(u64::MAX), &["/amount/value"]),
        ("/amount/value", json!(1e300), &["/amount/value"]),
        ("/amount/value", json!(true), &["/amount/value"]),
        ("/amount/currency", json!("gbp"), &["/amount/currency"]),
        ("/amount/currency", json!("ZZZ"), &["/amount/currency"]),
        ("/amount/currency", json!("XAU"), &["/amount/currency"]),
        ("/amount/currency", json!(826), &["/amount/currency"]),
        ("/amount/unit", json!("minor"), &["/amount/unit"]),
    ]);
}

#[test]
fn a_wrong_text_is_named_by_its_pointer() {
    each_is_named([
        ("/reference", Value::Null, &["/reference"]),
        ("/reference", json!(""), &["/reference"]),
        ("/reference", json!(" "), &["/reference"]),
        ("/reference", json!("4242 4242 4242 4242"), &["/reference"]),
        ("/reference", json!("a\u{0}b"), &["/reference"]),
        ("/reference", json!("x".repeat(256)), &["/reference"]),
        ("/description", json!(["a"]), &["/description"]),
    ]);
}

#[test]
fn a_wrong_address_word_or_object_is_named_by_its_pointer() {
    each_is_named([
        ("/return_url", json!("/stay"), &["/return_url"]),
        ("/return_url", json!("http://booking.example"), &["/return_url"]),
        ("/return_url", json!("javascript:alert(1)"), &["/return_url"]),
        ("/return_url", json!("https://u:p@booking.example"), &["/return_url"]),
        ("/capture", json!("later"), &["/capture"]),
        ("/supersede", json!("true"), &["/supersede"]),
        ("/options", json!([]), &["/options"]),
        ("/metadata", json!({"a": 1, "b": "fine", "c": "far too long"}), &["/metadata/a", "/metadata/c"]),
        ("/metadata", json!({"a": "1", "b": "2", "c": "3", "d": "4"}), &["/metadata"]),
        ("/metadata", json!({"a": null}), &["/metadata/a"]),
        ("/payer", json!({"name": 1, "a/b~c": 2}), &["/payer/name", "/payer/a~1b~0c"]),
        ("/payer", json!({"surname/": "x"}), &["/payer/surname~1"]),
        ("/colour~", json!("red"), &["/colour~0"]),
    ]);
}

#[test]
fn all_wrong_fields_are_reported_at_once() {
    let body = json!({"amount": {"value": 0}, "reference": 5, "capture": "x", "zebra": 1, "ant": 2});
    let expected =
        ["/amount/value", "/amount/currency", "/reference", "/return_url", "/capture", "/ant", "/zebra"];
    assert_eq!(read(body).unwrap_err(), expected);
}

#[test]
fn a_body_that_is_no_object_is_wrong_as_a_whole() {
    for body in [json!([]), json!("x"), json!(1), Value::Null] {
        let errors = Errors::default();
        drop(Fields::root(body.clone(), &errors));
        let found = errors.into_list();
        assert_eq!(found.len(), 1, "{body}");
        assert_eq!(found[0].pointer, "");
    }
}
