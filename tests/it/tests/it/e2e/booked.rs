//! Sessions for bookings of any provider.

use super::world::World;
use reqwest::Response;
use serde_json::Value;

impl World {
    /// Asks for a session; its reference is the key too.
    pub async fn ask(&self, booking: &Value) -> Response {
        self.create(booking["reference"].as_str().expect("a reference"), booking).await
    }

    /// Opens a session and expects it to be there.
    pub async fn opened(&self, booking: &Value) -> Value {
        let answer = self.ask(booking).await;
        let status = answer.status();
        let session: Value = answer.json().await.expect("JSON");
        assert_eq!(status, 201, "{session}");
        session
    }
}
