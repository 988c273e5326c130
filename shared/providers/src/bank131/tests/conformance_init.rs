//! Bank 131 in the suite once more: the create is the payment, by version 1 of the API.

use super::conformance::{saying, subject};
use super::{golden, settings, with_options};
use crate::conformance::{self, Ability, Call, Captured, Create, Fetch, Refunded, Status, Step, Subject};
use bellhop_domain::money::Currency;
use serde_json::json;

/// What every payment has that is read.
const REQUIRED: &[&str] = &[
    "/status",
    "/session",
    "/session/id",
    "/session/status",
    "/session/acquiring_payments/0/status",
    "/session/acquiring_payments/0/amount_details/amount",
    "/session/acquiring_payments/0/amount_details/currency",
];

#[test]
fn conformance_of_bank131_by_its_single_request() {
    conformance::run(&init());
}

fn init() -> Subject {
    let widget = subject();
    let refunds = refunds(&widget);
    let mut wish = with_options(json!({"flow": "init", "card_id": "card_of_the_payer"}));
    wish.amount = widget.wish.amount;
    Subject {
        settings: |base| {
            let mut all = settings(base);
            all["version"] = json!("v1");
            all
        },
        wish,
        create: create(widget.create),
        fetch: fetch(widget.fetch),
        harmless: Ability::Lacks("a lost create may be charged"),
        confirms: Ability::Has(Call::of(step("confirm", golden!("v1_started")))),
        cancels: Ability::Has(Call::of(step("cancel", golden!("cancelled")))),
        captures: Ability::Has(Captured {
            call: Call::of(step("capture", golden!("v1_started"))),
            part: widget.captures.has().unwrap().part.clone(),
        }),
        refunds: Ability::Has(refunds),
        ..widget
    }
}

fn step(path: &str, body: &str) -> Step {
    Step {
        method: "POST",
        target: format!("/api/v1/session/{path}"),
        status: "200 OK",
        body: body.to_owned(),
    }
}

/// A golden answer of version 2 as version 1 writes it, about a payment without a widget.
fn older(golden: &str) -> String {
    let flow = |flow: &str| format!("\"bellhop_flow\": \"{flow}\"");
    golden.replace("payment_list", "acquiring_payments").replace(&flow("widget"), &flow("init"))
}

fn create(of_widget: Create) -> Create {
    Create {
        call: |facts| Call::of(step("init/payment", &saying(golden!("v1_started"), facts))),
        sends_landing: Ability::Has(()),
        tells_amount: Ability::Has(()),
        tells_reference: Ability::Has(()),
        tells_attempt: Ability::Has(()),
        required: REQUIRED,
        ..of_widget
    }
}

/// Before the payer was sent to 3-D Secure, a payment is still to be paid.
fn fetch(of_widget: Fetch) -> Fetch {
    use bellhop_domain::status::AttemptStatus as A;
    let statuses = of_widget.statuses.into_iter().map(|one| Status {
        body: older(&one.body),
        reading: match one.name {
            "in_progress" | "ready_to_confirm" => A::Pending,
            _ => one.reading,
        },
        ..one
    });
    let qr = golden!("v1_qr").to_owned();
    let begun = statuses.collect::<Vec<_>>();
    let moved = begun.first().unwrap().moved;
    let scan = Status {
        name: "a code to scan",
        body: qr,
        reading: A::Pending,
        moved,
        failure: None,
        settled: false,
    };
    Fetch {
        call: |facts| Call::of(step("status", &saying(golden!("v1_started"), facts))),
        statuses: begun.into_iter().chain([scan]).collect(),
        with_word: |word| older(golden!("succeeded")).replace("\"succeeded\"", &json!(word).to_string()),
        tells_currency: Ability::Has(Currency::EUR),
        required: REQUIRED,
        ..of_widget
    }
}

fn refunds(widget: &Subject) -> Refunded {
    let of_widget = widget.refunds.has().unwrap();
    let status = step("status", &older(golden!("succeeded")));
    Refunded {
        call: Call { before: vec![status], ..Call::of(step("refund", &older(golden!("refunding")))) },
        list: Call::of(step("status", &older(golden!("refunds")))),
        order: of_widget.order,
        made: of_widget.made.clone(),
        listed: of_widget.listed.clone(),
    }
}
