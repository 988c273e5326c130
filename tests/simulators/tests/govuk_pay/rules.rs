//! The rules of a create request, one broken per line.

use serde_json::{Map, Value};

/// A line is: status, code, field, and the fields to change. A text like `x*256` stands for that many x.
const BROKEN: &str = r#"
400 P0101 amount             {"amount": null}
400 P0101 reference          {"reference": null}
400 P0101 reference          {"reference": " "}
400 P0101 description        {"description": null}
400 P0101 return_url         {"return_url": null}
400 P0102 amount             {"amount": "100"}
400 P0102 amount             {"amount": 10.5}
422 P0102 amount             {"amount": 0}
422 P0102 amount             {"amount": -1}
422 P0102 amount             {"amount": 10000001}
400 P0102 reference          {"reference": 5}
422 P0102 reference          {"reference": "x*256"}
422 P0102 reference          {"reference": "see https://x.example"}
422 P0102 description        {"description": "x*256"}
422 P0102 description        {"description": "www.x.example"}
400 P0102 return_url         {"return_url": 5}
422 P0102 return_url         {"return_url": "booking.example"}
422 P0102 return_url         {"return_url": "ftp://booking.example"}
422 P0102 return_url         {"return_url": "x*2001"}
422 P0102 email              {"email": "joe"}
422 P0102 email              {"email": "joe@"}
422 P0102 email              {"email": "x*255"}
422 P0102 language           {"language": "fr"}
400 P0102 language           {"language": 1}
400 P0102 delayed_capture    {"delayed_capture": "yes"}
400 P0102 moto               {"moto": 1}
400 P0102 metadata           {"metadata": []}
422 P0102 metadata           {"metadata": {}}
422 P0102 metadata           {"metadata": {"": 1}}
422 P0102 metadata           {"metadata": {"a234567890123456789012345678901": 1}}
422 P0102 metadata           {"metadata": {"k": "x*101"}}
422 P0102 metadata           {"metadata": {"k": null}}
422 P0102 metadata           {"metadata": {"k": [1]}}
422 P0102 metadata           {"metadata": {"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1}}
400 P0102 prefilled_cardholder_details {"prefilled_cardholder_details": "x"}
422 P0102 cardholder_name    {"prefilled_cardholder_details": {"cardholder_name": "x*256"}}
422 P0102 line1              {"prefilled_cardholder_details": {"billing_address": {"line1": "x*256"}}}
422 P0102 postcode           {"prefilled_cardholder_details": {"billing_address": {"postcode": "x*26"}}}
422 P0102 country            {"prefilled_cardholder_details": {"billing_address": {"country": "GBR"}}}
422 P0102 authorisation_mode {"authorisation_mode": "fax"}
422 P0104 return_url         {"authorisation_mode": "moto_api"}
422 P0104 return_url         {"authorisation_mode": "agreement", "agreement_id": "a"}
422 P0104 agreement_id       {"agreement_id": "a"}
"#;

/// A broken rule and the answer to it.
pub struct Rule {
    pub status: u16,
    pub code: &'static str,
    pub field: &'static str,
    pub change: Value,
}

/// All of them.
pub fn broken() -> impl Iterator<Item = Rule> {
    BROKEN.lines().filter(|line| !line.is_empty()).map(|line| {
        let (facts, change) = line.split_at(line.find('{').unwrap());
        let facts: Vec<&str> = facts.split_whitespace().collect();
        let change = stretched(serde_json::from_str(change).unwrap());
        Rule { status: facts[0].parse().unwrap(), code: facts[1], field: facts[2], change }
    })
}

fn stretched(value: Value) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix("x*") {
            Some(times) => "x".repeat(times.parse().unwrap()).into(),
            None => text.into(),
        },
        Value::Object(fields) => {
            let stretch = |(name, value)| (name, stretched(value));
            fields.into_iter().map(stretch).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}
