//! Queues that start functions.
//!
//! Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS" and
//! "Handling errors for an SQS event source in Lambda". Batches go out as soon
//! as there is a message: a batching window would only delay them.

mod batch;

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::functions::{Activity, Functions};
use crate::sqs::{Message, Queues};
use crate::template::{ACCOUNT, MappingPlan, REGION};

/// What all mappings of a stack share.
#[derive(Clone)]
pub struct Deliveries {
    /// The queues they read.
    pub queues: Queues,
    /// The functions they start.
    pub functions: Arc<dyn Functions>,
    /// Where running deliveries are counted.
    pub activity: Activity,
}

/// The running mappings; dropping them ends them, and what was in flight
/// becomes visible again in its time.
pub struct Mappings {
    _tasks: JoinSet<()>,
}

impl Mappings {
    /// Starts the enabled ones.
    #[must_use]
    pub fn start(plans: &[MappingPlan], deliveries: &Deliveries) -> Self {
        let enabled = plans.iter().filter(|plan| plan.enabled);
        Self { _tasks: enabled.map(|plan| poll(plan.clone(), deliveries.clone())).collect() }
    }
}

/// Hands on what is visible, then waits for a change.
async fn poll(plan: MappingPlan, deliveries: Deliveries) {
    let most = usize::try_from(plan.concurrency).unwrap_or(1);
    let plan = Arc::new(plan);
    let turns = Arc::new(Semaphore::new(most));
    loop {
        // Asked for before the look, so that no change between the two is missed.
        let changed = deliveries.queues.changed();
        while deliveries.queues.counts(&plan.queue).visible > 0 {
            let Ok(turn) = turns.clone().acquire_owned().await else {
                return;
            };
            let running = deliveries.activity.begin();
            let size = usize::try_from(plan.batch_size).unwrap_or(1);
            let messages = deliveries.queues.receive(&plan.queue, size, None);
            if messages.is_empty() {
                // A fault of the queue hit the look: look again.
                tokio::task::yield_now().await;
                continue;
            }
            let (plan, deliveries) = (plan.clone(), deliveries.clone());
            tokio::spawn(async move {
                deliver(&plan, &deliveries, messages).await;
                drop((running, turn));
            });
        }
        changed.await;
    }
}

/// Calls the function once and deletes what it has done; the rest shows again
/// when its visibility ends.
async fn deliver(plan: &MappingPlan, deliveries: &Deliveries, messages: Vec<Message>) {
    let arn = format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{}", plan.queue);
    let event = batch::event(&messages, &arn).to_string();
    let answer = deliveries.functions.invoke(&plan.function, event.into()).await;
    let Ok(answer) = answer else { return };
    for message in batch::done(plan, &messages, &answer) {
        // A lost delete only means one more delivery, as on AWS.
        let _ = deliveries.queues.delete(&plan.queue, &message.receipt_handle);
    }
}
