//! The words in which DynamoDB fails.
//!
//! Sources: Amazon DynamoDB Developer Guide, "Error handling with DynamoDB";
//! API Reference, TransactWriteItems ("TransactionCanceledException").

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};

use super::gate::Call;

const ERRORS: &str = "com.amazonaws.dynamodb.v20120810#";

pub(super) fn throttle() -> Response {
    let message = "The level of configured provisioned throughput for the table was exceeded.";
    refuse("ProvisionedThroughputExceededException", message)
}

/// One item's conflict is an error of its own; a transaction's cancels it.
pub(super) fn conflict(call: &Call) -> Response {
    if !call.operation.starts_with("Transact") {
        let message = "Transaction is ongoing for the item";
        return refuse("TransactionConflictException", message);
    }
    let items = call.json()["TransactItems"].as_array().map_or(1, Vec::len);
    let mut codes = vec!["None".to_owned(); items.max(1)];
    codes[0] = "TransactionConflict".to_owned();
    canceled(&codes)
}

pub(super) fn canceled(codes: &[String]) -> Response {
    let reasons: Vec<Value> = codes.iter().map(|code| reason(code)).collect();
    let list = codes.join(", ");
    let message =
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{list}]");
    answer(
        StatusCode::BAD_REQUEST,
        &json!({
            "__type": format!("{ERRORS}TransactionCanceledException"),
            "Message": message,
            "CancellationReasons": reasons,
        }),
    )
}

fn reason(code: &str) -> Value {
    let message = match code {
        "None" => return json!({ "Code": code }),
        "ConditionalCheckFailed" => "The conditional request failed",
        "TransactionConflict" => "Transaction is ongoing for the item",
        "ThrottlingError" => "Throughput exceeds the current capacity of your table or index.",
        "ProvisionedThroughputExceeded" => "The level of configured provisioned throughput was exceeded.",
        _ => "The transaction was canceled",
    };
    json!({ "Code": code, "Message": message })
}

pub(super) fn error() -> Response {
    let kind = format!("{ERRORS}InternalServerError");
    answer(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "__type": kind, "message": "Internal server error" }))
}

pub(super) fn nothing_found() -> Response {
    answer(StatusCode::OK, &json!({ "Items": [], "Count": 0, "ScannedCount": 0 }))
}

pub(super) fn plain(status: StatusCode) -> Response {
    answer(status, &json!({}))
}

fn refuse(code: &str, message: &str) -> Response {
    answer(StatusCode::BAD_REQUEST, &json!({ "__type": format!("{ERRORS}{code}"), "message": message }))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let json = http::HeaderValue::from_static("application/x-amz-json-1.0");
    response.headers_mut().insert(http::header::CONTENT_TYPE, json);
    if let Ok(id) = uuid::Uuid::new_v4().to_string().parse() {
        response.headers_mut().insert("x-amzn-requestid", id);
    }
    response
}
