//! The rules of `reservationGroups/create`. `[doc]` BE/operations/reservation-groups.md, the tables of the request.
//!
//! `[inf]` A missing or ill-typed field and an unknown identifier are a 400, a broken rule of business is a 403.

use serde::{Deserialize, Serialize};

use super::errors::ApiError;
use super::property::{Property, Rate};
use super::reader::Fields;

/// Who books.
#[derive(Clone, Deserialize, Serialize)]
pub struct Guest {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
}

/// What one reservation asks for. Times are milliseconds since the epoch.
#[derive(Clone, Deserialize, Serialize)]
pub struct Stay {
    pub room_category: String,
    pub start: i64,
    pub end: i64,
    pub rate: String,
    pub adults: usize,
    pub children: usize,
    pub products: Vec<String>,
    pub notes: Option<String>,
    pub voucher: Option<String>,
}

/// A create request that passed.
pub struct Wish {
    pub customer: Guest,
    pub stays: Vec<Stay>,
    pub has_card: bool,
}

/// Reads and checks a body. Availability is looked at afterwards.
pub fn wish(fields: &Fields<'_>, property: &Property, now: i64) -> Result<Wish, ApiError> {
    if fields.required("ConfigurationId")? != property.configuration_id {
        return Err(fields.invalid("ConfigurationId"));
    }
    property.check_hotel(fields)?;
    let customer = guest(&fields.required_object("Customer")?)?;
    if let Some(booker) = fields.object("Booker")? {
        guest(&booker)?;
    }
    let read = |entry: &Fields<'_>| stay(entry, property, now);
    let stays = fields.objects("Reservations")?.iter().map(read).collect::<Result<_, _>>()?;
    fields.text("AvailabilityBlockId")?;
    Ok(Wish { customer, stays, has_card: has_card(fields)? })
}

fn guest(fields: &Fields<'_>) -> Result<Guest, ApiError> {
    let email = fields.required("Email")?;
    let first_name = fields.required("FirstName")?.to_owned();
    let last_name = fields.required("LastName")?.to_owned();
    fields.text("Telephone")?;
    fields.text("NationalityCode")?;
    fields.flag("SendMarketingEmails")?;
    let is_address = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    match is_address {
        true => Ok(Guest { email: email.to_owned(), first_name, last_name }),
        // [inf] A rule that the end user can mend.
        false => Err(ApiError::forbidden("The email address is not valid.")),
    }
}

fn stay(fields: &Fields<'_>, property: &Property, now: i64) -> Result<Stay, ApiError> {
    let stay = Stay {
        room_category: fields.required("RoomCategoryId")?.to_owned(),
        start: fields.time("StartUtc")?,
        end: fields.time("EndUtc")?,
        rate: fields.required("RateId")?.to_owned(),
        adults: fields.count("AdultCount")?,
        children: fields.count("ChildCount")?,
        products: fields.texts("ProductIds")?.unwrap_or_default().into_iter().map(str::to_owned).collect(),
        notes: fields.text("Notes")?.map(str::to_owned),
        voucher: fields.text("VoucherCode")?.map(str::to_owned),
    };
    if property.room_category(&stay.room_category).is_none() {
        return Err(fields.invalid("RoomCategoryId"));
    }
    if property.rate(&stay.rate).is_none() {
        return Err(fields.invalid("RateId"));
    }
    if !stay.products.iter().all(|product| property.products.contains(product)) {
        return Err(fields.invalid("ProductIds"));
    }
    rules(&stay, now)?;
    Ok(stay)
}

/// `[inf]` What a booking engine would tell the guest.
fn rules(stay: &Stay, now: i64) -> Result<(), ApiError> {
    let rules = [
        (stay.start < stay.end, "The departure must be after the arrival."),
        (stay.end > now, "The selected dates are in the past."),
        (stay.adults + stay.children > 0, "At least one person must stay."),
    ];
    match rules.into_iter().find(|(kept, _)| !kept) {
        Some((_, message)) => Err(ApiError::forbidden(message)),
        None => Ok(()),
    }
}

/// `[doc]` `CreditCardData` has three required fields. What is in `PaymentGatewayData` is not looked at.
fn has_card(fields: &Fields<'_>) -> Result<bool, ApiError> {
    let Some(card) = fields.object("CreditCardData")? else {
        return Ok(false);
    };
    card.required("PaymentGatewayData")?;
    card.required("HolderName")?;
    let expiration = card.required("Expiration")?;
    let digits =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|sign| sign.is_ascii_digit());
    let is_month =
        expiration.split_once('-').is_some_and(|(year, month)| digits(year, 4) && digits(month, 2));
    if is_month { Ok(true) } else { Err(card.invalid("Expiration")) }
}

impl Property {
    /// The rate with this id.
    pub fn rate(&self, id: &str) -> Option<&Rate> {
        self.rates.iter().find(|rate| rate.id == id)
    }

    /// How many rooms a category has.
    pub fn room_category(&self, id: &str) -> Option<usize> {
        self.room_categories.iter().find(|category| category.id == id).map(|category| category.rooms)
    }

    /// `[doc]` BE/guidelines/authentication.md: knowing the hotel's identifier is enough to access it.
    pub fn check_hotel(&self, fields: &Fields<'_>) -> Result<(), ApiError> {
        match fields.required("HotelId")? == self.hotel_id {
            true => Ok(()),
            false => Err(fields.invalid("HotelId")),
        }
    }
}
