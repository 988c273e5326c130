//! Taking in what a provider sends.

use super::wishes::{account_at, start};
use super::world::World;
use bellhop_domain::account::AccountRef;
use bellhop_domain::flows::{IngestError, ingest};
use bellhop_domain::notification::RawNotification;
use bellhop_domain::queue::Task;

async fn send(world: &World, proof: &str, body: &[u8]) -> Result<usize, IngestError> {
    send_to(world, &account_at(), proof, body).await
}

async fn send_to(world: &World, at: &AccountRef, proof: &str, body: &[u8]) -> Result<usize, IngestError> {
    let headers = [("Proof".to_owned(), proof.to_owned())];
    let raw = RawNotification {
        method: "POST",
        path: "/webhooks/govuk_pay/harbour-hotel",
        query: "",
        headers: &headers,
        body,
    };
    let (accounts, queue) = (&*world.accounts, &*world.queue);
    ingest(accounts, queue, (at, &raw), start()).await
}

#[tokio::test]
async fn i7_each_payment_that_a_proven_message_names_is_queued_for_its_merchant() {
    let world = World::new();
    assert_eq!(send(&world, "good", b"pay0 pay1").await.unwrap(), 2);
    let expected = ["pay0", "pay1"].map(|payment| world.notice(payment, world.merchant));
    assert_eq!(world.queue.take(), expected);
    assert_eq!(send(&world, "good", b"").await.unwrap(), 0);
    assert_eq!(world.queue.take(), Vec::<Task>::new());
}

#[tokio::test]
async fn nothing_is_queued_that_is_not_proven_or_not_readable() {
    let world = World::new();
    let forged = send(&world, "forged", b"pay0").await;
    assert!(matches!(forged, Err(IngestError::BadProof)));
    let garbage = send(&world, "good", &[0xff, 0xfe]).await;
    assert!(matches!(garbage, Err(IngestError::Unreadable(_))));
    let stranger = AccountRef::parse("govuk_pay/stranger").unwrap();
    let unknown = send_to(&world, &stranger, "good", b"pay0").await;
    assert!(matches!(unknown, Err(IngestError::UnknownAccount)));
    assert_eq!(world.queue.take(), Vec::<Task>::new());
}

#[tokio::test]
async fn i7_a_queue_that_is_down_acknowledges_nothing() {
    let world = World::new();
    world.queue.break_down();
    let result = send(&world, "good", b"pay0").await;
    assert!(matches!(result, Err(IngestError::Queue(_))));
}

#[tokio::test]
async fn a_proof_under_a_rotated_secret_holds_after_one_renewal() {
    let world = World::new();
    world.accounts.rotate();
    world.pay.books().proofs_fail = 1;
    assert_eq!(send(&world, "good", b"pay0").await.unwrap(), 1);
    assert_eq!(world.accounts.renewals(), 1);
}

#[tokio::test]
async fn i9_a_forged_proof_costs_one_renewal_at_most() {
    let world = World::new();
    world.accounts.rotate();
    send(&world, "forged", b"pay0").await.unwrap_err();
    assert_eq!(world.accounts.renewals(), 1);
}
