//! Payments that lead to sessions, and those that nobody knows yet.

use super::world::{World, looked, moved};
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::session::Change;
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::store::{Parking, PaymentLink, Save, Saved};

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        a_linked_payment_leads_to_its_session,
        an_unknown_payment_is_parked_until_it_is_known,
        a_parked_payment_stops_the_save,
        a_known_payment_is_never_parked,
        i1_a_payment_that_leads_to_one_session_leads_to_no_other,
        the_same_id_at_another_account_is_another_payment,
    )
}

async fn a_linked_payment_leads_to_its_session(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let (session, payment) = (world.opened("RES-1").await?, world.payment("p1")?);
    let change = moved(&session, AttemptStatus::Pending)?;
    let saved = link(&world, &change, (&payment, false)).await?;
    equal("save", saved, Saved::Done)?;
    let known = Parking::Known(session.key);
    equal("asked", park(&world, &payment).await?, known)?;
    equal("again", park(&world, &payment).await?, known)
}

async fn an_unknown_payment_is_parked_until_it_is_known(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let (session, payment) = (world.opened("RES-1").await?, world.payment("p1")?);
    equal("first", park(&world, &payment).await?, Parking::Parked)?;
    equal("again", park(&world, &payment).await?, Parking::Parked)?;
    let change = moved(&session, AttemptStatus::Pending)?;
    let saved = link(&world, &change, (&payment, true)).await?;
    equal("save", saved, Saved::Done)?;
    let known = Parking::Known(session.key);
    equal("known", park(&world, &payment).await?, known)?;
    let next = looked(&change.session, None)?;
    let saved = link(&world, &next, (&payment, false)).await?;
    equal("it is parked no more", saved, Saved::Done)
}

async fn a_parked_payment_stops_the_save(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let (session, payment) = (world.opened("RES-1").await?, world.payment("p1")?);
    park(&world, &payment).await?;
    let change = moved(&session, AttemptStatus::Pending)?;
    let saved = link(&world, &change, (&payment, false)).await?;
    equal("save", saved, Saved::Parked)?;
    equal("session", world.stored(&session).await?, Some(session.clone()))?;
    equal("events", world.sequences(&session).await?, vec![1])?;
    equal("parked", park(&world, &payment).await?, Parking::Parked)
}

async fn a_known_payment_is_never_parked(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let (session, payment) = (world.opened("RES-1").await?, world.payment("p1")?);
    let first = looked(&session, None)?;
    let saved = link(&world, &first, (&payment, false)).await?;
    equal("first", saved, Saved::Done)?;
    park(&world, &payment).await?;
    let second = moved(&first.session, AttemptStatus::Pending)?;
    let saved = link(&world, &second, (&payment, false)).await?;
    equal("second", saved, Saved::Done)
}

/// Whether or not a notification was waiting for it; and saving it again for its own session is fine.
async fn i1_a_payment_that_leads_to_one_session_leads_to_no_other(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let (first, second) = (world.opened("RES-1").await?, world.opened("RES-2").await?);
    let (payment, waited) = (world.payment("p1")?, world.payment("p2")?);
    let change = moved(&first, AttemptStatus::Pending)?;
    equal("first", link(&world, &change, (&payment, false)).await?, Saved::Done)?;
    let again = looked(&change.session, None)?;
    park(&world, &waited).await?;
    equal("its own", link(&world, &again, (&waited, true)).await?, Saved::Done)?;
    for (payment, even_if_parked) in [(&payment, false), (&payment, true), (&waited, false), (&waited, true)]
    {
        let change = moved(&second, AttemptStatus::Pending)?;
        let saved = link(&world, &change, (payment, even_if_parked)).await?;
        equal("the other's", saved, Saved::PaymentTaken(first.key))?;
        equal("leads", park(&world, payment).await?, Parking::Known(first.key))?;
    }
    equal("nothing is written", world.stored(&second).await?, Some(second.clone()))?;
    let last = looked(&again.session, None)?;
    equal("again", link(&world, &last, (&payment, true)).await?, Saved::Done)
}

async fn the_same_id_at_another_account_is_another_payment(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let neighbor = world.neighbor()?;
    let (session, payment) = (world.opened("RES-1").await?, world.payment("p1")?);
    equal("theirs", park(&neighbor, &payment).await?, Parking::Parked)?;
    let change = moved(&session, AttemptStatus::Pending)?;
    let saved = link(&world, &change, (&payment, false)).await?;
    equal("ours", saved, Saved::Done)?;
    equal("theirs", park(&neighbor, &payment).await?, Parking::Parked)
}

async fn park(world: &World, payment: &ProviderPaymentId) -> Outcome<Parking> {
    let parking = world.store.park(&world.account, payment, world.now);
    Ok(parking.await?)
}

async fn link(
    world: &World,
    change: &Change,
    (payment, even_if_parked): (&ProviderPaymentId, bool),
) -> Outcome<Saved> {
    let mut save = Save::only(&change.session, change.event.as_ref());
    save.payment = Some(PaymentLink { payment, even_if_parked });
    Ok(world.store.save(save).await?)
}
