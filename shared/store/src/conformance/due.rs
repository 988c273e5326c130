//! Sessions that are due for a look. Other cases' sessions stand in the same shards.

use super::world::{World, ended, looked};
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::Timestamp;
use bellhop_domain::account::AccountRef;
use bellhop_domain::provider::ProviderName;
use bellhop_domain::session::Session;
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::store::{DUE_SHARDS, Due, Saved};

/// Pages that one shard may take here.
const MAX_PAGES: usize = 1_000;

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        what_is_due_is_listed_and_nothing_later,
        each_session_tells_its_account_in_every_page,
        the_longest_due_comes_first,
        every_session_is_in_one_shard,
        pages_meet_and_repeat_nothing,
        a_finished_session_is_due_no_more,
        a_look_that_moved_is_due_at_its_new_time_only,
        nothing_lies_behind_a_place_in_the_future,
    )
}

async fn what_is_due_is_listed_and_nothing_later(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let since = world.at(1)?;
    let before = Timestamp::from_millisecond(since.as_millisecond().saturating_sub(1))?;
    equal("before", due(&world, before).await?, vec![])?;
    let listed = vec![listed(&session, since)];
    equal("on time", due(&world, since).await?, listed.clone())?;
    equal("later", due(&world, world.at(999)?).await?, listed)
}

async fn each_session_tells_its_account_in_every_page(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let other = World {
        account: AccountRef { provider: ProviderName::Powens, ..world.account.clone() },
        ..world.clone()
    };
    let mut wanted = Vec::new();
    for n in 0..24 {
        let world = [&world, &other][n % 2];
        let session = world.opened(&format!("RES-{n}")).await?;
        wanted.push((session.key, Some(world.account.clone())));
    }
    wanted.sort();
    for limit in [1, 100] {
        let mut told = Vec::new();
        for shard in 0..DUE_SHARDS {
            told.extend(own(&world, of_shard(&world, (shard, world.at(1)?), limit).await?));
        }
        let mut told: Vec<_> = told.into_iter().map(|due| (due.session, due.account)).collect();
        told.sort();
        equal("accounts", &told, &wanted)?;
    }
    Ok(())
}

async fn the_longest_due_comes_first(store: Subject) -> Outcome {
    let world = World::new(store)?;
    for minutes in [7, -2_000_000, 3, 5, 1, 0, 6] {
        let world = world.later(minutes)?;
        world.opened(&format!("RES{minutes}")).await?;
    }
    let times = |due: &[Due]| due.iter().map(|due| due.since).collect::<Vec<_>>();
    let mut found = 0;
    for shard in 0..DUE_SHARDS {
        let due = of_shard(&world, (shard, world.at(100)?), 100).await?;
        let mut sorted = times(&due);
        sorted.sort_unstable();
        equal("order in a shard", times(&due), sorted)?;
        found += own(&world, due).len();
    }
    equal("all of them", found, 7)
}

async fn every_session_is_in_one_shard(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let mut wanted = Vec::new();
    for n in 0..48 {
        let session = world.opened(&format!("RES-{n}")).await?;
        wanted.push(listed(&session, world.at(1)?));
    }
    let mut found = due(&world, world.at(1)?).await?;
    let mut shards = 0;
    for shard in 0..DUE_SHARDS {
        let due = of_shard(&world, (shard, world.at(1)?), 100).await?;
        shards += usize::from(!own(&world, due).is_empty());
    }
    let order = |due: &Due| due.session;
    wanted.sort_by_key(order);
    found.sort_by_key(order);
    equal("sessions", found, wanted)?;
    // All 48 in fewer than 4 of 16 shards happens once in 10^28 runs.
    equal("they are spread", shards >= 4, true)
}

async fn pages_meet_and_repeat_nothing(store: Subject) -> Outcome {
    let world = World::new(store)?;
    for n in 0..40 {
        let world = world.later(n % 3)?;
        world.opened(&format!("RES-{n}")).await?;
    }
    for shard in 0..DUE_SHARDS {
        let at = (shard, world.at(10)?);
        let whole = own(&world, of_shard(&world, at, 1_000).await?);
        for limit in [1, 2, 7] {
            let pages = own(&world, of_shard(&world, at, limit).await?);
            equal("pages", &pages, &whole)?;
        }
    }
    Ok(())
}

async fn a_finished_session_is_due_no_more(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let change = ended(&session, AttemptStatus::Succeeded)?;
    equal("save", world.save(&change).await?, Saved::Done)?;
    equal("due", due(&world, world.at(999_999)?).await?, vec![])
}

async fn a_look_that_moved_is_due_at_its_new_time_only(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let since = world.at(20)?;
    let change = looked(&session, Some(since))?;
    equal("save", world.save(&change).await?, Saved::Done)?;
    equal("early", due(&world, world.at(19)?).await?, vec![])?;
    let wanted = vec![listed(&session, since)];
    equal("on time", due(&world, since).await?, wanted)?;
    let change = looked(&change.session, None)?;
    equal("save", world.save(&change).await?, Saved::Done)?;
    let wanted = vec![listed(&session, session.expires_at)];
    equal("at the end", due(&world, world.at(60)?).await?, wanted)
}

async fn nothing_lies_behind_a_place_in_the_future(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.opened("RES-1").await?;
    let after = listed(&session, world.at(50)?);
    for shard in 0..DUE_SHARDS {
        let page = world.store.due(shard, world.at(40)?, Some(&after), 10).await?;
        equal("items", page.items, vec![])?;
        equal("next", page.next, None)?;
    }
    Ok(())
}

fn listed(session: &Session, since: Timestamp) -> Due {
    Due { session: session.key, since, account: Some(session.wish.account.clone()) }
}

fn own(world: &World, due: Vec<Due>) -> Vec<Due> {
    let due = due.into_iter();
    due.filter(|due| due.session.merchant == world.merchant).collect()
}

/// This merchant's due sessions of all shards.
async fn due(world: &World, now: Timestamp) -> Outcome<Vec<Due>> {
    let mut all = Vec::new();
    for shard in 0..DUE_SHARDS {
        all.extend(own(world, of_shard(world, (shard, now), 100).await?));
    }
    Ok(all)
}

/// Everybody's due sessions of a shard, page by page.
async fn of_shard(world: &World, (shard, now): (u8, Timestamp), limit: usize) -> Outcome<Vec<Due>> {
    let (mut all, mut after) = (Vec::new(), None);
    for _ in 0..MAX_PAGES {
        let page = world.store.due(shard, now, after.as_ref(), limit).await?;
        equal("within the limit", page.items.len() <= limit, true)?;
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
    Err("the pages have no end".into())
}
