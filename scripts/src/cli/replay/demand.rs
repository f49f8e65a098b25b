//! What was served, as a file of `simulate` takes it for demand that was counted.

use std::collections::BTreeMap;

use mrc53_books::ledger::usage::Usage;
use mrc53_console::show::date;
use mrc53_maths::Day;
use mrc53_simulation::file::COUNTED_HEADER;
use mrc53_simulation::replay::usage::UsageByDay;

/// A line for each day, of all providers.
pub(super) fn of(usage: &UsageByDay) -> String {
    let line = |(day, providers): (Day, &BTreeMap<usize, Usage>)| {
        let sessions: u64 = providers.values().map(|usage| usage.sessions).sum();
        let seconds: u64 = providers.values().map(|usage| usage.seconds).sum();
        format!("{},{sessions},{seconds}", date(day.0))
    };
    [COUNTED_HEADER.to_owned()].into_iter().chain(usage.days().map(line)).collect::<Vec<_>>().join("\n")
}
