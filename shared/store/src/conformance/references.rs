//! Holds on booking references.

use super::world::{World, looked, moved};
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::ids::{SessionId, random_bytes};
use bellhop_domain::session::Session;
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::store::{Opened, ReferenceHold, Save, Saved};

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        a_freed_reference_serves_another_session,
        freeing_leaves_the_hold_of_another,
        a_freed_reference_can_be_taken_again,
        a_reference_of_another_cannot_be_taken,
        taking_what_one_holds_changes_nothing,
        freeing_twice_is_fine,
    )
}

async fn a_freed_reference_serves_another_session(store: Subject) -> Outcome {
    let world = World::new(store)?;
    world.ended("RES-1", AttemptStatus::Failed).await?;
    let second = world.opened("RES-1").await?;
    held_by(&world, second.key.session).await
}

async fn freeing_leaves_the_hold_of_another(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let first = world.ended("RES-1", AttemptStatus::Failed).await?;
    let second = world.opened("RES-1").await?;
    let change = moved(&first, AttemptStatus::Expired)?;
    let mut save = Save::only(&change.session, change.event.as_ref());
    save.reference = ReferenceHold::Free;
    let first = world.saved(&first, save).await?;
    equal("first", world.stored(&first).await?, Some(first.clone()))?;
    equal("its events", world.sequences(&first).await?, vec![1, 2, 3])?;
    let alone = with_hold(&world, &first, ReferenceHold::Free).await?;
    equal("without an event", alone, Saved::Done)?;
    held_by(&world, second.key.session).await
}

async fn a_freed_reference_can_be_taken_again(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let first = world.ended("RES-1", AttemptStatus::Failed).await?;
    let taken = with_hold(&world, &first, ReferenceHold::Take).await?;
    equal("take", taken, Saved::Done)?;
    held_by(&world, first.key.session).await
}

async fn a_reference_of_another_cannot_be_taken(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let first = world.ended("RES-1", AttemptStatus::Failed).await?;
    let second = world.opened("RES-1").await?;
    let taken = with_hold(&world, &first, ReferenceHold::Take).await?;
    equal("take", taken, Saved::ReferenceTaken(second.key.session))?;
    equal("first", world.stored(&first).await?, Some(first))?;
    held_by(&world, second.key.session).await
}

async fn taking_what_one_holds_changes_nothing(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let taken = with_hold(&world, &session, ReferenceHold::Take).await?;
    equal("take", taken, Saved::Done)?;
    held_by(&world, session.key.session).await
}

async fn freeing_twice_is_fine(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.ended("RES-1", AttemptStatus::Failed).await?;
    let freed = with_hold(&world, &session, ReferenceHold::Free).await?;
    equal("free", freed, Saved::Done)?;
    world.opened("RES-1").await.map(drop)
}

async fn with_hold(world: &World, session: &Session, hold: ReferenceHold) -> Outcome<Saved> {
    let change = looked(session, None)?;
    let mut save = Save::only(&change.session, None);
    save.reference = hold;
    Ok(world.store.save(save).await?)
}

async fn held_by(world: &World, holder: SessionId) -> Outcome {
    let another = world.session("RES-1")?;
    let opened = world.open(&another, random_bytes()?).await?;
    equal("holder", opened, Opened::ReferenceTaken(holder))
}
