//! What people ask, in the order of the twelve questions that the presets are made for.

use anyhow::{Context, Result};
use mrc53_books::stake_side;
use mrc53_console::amounts::ONE_MOR;
use mrc53_console::show::{grouped, grouped_mor, percent};
use mrc53_maths::{apr, compute};
use mrc53_simulation::attack::marketplace::DayLock;
use mrc53_simulation::attack::row::{Kind, Row};
use mrc53_simulation::attack::share::ALL;
use mrc53_simulation::runs::{Group, Run, Span, by_year};

use super::answer::Answer;
use super::attacks;
use super::presets::{FIRST_DAY, fine, list, mor, paid_by_each, paid_to, run, runs};

/// Stake of all builder subnets, MOR wei: about what was seen in 2026, of one network.
const BUILDERS_STAKE: u128 = 1_909_000 * ONE_MOR;
const MILLION_WEI: u128 = 1_000_000 * ONE_MOR;

/// The twelve answers.
pub(super) fn all() -> Result<Vec<Answer>> {
    Ok(vec![
        stakes()?,
        unpaid()?,
        needed()?,
        self_hosting()?,
        dilution()?,
        next_mor()?,
        against_builders(),
        circulation()?,
        count_or_seconds()?,
        lock_and_grace()?,
        funding()?,
        pool_cut()?,
    ])
}

fn stakes() -> Result<Answer> {
    let runs = runs("stakes")?;
    let of = mor(first(&runs)?.emitted);
    Ok(Answer {
        question: "What would a year pay for stakes of 0.1, 0.5, 1 and 2 million MOR?",
        said: format!("{} MOR of {of}", paid_by_each(&runs)),
        assumes: "the year from 2026-11-27; stakes of the two largest together, each of the nineteen others 10,000 MOR, the least that counts",
        command: "cargo mrc53 simulate --preset stakes".into(),
    })
}

fn unpaid() -> Result<Answer> {
    let run = run("unpaid")?;
    let binds = mor(compute::emitted_by_end_of(FIRST_DAY));
    Ok(Answer {
        question: "How much stays unpaid, and when does usage bind at all?",
        said: format!(
            "{} of {} MOR until 2040 with a million MOR staked. On the first day usage binds from {binds} MOR of all on: before, stake does",
            mor(run.emitted - run.paid),
            mor(run.emitted),
        ),
        assumes: "from 2026-11-27 on; the million of the two largest, 10,000 MOR of each other; that threshold is where all stake in proportion to usage, and grows with what Compute has emitted",
        command: "cargo mrc53 simulate --preset unpaid; cargo mrc53 emission --at 2026-11-27".into(),
    })
}

fn needed() -> Result<Answer> {
    let run = run("needed")?;
    let of = |group: &Group| {
        let needed = group.needed.map_or_else(|| "more than there is".into(), grouped_mor);
        format!(
            "{needed} ({}, {})",
            group.name,
            if group.number > 1 { format!("{} together", group.number) } else { "one".into() }
        )
    };
    Ok(Answer {
        question: "Which stake does each provider's share of usage need?",
        said: format!("{} MOR", list(run.groups.iter().map(of))),
        assumes: "2026-07-05; demand and shares of the public snapshot of Base, whose two largest are called north and south; at least 10,000 MOR each, for a day to count",
        command: "cargo mrc53 simulate --preset needed".into(),
    })
}

fn self_hosting() -> Result<Answer> {
    let rows = attacks::price(Kind::SelfHosting, MILLION_WEI)?;
    let of = |row: &Row| {
        let [off, on] = DayLock::BOTH.map(|lock| fine(row.kept(lock).wei_seconds / 86_400));
        format!(
            "{}: {} MOR staked for {} days, a consumer's {off} MOR·days ({on} with the day lock), {} million gas",
            share(row),
            mor(row.stake),
            row.days,
            grouped(&(row.gas / 1_000_000).to_string())
        )
    };
    Ok(Answer {
        question: "What does it cost to take 10, 50 or 90 % of usage by hosting oneself, and to be paid for it?",
        said: rows.iter().map(of).collect::<Vec<_>>().join("\n"),
        assumes: "30 days from 2026-11-27; others stake a million MOR in proportion to usage, or 10,000 where that is less; sessions at the least price, opened for half an hour each",
        command: "cargo mrc53 attack --kind self-hosting --at 2026-11-27".into(),
    })
}

fn dilution() -> Result<Answer> {
    let rows = attacks::price(Kind::Dilution, attacks::full_stake())?;
    let of = |row: &Row| {
        format!("{} MOR where it takes {}", row.lost_per_staked_mor().map_or_else(|| "-".into(), fine), share(row))
    };
    Ok(Answer {
        question: "What do honest subnets lose a day to each MOR of a diluter on the least stake?",
        said: list(rows.iter().map(of)),
        assumes: "30 days from 2026-11-27; others stake all that Compute has emitted, so that usage binds; 10,000 MOR staked by the diluter",
        command: "cargo mrc53 attack --kind dilution --at 2026-11-27".into(),
    })
}

/// The share of usage that an attack takes.
fn share(row: &Row) -> String {
    percent(row.share.parts().into(), ALL.into())
}

