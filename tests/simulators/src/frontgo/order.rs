//! A call as handlers want it: the payload, and the reservation that the address names.

use std::sync::Arc;

use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::{FromRequest, Path, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::envelope::{Refusal, Reply};
use super::exact::Json;
use super::world::{App, World};

/// The body of a call: empty unless it says that it is JSON, and is. `[inf]` PROVIDERS §2.2: the rules are Laravel's.
pub struct Payload(pub Json);

impl FromRequest<Arc<App>> for Payload {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let is_json = says_json(request.headers());
        let body = Bytes::from_request(request, app).await;
        let body = body.map_err(IntoResponse::into_response)?;
        let text = std::str::from_utf8(&body).ok().filter(|_| is_json);
        Ok(Self(text.and_then(Json::parse).unwrap_or(Json::Null)))
    }
}

fn says_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.contains("json"))
}

/// A call about one reservation.
pub struct Order {
    app: Arc<App>,
    pub uuid: String,
    pub payload: Json,
}

impl FromRequest<Arc<App>> for Order {
    type Rejection = Response;

    async fn from_request(mut request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let uuid = request.extract_parts::<Path<String>>().await;
        let Path(uuid) = uuid.map_err(IntoResponse::into_response)?;
        let Payload(payload) = Payload::from_request(request, app).await?;
        Ok(Self { app: Arc::clone(app), uuid, payload })
    }
}

impl Order {
    /// Does one step on the reservation; 404 when there is none.
    pub fn answered(&self, act: impl FnOnce(&mut World, usize, i64) -> Result<Reply, Refusal>) -> Response {
        self.app.answer(|world, now| {
            let (at, _) = world.named(&self.uuid)?;
            act(world, at, now)
        })
    }
}
