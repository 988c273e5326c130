//! Reservation groups, reservations and their notes. `[doc]` CO/operations/{reservationgroups,reservations,
//! serviceordernotes}.md. A note is an object of its own: reservations do not show it, except under the `Extent` of the
//! deprecated edition of 2017.

use super::answers::{count, utc};
use super::errors::ApiError;
use super::group::{Group, Reservation};
use super::paging::{Interval, Limitation, in_interval, is_listed};
use super::reader::Fields;
use super::world::World;
use crate::exact::{Json, object};

/// `ServiceId` of all reservations here.
pub const SERVICE: &str = "bd26d8db-86da-4f96-9efc-e5a4654a4a94";
/// Any age category, for `PersonCounts`.
const AGES: [&str; 2] = ["1f67644f-052d-4863-acdf-ae1600c60ca0", "ab58c939-be30-4a60-8f75-ae1600c60c9f"];

/// What a booked room is listed by.
pub type Listed<'a> = (&'a Group, &'a Reservation);

impl World {
    /// `reservationGroups/getAll`: by ids or by when they were updated, one of which must be given. No notes here.
    pub fn list_groups(&self, fields: &Fields<'_>) -> Result<Json, ApiError> {
        let limitation = Limitation::read(fields)?;
        let ids = fields.texts("ReservationGroupIds")?;
        let updated = Interval::read(fields, "UpdatedUtc")?;
        if ids.is_none() && updated.is_none() {
            return Err(ApiError::new(400, "At least one filter must be specified."));
        }
        let hotel = &self.config.property.hotel_id;
        let fits = |group: &&Group| is_listed(ids.as_ref(), &group.id) && in_interval(updated, group.updated);
        let found = self.book.groups.iter().filter(fits).map(|group| (group.id.clone(), named(group, hotel)));
        let (page, cursor) = limitation.page(found.collect())?;
        Ok(object! { "ReservationGroups": page, "Cursor": cursor })
    }

    /// `reservations/getAll/2023-06-06`: every filter is optional.
    pub fn list_reservations_2023(&self, fields: &Fields<'_>) -> Result<Json, ApiError> {
        let limitation = Limitation::read(fields)?;
        let ids = fields.texts("ReservationIds")?;
        let groups = fields.texts("ReservationGroupIds")?;
        let accounts = fields.texts("AccountIds")?;
        let states = fields.texts("States")?;
        let created = Interval::read(fields, "CreatedUtc")?;
        let updated = Interval::read(fields, "UpdatedUtc")?;
        let start = Interval::read(fields, "ScheduledStartUtc")?;
        let fits = |(group, one): &Listed<'_>| {
            is_listed(ids.as_ref(), &one.id)
                && is_listed(groups.as_ref(), &group.id)
                && is_listed(accounts.as_ref(), &group.customer_id)
                && is_listed(states.as_ref(), one.standing.word())
                && in_interval(created, group.created)
                && in_interval(updated, one.updated)
                && in_interval(start, one.stay.start)
        };
        let found = self.listed().filter(fits).map(|(group, one)| (one.id.clone(), shown(group, one)));
        let (page, cursor) = limitation.page(found.collect())?;
        Ok(object! { "Reservations": page, "Cursor": cursor })
    }

    /// `serviceOrderNotes/getAll`: `ServiceOrderIds`, which are reservations' ids, is required.
    pub fn list_notes(&self, fields: &Fields<'_>) -> Result<Json, ApiError> {
        let limitation = Limitation::read(fields)?;
        let ids = fields.texts("ServiceOrderIds")?.ok_or_else(|| fields.invalid("ServiceOrderIds"))?;
        let updated = Interval::read(fields, "UpdatedUtc")?;
        let types = fields.texts("Types")?;
        let fits = |(group, one): &Listed<'_>| {
            ids.contains(&one.id.as_str())
                && in_interval(updated, group.created)
                && is_listed(types.as_ref(), "General")
        };
        let note = |(group, one): Listed<'_>| Some((one.note_id.clone(), note(group, one)?));
        let (page, cursor) = limitation.page(self.listed().filter(fits).filter_map(note).collect())?;
        Ok(object! { "ServiceOrderNotes": page, "Cursor": cursor })
    }

    /// Every reservation with its group, oldest first.
    pub fn listed(&self) -> impl Iterator<Item = Listed<'_>> {
        self.book.groups.iter().flat_map(|group| group.reservations.iter().map(move |one| (group, one)))
    }
}

fn named(group: &Group, hotel: &str) -> Json {
    object! {
        "Id": &group.id,
        "EnterpriseId": hotel,
        "Name": &group.customer.last_name,
        "ChannelManager": Json::Null,
        "ChannelManagerGroupNumber": Json::Null,
    }
}

/// `[doc]` CO/operations/serviceordernotes.md#service-order-note; none for a reservation without notes.
pub fn note(group: &Group, reservation: &Reservation) -> Option<Json> {
    let text = reservation.stay.notes.as_ref()?;
    Some(object! {
        "Id": &reservation.note_id,
        "OrderId": &reservation.id,
        "Text": text,
        "Type": "General",
        "CreatedUtc": utc(group.created),
        "UpdatedUtc": utc(group.created),
    })
}

fn shown(group: &Group, reservation: &Reservation) -> Json {
    let stay = &reservation.stay;
    let people = AGES.iter().zip([stay.adults, stay.children]);
    let people = people.map(|(age, number)| object! { "AgeCategoryId": *age, "Count": count(number) });
    object! {
        "Id": &reservation.id,
        "ServiceId": SERVICE,
        "AccountId": &group.customer_id,
        "AccountType": "Customer",
        "Number": reservation.number.to_string(),
        "State": reservation.standing.word(),
        "Origin": "Distributor",
        "CreatedUtc": utc(group.created),
        "UpdatedUtc": utc(reservation.updated),
        "RateId": &stay.rate,
        "GroupId": &group.id,
        "RequestedResourceCategoryId": &stay.room_category,
        "AssignedResourceLocked": false,
        "ReleasedUtc": reservation.released.map(utc),
        "ScheduledStartUtc": utc(stay.start),
        "ScheduledEndUtc": utc(stay.end),
        "StartUtc": utc(stay.start),
        "EndUtc": utc(stay.end),
        "PersonCounts": people.collect::<Vec<_>>(),
    }
}