fn next_mor() -> Result<Answer> {
    let runs = runs("next-mor")?;
    let rate = |run: &Run| format!("{:.2} %", stake_side::percent(run.last.apr()));
    Ok(Answer {
        question: "What does the next MOR earn at each part of what Compute has emitted?",
        said: format!("{} a year at 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2 and 4 times that", list(runs.iter().map(rate))),
        assumes: "2026-11-27; where stake binds, before the fee",
        command: "cargo mrc53 simulate --preset next-mor".into(),
    })
}

fn against_builders() -> Answer {
    // The Builders pool emits what Compute does.
    let (emission, emitted) = (compute::emission_of(FIRST_DAY), compute::emitted_by_end_of(FIRST_DAY));
    let rate = |apr| stake_side::percent(apr);
    let (builders, kept) = (apr(emission, BUILDERS_STAKE, 0), apr(emission / 5 * 4, BUILDERS_STAKE, 0));
    let beyond = apr(emission, emitted, 0);
    let fits = if kept > beyond { "not now" } else { "now" };
    Answer {
        question: "When is more stake than Compute has emitted worth it against Builders?",
        said: format!(
            "{fits}: it earns less than {:.2} % a year, and Builders {:.2} % on {} MOR, {:.2} % where a fifth is kept back.\nIt would, were more than {} MOR staked there, or {} where a fifth is kept back",
            rate(beyond),
            rate(builders),
            mor(BUILDERS_STAKE),
            rate(kept),
            mor(emitted),
            mor(emitted / 5 * 4),
        ),
        assumes: "2026-11-27; about what all builder subnets of one network held in 2026; the gateway counts a fifth to builders",
        command: "cargo mrc53 emission --at 2026-11-27; cargo mrc53 credits --own 0 --others 1909000 --price 1 --at 2026-11-27".into(),
    }
}

fn circulation() -> Result<Answer> {
    let run = run("circulation")?;
    let most = highest(&by_year(&run.spans))?;
    Ok(Answer {
        question: "How much comes into circulation against how much is locked?",
        said: format!(
            "{} MOR until 2040; most in {}: {} MOR, {} of the {} MOR locked then",
            mor(run.paid),
            most.name,
            mor(most.paid),
            percent(most.paid, most.mean_stake()),
            mor(most.mean_stake()),
        ),
        assumes: "stake grows from half a million MOR to four million in six years, and stays",
        command: "cargo mrc53 simulate --preset circulation".into(),
    })
}

fn count_or_seconds() -> Result<Answer> {
    let runs = runs("count-or-seconds")?;
    let [seconds, sessions] = runs.as_slice() else { return Err(anyhow::anyhow!("count-or-seconds has two runs")) };
    let of = |run: &Run| (mor(paid_to(run, "long")), mor(run.paid - paid_to(run, "long")));
    let ((long, others), (long_by_count, others_by_count)) = (of(seconds), of(sessions));
    Ok(Answer {
        question: "Does it matter whether sessions are counted or their seconds?",
        said: format!(
            "a provider with a dozen sessions that never close is paid {long} MOR by seconds, all others {others}; by count {long_by_count} and {others_by_count}"
        ),
        assumes: "demand and shares of the public snapshot of Base, 300 s a session; four million MOR of the two largest, half a million of the long one; sessions are whole, so that 0.6 a day of a small provider count as none",
        command: "cargo mrc53 simulate --preset count-or-seconds".into(),
    })
}

fn lock_and_grace() -> Result<Answer> {
    let (locks, graces) = (runs("lock")?, runs("grace")?);
    let (shortest, longest) = (first(&locks)?, locks.last().context("lock has runs")?);
    let (in_time, late) = (first(&graces)?, graces.last().context("grace has runs")?);
    let mercenary = |run: &Run| mor(paid_to(run, "mercenary"));
    Ok(Answer {
        question: "What do lock and grace do?",
        said: format!(
            "stake that comes and goes with its return is paid {} MOR with a lock of a day, {} with one of 90. Usage recorded in time is paid {} MOR, a day after the grace {}",
            mercenary(shortest),
            mercenary(longest),
            mor(in_time.paid),
            mor(late.paid),
        ),
        assumes: "a million MOR that goes below 27 % a year, beside three millions that stay: a longer lock keeps it in, and paid, for longer",
        command: "cargo mrc53 simulate --preset lock; cargo mrc53 simulate --preset grace".into(),
    })
}

fn funding() -> Result<Answer> {
    let run = run("funding")?;
    let most = highest(&run.spans)?;
    Ok(Answer {
        question: "What has the Compute pool to be funded with?",
        said: format!("{} MOR in the year, at most {} in a month ({})", mor(run.paid), mor(most.paid), most.name),
        assumes: "the year from 2026-12-01; stake grows by a quarter of a million MOR every quarter, to one million",
        command: "cargo mrc53 simulate --preset funding".into(),
    })
}

fn pool_cut() -> Result<Answer> {
    let runs = runs("pool-cut")?;
    Ok(Answer {
        question: "What if the owner has only a part of the pool divided?",
        said: format!(
            "{} MOR a year for 100, 75, 50 and 25 % of it: everybody's part of it stays",
            paid_by_each(&runs)
        ),
        assumes: "a million MOR of the two largest; what has been emitted, by which stake is measured, is not cut",
        command: "cargo mrc53 simulate --preset pool-cut".into(),
    })
}

fn first(runs: &[Run]) -> Result<&Run> {
    runs.first().context("a preset has runs")
}

fn highest(spans: &[Span]) -> Result<Span> {
    spans.iter().max_by_key(|span| span.paid).cloned().context("a run has spans")
}
