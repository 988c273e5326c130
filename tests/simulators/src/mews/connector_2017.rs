//! `reservations/getAll` as of 2017-04-12: deprecated, and the one list that can bring notes along. `[doc]`
//! CO/operations/reservations.md#get-all-reservations-ver-2017-04-12.

use super::answers::utc;
use super::connector_bookings::{Listed, SERVICE, note};
use super::errors::ApiError;
use super::paging::{Interval, Limitation, is_listed};
use super::reader::Fields;
use super::world::World;
use crate::exact::{Json, object};

/// `[doc]` The states that are returned when none are named: an optional reservation is not among them.
const ORDINARY: [&str; 3] = ["Confirmed", "Started", "Processed"];

/// `TimeFilter` and its interval.
struct When<'a> {
    by: &'a str,
    start: i64,
    end: i64,
}

impl<'a> When<'a> {
    fn read(fields: &Fields<'a>) -> Result<Option<Self>, ApiError> {
        let by = fields.text("TimeFilter")?;
        if by.is_none() && fields.value("StartUtc").is_none() {
            return Ok(None);
        }
        let (start, end) = (fields.time("StartUtc")?, fields.time("EndUtc")?);
        Interval::between(start, end).ok_or_else(|| fields.invalid("EndUtc"))?;
        let by = by.unwrap_or("Colliding");
        let known = ["Colliding", "Created", "Updated", "Start", "End", "Overlapping", "Canceled"];
        if known.contains(&by) {
            Ok(Some(Self { by, start, end }))
        } else {
            Err(fields.invalid("TimeFilter"))
        }
    }

    fn fits(&self, (group, one): &Listed<'_>) -> bool {
        let has = |at: i64| Interval::between(self.start, self.end).is_some_and(|interval| interval.has(at));
        match self.by {
            "Created" => has(group.created),
            "Updated" => has(one.updated),
            "Start" => has(one.stay.start),
            "End" => has(one.stay.end),
            "Canceled" => one.standing.word() == "Canceled" && has(one.updated),
            "Overlapping" => one.stay.start <= self.start && self.end <= one.stay.end,
            _ => one.stay.start < self.end && self.start < one.stay.end,
        }
    }
}

impl World {
    /// `[doc]` `ServiceIds`, `Extent` and `Limitation` are required.
    pub fn list_reservations_2017(&self, fields: &Fields<'_>) -> Result<Json, ApiError> {
        let limitation = Limitation::read(fields)?;
        let extent = fields.required_object("Extent")?;
        let services = fields.texts("ServiceIds")?.ok_or_else(|| fields.invalid("ServiceIds"))?;
        let ids = fields.texts("ReservationIds")?;
        let groups = fields.texts("GroupIds")?;
        let customers = fields.texts("CustomerIds")?;
        let states = fields.texts("States")?.unwrap_or_else(|| ORDINARY.to_vec());
        let when = When::read(fields)?;
        let fits = |listed: &Listed<'_>| {
            let (group, one) = listed;
            let named = ids.is_some() && fields.value("States").is_none();
            services.contains(&SERVICE)
                && is_listed(ids.as_ref(), &one.id)
                && is_listed(groups.as_ref(), &group.id)
                && is_listed(customers.as_ref(), &group.customer_id)
                && (named || states.contains(&one.standing.word()))
                && when.as_ref().is_none_or(|when| when.fits(listed))
        };
        let found: Vec<Listed<'_>> = self.listed().filter(fits).collect();
        let pages = found.iter().map(|listed| (listed.1.id.clone(), Json::from(&listed.1.id))).collect();
        let (page, cursor) = limitation.page(pages)?;
        let on_page = |listed: &&Listed<'_>| page.contains(&Json::from(&listed.1.id));
        let found: Vec<&Listed<'_>> = found.iter().filter(on_page).collect();
        let list = |name: &str, items: Vec<Json>| match extent.flag(name) {
            Ok(Some(true)) => Json::List(items),
            _ => Json::Null,
        };
        Ok(object! {
            "Reservations": list("Reservations", found.iter().rev().map(|listed| shown(listed)).collect()),
            "Notes": list("Notes", found.iter().rev().filter_map(|(group, one)| note(group, one)).collect()),
            "Cursor": cursor,
        })
    }
}

fn shown((group, one): &Listed<'_>) -> Json {
    object! {
        "Id": &one.id,
        "ServiceId": SERVICE,
        "GroupId": &group.id,
        "Number": one.number.to_string(),
        "State": one.standing.word(),
        "Origin": "Distributor",
        "CreatedUtc": utc(group.created),
        "UpdatedUtc": utc(one.updated),
        "StartUtc": utc(one.stay.start),
        "EndUtc": utc(one.stay.end),
        "RequestedCategoryId": &one.stay.room_category,
        "AssignedResourceLocked": false,
        "RateId": &one.stay.rate,
        "OwnerId": &group.customer_id,
        "CustomerId": &group.customer_id,
    }
}
