//! `docs/errors.md` against the table of codes.

use bellhop_runtime::http::problem::Code;

/// The heading and status of each page, in order.
fn pages() -> Vec<(String, String)> {
    let text = include_str!("../../../../docs/errors.md");
    let page = |part: &str| {
        let (code, rest) = part.split_once('\n').expect("a heading");
        let status = rest.trim_start().strip_prefix("Status ").expect("a status first");
        (code.trim().to_owned(), status[..3].to_owned())
    };
    text.split("\n## ").skip(1).map(page).collect()
}

#[test]
fn every_code_has_its_page_with_its_status_and_no_page_is_left_over() {
    let codes = Code::ALL.iter();
    let expected: Vec<_> =
        codes.map(|code| (code.as_str().to_owned(), code.status().as_u16().to_string())).collect();
    assert_eq!(pages(), expected);
}
