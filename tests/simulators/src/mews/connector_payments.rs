//! `payments/getAll`. `[doc]` CO/operations/payments.md.

use super::answers::utc;
use super::connector_requests::amount;
use super::errors::ApiError;
use super::group::{Group, Payment};
use super::money::Money;
use super::paging::{Interval, Limitation, in_interval, is_listed};
use super::reader::Fields;
use super::state::Kind;
use super::world::World;
use crate::exact::{Json, object};

/// `[doc]` The filters, of which at least one must be given. `PaymentRequestIds` is not one of them.
const LISTS: [&str; 4] = ["PaymentIds", "AccountIds", "BillIds", "ReservationIds"];
const INTERVALS: [&str; 5] = ["CreatedUtc", "UpdatedUtc", "ChargedUtc", "ClosedUtc", "SettlementUtc"];

struct Filter<'a> {
    lists: Vec<Option<Vec<&'a str>>>,
    intervals: Vec<Option<Interval>>,
    states: Option<Vec<&'a str>>,
    enterprises: Option<Vec<&'a str>>,
}

impl<'a> Filter<'a> {
    fn read(fields: &Fields<'a>) -> Result<Self, ApiError> {
        if !LISTS.iter().chain(&INTERVALS).any(|name| fields.value(name).is_some()) {
            return Err(ApiError::new(400, "At least one filter must be specified."));
        }
        Ok(Self {
            lists: LISTS.iter().map(|name| fields.texts(name)).collect::<Result<_, _>>()?,
            intervals: INTERVALS.iter().map(|name| Interval::read(fields, name)).collect::<Result<_, _>>()?,
            states: fields.texts("States")?,
            enterprises: fields.texts("EnterpriseIds")?,
        })
    }

    fn fits(&self, group: &Group, payment: &Payment, hotel: &str) -> bool {
        let listed = |list: &Option<Vec<&str>>, name: &str| match (list, name) {
            (None, _) => true,
            (Some(list), "PaymentIds") => list.contains(&payment.id.as_str()),
            (Some(list), "AccountIds") => list.contains(&group.customer_id.as_str()),
            (Some(list), "ReservationIds") => group.has_one_of(list),
            // No payment here is on a bill.
            (Some(_), _) => false,
        };
        let within = |interval: &Option<Interval>, name: &str| match name {
            "CreatedUtc" => in_interval(*interval, payment.created),
            "UpdatedUtc" => in_interval(*interval, payment.updated),
            "ChargedUtc" => {
                interval.is_none_or(|interval| payment.charged.is_some_and(|at| interval.has(at)))
            }
            // No payment here is closed or settled.
            _ => interval.is_none(),
        };
        self.lists.iter().zip(LISTS).all(|(list, name)| listed(list, name))
            && self.intervals.iter().zip(INTERVALS).all(|(interval, name)| within(interval, name))
            && is_listed(self.states.as_ref(), payment.state.word())
            && is_listed(self.enterprises.as_ref(), hotel)
    }
}

impl World {
    /// Payments, refunds and chargebacks.
    pub fn list_payments(&self, fields: &Fields<'_>) -> Result<Json, ApiError> {
        let limitation = Limitation::read(fields)?;
        let filter = Filter::read(fields)?;
        let hotel = &self.config.property.hotel_id;
        let all =
            self.book.groups.iter().flat_map(|group| group.payments.iter().map(move |one| (group, one)));
        let mut all: Vec<_> = all.filter(|(group, payment)| filter.fits(group, payment, hotel)).collect();
        all.sort_by_key(|(_, payment)| payment.created);
        let found = all.iter().map(|(group, one)| (one.id.clone(), shown(group, one, hotel))).collect();
        let (page, cursor) = limitation.page(found)?;
        Ok(object! { "Payments": page, "Cursor": cursor })
    }
}

/// `[doc]` A payment is a negative amount. `[inf]` What goes back to the payer is a positive one.
fn on_account(payment: &Payment, money: &Money) -> Json {
    match payment.kind {
        Kind::Payment => amount(&money.negative()),
        Kind::Refund | Kind::Chargeback => amount(money),
    }
}

fn shown(group: &Group, payment: &Payment, hotel: &str) -> Json {
    let charged = payment.charged.map(utc);
    let card = object! { "CreditCardId": Json::Null, "Transaction": Json::Null };
    object! {
        "Id": &payment.id,
        "EnterpriseId": hotel,
        "AccountId": &group.customer_id,
        "AccountType": "Customer",
        "PaymentRequestId": &payment.request,
        "BillId": Json::Null,
        "ReservationId": group.only_reservation(),
        "AccountingCategoryId": Json::Null,
        "Amount": on_account(payment, &payment.amount),
        "OriginalAmount": on_account(payment, &payment.charge),
        "Notes": Json::Null,
        "SettlementId": Json::Null,
        "ConsumedUtc": utc(payment.created),
        "ClosedUtc": Json::Null,
        "ChargedUtc": charged,
        "CreatedUtc": utc(payment.created),
        "UpdatedUtc": utc(payment.updated),
        "SettlementUtc": Json::Null,
        "AccountingState": "Open",
        "State": payment.state.word(),
        "Identifier": format!("ch_{}", payment.id),
        "Type": "CreditCardPayment",
        "Kind": payment.kind.word(),
        "Data": object! {
            "Discriminator": "CreditCard",
            "CreditCard": card,
            "Invoice": Json::Null,
            "External": Json::Null,
            "Ghost": Json::Null,
            "Alternative": Json::Null,
        },
        "PaymentOrigin": &payment.origin,
    }
}
