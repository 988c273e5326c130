//! Sends the payer on. Whatever there is to say, the landing says.

use crate::page;
use bellhop_domain::flows::{Opening, open_payment};
use bellhop_runtime::StatusCode;
use bellhop_runtime::app::App;
use bellhop_runtime::http::problem::Problem;
use bellhop_runtime::http::request::{Call, RequestId};
use bellhop_runtime::http::respond::{self, Reply};
use std::sync::Arc;

/// Shows or redirects to the provider's page, or to the landing.
pub async fn handle(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    let token = call.path_parameter("token").unwrap_or_default();
    if only_looks(&call) {
        return Ok(respond::empty(StatusCode::NO_CONTENT));
    }
    let desk = app.desk().await?;
    let opening = open_payment(&desk, token, app.clock.now()).await?;
    Ok(match opening {
        Opening::ToProvider(page, session) => page::show(&page, &session.wish, &desk.landing_of(token)),
        Opening::ToLanding | Opening::NotReady(_) | Opening::NoSuchLink => {
            respond::see_other(&desk.landing_of(token))
        }
    })
}

/// Whether nobody is there to see the page: a one-time page is not spent on a preview.
///
/// `Sec-Purpose` is how browsers mark prefetching (Fetch standard), `Purpose` and `X-Moz` how they used to.
fn only_looks(call: &Call) -> bool {
    let says = |name: &str, word: &str| {
        call.header(name).is_some_and(|value| value.to_ascii_lowercase().contains(word))
    };
    call.method() == "HEAD"
        || ["sec-purpose", "purpose", "x-purpose", "x-moz"]
            .iter()
            .any(|name| says(name, "prefetch") || says(name, "preview"))
}

/// The page for when all fails before anything can be said.
pub fn trouble(problem: &Problem, request: &RequestId) -> Reply {
    let text = format!(
        "<!doctype html><html lang=\"en\"><title>Please try again</title>\
         <h1>The payment page could not be opened</h1>\
         <p>Nothing was charged by opening this link. Please try it again in a moment.</p>\
         <p>Request {}</p></html>",
        request.as_str()
    );
    respond::html(problem.code.status(), text)
}
