//! Days that verbs without a chain are asked for: today, and ranges within the emission.

use mrc53_console::days;
use mrc53_console::failure::BadInput;
use mrc53_console::show::named_day;
use mrc53_maths::Day;

/// The UTC day by this machine's clock.
pub(super) fn today() -> u32 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Day::of(now.as_secs()).0
}

/// `day`, on which something is emitted.
pub(super) fn of_emission(day: u32) -> Result<Day, BadInput> {
    match days::outside_emission(day) {
        Some(why) => Err(BadInput::new(format!("day {} {why}", named_day(day)))),
        None => Ok(Day(day)),
    }
}

/// The days `[from, to)`: at least one, and something is emitted on each.
pub(super) fn range_of_emission(from: u32, to: u32) -> Result<(Day, Day), BadInput> {
    if from >= to {
        let (from, to) = (named_day(from), named_day(to));
        return Err(BadInput::new(format!("no day lies between {from} and {to}: --to names the day after the last")));
    }
    Ok((of_emission(from)?, of_emission(to - 1)?.next()))
}
