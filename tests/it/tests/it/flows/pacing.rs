//! The schedule is gentle: no account is given more looks in a minute than its provider takes.

use super::fake::FakePay;
use super::fuse::Fuse;
use super::wishes::{Plain, minutes, order, start};
use super::world::{World, unpaced};
use bellhop_domain::account::AccountRef;
use bellhop_domain::flows::{CreateResult, Round, Run, attend, create_session, reconcile};
use bellhop_domain::ids::SessionKey;
use bellhop_domain::provider::ProviderName;
use bellhop_domain::queue::Task;
use bellhop_domain::store::{DUE_SHARDS, Due, Store};
use bellhop_domain::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Looks that an account at Powens is given in a minute here.
const PACE: usize = 10;

/// An account with a provider of its own, and the sessions that were opened there.
struct Hotel {
    at: AccountRef,
    pay: Arc<FakePay>,
    sessions: Vec<SessionKey>,
}

impl Hotel {
    fn new(world: &World, at: &str) -> Self {
        let at = AccountRef::parse(at).unwrap();
        let pay = Arc::new(FakePay::new(Arc::new(Fuse::default())));
        world.accounts.add(&at, pay.clone());
        Self { at, pay, sessions: Vec::new() }
    }

    /// Opens sessions ten milliseconds after each other. Each is due two minutes later.
    async fn open(mut self, world: &World, count: i64, from: Timestamp) -> Self {
        for n in 0..count {
            let now = from + SignedDuration::from_millis(10 * n);
            let name = format!("{}-{}-{n}", self.at.name.as_str(), from.duration_since(start()).as_mins());
            let mut order = order(world.merchant, &name, &name);
            order.wish.account = self.at.clone();
            let opened = create_session(&world.desk, &order, &Plain, now).await.unwrap();
            let CreateResult::Answered { token: Some(token), .. } = opened else {
                panic!("not opened");
            };
            self.sessions.push(token.session());
        }
        world.table.take_calls();
        self
    }

    /// Calls of every kind so far.
    fn calls(&self) -> usize {
        self.pay.books().calls.len()
    }

    /// Those of `sent` that are this account's, in their order.
    fn own(&self, sent: &[SessionKey]) -> Vec<SessionKey> {
        let own: BTreeSet<_> = self.sessions.iter().collect();
        sent.iter().filter(|key| own.contains(key)).copied().collect()
    }
}

/// One run of the schedule, and what it put on the queue.
async fn run(world: &World, now: Timestamp) -> (Round, Vec<SessionKey>) {
    let pace = |provider| (provider == ProviderName::Powens).then_some(PACE);
    let run = Run { pace: &pace, ..unpaced(now) };
    let round = reconcile(&*world.table, &*world.queue, run).await.unwrap();
    let look = |task: &Task| match task {
        Task::Look(key) => *key,
        Task::Notified { .. } => panic!("not a look"),
    };
    let sent: Vec<_> = world.queue.take().iter().map(look).collect();
    assert_eq!(sent.len(), round.sent);
    (round, sent)
}

async fn work_off(world: &World, sent: &[SessionKey], now: Timestamp) {
    for key in sent {
        attend(&world.desk, &Task::Look(*key), now).await.unwrap();
    }
}

/// Everything that is due.
async fn due(world: &World, now: Timestamp) -> Vec<Due> {
    let mut all = Vec::new();
    for shard in 0..DUE_SHARDS {
        let page = world.table.inner().due(shard, now, None, 10_000).await.unwrap();
        all.extend(page.items);
    }
    all
}

/// 1,000 sessions fall due in the third minute, so each has its first look within a hundred minutes
/// from then: oldest first. The 280 that were looked at before their time was up, just after minute 30,
/// are looked at once more to end them: 28 minutes. A look then is two calls, a cancel and a fetch.
#[tokio::test]
async fn i8_i9_a_thousand_sessions_of_one_account_keep_its_pace_and_delay_no_other_account() {
    let world = World::new();
    let crowd = Hotel::new(&world, "powens/crowded").open(&world, 1_000, minutes(0)).await;
    let small = Hotel::new(&world, "powens/small").open(&world, 5, minutes(1)).await;
    let free = Hotel::new(&world, "govuk_pay/free").open(&world, 50, minutes(1)).await;
    let mut first_looks = Vec::new();
    for minute in 2..=130 {
        let (now, before) = (minutes(minute), crowd.calls());
        let (round, sent) = run(&world, now).await;
        assert!(round.complete, "minute {minute}");
        assert!(crowd.own(&sent).len() <= PACE, "minute {minute}");
        first_looks.extend(crowd.own(&sent));
        work_off(&world, &sent, now).await;
        assert!(crowd.calls() - before <= 2 * PACE, "minute {minute}");
        let waiting = due(&world, now).await;
        assert_eq!(waiting.len(), round.held, "minute {minute}");
        let of_others = waiting.iter().find(|due| due.account.as_ref() != Some(&crowd.at));
        assert_eq!(of_others, None, "minute {minute}");
    }
    assert_eq!(first_looks[..1_000], crowd.sessions, "oldest first, each within its hundred minutes");
    for key in [crowd.sessions, small.sessions, free.sessions].concat() {
        assert!(world.stored(key).await.status().is_finished(), "ended within 130 minutes");
    }
}

