//! Demand that was counted, as a file of its own has it: CSV, the days that had any in ascending order.

use std::collections::BTreeMap;

use mrc53_console::amounts::within;
use mrc53_console::days;
use mrc53_console::show::named_day;
use mrc53_maths::Day;

use super::numbers::MOST_SECONDS_EACH;
use mrc53_books::market::MOST_SESSIONS;
use mrc53_books::market::demand::Asked;

/// Its first line; below, a UTC day by its date or number, whole sessions that open on it, and whole seconds that are
/// served on it. A day without a line has neither.
pub const COUNTED_HEADER: &str = "day,sessions,seconds";
/// The longest such file: far more than a line for every day of the emission takes.
pub const MOST_COUNTED_BYTES: u64 = 1 << 20;

/// Files of counted demand, by their paths as a simulation names them.
pub(super) type CountedFiles = BTreeMap<String, Counted>;

/// The days of a file, ascending, each with its line's number.
#[derive(Clone, Debug)]
pub(super) struct Counted(Vec<(u32, Day, Asked)>);

impl Counted {
    /// Reads `text`; says what is wrong with which line.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut lines = (1..).zip(text.lines().map(str::trim));
        let (_, header) = lines.next().unwrap_or_default();
        if header != COUNTED_HEADER {
            return Err(format!("line 1: the header is {COUNTED_HEADER}"));
        }
        let mut counted: Vec<(u32, Day, Asked)> = Vec::new();
        for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
            let wrong = |why: String| format!("line {number}: {why}");
            let (day, asked) = day_of(line).map_err(wrong)?;
            if let Some((_, before, _)) = counted.last().filter(|(_, before, _)| before.0 >= day.0) {
                let (day, before) = (named_day(day.0), named_day(before.0));
                return Err(wrong(format!("day {day} does not come after {before} above it: days ascend, each once")));
            }
            counted.push((number, day, asked));
        }
        if counted.is_empty() {
            return Err("there is no day in it".into());
        }
        Ok(Self(counted))
    }

    /// What is asked for on each day from `from` on, up to the last that has a line; all of them lie before `to`.
    pub(super) fn in_days(&self, from: Day, to: Day) -> Result<Vec<Asked>, String> {
        let mut asked = Vec::new();
        for (number, day, on_day) in &self.0 {
            if !(from.0..to.0).contains(&day.0) {
                let [day, from, to] = [day.0, from.0, to.0].map(named_day);
                return Err(format!(
                    "line {number}: day {day} is none of the market's, from {from} to the beginning of {to}: set \
                     market.from and market.to"
                ));
            }
            asked.resize((day.0 - from.0) as usize, Asked::default());
            asked.push(*on_day);
        }
        Ok(asked)
    }
}

fn day_of(line: &str) -> Result<(Day, Asked), String> {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let [day, sessions, seconds] = fields.as_slice() else {
        return Err(format!("fields are {COUNTED_HEADER}, {} are there", fields.len()));
    };
    let day = days::parse(day).map_err(|error| error.to_string())?;
    let sessions = within(0, MOST_SESSIONS)(sessions).map_err(|error| format!("sessions: {error}"))?;
    let seconds = within(0, MOST_SESSIONS * MOST_SECONDS_EACH)(seconds).map_err(|error| format!("seconds: {error}"))?;
    Ok((Day(day), Asked { sessions, seconds }))
}
