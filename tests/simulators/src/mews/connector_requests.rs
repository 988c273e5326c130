//! `paymentRequests/getAll` and `paymentRequests/cancel`. `[doc]` CO/operations/paymentrequests.md.

use super::answers::utc;
use super::errors::ApiError;
use super::group::{Group, PaymentRequest};
use super::money::Money;
use super::paging::{Interval, Limitation, in_interval, is_listed};
use super::reader::Fields;
use super::state::RequestState;
use super::world::{Place, World};
use crate::exact::{Json, object};

/// `[inf]` `Reason` of what the Booking Engine asks for, from the documented list.
const REASON: &str = "Prepayment";

impl World {
    /// `[doc]` Every filter is optional, `Limitation` is required.
    pub fn list_requests(&self, fields: &Fields<'_>) -> Result<Json, ApiError> {
        let limitation = Limitation::read(fields)?;
        let ids = fields.texts("PaymentRequestIds")?;
        let accounts = fields.texts("AccountIds")?;
        let reservations = fields.texts("ReservationIds")?;
        let states = fields.texts("States")?;
        let enterprises = fields.texts("EnterpriseIds")?;
        let updated = Interval::read(fields, "UpdatedUtc")?;
        let hotel = &self.config.property.hotel_id;
        let fits = |group: &Group, request: &PaymentRequest| {
            is_listed(ids.as_ref(), &request.id)
                && is_listed(accounts.as_ref(), &group.customer_id)
                && is_listed(states.as_ref(), request.state.word())
                && is_listed(enterprises.as_ref(), hotel)
                && reservations.as_ref().is_none_or(|list| group.has_one_of(list))
                && in_interval(updated, request.updated)
        };
        let all =
            self.book.groups.iter().flat_map(|group| group.requests.iter().map(move |one| (group, one)));
        let mut all: Vec<_> = all.filter(|(group, request)| fits(group, request)).collect();
        all.sort_by_key(|(_, request)| request.created);
        let found = all.iter().map(|(group, one)| (one.id.clone(), shown(group, one, hotel))).collect();
        let (page, cursor) = limitation.page(found)?;
        Ok(object! { "PaymentRequests": page, "Cursor": cursor })
    }

    /// `[doc]` Only pending ones can be canceled. `[inf]` One that is not makes the whole call a 403, and none is.
    pub fn cancel_requests(&mut self, fields: &Fields<'_>, now: i64) -> Result<Json, ApiError> {
        let invalid = || fields.invalid("PaymentRequestIds");
        let ids = fields.texts("PaymentRequestIds")?.filter(|ids| !ids.is_empty()).ok_or_else(invalid)?;
        let places: Option<Vec<Place>> = ids.iter().map(|id| self.find_request(id)).collect();
        let places = places.ok_or_else(invalid)?;
        let is_pending = |place: &Place| {
            let request = self.request(*place);
            request.is_some_and(|request| request.state == RequestState::Pending)
        };
        if !places.iter().all(is_pending) {
            return Err(ApiError::forbidden("Only pending payment requests can be canceled."));
        }
        let mut canceled = Vec::new();
        for place in places {
            self.finish(place, RequestState::Canceled, now);
            let group = self.book.groups.get(place.group);
            let request = self.request(place);
            canceled.extend(
                group.zip(request).map(|(group, one)| shown(group, one, &self.config.property.hotel_id)),
            );
        }
        Ok(object! { "PaymentRequests": canceled })
    }
}

impl Group {
    /// Whether one of these reservations is in it.
    pub fn has_one_of(&self, reservations: &[&str]) -> bool {
        self.reservations.iter().any(|one| reservations.contains(&one.id.as_str()))
    }

    /// The reservation of a group of one; `[inf]` null for larger ones.
    pub fn only_reservation(&self) -> Option<&String> {
        match self.reservations.as_slice() {
            [only] => Some(&only.id),
            _ => None,
        }
    }
}

/// `[doc]` CO/operations/_objects.md#amount: untaxed here.
pub fn amount(money: &Money) -> Json {
    let item = object! {
        "TaxRateCode": Json::Null,
        "NetValue": money.json(),
        "TaxValue": Json::Number("0".to_owned()),
    };
    let mut amount = money.amount();
    if let Json::Object(fields) = &mut amount {
        fields.push(("Breakdown".to_owned(), object! { "Items": vec![item] }));
    }
    amount
}

fn shown(group: &Group, request: &PaymentRequest, hotel: &str) -> Json {
    object! {
        "Id": &request.id,
        "EnterpriseId": hotel,
        "AccountId": &group.customer_id,
        "CustomerId": &group.customer_id,
        "ReservationGroupId": &group.id,
        "ReservationId": group.only_reservation(),
        "State": request.state.word(),
        "Amount": amount(&request.amount),
        "Type": "Payment",
        "Reason": REASON,
        "ExpirationUtc": utc(request.expires),
        "Description": "Payment of your booking",
        "Notes": Json::Null,
        "CreatedUtc": utc(request.created),
        "UpdatedUtc": utc(request.updated),
    }
}
