//! Times that start functions, on the movable clock.
//!
//! A rate counts from the moment the stack starts. When the clock jumps over
//! several times of one schedule, it runs once: a missed run is missed.

mod event;
mod expression;

use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::{Mutex, watch};

use crate::clock::Clock;
use crate::functions::{Activity, Functions, InvokeError};
use crate::template::SchedulePlan;
pub use event::payload;
pub use expression::Expression;

/// The schedules of a stack; clones share them.
#[derive(Clone)]
pub struct Schedules {
    inner: Arc<Inner>,
}

struct Inner {
    plans: Vec<SchedulePlan>,
    clock: Clock,
    functions: Arc<dyn Functions>,
    activity: Activity,
    /// When each plan is due next; the lock is held while due ones run.
    due: Mutex<Vec<Option<i64>>>,
    /// The earliest of them.
    next: watch::Sender<Option<i64>>,
}

impl Schedules {
    /// Plans the first run of each enabled schedule from now on; nothing runs yet.
    #[must_use]
    pub fn new(
        plans: Vec<SchedulePlan>,
        clock: Clock,
        functions: Arc<dyn Functions>,
        activity: Activity,
    ) -> Self {
        let now = clock.now_ms();
        let first = |plan: &SchedulePlan| plan.expression.next_after(now).filter(|_| plan.enabled);
        let due: Vec<_> = plans.iter().map(first).collect();
        let next = watch::Sender::new(due.iter().copied().flatten().min());
        Self { inner: Arc::new(Inner { plans, clock, functions, activity, due: Mutex::new(due), next }) }
    }

    /// Runs whatever becomes due; never ends.
    pub async fn run(self) {
        let mut next = self.inner.next.subscribe();
        loop {
            let at = *next.borrow_and_update();
            tokio::select! {
                () = sleep_until(&self.inner.clock, at) => self.run_due().await,
                _ = next.changed() => {}
            }
        }
    }

    /// Runs every schedule that is due now, once, and waits for the functions.
    ///
    /// Failures are the function's own to log: nobody waits for a schedule's answer.
    pub async fn run_due(&self) {
        let inner = &self.inner;
        let _running = inner.activity.begin();
        let mut due = inner.due.lock().await;
        let now = inner.clock.now_ms();
        for (plan, at) in inner.plans.iter().zip(due.iter_mut()) {
            let Some(time) = at.filter(|at| *at <= now) else {
                continue;
            };
            *at = next_time(plan, time, now);
            let _ = self.start(plan, time).await;
        }
        inner.next.send_replace(due.iter().copied().flatten().min());
    }

    /// Runs a function's schedule now and gives its answer; `None` when the
    /// function has no schedule.
    pub async fn fire(&self, function: &str) -> Option<Result<Bytes, InvokeError>> {
        let plan = self.inner.plans.iter().find(|plan| plan.function == function)?;
        let _running = self.inner.activity.begin();
        Some(self.start(plan, self.inner.clock.now_ms()).await)
    }

    async fn start(&self, plan: &SchedulePlan, at_ms: i64) -> Result<Bytes, InvokeError> {
        let payload = payload(plan, at_ms).to_string();
        self.inner.functions.invoke(&plan.function, payload.into()).await
    }
}

/// The next time after now that lies on the schedule's own grid.
fn next_time(plan: &SchedulePlan, last: i64, now: i64) -> Option<i64> {
    match &plan.expression {
        Expression::Rate { every_ms } => {
            last.checked_add(((now - last) / every_ms + 1).checked_mul(*every_ms)?)
        }
        Expression::Cron(_) => plan.expression.next_after(now),
    }
}

async fn sleep_until(clock: &Clock, at: Option<i64>) {
    match at {
        Some(at) => clock.sleep_until(at).await,
        None => std::future::pending().await,
    }
}