#[tokio::test]
async fn i8_a_run_reads_past_what_it_holds_back_page_by_page() {
    let world = World::new();
    let crowd = Hotel::new(&world, "powens/crowded").open(&world, 2_500, start()).await;
    let free = Hotel::new(&world, "govuk_pay/free").open(&world, 20, minutes(1)).await;
    let (round, sent) = run(&world, minutes(4)).await;
    assert_eq!(round, Round { sent: PACE + 20, held: 2_500 - PACE, complete: true });
    assert_eq!(sent, [&crowd.sessions[..PACE], &free.sessions].concat());
    let reads = world.table.take_calls();
    assert!(reads.len() <= 3 * usize::from(DUE_SHARDS), "{} pages", reads.len());
}

#[tokio::test]
async fn i9_a_queue_that_stands_still_gathers_one_pace_of_an_account_and_asks_once_for_each() {
    let world = World::new();
    let crowd = Hotel::new(&world, "powens/crowded").open(&world, 100, start()).await;
    let mut queued = Vec::new();
    for minute in 3..=12 {
        let (round, sent) = run(&world, minutes(minute)).await;
        assert_eq!(round, Round { sent: PACE, held: 100 - PACE, complete: true });
        queued.extend(sent);
    }
    let before = crowd.calls();
    work_off(&world, &queued, minutes(12)).await;
    assert_eq!((queued.len(), crowd.calls() - before), (10 * PACE, PACE));
    let (_, next) = run(&world, minutes(13)).await;
    assert_eq!(next, crowd.sessions[PACE..2 * PACE]);
}

#[tokio::test]
async fn i4_i8_sessions_that_no_look_moves_keep_the_places_of_their_account_for_a_day_at_most() {
    let world = World::new();
    let hotel = Hotel::new(&world, "powens/harbour");
    let stuck = hotel.open(&world, 15, start()).await;
    let hotel = Hotel { sessions: Vec::new(), at: stuck.at.clone(), pay: stuck.pay.clone() };
    let day = 24 * 60;
    let fresh = hotel.open(&world, 1, minutes(day - 10)).await.sessions;
    let (round, sent) = run(&world, minutes(day)).await;
    assert_eq!((round.held, &sent[..]), (6, &stuck.sessions[..PACE]), "the longest due come first");
    let (round, sent) = run(&world, minutes(day + 5)).await;
    assert_eq!((round.held, sent), (6, [&fresh[..], &stuck.sessions[..PACE - 1]].concat()));
}

#[tokio::test]
async fn i14_what_the_previous_release_wrote_into_the_due_index_is_sent_without_a_pace() {
    let world = World::new();
    let crowd = Hotel::new(&world, "powens/crowded").open(&world, 3 * PACE as i64, start()).await;
    world.table.edit_due(|page| page.items.iter_mut().for_each(|due| due.account = None));
    let (round, sent) = run(&world, minutes(3)).await;
    assert_eq!(round, Round { sent: 3 * PACE, held: 0, complete: true });
    assert_eq!(sent, crowd.sessions);
}

/// Two sessions that every page shows again stand for more than a run can read.
#[tokio::test]
async fn i9_a_run_reads_8_000_pages_at_most_and_says_that_it_has_not_seen_all() {
    let world = World::new();
    Hotel::new(&world, "powens/crowded").open(&world, 2, start()).await;
    world.table.edit_due(|page| {
        page.next = page.items.first().map(|due| Due { since: Timestamp::UNIX_EPOCH, ..due.clone() });
    });
    let (round, _) = run(&world, minutes(3)).await;
    assert_eq!((round.sent, round.complete), (PACE, false));
    let reads = world.table.take_calls().len();
    assert!((8_000..8_000 + usize::from(DUE_SHARDS)).contains(&reads), "{reads} pages");
}
