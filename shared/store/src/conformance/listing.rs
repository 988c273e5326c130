//! Lists of sessions and events.

use super::world::{World, looked, moved};
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::account::Mode;
use bellhop_domain::ids::SessionId;
use bellhop_domain::session::Session;
use bellhop_domain::status::{AttemptStatus, SessionStatus};
use bellhop_domain::store::{Saved, SessionFilter};
use bellhop_domain::text::Reference;

/// Pages that one list may take here.
const MAX_PAGES: usize = 100;

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        a_bookings_sessions_come_oldest_first,
        a_status_filters,
        a_moment_filters,
        filtered_pages_meet_and_end,
        events_come_in_pages_oldest_first,
        a_session_without_events_has_an_empty_page,
    )
}

async fn a_bookings_sessions_come_oldest_first(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let booked = booked(&world, 5).await?;
    world.opened("RES-10").await?;
    world.opened("RES").await?;
    let page = world.store.sessions(world.merchant, &filter(100)?).await?;
    equal("sessions", page.items, booked)?;
    equal("next", page.next, None)
}

async fn a_status_filters(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let booked = booked(&world, 6).await?;
    for status in [SessionStatus::Failed, SessionStatus::Expired] {
        let mut filter = filter(100)?;
        filter.status = Some(status);
        let page = world.store.sessions(world.merchant, &filter).await?;
        let wanted = booked.iter().filter(|session| session.status() == status);
        let wanted: Vec<Session> = wanted.cloned().collect();
        equal("some are", wanted.is_empty(), false)?;
        equal("sessions", page.items, wanted)?;
    }
    let mut filter = filter(100)?;
    filter.status = Some(SessionStatus::Review);
    let page = world.store.sessions(world.merchant, &filter).await?;
    equal("none", page.items, vec![])
}

async fn a_moment_filters(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let booked = booked(&world, 5).await?;
    let mut filter = filter(100)?;
    filter.created_after = booked.get(2).map(|session| session.created_at);
    let page = world.store.sessions(world.merchant, &filter).await?;
    equal("from there on", Some(page.items.as_slice()), booked.get(2..))?;
    filter.after = booked.first().map(|session| session.key.session);
    let page = world.store.sessions(world.merchant, &filter).await?;
    equal("a place before", Some(page.items.as_slice()), booked.get(2..))?;
    filter.after = booked.get(3).map(|session| session.key.session);
    let page = world.store.sessions(world.merchant, &filter).await?;
    equal("a place behind", Some(page.items.as_slice()), booked.get(4..))
}

async fn filtered_pages_meet_and_end(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let booked = booked(&world, 25).await?;
    for status in [None, Some(SessionStatus::Failed)] {
        let wanted = booked.iter().filter(|session| status.is_none_or(|status| session.status() == status));
        let wanted: Vec<SessionId> = wanted.map(|session| session.key.session).collect();
        for limit in [1, 2, 13, 100] {
            let mut filter = filter(limit)?;
            filter.status = status;
            equal("pages", &all_pages(&world, filter).await?, &wanted)?;
        }
    }
    Ok(())
}

async fn events_come_in_pages_oldest_first(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let mut session = world.opened("RES-1").await?;
    for n in 0..11 {
        let even = n % 2 == 0;
        let status = [AttemptStatus::Pending, AttemptStatus::Processing];
        let change = moved(&session, status[usize::from(even)])?;
        equal("save", world.save(&change).await?, Saved::Done)?;
        session = change.session;
    }
    equal("all", world.sequences(&session).await?, (1..=12).collect())?;
    let page = world.store.events(session.key, 3, 4).await?;
    let sequences: Vec<u64> = page.items.iter().map(|event| event.sequence).collect();
    equal("a page", sequences, vec![4, 5, 6, 7])?;
    equal("its next", page.next, Some(7))?;
    let page = world.store.events(session.key, 8, 4).await?;
    equal("the last page", page.items.len(), 4)?;
    equal("it ends", page.next, None)?;
    let page = world.store.events(session.key, 12, 4).await?;
    equal("behind the end", page.items, vec![])
}

async fn a_session_without_events_has_an_empty_page(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let session = world.session("RES-1")?;
    let page = world.store.events(session.key, 0, 10).await?;
    equal("events", page.items, vec![])?;
    equal("next", page.next, None)
}

/// Sessions of booking `RES-1`, a minute apart: two of three failed, the others expired.
async fn booked(world: &World, count: i64) -> Outcome<Vec<Session>> {
    let mut sessions = Vec::new();
    for n in 0..count {
        let status = match n % 3 {
            0 => AttemptStatus::Expired,
            _ => AttemptStatus::Failed,
        };
        let session = world.later(n)?.ended("RES-1", status).await?;
        let change = looked(&session, None)?;
        equal("save", world.save(&change).await?, Saved::Done)?;
        sessions.push(change.session);
    }
    Ok(sessions)
}

fn filter(limit: usize) -> Outcome<SessionFilter> {
    Ok(SessionFilter {
        mode: Mode::Test,
        reference: Reference::parse("RES-1")?,
        status: None,
        created_after: None,
        after: None,
        limit,
    })
}

async fn all_pages(world: &World, mut filter: SessionFilter) -> Outcome<Vec<SessionId>> {
    let mut all = Vec::new();
    for _ in 0..MAX_PAGES {
        let page = world.store.sessions(world.merchant, &filter).await?;
        equal("within the limit", page.items.len() <= filter.limit, true)?;
        all.extend(page.items.iter().map(|session| session.key.session));
        filter.after = page.next;
        if page.next.is_none() {
            return Ok(all);
        }
    }
    Err("the pages have no end".into())
}
