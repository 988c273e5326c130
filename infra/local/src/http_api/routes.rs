//! Which route a request takes.
//!
//! Source: Amazon API Gateway Developer Guide, "Create routes for HTTP APIs":
//! a full match of method and path first, then greedy path variables, then
//! `$default`; a route with its own method goes before `ANY`.

use std::collections::BTreeMap;

use crate::template::RoutePlan;

/// The routes of an API, most specific first.
#[derive(Debug, Clone)]
pub struct Routes {
    routes: Vec<RoutePlan>,
}

/// A route and what its path variables hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    /// The route.
    pub route: &'a RoutePlan,
    /// Path variables by name, decoded.
    pub parameters: BTreeMap<String, String>,
}

impl Match<'_> {
    /// The route's key, such as `GET /v1/sessions/{id}`.
    #[must_use]
    pub fn key(&self) -> String {
        match self.route.path.as_str() {
            "$default" => "$default".to_owned(),
            path => format!("{} {path}", self.route.method),
        }
    }
}

impl Routes {
    /// Orders the routes.
    #[must_use]
    pub fn new(mut routes: Vec<RoutePlan>) -> Self {
        routes.sort_by_key(|route| (shape(&route.path), route.method == "ANY"));
        Self { routes }
    }

    /// The route for a decoded path, or `None`: API Gateway then answers 404.
    #[must_use]
    pub fn find(&self, method: &str, path: &str) -> Option<Match<'_>> {
        self.routes.iter().filter(|route| route.method == "ANY" || route.method == method).find_map(|route| {
            let parameters = captures(&route.path, path)?;
            Some(Match { route, parameters })
        })
    }
}

/// How specific each part of a path is: fixed text, then a variable, then a
/// greedy one, then the default route.
fn shape(path: &str) -> Vec<u8> {
    if path == "$default" {
        return vec![3];
    }
    let rank = |part: &str| match part {
        part if part.ends_with("+}") => 2,
        part if part.starts_with('{') => 1,
        _ => 0,
    };
    path.split('/').map(rank).collect()
}

fn captures(pattern: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    if pattern == "$default" {
        return Some(found);
    }
    let mut rest = path.strip_prefix('/')?;
    let mut parts = pattern.trim_start_matches('/').split('/').peekable();
    while let Some(part) = parts.next() {
        if let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix("+}")) {
            found.insert(name.to_owned(), rest.to_owned());
            return (!rest.is_empty()).then_some(found);
        }
        let (here, after) = rest.split_once('/').map_or((rest, None), |(here, after)| (here, Some(after)));
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) if !here.is_empty() => drop(found.insert(name.to_owned(), here.to_owned())),
            None if part == here => {}
            _ => return None,
        }
        match (parts.peek(), after) {
            (None, None) => return Some(found),
            (Some(_), Some(after)) => rest = after,
            _ => return None,
        }
    }
    None
}
