//! One opening of the webview, and its name in the pages' addresses.

use serde::{Deserialize, Serialize};

use super::world::World;
use crate::ids;

/// What a webview was opened with.
#[derive(Clone, Deserialize, Serialize)]
pub struct Visit {
    /// Where the payment stands in the list.
    pub payment: usize,
    /// `redirect_uri` of the webview.
    pub redirect_uri: String,
    /// `state` of the webview.
    pub state: Option<String>,
}

impl World {
    /// Keeps a visit and returns its name.
    pub fn remember(&mut self, visit: Visit) -> String {
        let name = ids::short();
        self.visits.insert(name.clone(), visit);
        name
    }
}
