//! The page for people.

use alloy::primitives::U256;
use comfy_table::Table;
use mrc53_base::pipeline::overview::Overview;
use mrc53_console::show::{date, moment, mor, new_table, percent, rounded};
use mrc53_keeper::programs::table::state;

use super::hook::{Part, State};
use super::money::DUST_WEI;
use super::page::Page;
use super::pipeline;
use super::reader::{Reading, Wei};
use super::subnets::{Share, Subnet};

/// All of `page`: what is wrong first.
#[must_use]
pub fn table(page: &Page) -> String {
    let subnets = match &page.subnets {
        Reading::Known(subnets) if subnets.is_empty() => "none is registered yet".into(),
        Reading::Known(subnets) => subnets_of(subnets).to_string(),
        Reading::Unknown { error } => format!("? {error}"),
    };
    let sections = [
        ("Contracts".to_owned(), contracts(page).to_string()),
        ("Wiring".to_owned(), wiring(page).to_string()),
        ("Built upon".to_owned(), inputs(page).to_string()),
        ("Rules".to_owned(), rules(page).to_string()),
        ("Money, MOR".to_owned(), money(page).to_string()),
        (format!("Subnets on {}, as the day stands, MOR", date(page.day)), subnets),
    ];
    let on_base =
        page.pipeline.as_ref().map(|pipeline| ("The way from Base".to_owned(), from_base(pipeline).to_string()));
    let sections = sections.into_iter().chain(on_base).map(|(title, section)| format!("{title}\n{section}"));
    std::iter::once(head(page)).chain(sections).collect::<Vec<_>>().join("\n\n")
}

fn head(page: &Page) -> String {
    let Page { network, chain_id, block, timestamp, day, problems, .. } = page;
    let mut lines = vec![
        format!("network  {network}, chain {chain_id}"),
        format!("block    {block}, {}, UTC day {day}", moment(*timestamp)),
    ];
    lines.push(match problems.len() {
        0 if page.losses.is_none() => "state    all well; sessions are looked at with --check".into(),
        0 => "state    all well".into(),
        1 => "state    1 PROBLEM".into(),
        count => format!("state    {count} PROBLEMS"),
    });
    lines.extend(problems.iter().map(|problem| format!("  ! {problem}")));
    lines.extend(page.notices.iter().map(|notice| format!("  - {notice}")));
    lines.join("\n")
}

fn from_base(pipeline: &Reading<Overview>) -> Table {
    let mut table = new_table(2, &["what", "now"]);
    for row in pipeline::rows(pipeline) {
        table.add_row(row);
    }
    table
}

fn contracts(page: &Page) -> Table {
    let mut table = new_table(6, &["contract", "address", "code", "program", "days left", "in the cache"]);
    for program in &page.programs {
        let name = if program.newest { program.contract.clone() } else { format!("{} (older)", program.contract) };
        table.add_row([
            name,
            program.address.to_string(),
            (if program.code_as_recorded { "as deployed" } else { "NOT AS DEPLOYED" }).into(),
            state(program.activation),
            program.activation.days_left(page.timestamp).to_string(),
            yes(program.cached),
        ]);
    }
    table
}

fn wiring(page: &Page) -> Table {
    let mut table = new_table(4, &["contract", "view", "says", "as the book"]);
    for pointer in &page.wiring {
        let right = match (pointer.right, &pointer.expected) {
            (Some(true), _) => "yes".into(),
            (Some(false), Some(expected)) => format!("WRONG: {expected}"),
            _ => "?".into(),
        };
        table.add_row([pointer.contract.to_owned(), pointer.view.to_owned(), pointer.value.show(Clone::clone), right]);
    }
    table
}

fn inputs(page: &Page) -> Table {
    let mut table = new_table(5, &["input", "address", "found there", "right", "in the book"]);
    for input in &page.inputs {
        let right = match input.right {
            Some(true) => "yes",
            Some(false) => "WRONG",
            None => "-",
        };
        let verified = if input.verified { "verified" } else { "unverified" };
        let address = input.address.to_string();
        table.add_row([input.input.to_owned(), address, input.found.clone(), right.into(), verified.into()]);
    }
    table
}

