//! Starting a stack: ports first, then the plan that names them, then the parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::net::TcpListener;

use super::{Core, FunctionsMode, Stack, StackConfig, keep};
use crate::control;
use crate::error::StackError;
use crate::functions::host::Launch;
use crate::functions::{Activity, CargoLambda, Counted, Functions, Host, Surroundings, environment};
use crate::http_api::HttpApi;
use crate::mappings::{Deliveries, Mappings};
use crate::schedules::Schedules;
use crate::server::{Server, listen, url_of};
use crate::sqs::Queues;
use crate::table::Table;
use crate::template::{ACCOUNT, Inputs, Plan, REGION, Template};

/// The ports of a stack that is about to start.
struct Listeners {
    api: TcpListener,
    queue: TcpListener,
    control: TcpListener,
}

/// Where a stack that is about to start will answer.
struct Addresses {
    api: String,
    table: String,
    queue: String,
}

pub(super) async fn start(config: StackConfig) -> Result<Stack, StackError> {
    let template = Template::load(&config.template)?;
    let ports = config.ports;
    let table = listen(ports.table).await?;
    let listeners = Listeners {
        api: listen(ports.api).await?,
        queue: listen(ports.queue).await?,
        control: listen(ports.control).await?,
    };
    let addresses =
        Addresses { api: url_of(&listeners.api), table: url_of(&table), queue: url_of(&listeners.queue) };
    let plan = template.plan(&inputs(&config, &addresses))?;
    let core = core(config, plan, addresses, table).await?;
    Ok(serve(Arc::new(core), listeners))
}

fn inputs(config: &StackConfig, addresses: &Addresses) -> Inputs {
    Inputs {
        parameters: filled_in(&config.parameters, &addresses.api),
        queue_base_url: format!("{}/{ACCOUNT}", addresses.queue),
        api_url: addresses.api.clone(),
        stack_name: "bellhop".to_owned(),
    }
}

/// Values may name the API's address before its port is known.
fn filled_in(values: &BTreeMap<String, String>, api_url: &str) -> BTreeMap<String, String> {
    values.iter().map(|(name, value)| (name.clone(), value.replace("{api_url}", api_url))).collect()
}

/// Everything but the servers that others call.
async fn core(
    config: StackConfig,
    plan: Plan,
    addresses: Addresses,
    table: TcpListener,
) -> Result<Core, StackError> {
    let environment = environments(&config, &plan, &addresses);
    let activity = Activity::default();
    let functions = functions(&config, &plan, &environment);
    let functions: Arc<dyn Functions> = Arc::new(Counted::new(functions, activity.clone()));
    let (planned, clock) = (plan.schedules.clone(), config.clock.clone());
    Ok(Core {
        table: open_table(&config, &plan, table).await?,
        queues: open_queues(&config, &plan, &addresses.queue)?,
        schedules: Schedules::new(planned, clock, functions.clone(), activity.clone()),
        functions,
        activity,
        environment,
        plan,
        config,
    })
}

fn serve(core: Arc<Core>, listeners: Listeners) -> Stack {
    let (plan, functions) = (&core.plan, &core.functions);
    let api = HttpApi::new(plan.routes.clone(), &plan.stage, functions.clone(), core.config.clock.clone());
    let deliveries = Deliveries {
        queues: core.queues.clone(),
        functions: functions.clone(),
        activity: core.activity.clone(),
    };
    Stack {
        mappings: Mappings::start(&plan.mappings, &deliveries),
        ticking: core.config.schedules.then_some(core.schedules.clone().run()).into_iter().collect(),
        control: Server::start(listeners.control, control::router(core.clone())),
        api: Server::start(listeners.api, api.router()),
        queue_service: Server::start(listeners.queue, core.queues.router()),
        core,
    }
}

fn environments(
    config: &StackConfig,
    plan: &Plan,
    addresses: &Addresses,
) -> BTreeMap<String, BTreeMap<String, String>> {
    let surroundings = Surroundings {
        table_url: addresses.table.clone(),
        queue_url: addresses.queue.clone(),
        clock_file: config.clock_file.clone(),
        secrets_file: config.secrets_file.clone(),
        overrides: filled_in(&config.environment, &addresses.api),
    };
    let of = |function| environment(function, &surroundings);
    plan.functions.iter().map(|function| (function.name.clone(), of(function))).collect()
}

fn functions(
    config: &StackConfig,
    plan: &Plan,
    environment: &BTreeMap<String, BTreeMap<String, String>>,
) -> Arc<dyn Functions> {
    match &config.functions {
        FunctionsMode::CargoLambda { url } => Arc::new(CargoLambda::new(url.clone())),
        FunctionsMode::Binaries { dir } => {
            let launches = plan.functions.iter().map(|function| Launch {
                plan: function.clone(),
                binary: dir.join(&function.name),
                environment: environment.get(&function.name).cloned().unwrap_or_default(),
            });
            Arc::new(Host::new(launches.collect(), config.logs.clone()))
        }
    }
}

async fn open_table(config: &StackConfig, plan: &Plan, listener: TcpListener) -> Result<Table, StackError> {
    let table = Table::start(keep::storage(config)?, listener).await?;
    plan.tables.iter().try_for_each(|wanted| table.create(wanted))?;
    Ok(table)
}

fn open_queues(config: &StackConfig, plan: &Plan, url: &str) -> Result<Queues, StackError> {
    let queues = Queues::new(config.clock.clone(), REGION);
    queues.set_base_url(url);
    keep::restore(config, &queues)?;
    queues.set_base_url(url);
    for queue in &plan.queues {
        let made = queues.create(&queue.name, queue.attributes.clone());
        // A queue of an earlier run takes the template's attributes of today.
        let made = made.map(drop).or_else(|_| queues.set_attributes(&queue.name, queue.attributes.clone()));
        made.map_err(|error| StackError::Queue(format!("{}: {error}", queue.logical_id)))?;
    }
    Ok(queues)
}
