use bellhop_runtime::http::openapi::document_text;
use serde_json::Value;

const COMMAND: &str = "cargo run -p bellhop-runtime --example openapi --features openapi > openapi.json";

#[test]
fn the_committed_document_is_what_the_code_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let same = committed == document_text().unwrap();
    assert!(same, "openapi.json has drifted; make it again with: {COMMAND}");
}

#[test]
fn every_reference_leads_to_a_schema() {
    let document: Value = serde_json::from_str(&document_text().unwrap()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut found = 0;
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::Array(items) => open.extend(items),
            Value::String(text) if text.starts_with("#/") => {
                found += 1;
                assert!(document.pointer(&text[1..]).is_some(), "{text}");
            }
            _ => {}
        }
    }
    assert!(found > 20, "{found}");
}

#[test]
fn every_route_of_the_template_is_described() {
    let template = include_str!("../../../../template.yaml");
    let document: Value = serde_json::from_str(&document_text().unwrap()).unwrap();
    let routes: Vec<_> = template.lines().filter_map(route).collect();
    assert!(routes.len() >= 8, "{routes:?}");
    for (method, path) in routes {
        let described = document["paths"][path].get(&method);
        assert!(described.is_some(), "{method} {path}");
    }
}

/// Method and path of a line such as `Properties: {ApiId: ..., Method: GET, Path: "/pay/{token}"}`.
fn route(line: &str) -> Option<(String, &str)> {
    let (_, rest) = line.split_once("ApiId: !Ref HttpApi, Method: ")?;
    let (method, path) = rest.split_once(", Path: ")?;
    let path = match path.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?.0,
        None => path.strip_suffix('}')?,
    };
    Some((method.to_lowercase(), path))
}
