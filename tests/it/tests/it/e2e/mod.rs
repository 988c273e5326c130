//! The whole service: the function binaries behind the local stack, the provider's simulator, and a
//! payer. Nothing here waits for real time: the clock stands still until a test moves it.

mod accounts;
mod bank131;
mod batch;
mod booked;
mod browser;
mod browsing;
mod calls;
mod front;
mod input;
mod insides;
mod journeys;
mod lost_answers;
mod make_run;
mod mews;
mod notifications;
mod once;
mod pacing;
mod payer;
mod powens;
mod readme;
mod simulator;
mod world;
