//! Opening sessions.

use super::world::{World, claim, first_event};
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::account::Mode;
use bellhop_domain::attempt::{Attempt, Failure, FailureCode, Moved};
use bellhop_domain::ids::{AttemptId, random_bytes};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::session::{ReviewReason, Session};
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::store::{Opened, StoreError};
use bellhop_domain::text::{Description, ReturnUrl};
use bellhop_domain::wish::{Address, Capture, Options, Payer, Phone};
use serde_json::json;
use tokio::task::JoinSet;

/// Callers that open at the same time.
const RIVALS: usize = 64;

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        opening_writes_the_session_its_event_and_its_claim,
        opening_again_what_is_there_repeats,
        a_used_key_repeats_its_own_claim,
        a_held_reference_is_taken_and_nothing_is_written,
        a_used_key_wins_over_a_held_reference,
        a_session_that_is_there_is_never_overwritten,
        i5_of_64_opens_with_one_key_one_is_done,
        i1_of_64_opens_with_one_reference_one_is_done,
        a_full_session_comes_back_as_it_was,
        a_minimal_session_comes_back_as_it_was,
    )
}

async fn opening_writes_the_session_its_event_and_its_claim(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.session("RES-1")?;
    let (event, claim) = (first_event(&session)?, claim(&session, random_bytes()?));
    let opened = world.store.open(&session, &event, &claim).await?;
    equal("opened", opened, Opened::Done)?;
    equal("session", world.stored(&session).await?, Some(session.clone()))?;
    let events = world.store.events(session.key, 0, 10).await?;
    equal("events", events.items, vec![event.clone()])?;
    let other = world.session("RES-2")?;
    let again = world.store.open(&other, &event, &claim).await?;
    equal("claim", again, Opened::Repeated(Box::new(claim)))
}

async fn opening_again_what_is_there_repeats(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let (session, key) = (world.session("RES-1")?, random_bytes()?);
    equal("first", world.open(&session, key).await?, Opened::Done)?;
    let repeated = Opened::Repeated(Box::new(claim(&session, key)));
    equal("second", world.open(&session, key).await?, repeated)?;
    equal("events", world.sequences(&session).await?, vec![1])
}

async fn a_used_key_repeats_its_own_claim(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let key = random_bytes()?;
    let first = world.opened_with(key, "RES-1").await?;
    let second = world.session("RES-2")?;
    let repeated = Opened::Repeated(Box::new(claim(&first, key)));
    equal("second", world.open(&second, key).await?, repeated)?;
    equal("second session", world.stored(&second).await?, None)?;
    equal("its events", world.sequences(&second).await?, vec![])?;
    let third = world.opened("RES-2").await;
    equal("its reference is free", third.is_ok(), true)
}

async fn a_held_reference_is_taken_and_nothing_is_written(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let holder = world.opened("RES-1").await?;
    let (second, key) = (world.session("RES-1")?, random_bytes()?);
    let taken = Opened::ReferenceTaken(holder.key.session);
    equal("second", world.open(&second, key).await?, taken)?;
    equal("second session", world.stored(&second).await?, None)?;
    equal("its events", world.sequences(&second).await?, vec![])?;
    let third = world.session("RES-2")?;
    equal("its key is free", world.open(&third, key).await?, Opened::Done)
}

async fn a_used_key_wins_over_a_held_reference(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let key = random_bytes()?;
    let first = world.opened_with(key, "RES-1").await?;
    world.opened("RES-2").await?;
    let repeated = Opened::Repeated(Box::new(claim(&first, key)));
    let both = world.session("RES-2")?;
    equal("both", world.open(&both, key).await?, repeated)
}

async fn a_session_that_is_there_is_never_overwritten(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let first = world.opened("RES-1").await?;
    let mut second = world.session("RES-2")?;
    second.key = first.key;
    let (event, claim) = (first_event(&second)?, claim(&second, random_bytes()?));
    let opened = world.store.open(&second, &event, &claim).await;
    let corrupt = matches!(opened, Err(StoreError::Corrupt(_)));
    equal("refused as corrupt", corrupt, true)?;
    equal("first", world.stored(&first).await?, Some(first))
}

