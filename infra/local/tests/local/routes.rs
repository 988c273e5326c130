use std::time::Duration;

use bellhop_local::http_api::Routes;
use bellhop_local::template::RoutePlan;

fn routes(keys: &[&str]) -> Routes {
    let route = |key: &&str| {
        let (method, path) = key.split_once(' ').unwrap_or(("ANY", key));
        let function = key.to_string();
        RoutePlan { method: method.into(), path: path.into(), function, timeout: Duration::from_secs(30) }
    };
    Routes::new(keys.iter().map(route).collect())
}

#[track_caller]
fn assert_found(keys: &[&str], request: &str, expected: Option<&str>) {
    let routes = routes(keys);
    let (method, path) = request.split_once(' ').unwrap();
    assert_eq!(routes.find(method, path).map(|found| found.route.function.as_str()), expected, "{request}");
}

#[test]
fn fixed_text_goes_before_a_variable_and_a_variable_before_a_greedy_one() {
    let keys = ["GET /a/{rest+}", "GET /a/{id}", "GET /a/me", "$default"];
    assert_found(&keys, "GET /a/me", Some("GET /a/me"));
    assert_found(&keys, "GET /a/7", Some("GET /a/{id}"));
    assert_found(&keys, "GET /a/7/b", Some("GET /a/{rest+}"));
    assert_found(&keys, "GET /b", Some("$default"));
}

#[test]
fn a_method_of_its_own_goes_before_any() {
    let keys = ["ANY /a", "POST /a"];
    assert_found(&keys, "POST /a", Some("POST /a"));
    assert_found(&keys, "GET /a", Some("ANY /a"));
}

#[test]
fn another_method_or_another_length_is_not_found() {
    let keys = ["GET /pay/{token}"];
    assert_found(&keys, "POST /pay/x", None);
    assert_found(&keys, "GET /pay", None);
    assert_found(&keys, "GET /pay/", None);
    assert_found(&keys, "GET /pay/x/", None);
    assert_found(&keys, "GET /pay/x/y", None);
}

#[test]
fn variables_are_captured_by_name() {
    let routes = routes(&["POST /webhooks/{provider}/{account}", "GET /files/{path+}"]);
    let found = routes.find("POST", "/webhooks/govuk_pay/acc").unwrap();
    assert_eq!(found.parameters["provider"], "govuk_pay");
    assert_eq!(found.parameters["account"], "acc");
    assert_eq!(found.key(), "POST /webhooks/{provider}/{account}");
    assert_eq!(routes.find("GET", "/files/a/b.txt").unwrap().parameters["path"], "a/b.txt");
}
