//! What becomes of a create: a payment, nothing to pay, or a request that was there already.

use super::{
    ECHO, GROUP, ID, adapter, adapter_at, adapter_of, attempt, bare_secret, given, golden, good, landing,
    order, payment_id, wish, wish_with,
};
use crate::test_server::{Act, Server};
use bellhop_domain::provider::{Created, Operation, Provider, ProviderErrorKind as Kind, ProviderPaymentId};

async fn created(body: &str) -> Result<Created, Kind> {
    let mut server = Server::with([good(body)]).await;
    let made = adapter_of(&server).create(&order(&wish())).await;
    server.request().await;
    assert!(server.is_quiet());
    made.map_err(|error| error.kind)
}

#[tokio::test]
async fn a_booking_is_known_by_its_request_and_group() {
    assert_eq!(created(golden!("created")).await, Ok(Created::payable(payment_id(), None)));
}

#[tokio::test]
async fn a_booking_without_a_request_has_nothing_to_pay() {
    let payment = ProviderPaymentId::parse(GROUP).unwrap();
    let free = Created { payment, page: None, nothing_to_pay: true };
    assert_eq!(created(golden!("created_free")).await, Ok(free));
}

#[tokio::test]
async fn an_answer_without_notes_is_still_the_answer() {
    for notes in ["null", "\"\"", "\"Quiet room please.\""] {
        let body = golden!("created").replace(&format!("\"Quiet room please. (Bellhop {ECHO})\""), notes);
        assert_eq!(created(&body).await, Ok(Created::payable(payment_id(), None)), "{notes}");
    }
}

#[tokio::test]
async fn ids_in_capitals_are_the_same_ids() {
    let body = golden!("created").replace(GROUP, &GROUP.to_uppercase());
    assert_eq!(created(&body).await.unwrap().payment.as_str(), ID);
}

/// Nothing is booked, and nobody is asked: a server that answers nothing is not even spoken to.
#[tokio::test]
async fn a_given_request_is_opened_without_a_call() {
    let mut server = Server::with([Act::Close]).await;
    let provider = adapter_of(&server);
    let wish = wish_with(&given());
    let made = provider.create(&order(&wish)).await.unwrap();
    assert_eq!(made, Created::payable(payment_id(), None));
    let (payment, back) = (payment_id(), landing());
    assert!(super::pages::page(&provider, &payment, &back).await.is_ok());
    assert!(server.is_quiet());
}

/// I1: without the Connector API a lost booking is for a person, and there is no way to make it again.
#[tokio::test]
async fn i1_what_cannot_be_found_is_not_looked_for() {
    let (connected, alone) = (adapter(), adapter_at("https://api.mews.example", &bare_secret()));
    let (booking, request) = (wish(), wish_with(&given()));
    assert!(connected.lookup(&booking).is_some() && connected.lookup(&request).is_some());
    assert!(alone.lookup(&booking).is_none() && alone.lookup(&request).is_some());
    assert!(alone.cancels().is_none() && alone.refunds().is_none() && alone.resolves().is_none());
    assert!(alone.captures().is_none() && alone.confirms().is_none() && alone.pages().is_some());
    let error = alone_search(&alone).await;
    assert_eq!((error.kind, error.operation), (Kind::Unauthorized, Operation::Lookup));
}

async fn alone_search(alone: &super::Mews) -> bellhop_domain::provider::ProviderError {
    bellhop_domain::provider::Lookup::find(alone, &wish(), attempt()).await.unwrap_err()
}
