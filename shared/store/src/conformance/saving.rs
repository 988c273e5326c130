//! Saving sessions.

use super::world::{World, looked, moved};
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::idempotency::KeyHash;
use bellhop_domain::ids::random_bytes;
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::store::{ClaimEnd, Opened, Parking, PaymentLink, ReferenceHold, Save, Saved};
use tokio::task::JoinSet;

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        saving_writes_the_next_version_and_its_event,
        i6_a_save_over_another_version_writes_nothing,
        a_session_that_was_never_opened_conflicts,
        a_save_without_an_event_writes_none,
        of_16_saves_of_one_version_one_is_done,
        a_conflict_wins_over_every_other_reason,
        an_unknown_session_is_absent,
    )
}

async fn saving_writes_the_next_version_and_its_event(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let change = moved(&session, AttemptStatus::Pending)?;
    equal("save", world.save(&change).await?, Saved::Done)?;
    let stored = world.stored(&session).await?;
    equal("session", stored.as_ref(), Some(&change.session))?;
    let events = world.store.events(session.key, 1, 10).await?;
    equal("event", events.items.first(), change.event.as_ref())
}

async fn i6_a_save_over_another_version_writes_nothing(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let first = looked(&session, None)?;
    equal("first", world.save(&first).await?, Saved::Done)?;
    let second = moved(&session, AttemptStatus::Succeeded)?;
    equal("second", world.save(&second).await?, Saved::Conflict)?;
    let mut skips = moved(&first.session, AttemptStatus::Succeeded)?;
    skips.session.version = skips.session.version.saturating_add(1);
    equal("skipping", world.save(&skips).await?, Saved::Conflict)?;
    let stored = world.stored(&session).await?;
    equal("session", stored, Some(first.session))?;
    equal("events", world.sequences(&session).await?, vec![1])
}

async fn a_session_that_was_never_opened_conflicts(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.session("RES-1")?;
    let alone = looked(&session, None)?;
    equal("alone", world.save(&alone).await?, Saved::Conflict)?;
    let with_event = moved(&session, AttemptStatus::Pending)?;
    equal("with event", world.save(&with_event).await?, Saved::Conflict)?;
    equal("session", world.stored(&session).await?, None)?;
    equal("events", world.sequences(&session).await?, vec![])
}

async fn a_save_without_an_event_writes_none(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let change = looked(&session, Some(world.at(9)?))?;
    equal("no event", change.event.is_none(), true)?;
    equal("save", world.save(&change).await?, Saved::Done)?;
    equal("session", world.stored(&session).await?, Some(change.session))?;
    equal("events", world.sequences(&session).await?, vec![1])
}

async fn of_16_saves_of_one_version_one_is_done(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let mut rivals = JoinSet::new();
    for _ in 0..16 {
        let (world, change) = (world.clone(), moved(&session, AttemptStatus::Pending)?);
        rivals.spawn(async move { (change.clone(), world.save(&change).await) });
    }
    let mut winners = Vec::new();
    for (change, saved) in rivals.join_all().await {
        match saved? {
            Saved::Done => winners.push(change),
            other => equal("loser", other, Saved::Conflict)?,
        }
    }
    equal("winners", winners.len(), 1)?;
    let winner = winners.first().ok_or("nobody won")?;
    let stored = world.stored(&session).await?;
    equal("session", stored.as_ref(), Some(&winner.session))?;
    let events = world.store.events(session.key, 1, 10).await?;
    equal("event", events.items.first(), winner.event.as_ref())?;
    equal("events", events.items.len(), 1)
}

async fn a_conflict_wins_over_every_other_reason(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let key: KeyHash = random_bytes()?;
    let old = world.ended("RES-1", AttemptStatus::Failed).await?;
    let holder = world.opened_with(key, "RES-1").await?;
    let payment = world.payment("conflicting")?;
    world.store.park(&world.account, &payment, world.now).await?;
    let mut change = moved(&old, AttemptStatus::Pending)?;
    change.session.version = old.version;
    let save = Save {
        payment: Some(PaymentLink { payment: &payment, even_if_parked: false }),
        reference: ReferenceHold::Take,
        claim: ClaimEnd::Forget(&key),
        ..Save::only(&change.session, change.event.as_ref())
    };
    equal("save", world.store.save(save).await?, Saved::Conflict)?;
    equal("session", world.stored(&old).await?, Some(old))?;
    let parking = world.store.park(&world.account, &payment, world.now).await?;
    equal("payment", parking, Parking::Parked)?;
    let third = world.session("RES-1")?;
    let taken = Opened::ReferenceTaken(holder.key.session);
    equal("hold", world.open(&third, random_bytes()?).await?, taken)?;
    let repeated = matches!(world.open(&third, key).await?, Opened::Repeated(_));
    equal("claim is kept", repeated, true)
}

async fn an_unknown_session_is_absent(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.session("RES-1")?;
    equal("session", world.stored(&session).await?, None)
}
