//! Starts everything in order, says so, and stops it in reverse on Ctrl-C.

mod child;
mod demo;
mod home;
mod parts;
mod providers;
mod ready;

use std::io::Write as _;
use std::time::Duration;

use bellhop_local::clock::Clock;
use bellhop_local::functions::Logs;
use bellhop_local::stack::Ports;
use bellhop_local::{FunctionsMode, Stack, StackConfig, StackError};
use tokio::signal::unix::{SignalKind, signal};

use crate::{Flags, FunctionsFlag};
use child::Child;
use home::Home;
use parts::Addresses;

/// Runs until Ctrl-C, a termination signal, or the end of a child process.
pub(crate) async fn run(flags: Flags) -> Result<(), StackError> {
    let home = Home::open(flags.data.as_deref())?;
    let addresses = Addresses::from_port(flags.port);
    let mut running = Running::default();
    let outcome = tokio::select! {
        outcome = running.work(&flags, &home, &addresses) => outcome,
        () = stop_signal() => Ok(()),
    };
    say("\nstopping");
    let stopped = running.stop().await;
    home.close();
    outcome.and(stopped)
}

/// What has been started so far, in order.
#[derive(Default)]
struct Running {
    children: Vec<Child>,
    stack: Option<Stack>,
}

impl Running {
    async fn work(&mut self, flags: &Flags, home: &Home, addresses: &Addresses) -> Result<(), StackError> {
        self.start(flags, home, addresses).await?;
        say(&parts::summary(addresses, flags, home));
        self.watch().await
    }

    async fn start(&mut self, flags: &Flags, home: &Home, addresses: &Addresses) -> Result<(), StackError> {
        if flags.simulators {
            self.child(parts::simulators(home, addresses)?).await?;
        }
        step("table, queues, HTTP API, schedules");
        let stack = self.stack.insert(Stack::start(config(flags, home, addresses)?).await?);
        done(&format!("{} routes, {} functions", stack.plan().routes.len(), stack.plan().functions.len()));
        if flags.demo {
            step("demo merchant");
            demo::merchant(home, addresses, stack).await?;
            done("its key is ready");
        }
        if matches!(flags.functions, FunctionsFlag::CargoLambda) {
            let watch = parts::cargo_lambda(stack, addresses);
            self.child(watch).await?;
        }
        if let Some(stack) = &self.stack {
            ready::functions(stack).await?;
        }
        if flags.demo {
            self.child(demo::site(home, addresses)).await?;
        }
        Ok(())
    }

    /// Starts a child and waits until it answers.
    async fn child(&mut self, plan: child::Plan) -> Result<(), StackError> {
        step(plan.name);
        self.children.push(Child::start(&plan)?);
        // Kept before it answers, so that it is stopped even when it never does.
        if let Some(child) = self.children.last_mut() {
            ready::answers(child, &plan).await?;
        }
        done(&plan.ready.to_string());
        Ok(())
    }

    /// Waits for the first child to end: none should.
    async fn watch(&mut self) -> Result<(), StackError> {
        if self.children.is_empty() {
            return std::future::pending().await;
        }
        let ends = self.children.iter_mut().map(|child| Box::pin(child.ended()));
        let mut ends: Vec<_> = ends.collect();
        Err(std::future::poll_fn(|context| {
            let ended = ends.iter_mut().find_map(|end| match end.as_mut().poll(context) {
                std::task::Poll::Ready(error) => Some(error),
                std::task::Poll::Pending => None,
            });
            ended.map_or(std::task::Poll::Pending, std::task::Poll::Ready)
        })
        .await)
    }

    async fn stop(self) -> Result<(), StackError> {
        for child in self.children.into_iter().rev() {
            child.stop(Duration::from_secs(5)).await;
        }
        match self.stack {
            Some(stack) => stack.stop().await,
            None => Ok(()),
        }
    }
}

fn config(flags: &Flags, home: &Home, addresses: &Addresses) -> Result<StackConfig, StackError> {
    let clock = Clock::open(home.clock_file()).map_err(|error| StackError::Clock(error.to_string()))?;
    let functions = match &flags.functions {
        FunctionsFlag::CargoLambda => FunctionsMode::CargoLambda { url: addresses.cargo_lambda() },
        FunctionsFlag::Binaries(dir) => FunctionsMode::Binaries { dir: dir.clone() },
    };
    let mut config = StackConfig::new(&flags.template, clock, functions);
    config.parameters = parts::parameters(flags)?;
    config.data = flags.data.clone();
    config.clock_file = Some(home.clock_file());
    config.secrets_file = Some(home.secrets_file());
    config.ports = Ports {
        api: addresses.api,
        control: addresses.control,
        table: addresses.table,
        queue: addresses.queue,
    };
    config.schedules = true;
    config.logs = Logs::with_listener(|function, line| say(&format!("[{function}] {line}")));
    Ok(config)
}

async fn stop_signal() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// Says that a step begins.
fn step(name: &str) {
    say(&format!("starting  {name}"));
}

/// Says that the step is over.
fn done(what: &str) {
    say(&format!("  ready   {what}"));
}

/// Shows a line. Whoever stopped reading does not stop the run.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
