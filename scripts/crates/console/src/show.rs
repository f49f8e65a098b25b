//! How tables, days, shares and amounts are shown to people.

use std::path::Path;

use alloy_primitives::U256;
use alloy_primitives::utils::format_ether;
use comfy_table::{CellAlignment, Table, presets};
use jiff::Timestamp;

/// A table whose columns from number `left` on are numbers.
#[must_use]
pub fn new_table(left: usize, header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN).set_header(header.iter().copied());
    for column in table.column_iter_mut().skip(left) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// `2025-02-21` of a UTC day number.
#[must_use]
pub fn date(day: u32) -> String {
    let midnight = i64::from(day) * 86_400;
    Timestamp::from_second(midnight).map_or_else(|_| day.to_string(), |time| time.strftime("%F").to_string())
}

/// `20140 (2025-02-21)` of a UTC day number.
#[must_use]
pub fn named_day(day: u32) -> String {
    format!("{day} ({})", date(day))
}

/// `2025-02-21 16:30:00 UTC` of Unix seconds.
#[must_use]
pub fn moment(unix: u64) -> String {
    let time = i64::try_from(unix).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map_or_else(|| unix.to_string(), |time| time.strftime("%F %T UTC").to_string())
}

/// `part` of `whole` with two decimals, rounded down; a dash if there is nothing to share.
#[must_use]
pub fn percent(part: u128, whole: u128) -> String {
    let parts = U256::from(part) * U256::from(10_000);
    match parts.checked_div(U256::from(whole)) {
        None => "-".into(),
        Some(hundredths) => {
            let hundredths: u128 = hundredths.saturating_to();
            format!("{}.{:02} %", hundredths / 100, hundredths % 100)
        }
    }
}

/// `1 session`, `2 sessions`.
#[must_use]
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A file, as seen from the folder in which the tool runs.
#[must_use]
pub fn path(file: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    file.strip_prefix(here).unwrap_or(file).display().to_string()
}

/// MOR to the wei.
#[must_use]
pub fn mor(wei: U256) -> String {
    if wei.is_zero() { "0".into() } else { format_ether(wei) }
}

/// MOR to the wei, without zeros behind.
#[must_use]
pub fn trimmed(wei: U256) -> String {
    format_ether(wei).trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// MOR with two decimals, rounded down.
#[must_use]
pub fn rounded(wei: U256) -> String {
    let text = format_ether(wei);
    text.split_once('.').map_or(text.clone(), |(whole, rest)| format!("{whole}.{rest:.2}"))
}

/// A decimal number with a comma between thousands.
#[must_use]
pub fn grouped(number: &str) -> String {
    let whole = number.split('.').next().unwrap_or_default().len();
    let mut text = String::with_capacity(number.len() + whole / 3);
    for (place, digit) in number.chars().enumerate() {
        if 0 < place && place < whole && (whole - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// MOR with four decimals, rounded down, and a comma between thousands.
#[must_use]
pub fn grouped_fine_mor(wei: U256) -> String {
    let text = format_ether(wei);
    grouped(&text.split_once('.').map_or(text.clone(), |(whole, rest)| format!("{whole}.{rest:.4}")))
}

/// MOR with two decimals, rounded down, and a comma between thousands.
#[must_use]
pub fn grouped_mor(wei: U256) -> String {
    grouped(&rounded(wei))
}

/// How many letters a whole bar has.
const BAR: usize = 10;

/// `part` of `whole` as a bar of at most ten letters, to an eighth of a letter rounded down.
#[must_use]
pub fn bar(part: u128, whole: u128) -> String {
    let eighths = U256::from(part.min(whole)) * U256::from(BAR * 8);
    let eighths: usize = eighths.checked_div(U256::from(whole)).unwrap_or_default().saturating_to();
    let last = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'].get((eighths % 8).wrapping_sub(1));
    std::iter::repeat_n('█', eighths / 8).chain(last.copied()).collect()
}

/// A letter for each of `heights`, as high as it is beside the highest.
#[must_use]
pub fn sparkline(heights: &[u128]) -> String {
    let most = heights.iter().copied().max().unwrap_or_default();
    let steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let step = |height: &u128| {
        let number =
            (U256::from(*height) * U256::from(steps.len() - 1)).checked_div(U256::from(most)).unwrap_or_default();
        if *height == 0 { ' ' } else { steps[number.saturating_to::<usize>()] }
    };
    heights.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_are_shown_as_dates() {
        assert_eq!(date(20_140), "2025-02-21");
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(named_day(20_140), "20140 (2025-02-21)");
    }

    #[test]
    fn moments_are_shown_to_the_second() {
        assert_eq!(moment(1_740_155_400), "2025-02-21 16:30:00 UTC");
        assert_eq!(moment(u64::MAX), u64::MAX.to_string());
    }

    #[test]
    fn shares_round_down_and_nothing_of_nothing_is_a_dash() {
        assert_eq!(percent(10_000, 100_000), "10.00 %");
        assert_eq!(percent(2, 3), "66.66 %");
        assert_eq!(percent(0, 0), "-");
        assert_eq!(percent(u128::MAX, u128::MAX), "100.00 %");
    }

    #[test]
    fn a_bar_is_as_long_as_its_part() {
        assert_eq!([0, 1, 8, 12, 80, 90].map(|part| bar(part, 80)), ["", "▏", "█", "█▌", "██████████", "██████████"]);
        assert_eq!([bar(1, 0), bar(u128::MAX, u128::MAX)], ["", "██████████"]);
    }

    #[test]
    fn a_sparkline_has_nothing_where_nothing_is_and_is_highest_at_the_most() {
        assert_eq!(sparkline(&[0, 1, 50, u128::MAX / 2, u128::MAX]), " ▁▁▄█");
        assert_eq!([sparkline(&[]), sparkline(&[0, 0])], ["", "  "]);
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!([count(0, "day"), count(1, "day"), count(2, "day")], ["0 days", "1 day", "2 days"]);
    }

    #[test]
    fn amounts_are_shown_to_the_wei() {
        assert_eq!(mor(U256::from(305_601_083_255_596_990_795_u128)), "305.601083255596990795");
        assert_eq!(mor(U256::ZERO), "0");
    }

    #[test]
    fn trimmed_amounts_have_no_zeros_behind() {
        let tenth = U256::from(100_000_000_000_000_000_u64);
        let wei = |tenths: u64| tenth * U256::from(tenths);
        assert_eq!([0, 1, 10, 105, 100_000].map(|tenths| trimmed(wei(tenths))), ["0", "0.1", "1", "10.5", "10000"]);
    }

    #[test]
    fn rounded_amounts_have_two_decimals() {
        assert_eq!(rounded(U256::from(1_239_000_000_000_000_000_u64)), "1.23");
    }

    #[test]
    fn thousands_are_set_apart_before_the_point_alone() {
        let numbers = ["0", "999", "1000", "1234567.8901", "100000.00"];
        assert_eq!(numbers.map(grouped), ["0", "999", "1,000", "1,234,567.8901", "100,000.00"]);
    }
}
