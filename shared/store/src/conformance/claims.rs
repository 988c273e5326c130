//! Claims to requests and the answers to them.

use super::world::{World, answer, claim, looked};
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::SignedDuration;
use bellhop_domain::idempotency::{KEPT_FOR, KeyHash, StoredAnswer};
use bellhop_domain::ids::random_bytes;
use bellhop_domain::session::Session;
use bellhop_domain::store::{ClaimEnd, Opened, Save, Saved};

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        i5_an_answer_comes_back_byte_for_byte,
        a_late_answer_closes_the_claim,
        i5_the_first_answer_stays,
        an_answer_to_no_claim_makes_none,
        a_forgotten_key_can_be_used_again,
        the_claim_of_another_session_is_left_alone,
        an_expired_claim_counts_as_absent,
        a_claim_is_known_to_its_last_second,
    )
}

async fn i5_an_answer_comes_back_byte_for_byte(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    let session = world.opened_with(key, "RES-1").await?;
    let given = answer("{\"id\": \"\u{1F3E8}\\u0000\",\r\n \"pay_url\": \"{payer_token}\"}");
    let saved = end(&world, &session, ClaimEnd::Answer(&key, &given)).await?;
    equal("save", saved, Saved::Done)?;
    answered(&world, (&session, key), Some(given)).await
}

async fn a_late_answer_closes_the_claim(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    let session = world.opened_with(key, "RES-1").await?;
    answered(&world, (&session, key), None).await?;
    let given = answer("");
    world.store.answer(world.merchant, &key, &given).await?;
    answered(&world, (&session, key), Some(given)).await
}

async fn i5_the_first_answer_stays(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    let session = world.opened_with(key, "RES-1").await?;
    let (first, second) = (answer("first"), answer("second"));
    world.store.answer(world.merchant, &key, &first).await?;
    world.store.answer(world.merchant, &key, &second).await?;
    let saved = end(&world, &session, ClaimEnd::Answer(&key, &second)).await?;
    equal("save", saved, Saved::Done)?;
    answered(&world, (&session, key), Some(first)).await
}

async fn an_answer_to_no_claim_makes_none(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    world.store.answer(world.merchant, &key, &answer("")).await?;
    let session = world.opened("RES-1").await?;
    let given = answer("");
    let saved = end(&world, &session, ClaimEnd::Answer(&key, &given)).await?;
    equal("save", saved, Saved::Done)?;
    world.opened_with(key, "RES-2").await.map(drop)
}

async fn a_forgotten_key_can_be_used_again(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    let session = world.opened_with(key, "RES-1").await?;
    let saved = end(&world, &session, ClaimEnd::Forget(&key)).await?;
    equal("save", saved, Saved::Done)?;
    let second = world.opened_with(key, "RES-2").await?;
    answered(&world, (&second, key), None).await
}

async fn the_claim_of_another_session_is_left_alone(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    let first = world.opened_with(key, "RES-1").await?;
    end(&world, &first, ClaimEnd::Forget(&key)).await?;
    let second = world.opened_with(key, "RES-2").await?;
    let given = answer("of the first");
    for claim in [ClaimEnd::Answer(&key, &given), ClaimEnd::Forget(&key)] {
        let first = world.stored(&first).await?.ok_or("the first is gone")?;
        let saved = end(&world, &first, claim).await?;
        equal("save", saved, Saved::Done)?;
    }
    answered(&world, (&second, key), None).await
}

async fn an_expired_claim_counts_as_absent(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    world.opened_with(key, "RES-1").await?;
    let mut later = world.clone();
    later.now = later.now.checked_add(KEPT_FOR)?;
    later.now = later.now.checked_add(SignedDuration::from_secs(1))?;
    let second = later.opened_with(key, "RES-2").await?;
    answered(&later, (&second, key), None).await
}

async fn a_claim_is_known_to_its_last_second(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    let session = world.opened_with(key, "RES-1").await?;
    let mut later = world.clone();
    later.now = later.now.checked_add(KEPT_FOR)?;
    answered(&later, (&session, key), None).await
}

/// Saves the session's next version, nothing else changed, with the claim's end.
async fn end(world: &World, session: &Session, claim: ClaimEnd<'_>) -> Outcome<Saved> {
    let stored = world.stored(session).await?.ok_or("no session")?;
    let change = looked(&stored, None)?;
    let mut save = Save::only(&change.session, None);
    save.claim = claim;
    Ok(world.store.save(save).await?)
}

/// Asks again with the key, and expects the session's claim with `wanted` as its answer.
async fn answered(
    world: &World,
    (session, key): (&Session, KeyHash),
    wanted: Option<StoredAnswer>,
) -> Outcome {
    let again = world.session("asked again")?;
    let mut claim = claim(session, key);
    claim.answer = wanted;
    let repeated = Opened::Repeated(Box::new(claim));
    equal("claim", world.open(&again, key).await?, repeated)
}
