//! The suite's own tools for messages do what they say.

use super::message::{Covers, Message, Place};

fn in_query(query: &str) -> Message {
    Message { query: query.to_owned(), ..Message::bare() }
}

#[test]
fn a_parameter_is_read_replaced_and_taken_out() {
    let sum = Place::Query("sum");
    let message = in_query("a=1&sum=ab&sums=2");
    assert_eq!(message.values(sum), ["ab"]);
    assert_eq!(message.with(sum, &[]).query, "a=1&sums=2");
    let doubled = message.with(sum, &["x", "y"]);
    assert_eq!(doubled.query, "a=1&sums=2&sum=x&sum=y");
    assert_eq!(doubled.values(sum), ["x", "y"]);
}

#[test]
fn a_header_is_found_in_any_case() {
    let proof = Place::Header("Proof");
    let mut message = Message::bare();
    message.headers = vec![("PROOF".to_owned(), "ab".to_owned())];
    assert_eq!(message.values(proof), ["ab"]);
    assert_eq!(message.with(proof, &[]).headers, []);
}

#[test]
fn the_last_step_of_a_path_is_read_replaced_and_taken_out() {
    let message = Message { path: "/webhooks/harbour/ab".to_owned(), ..Message::bare() };
    assert_eq!(message.values(Place::Path), ["ab"]);
    assert_eq!(message.with(Place::Path, &[]).path, "/webhooks/harbour");
    assert_eq!(message.with(Place::Path, &[""]).path, "/webhooks/harbour/");
    assert_eq!(message.with(Place::Path, &["x", "y"]).path, "/webhooks/harbour/x/y");
}

#[test]
fn every_value_of_a_query_is_flipped_and_no_name() {
    let flipped = in_query("ab=1&c=2=").flipped(Covers::Query);
    let queries: Vec<&str> = flipped.iter().map(|one| one.query.as_str()).collect();
    assert_eq!(queries, ["ab=0&c=2=", "ab=1&c=3=", "ab=1&c=2<"]);
}

#[test]
fn every_byte_of_a_body_is_flipped() {
    let mut message = Message::bare();
    message.body = b"ab".to_vec();
    let flipped = message.flipped(Covers::Body);
    let bodies: Vec<&[u8]> = flipped.iter().map(|one| one.body.as_slice()).collect();
    assert_eq!(bodies, [b"`b", b"ac"]);
    assert_eq!(message.flipped(Covers::Nothing("a token is the proof")), []);
}
