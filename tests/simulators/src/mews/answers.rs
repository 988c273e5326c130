//! The JSON of the Distributor API. `[doc]` BE/operations/reservation-groups.md, the tables of the responses.

use super::group::{Group, Payment, Reservation};
use super::money::Money;
use super::property::Property;
use crate::clock::rfc3339;
use crate::exact::{Json, object};

/// `Extent` of a get request.
#[derive(Clone, Copy, Default)]
pub struct Extent {
    pub requests: bool,
    pub payments: bool,
}

/// A time as `2021-03-30T11:17:03Z`. `[doc]` CO/guidelines/serialization.md.
pub fn utc(at: i64) -> String {
    let seconds: String = rfc3339(at).chars().take(19).collect();
    format!("{seconds}Z")
}

impl Property {
    /// A group as create answers it, and as get does with its extent.
    pub fn shown(&self, group: &Group, extent: Extent) -> Json {
        let reservations = group.reservations.iter().map(|one| self.reservation(one)).collect();
        let mut fields = vec![
            ("Id", Json::from(&group.id)),
            ("CustomerId", Json::from(&group.customer_id)),
            ("Reservations", Json::List(reservations)),
            ("TotalAmount", self.multi_currency(&group.total())),
        ];
        // [doc] Optional: absent for rates without such a settlement (BE/use-cases/on-session-payments.md).
        fields.extend(group.requests.first().map(|request| ("PaymentRequestId", Json::from(&request.id))));
        fields.extend(group.card_id.as_ref().map(|card| ("PaymentCardId", Json::from(card))));
        if extent.requests {
            fields.push(("PaymentRequests", Json::List(requests(group))));
        }
        if extent.payments {
            let attempts = group.requests.iter().flat_map(|request| group.attempts(&request.id));
            let shown = attempts.map(|payment| self.payment(payment)).collect();
            fields.push(("Payments", Json::List(shown)));
        }
        Json::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    fn reservation(&self, reservation: &Reservation) -> Json {
        let stay = &reservation.stay;
        let name = self.rate(&stay.rate).map_or("", |rate| rate.name.as_str());
        let products = stay.products.iter().map(Json::from).collect::<Vec<_>>();
        object! {
            "Id": &reservation.id,
            "RoomCategoryId": &stay.room_category,
            "StartUtc": utc(stay.start),
            "EndUtc": utc(stay.end),
            "RateId": &stay.rate,
            "Rate": object! {
                "Id": &stay.rate,
                "Name": object! { "en-US": name },
                "Description": object! { "en-US": name },
            },
            "AdultCount": count(stay.adults),
            "ChildCount": count(stay.children),
            "ProductIds": products,
            "Notes": stay.notes.as_ref(),
            "Amount": self.multi_currency(&reservation.prices),
            "Number": reservation.number.to_string(),
        }
    }

    /// `[doc]` BE/operations/hotels.md#multi-currency-amount.
    fn multi_currency(&self, prices: &[Money]) -> Json {
        let one = |price: &Money| (price.currency.clone(), self.taxed(price));
        Json::Object(prices.iter().map(one).collect())
    }

    fn taxed(&self, gross: &Money) -> Json {
        let percent = self.tax_percent;
        let tax =
            Money::of((gross.minor * percent * 2 + 100 + percent) / (2 * (100 + percent)), &gross.currency);
        let net = Money::of(gross.minor - tax.minor, &gross.currency);
        let values = match percent {
            0 => Vec::new(),
            _ => vec![object! { "TaxRateCode": &self.tax_code, "Value": tax.json() }],
        };
        object! { "GrossValue": gross.json(), "NetValue": net.json(), "TaxValues": values }
    }

    fn payment(&self, payment: &Payment) -> Json {
        object! {
            "Id": &payment.id,
            "EnterpriseId": &self.hotel_id,
            "PaymentRequestId": &payment.request,
            "CreatedUtc": utc(payment.created),
            "State": payment.state.word(),
            "Amount": payment.amount.amount(),
            "ChargeAmount": payment.charge.amount(),
        }
    }
}

/// A whole number.
pub fn count(number: usize) -> Json {
    Json::Number(number.to_string())
}

fn requests(group: &Group) -> Vec<Json> {
    let shown = |request: &super::group::PaymentRequest| {
        object! {
            "Id": &request.id,
            "ReservationGroupId": &group.id,
            "State": request.state.word(),
        }
    };
    group.requests.iter().map(shown).collect()
}
