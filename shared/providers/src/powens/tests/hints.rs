//! What the query of a payer's return seems to tell.

use super::{BASE, adapter};
use bellhop_domain::provider::{Provider, ReturnHint};
use serde_json::json;

#[test]
fn a_return_tells_whether_the_payer_stopped_or_it_did_not_work_and_no_more() {
    let provider = adapter(&json!({"base_url": BASE}));
    let rows: [(&[(&str, &str)], _); 7] = [
        (&[], None),
        (&[("state", "x"), ("id_payment", "1975")], None),
        (&[("payment_state", "done")], None),
        (&[("error", "cancelled")], Some(ReturnHint::Stopped)),
        (&[("error", "cancelled"), ("error_code", "cancelledByUser")], Some(ReturnHint::Stopped)),
        (&[("error", "server_error")], Some(ReturnHint::Failed)),
        (&[("error_code", "bankMessage"), ("payment_state", "done")], Some(ReturnHint::Failed)),
    ];
    for (query, hint) in rows {
        let query: Vec<_> = query.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        assert_eq!(provider.return_hint(&query), hint, "{query:?}");
    }
}
