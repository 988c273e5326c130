use bellhop_runtime::http::parse::{MAX_DEPTH, json};
use bellhop_runtime::http::problem::Code;
use serde_json::json;

fn refusal(body: &[u8]) -> String {
    let problem = json(body).unwrap_err();
    assert_eq!(problem.code, Code::MalformedJson);
    problem.detail
}

fn nested(depth: usize) -> String {
    format!("{}1{}", "[".repeat(depth), "]".repeat(depth))
}

#[test]
fn json_is_read_as_it_stands() {
    let body = br#" {"a": [1, -2, 3.5, true, null, "\u00e9"], "b": {"c": "d"}} "#;
    let value = json(body).unwrap();
    assert_eq!(value, json!({"a": [1, -2, 3.5, true, null, "\u{e9}"], "b": {"c": "d"}}));
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    let wrong: [&[u8]; 16] = [
        b"",
        b" ",
        b"{",
        b"}",
        b"{\"a\":}",
        b"{\"a\" 1}",
        b"{'a':1}",
        b"{a:1}",
        b"{\"a\":1,}",
        b"{} {}",
        b"{\"a\":01}",
        b"{\"a\":NaN}",
        b"nul",
        b"{\"a\":\"\n\"}",
        b"{\"a\":\"\xff\"}",
        b"\xef\xbb\xbf{}",
    ];
    for body in wrong {
        let detail = refusal(body);
        assert!(detail.contains("not JSON, at line "), "{detail}");
    }
}

#[test]
fn a_key_that_is_there_twice_is_refused_at_any_depth() {
    for body in [r#"{"a":1,"a":1}"#, r#"{"x":[{"a":1,"b":2,"a":3}]}"#, r#"{"a":1,"\u0061":2}"#] {
        assert!(refusal(body.as_bytes()).contains("twice"), "{body}");
    }
    assert!(json(br#"{"a":{"a":1},"b":{"a":1}}"#).is_ok());
}

#[test]
fn thirty_two_levels_are_read_and_thirty_three_are_not() {
    assert!(json(nested(MAX_DEPTH).as_bytes()).is_ok());
    assert!(refusal(nested(MAX_DEPTH + 1).as_bytes()).contains("deeper than 32"));
    assert!(refusal(nested(100_000).as_bytes()).contains("deeper than 32"));
}

#[test]
fn i11_a_refusal_quotes_nothing_of_the_body() {
    for body in [r#"{"hunter2":1,"hunter2":2}"#, r#"{"a": hunter2}"#, "\"hunter2", "hunter2"] {
        assert!(!refusal(body.as_bytes()).contains("hunter2"));
    }
}