async fn i5_of_64_opens_with_one_key_one_is_done(store: Subject) -> Outcome {
    let (world, key) = (World::new(store)?, random_bytes()?);
    let mut rivals = JoinSet::new();
    for rival in 0..RIVALS {
        let world = world.clone();
        let session = world.session(&format!("RES-{rival}"))?;
        rivals.spawn(async move { (session.clone(), world.open(&session, key).await) });
    }
    let (winners, others) = sort(rivals.join_all().await)?;
    let winner = winners.first().ok_or("nobody won")?;
    equal("winners", winners.len(), 1)?;
    let repeated = Opened::Repeated(Box::new(claim(winner, key)));
    for (loser, opened) in others {
        equal("loser", opened, repeated.clone())?;
        equal("session of a loser", world.stored(&loser).await?, None)?;
    }
    Ok(())
}

async fn i1_of_64_opens_with_one_reference_one_is_done(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let mut rivals = JoinSet::new();
    for _ in 0..RIVALS {
        let (world, key) = (world.clone(), random_bytes()?);
        let session = world.session("RES-1")?;
        rivals.spawn(async move { (session.clone(), world.open(&session, key).await) });
    }
    let (winners, others) = sort(rivals.join_all().await)?;
    let winner = winners.first().ok_or("nobody won")?;
    equal("winners", winners.len(), 1)?;
    let taken = Opened::ReferenceTaken(winner.key.session);
    for (loser, opened) in others {
        equal("loser", opened, taken.clone())?;
        equal("session of a loser", world.stored(&loser).await?, None)?;
    }
    Ok(())
}

type Sorted = (Vec<Session>, Vec<(Session, Opened)>);

fn sort(answers: Vec<(Session, Outcome<Opened>)>) -> Outcome<Sorted> {
    let (mut winners, mut others) = (Vec::new(), Vec::new());
    for (session, opened) in answers {
        match opened? {
            Opened::Done => winners.push(session),
            other => others.push((session, other)),
        }
    }
    Ok((winners, others))
}

async fn a_full_session_comes_back_as_it_was(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let mut session = world.session(&"Ünïcode #R# reference ".repeat(11))?;
    session.mode = Mode::Live;
    session.attempts = (0..5).map(|_| full_attempt(&world)).collect::<Outcome<_>>()?;
    (session.closed, session.paid_late, session.paid_elsewhere) = (true, true, true);
    session.review = Some(ReviewReason::Contradiction);
    let wish = &mut session.wish;
    wish.description = Description::parse(&"Zimmer ".repeat(36))?;
    let long = format!("https://booking.example/{}?q=%20", "x".repeat(1900));
    wish.return_url = ReturnUrl::parse(&long, false)?;
    wish.capture = Capture::Manual;
    wish.payer = full_payer();
    let notes = (0..20).map(|n| (format!("note {n}"), "\"\\\u{1F3E8}".repeat(20)));
    wish.metadata = notes.collect();
    let options = json!({"empty": {}, "list": [1, null, true, "x"], "deep": {"a": {"b": -7}}});
    wish.options = Options(options.as_object().cloned().unwrap_or_default());
    world.open(&session, random_bytes()?).await?;
    equal("session", world.stored(&session).await?, Some(session))
}

fn full_attempt(world: &World) -> Outcome<Attempt> {
    Ok(Attempt {
        id: AttemptId::generate(world.now)?,
        status: AttemptStatus::Failed,
        payment: Some(world.payment("hu20sqlact5260q2nanm0q8u93")?),
        page: Some("https://www.payments.example/secure/a%20b?c=d#e".parse()?),
        failure: Some(Failure { code: FailureCode::Declined, retry: true }),
        moved: Moved { authorized: 1, captured: 999_999_999_999, refunded: u64::MAX },
        charged_as: Some(Money::new(987, Currency::EUR)?),
        not_before: Some(world.at(5)?),
        watched: true,
        looks: u32::MAX,
        looked_at: Some(world.at(2)?),
        look_at: Some(world.at(-3)?),
        created_at: world.at(-1)?,
        changed_at: world.at(4)?,
    })
}

fn full_payer() -> Payer {
    let text = |text: &str| Some(text.to_owned());
    Payer {
        name: text("Ada Lovelace"),
        email: text("ada@example.org"),
        phone: Some(Phone { country_code: "+47".to_owned(), number: "12345678".to_owned() }),
        address: Some(Address {
            line1: text("12 St James's Square"),
            line2: text(""),
            postcode: text("SW1Y 4JH"),
            city: text("London"),
            country: text("GB"),
        }),
    }
}

async fn a_minimal_session_comes_back_as_it_was(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let mut session = world.session("1")?;
    session.attempts.clear();
    session.wish.locale.clear();
    world.open(&session, random_bytes()?).await?;
    equal("session", world.stored(&session).await?, Some(session))
}
