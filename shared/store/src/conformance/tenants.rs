//! The wall between merchants (I12).

use super::world::World;
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::account::Mode;
use bellhop_domain::ids::{SessionKey, random_bytes};
use bellhop_domain::store::SessionFilter;

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        i12_a_session_is_found_under_its_merchant_only,
        i12_one_key_of_two_merchants_is_two_claims,
        i12_one_reference_of_two_merchants_is_two_bookings,
        one_reference_for_tests_and_for_real_is_two_bookings,
    )
}

async fn i12_a_session_is_found_under_its_merchant_only(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let neighbor = world.neighbor()?;
    let session = world.opened("RES-1").await?;
    let theirs = SessionKey { merchant: neighbor.merchant, ..session.key };
    equal("session", world.store.session(theirs).await?, None)?;
    let events = world.store.events(theirs, 0, 10).await?;
    equal("events", events.items, vec![])?;
    let filter = SessionFilter {
        mode: Mode::Test,
        reference: session.wish.reference.clone(),
        status: None,
        created_after: None,
        after: None,
        limit: 10,
    };
    let listed = world.store.sessions(neighbor.merchant, &filter).await?;
    equal("theirs", listed.items, vec![])?;
    let listed = world.store.sessions(world.merchant, &filter).await?;
    equal("ours", listed.items, vec![session])
}

async fn i12_one_key_of_two_merchants_is_two_claims(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let key = random_bytes()?;
    world.opened_with(key, "RES-1").await?;
    world.neighbor()?.opened_with(key, "RES-2").await.map(drop)
}

async fn i12_one_reference_of_two_merchants_is_two_bookings(store: Subject) -> Outcome {
    let world = World::new(store)?;
    world.opened("RES-1").await?;
    world.neighbor()?.opened("RES-1").await.map(drop)
}

/// Tests and real money never stand in each other's way, nor in each other's lists.
async fn one_reference_for_tests_and_for_real_is_two_bookings(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let test = world.opened("RES-1").await?;
    let mut live = world.session("RES-1")?;
    live.mode = Mode::Live;
    world.open(&live, random_bytes()?).await?;
    for (mode, session) in [(Mode::Test, test), (Mode::Live, live)] {
        let filter = SessionFilter {
            mode,
            reference: session.wish.reference.clone(),
            status: None,
            created_after: None,
            after: None,
            limit: 10,
        };
        let listed = world.store.sessions(world.merchant, &filter).await?;
        equal("listed", listed.items, vec![session])?;
    }
    Ok(())
}
