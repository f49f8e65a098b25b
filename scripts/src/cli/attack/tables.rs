//! The tables of `attack`.

use alloy::primitives::U256;
use mrc53_console::show::{bar, grouped, grouped_fine_mor, grouped_mor, new_table, percent};
use mrc53_simulation::attack::marketplace::DayLock;
use mrc53_simulation::attack::place::Kept;
use mrc53_simulation::attack::row::{Case, Kind, Row};
use mrc53_simulation::attack::share::ALL;
use mrc53_simulation::attack::terms::sessions_at_once;

use super::priced::Priced;

pub(super) fn always_open(priced: &Priced) -> String {
    let header = ["each opened for", "sessions", "MOR", "with day lock", "MOR·days", "with day lock", "gas"];
    let mut table = new_table(0, &header);
    for open in &priced.always_open {
        let [off, on] = &open.kept;
        let mut row = vec![format!("{} s", number(open.session_seconds)), number(off.sessions)];
        row.extend([fine(off.at_hand), fine(on.at_hand), days(off), days(on), number(open.gas)]);
        table.add_row(row);
    }
    table.to_string()
}

/// What self-hosting and dilution cost.
pub(super) fn cost(rows: &[&Row]) -> String {
    let mut table = new_table(
        1,
        &[
            "usage",
            "honest stake",
            "at once",
            "subnet stake",
            "MOR·days",
            "consumer's MOR",
            "with day lock",
            "MOR·days",
            "with day lock",
            "gas",
        ],
    );
    for row in rows {
        let [off, on] = DayLock::BOTH.map(|lock| row.kept(lock));
        let mark = if row.kind == Kind::SelfHosting && row.is_short_of_stake() { "*" } else { "" };
        table.add_row([
            share(row),
            mor(row.honest_stake),
            number(sessions_at_once(row.seconds)),
            format!("{}{mark}", mor(row.stake)),
            mor(row.stake_seconds() / 86_400),
            fine(off.at_hand),
            fine(on.at_hand),
            days(off),
            days(on),
            number(row.gas),
        ]);
    }
    table.to_string()
}

/// What self-hosting and dilution take.
pub(super) fn taken(rows: &[&Row], gas_price: Option<u128>) -> String {
    let mut header = vec![
        "usage",
        "they lose",
        "honest stake",
        "alone, MOR",
        "they lose, MOR",
        "of theirs",
        "a day per staked MOR",
        "attacker is paid",
        "even at, MOR per million gas",
    ];
    header.extend(gas_price.map(|_| "profit"));
    let mut table = new_table(2, &header);
    for row in rows {
        let taken = &row.taken;
        let mut cells = vec![
            share(row),
            bar(taken.lost, row.honest_alone),
            mor(row.honest_stake),
            mor(row.honest_alone),
            mor(taken.lost),
            percent(taken.lost, row.honest_alone),
            fine(row.lost_per_staked_mor()),
            mor(taken.attacker.paid),
            fine(row.break_even()),
        ];
        cells.extend(gas_price.map(|price| signed(row.profit(price))));
        table.add_row(cells);
    }
    table.to_string()
}

pub(super) fn timing(rows: &[&Row]) -> String {
    let header =
        ["stake comes", "paid", "paid, MOR", "of a whole day's", "honest lose, MOR", "locked, MOR·days", "counts"];
    let mut table = new_table(2, &header);
    let whole = rows.first().map_or(0, |row| row.taken.attacker.paid);
    for row in rows {
        let (paid, lost) = (row.taken.attacker.paid, row.taken.lost);
        let counts = if row.taken.attacker.seconds > 0 { "yes" } else { "no" };
        let locked = mor(row.stake_seconds() / 86_400);
        let cells = [comes(row), bar(paid, whole), mor(paid), percent(paid, whole), mor(lost), locked, counts.into()];
        table.add_row(cells);
    }
    table.to_string()
}

pub(super) fn splitting(rows: &[&Row]) -> String {
    let header = ["subnets", "stake of each", "counts", "paid, wei", "less than one, wei", "honest lose", "gas"];
    let mut table = new_table(0, &header);
    let whole = rows.first().map_or(0, |row| row.taken.attacker.paid);
    for row in rows {
        let Case::Subnets(subnets) = row.case else { continue };
        let paid = row.taken.attacker.paid;
        let counts = if row.taken.attacker.seconds > 0 { "yes" } else { "no" };
        table.add_row([
            number(subnets),
            mor(row.stake / u128::from(subnets.max(1))),
            counts.into(),
            grouped(&paid.to_string()),
            grouped(&whole.saturating_sub(paid).to_string()),
            mor(row.taken.lost),
            number(row.gas),
        ]);
    }
    table.to_string()
}

/// The share of usage that it aims at.
pub(super) fn share(row: &Row) -> String {
    percent(row.share.parts().into(), ALL.into())
}

fn comes(row: &Row) -> String {
    match row.case {
        Case::StakedAt(86_400) => "the next day".into(),
        Case::StakedAt(second) => {
            let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
            format!("{hours:02}:{minutes:02}:{seconds:02}")
        }
        Case::Usage | Case::Subnets(_) => String::new(),
    }
}

/// MOR·days of a consumer's stake.
fn days(kept: &Kept) -> String {
    fine(kept.wei_seconds / 86_400)
}

fn number(number: u64) -> String {
    grouped(&number.to_string())
}

/// MOR with two decimals, rounded down.
fn mor(wei: u128) -> String {
    grouped_mor(U256::from(wei))
}

/// MOR with four decimals, rounded down.
pub(super) fn fine(wei: u128) -> String {
    grouped_fine_mor(U256::from(wei))
}

fn signed(wei: i128) -> String {
    let sign = if wei < 0 { "-" } else { "" };
    format!("{sign}{}", mor(wei.unsigned_abs()))
}
