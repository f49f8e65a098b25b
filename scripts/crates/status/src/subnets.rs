//! Every subnet on the running day, as it stands: what is booked by now, and stake as if nothing changed any more.

use alloy::primitives::Address;
use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_abi::{RewardCalculator, RewardDistributor, SessionRecorder, StakeAlignment};
use mrc53_console::amounts::as_string;
use mrc53_console::failure::BadInput;
use mrc53_console::progress::Progress;
use mrc53_suite::terms::Weight;
use serde::Serialize;

use super::reader::{Reader, Reading, Target, Wei};
use super::rules::events;
use super::suite::Suite;

/// Subnets read at the same time: few enough for a public node.
const AT_ONCE: usize = 8;

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subnet {
    /// Its address.
    pub subnet: Address,
    /// Whether the running day counts for it, as if nothing changed any more.
    pub eligible: Reading<bool>,
    /// What is staked toward it, MOR wei.
    pub stake_wei: Reading<Wei>,
    /// The operator's part, 1e25 = 100 %.
    pub fee: Reading<Wei>,
    /// Who is paid the operator's part.
    pub receiver: Reading<Address>,
    /// What it hosted today, of what all did, in what the calculator counts: session-seconds or sessions.
    pub usage: Reading<Share>,
    /// Its stake-seconds of today, of everybody's, MOR wei · s.
    pub stake_seconds: Reading<Share>,
    /// What that comes to.
    pub projected: Reading<Projected>,
    /// The first unsettled day.
    pub next_day: Reading<u32>,
    /// How many days from there on are final and can be settled.
    pub days_to_settle: Reading<u32>,
    /// What its operator is owed, MOR wei.
    pub operator_owed_wei: Reading<Wei>,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The subnet's.
    #[serde(serialize_with = "as_string")]
    pub part: u128,
    /// Everybody's.
    #[serde(serialize_with = "as_string")]
    pub whole: u128,
}

/// The reward of the running day as it stands, MOR wei.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Projected {
    /// The usage side.
    pub usage_reward_wei: Wei,
    /// The stake side.
    pub stake_reward_wei: Wei,
    /// The smaller of both.
    pub reward_wei: Wei,
    /// Which one that is: `usage`, `stake`, or `none` if they are equal.
    pub binds: &'static str,
}

/// Every registered subnet, or `chosen` if there are any.
///
/// # Errors
/// [`BadInput`] if a chosen one is not registered; fails if the node does not answer.
pub async fn read(
    reader: &Reader<'_>,
    suite: &Suite,
    chosen: &[Address],
    progress: &Progress,
) -> Result<Reading<Vec<Subnet>>> {
    let addresses = if chosen.is_empty() {
        match events::<StakeAlignment::SubnetRegistered>(reader, suite.alignment).await {
            Reading::Known(events) => events.into_iter().map(|event| event.subnet).collect(),
            Reading::Unknown { error } => return Ok(Reading::Unknown { error }),
        }
    } else {
        chosen.to_vec()
    };
    let all = addresses.len();
    let subnets = stream::iter((1..).zip(addresses)).map(async |(number, subnet): (usize, Address)| {
        progress.detail(format!("subnet {number} of {all}"));
        one(reader, suite, subnet).await
    });
    Ok(Reading::Known(subnets.buffered(AT_ONCE).try_collect().await?))
}

async fn one(reader: &Reader<'_>, suite: &Suite, subnet: Address) -> Result<Subnet> {
    let Suite { recorder, alignment, calculator, distributor, .. } = *suite;
    let day = reader.head.day();
    let (registration, eligible, stake) = tokio::try_join!(
        reader.ask(alignment, StakeAlignment::subnetCall { subnet }),
        reader.ask(alignment, StakeAlignment::eligibleDaysCall { subnet, fromDay: day, toDay: day + 1 }),
        reader.ask(alignment, StakeAlignment::subnetStakeCall { subnet }),
    )?;
    if matches!(&registration, Reading::Unknown { error } if error.starts_with("SubnetNotRegistered")) {
        return Err(BadInput::new(format!("{subnet} is not a registered subnet")).into());
    }
    let (stake_seconds, projected, weight, recorder_in_force) = tokio::try_join!(
        reader.ask(alignment, StakeAlignment::stakeSecondsCall { subnet, fromDay: day, toDay: day + 1 }),
        reader.ask(calculator, RewardCalculator::previewCall { subnet }),
        reader.ask(calculator, RewardCalculator::weightCall {}),
        reader.ask(calculator, RewardCalculator::recorderCall {}),
    )?;
    // Shares are of what the calculator counts, also where it is not the book's recorder.
    let counted = Target { address: recorder_in_force.known().copied().unwrap_or(recorder.address), ..recorder };
    let (usage, account, first_open_day) = tokio::try_join!(
        reader.ask(counted, SessionRecorder::usageOfCall { subnet, day }),
        reader.ask(distributor, RewardDistributor::operatorAccountCall { subnet }),
        reader.ask(counted, SessionRecorder::firstOpenDayCall {}),
    )?;
    let next_day = account.clone().map(|account| account.nextDay);
    Ok(Subnet {
        subnet,
        eligible: eligible.map(|days| !days.is_zero()),
        stake_wei: stake.map(Wei::from),
        fee: registration.clone().map(|registration| Wei(registration.fee)),
        receiver: registration.map(|registration| registration.receiver),
        usage: usage.with(&weight, |usage, weight| {
            let (part, whole) = if *weight == Weight::Sessions as u8 {
                (usage.subnetSessions.into(), usage.totalSessions.into())
            } else {
                (usage.subnetSeconds.into(), usage.totalSeconds.into())
            };
            Share { part, whole }
        }),
        stake_seconds: match stake_seconds {
            Reading::Known(days) => days.first().map_or_else(
                || Reading::Unknown { error: "no answer for today".into() },
                |today| Reading::Known(Share { part: today.subnetStakeSeconds, whole: today.totalStakeSeconds }),
            ),
            Reading::Unknown { error } => Reading::Unknown { error },
        },
        projected: projected.map(|reward| Projected {
            usage_reward_wei: reward.usageReward.into(),
            stake_reward_wei: reward.stakeReward.into(),
            reward_wei: reward.payableWei.into(),
            binds: binding_side(reward.binds),
        }),
        days_to_settle: first_open_day.with(&next_day, |open, next| open.saturating_sub(*next)),
        next_day,
        operator_owed_wei: account.map(|account| Wei(account.owed)),
    })
}

fn binding_side(binds: u8) -> &'static str {
    match binds {
        binds if binds == mrc53_maths::Binds::Usage as u8 => "usage",
        binds if binds == mrc53_maths::Binds::Stake as u8 => "stake",
        _ => "none",
    }
}
