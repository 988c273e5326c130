//! The price list.

/// A stay that can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Its name in forms and addresses.
    pub id: &'static str,
    /// What is booked, as the payer reads it: also the payment's description.
    pub stay: &'static str,
    /// What to expect.
    pub about: &'static str,
    /// How long it is.
    pub nights: i32,
    /// Who sleeps there.
    pub adults: u32,
    /// The price in each currency, in minor units.
    pub prices: Prices,
    /// What the price in kroner is made of.
    pub lines: &'static [Line],
}

/// A price in several currencies, in minor units.
type Prices = &'static [(&'static str, u64)];

/// A part of a price with its tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub name: &'static str,
    /// The price without tax, in minor units: whole hundreds, so that the tax is exact.
    pub net: u64,
    /// The tax on it.
    pub tax_percent: u64,
}

impl Line {
    /// The tax, in minor units.
    pub const fn tax(&self) -> u64 {
        self.net / 100 * self.tax_percent
    }

    /// The price with the tax.
    pub const fn gross(&self) -> u64 {
        self.net + self.tax()
    }
}

/// A night under Norwegian tax.
const fn stay(name: &'static str, net: u64) -> Line {
    Line { name, net, tax_percent: 12 }
}

/// Breakfast, which is taxed as food.
const fn breakfast(net: u64) -> Line {
    Line { name: "Breakfast", net, tax_percent: 15 }
}

/// Everything on offer, the first one chosen until the payer chooses another.
pub const ROOMS: [Room; 4] = [
    Room {
        id: "harbour",
        stay: "Harbour room, two nights",
        about: "A double bed, a bay window over the quay, breakfast at any hour.",
        nights: 2,
        adults: 2,
        prices: &[("GBP", 14_500), ("EUR", 16_900), ("NOK", 191_000), ("RUB", 1_590_000)],
        lines: &[stay("Harbour room, two nights", 150_000), breakfast(20_000)],
    },
    Room {
        id: "garden",
        stay: "Garden room, two nights",
        about: "Twin beds and a door of its own to the herb garden.",
        nights: 2,
        adults: 2,
        prices: &[("GBP", 11_800), ("EUR", 13_700), ("NOK", 157_400), ("RUB", 1_290_000)],
        lines: &[stay("Garden room, two nights", 120_000), breakfast(20_000)],
    },
    Room {
        id: "lighthouse",
        stay: "Lighthouse loft, three nights",
        about: "Ninety-one steps up; the whole coast from the bath tub.",
        nights: 3,
        adults: 2,
        prices: &[("GBP", 31_250), ("EUR", 36_300), ("NOK", 415_300), ("RUB", 3_420_000)],
        lines: &[stay("Lighthouse loft, three nights", 340_000), breakfast(30_000)],
    },
    Room {
        id: "boathouse",
        stay: "Boathouse bunk, one night",
        about: "A bunk, a stove, and the sound of halyards.",
        nights: 1,
        adults: 1,
        prices: &[("GBP", 4_200), ("EUR", 4_900), ("NOK", 56_000), ("RUB", 460_000)],
        lines: &[stay("Boathouse bunk, one night", 50_000)],
    },
];

impl Room {
    /// The price in a currency, in minor units; `None` where it is not sold for it.
    pub fn price(&self, currency: &str) -> Option<u64> {
        let found = self.prices.iter().find(|(known, _)| *known == currency);
        found.map(|(_, price)| *price)
    }
}

/// The room of that name.
pub fn room(id: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.id == id)
}

#[cfg(test)]
mod tests {
    use super::ROOMS;
    use crate::provider::PROVIDERS;

    #[test]
    fn every_room_is_sold_for_every_currency_that_is_taken() {
        for room in ROOMS {
            for provider in PROVIDERS {
                let sold = |currency: &&str| room.price(currency) > Some(0);
                assert!(provider.currencies.iter().all(sold), "{} by {}", room.id, provider.id);
                assert!(!provider.currencies.is_empty());
            }
        }
    }

    #[test]
    fn the_lines_of_a_room_add_up_to_its_price_in_kroner() {
        for room in ROOMS {
            let sum: u64 = room.lines.iter().map(super::Line::gross).sum();
            assert_eq!(Some(sum), room.price("NOK"), "{}", room.id);
            assert!(room.lines.iter().all(|line| line.net % 100 == 0), "{}: the tax is exact", room.id);
        }
    }
}