fn rules(page: &Page) -> Table {
    let mut table = new_table(2, &["rule", "now"]);
    let mut row = |rule: String, now: String| {
        table.add_row([rule, now]);
    };
    for owned in &page.owners {
        let owner = owned.owner.show(ToString::to_string);
        let pending = owned.pending_owner.show(|pending| match pending {
            Some(pending) => format!(", offered to {pending}"),
            None => String::new(),
        });
        row(format!("owner of {}", owned.contract), format!("{owner}{pending}"));
    }
    let pauses = &page.pauses;
    for (what, paused) in [("staking", &pauses.staking), ("settling", &pauses.settling), ("claiming", &pauses.claiming)]
    {
        row(what.into(), paused.show(|paused| if *paused { "PAUSED" } else { "open" }.into()));
    }
    let minimum = &page.minimum_stake;
    let scheduled = minimum.scheduled.show(|scheduled| match scheduled {
        Some(next) => format!(", from {} on {} MOR", date(next.from_day), mor(next.amount_wei.0)),
        None => String::new(),
    });
    row("minimum stake of a subnet".into(), format!("{} MOR{scheduled}", amount(&minimum.now_wei)));
    row(
        "calculators".into(),
        page.calculators.show(|terms| {
            let words = terms.iter().map(|term| match term.from_day {
                from if from <= page.day => format!("{} now", term.calculator),
                from => format!("{} from {} on", term.calculator, date(from)),
            });
            words.collect::<Vec<_>>().join(", ")
        }),
    );
    if let Some(hook) = &page.hook {
        let part = |part: &Part| {
            part.state.show(|state| match state {
                State::Missing => "not cut into the Diamond".into(),
                State::Off => "off".into(),
                State::Set => part.words(),
                State::Wrong => format!("WRONG: {}", part.words()),
            })
        };
        row("hook of the Diamond, recorder".into(), part(&hook.recorder));
        row("books of the Diamond, distributors".into(), part(&hook.distributors));
    }
    row(
        "voided days".into(),
        page.voided.show(|ranges| {
            let words = ranges.iter().map(|days| format!("{} to {}", date(days.from_day), date(days.to_day - 1)));
            if ranges.is_empty() { "none".into() } else { words.collect::<Vec<_>>().join(", ") }
        }),
    );
    table
}

fn money(page: &Page) -> Table {
    let money = &page.money;
    let mut table = new_table(1, &["", "MOR"]);
    let runway = money.runway_days.show(|days| days.map_or_else(|| "-".into(), |days| days.to_string()));
    let is_dust = money.owed_wei.known().is_some_and(|owed| !owed.0.is_zero() && owed.0 < U256::from(DUST_WEI));
    let owed = if is_dust { "owed: what rounding left" } else { "owed" };
    for (what, value) in [
        ("emission of today", amount(&money.emission_today_wei)),
        ("emitted by the end of today", amount(&money.emitted_wei)),
        ("Compute pool's balance", amount(&money.pool_balance_wei)),
        ("what the distributor may take of it", amount(&money.pool_allowance_wei)),
        ("days like today that this lasts", runway),
        ("credited", amount(&money.credited_wei)),
        ("paid", amount(&money.paid_wei)),
        (owed, amount(&money.owed_wei)),
    ] {
        table.add_row([what.to_owned(), value]);
    }
    table
}

fn subnets_of(subnets: &[Subnet]) -> Table {
    let header = [
        "subnet",
        "eligible",
        "stake",
        "of all",
        "fee",
        "usage",
        "binds",
        "projected",
        "next to settle",
        "owed to operator",
    ];
    let mut table = new_table(2, &header);
    for subnet in subnets {
        let share = |share: &Share| percent(share.part, share.whole);
        table.add_row([
            subnet.subnet.to_string(),
            subnet.eligible.show(|eligible| yes(*eligible)),
            subnet.stake_wei.show(|stake| rounded(stake.0)),
            subnet.stake_seconds.show(share),
            subnet.fee.show(|fee| percent(fee.0.saturating_to(), mrc53_maths::FEE_PRECISION)),
            subnet.usage.show(share),
            // Before the day's first session nothing binds yet.
            match subnet.usage.known() {
                Some(Share { whole: 0, .. }) => "-".into(),
                _ => subnet.projected.show(|projected| projected.binds.to_owned()),
            },
            subnet.projected.show(|projected| mor(projected.reward_wei.0)),
            subnet.next_day.show(|next| {
                let waiting = subnet.days_to_settle.known().copied().unwrap_or_default();
                let waiting = if waiting == 0 { String::new() } else { format!(" ({waiting} final)") };
                format!("{}{waiting}", date(*next))
            }),
            amount(&subnet.operator_owed_wei),
        ]);
    }
    table
}

fn amount(reading: &Reading<Wei>) -> String {
    reading.show(|Wei(wei): &Wei| mor(U256::from(*wei)))
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.into()
}
