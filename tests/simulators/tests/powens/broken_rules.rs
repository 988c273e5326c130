//! Every rule of a create request, each broken once.

use serde_json::{Value, json};

/// A change that breaks one rule: where, what is put there, and the code of the answer.
pub struct Broken {
    pub place: &'static str,
    pub value: Value,
    pub code: &'static str,
}

/// All of them.
pub fn broken() -> Vec<Broken> {
    let lists = [(MISSING, "missingParameter"), (INVALID, "invalidValue")];
    let rows = lists.into_iter().flat_map(|(rows, code)| rows.lines().map(move |row| (row, code)));
    rows.map(|(row, code)| read(row, code)).collect()
}

/// `place = value`, the value as JSON; a text may be followed by `*` and how often it is repeated.
fn read(row: &'static str, code: &'static str) -> Broken {
    let (place, value) = row.split_once(" = ").unwrap();
    let value = match value.rsplit_once("\"*") {
        Some((text, times)) => json!(text[1..].repeat(times.parse().unwrap())),
        None => serde_json::from_str(value).unwrap(),
    };
    Broken { place, value, code }
}

const MISSING: &str = r#"/client_redirect_uri = null
/instructions = null
/instructions = []
/payer_identity = null
/instructions/0/label = null
/instructions/0/label = " "
/instructions/0/amount = null
/instructions/0/currency = null
/instructions/0/execution_date_type = null
/instructions/0/beneficiary = null
/instructions/0/beneficiary/scheme_name = null
/instructions/0/beneficiary/label = null
/instructions/0/beneficiary/identification = null
/instructions/0/beneficiary_identity = null
/payer_identity/kind = null
/payer_identity/first_name = null
/payer_identity/last_name = ""
/instructions/0/beneficiary_identity/org_name = null
/instructions/0/beneficiary_identity/org_legal_status = null
/instructions/0/beneficiary_identity/scheme_name = null
/instructions/0/beneficiary_identity/identification = null"#;

const INVALID: &str = r##"/client_redirect_uri = 7
/client_redirect_uri = "booking.example/return"
/client_redirect_uri = "ftp://booking.example/"
/client_redirect_uri = "https://booking.example/return?session=1"
/client_redirect_uri = "https://booking.example/return#1"
/client_redirect_uri = "https://stranger.example/return/1"
/client_state = "é"*2001
/client_state = 7
/instructions = {}
/instructions = [7]
/payer_identity = "Germaine"
/instructions/0/amount = 0
/instructions/0/amount = -1
/instructions/0/amount = "1,50"
/instructions/0/amount = "1e2"
/instructions/0/amount = "0.001"
/instructions/0/amount = "50.90000000001"
/instructions/0/amount = "50."
/instructions/0/amount = [1]
/instructions/0/currency = "eur"
/instructions/0/currency = {"id": "EUR"}
/instructions/0/execution_date_type = "tomorrow"
/instructions/0/execution_date = "2026-12-01"
/instructions/0/reference_id = "R"*32
/instructions/0/beneficiary/scheme_name = "bban"
/instructions/0/beneficiary/identification = "FR1520041010050500013M02606"
/instructions/0/beneficiary/identification = "fr1420041010050500013m02606"
/instructions/0/beneficiary/identification = "FR76XXXXXXXXXXXXXXX"
/payer_identity/kind = "robot"
/payer_identity/last_name = "M"*256
/payer_identity/birth_date = "01/01/1963"
/payer_identity/birth_date = "1963-02-30"
/payer_identity/external_ref = "R"*256
/payer_identity/postal_address = "A"*513
/instructions/0/beneficiary_identity/org_name = "A"*256
/instructions/0/beneficiary_identity/identification = "12345678"
/instructions/0/beneficiary_identity/identification = "12345678A"
/instructions/0/beneficiary_identity/org_hq_address = "A"*513"##;
