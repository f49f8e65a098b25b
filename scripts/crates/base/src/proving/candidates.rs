//! Words on which something was hosted, and what becomes of each of their days.

use alloy::primitives::U256;
use anyhow::Result;
use mrc53_abi::StakeAlignment::eligibleDaysCall;
use mrc53_abi::UsageProofs::usageOfCall;
use mrc53_ledger::usage::{DAYS_PER_WORD, Usage, UsageWord};
use mrc53_node::no_value::NoValue;
use mrc53_node::reader::Reader;

use crate::evidence::{Evidence, Proven};
use crate::pipeline::days::{Due, Moment, PassedOver, due, verdicts};
use crate::pipeline::standing::Standing;
use crate::word::Word;

/// A word on which something was hosted.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) word: Word,
    /// Its days with usage, and why each is passed over if it is.
    pub(super) days: Vec<(u32, Option<PassedOver>)>,
    pub(super) due: Due,
}

impl Candidate {
    /// The days that can be added now.
    pub(super) fn addable(&self) -> Vec<u32> {
        self.days.iter().filter(|(_, why)| why.is_none()).map(|(day, _)| *day).collect()
    }
}

/// The words of `evidence` on which something was hosted, as `reader` finds Arbitrum at this `moment`. With `now`, what can
/// be added is due at once.
///
/// # Errors
/// Fails if the node or a contract does not answer.
pub(super) async fn read(
    reader: Reader<'_>,
    standing: &Standing,
    evidence: &Evidence,
    moment: Moment<'_>,
    now: bool,
) -> Result<Vec<Candidate>> {
    let hosted: Vec<&Proven> = evidence.words.iter().filter(|proven| !proven.value.is_zero()).collect();
    let proven = proven(reader, standing, &hosted).await?;
    let eligible = eligible(reader, standing, &hosted).await?;
    let candidate = |((hosted, proven), eligible): ((&&Proven, UsageWord), u8)| {
        let Word { number, .. } = hosted.word;
        let mut days = verdicts(moment, number, UsageWord::from_bytes(hosted.value.0), proven, eligible);
        // What is final and was proven is in order, and what nobody would have been paid for is nobody's loss.
        for (day, why) in &mut days {
            let is_final = *why == Some(PassedOver::Final);
            if is_final && proven.day(*day) != Usage::default() {
                *why = Some(PassedOver::Proven);
            } else if is_final && eligible >> (*day % DAYS_PER_WORD) & 1 == 0 {
                *why = Some(PassedOver::NotEligible);
            }
        }
        let due = due(moment, number, &days);
        let due = if now && days.iter().any(|(_, why)| why.is_none()) { Due::Now } else { due };
        Candidate { word: hosted.word, days, due }
    };
    Ok(hosted.iter().zip(proven).zip(eligible).map(candidate).collect())
}

/// What was proven of each of `words` by now.
async fn proven(reader: Reader<'_>, standing: &Standing, words: &[&Proven]) -> Result<Vec<UsageWord>> {
    let of = |proven: &&Proven| {
        let subnet = proven.word.subnet;
        proven.word.days().map(move |day| usageOfCall { subnet, day })
    };
    let calls: Vec<usageOfCall> = words.iter().flat_map(of).collect();
    let answers = reader.each(standing.address, &calls).await?;
    let mut found = Vec::with_capacity(words.len());
    for answers in calls.iter().zip(answers).collect::<Vec<_>>().chunks(DAYS_PER_WORD as usize) {
        let mut word = UsageWord::default();
        for (call, answer) in answers {
            let day = answer.as_ref().map_err(|no| no.of_view::<usageOfCall>(standing.address))?;
            let usage = Usage { seconds: day.subnetSeconds, sessions: day.subnetSessions };
            // SAFETY of the sum: the day was empty, and what the contract answers fits.
            word = word.with_added(call.day, usage).unwrap_or(word);
        }
        found.push(word);
    }
    Ok(found)
}

/// On which of the four days of each of `words` its subnet was eligible, a bit for each.
async fn eligible(reader: Reader<'_>, standing: &Standing, words: &[&Proven]) -> Result<Vec<u8>> {
    let call = |proven: &&Proven| {
        let Word { subnet, number } = proven.word;
        let from = number.saturating_mul(DAYS_PER_WORD);
        eligibleDaysCall { subnet, fromDay: from, toDay: from.saturating_add(DAYS_PER_WORD) }
    };
    let calls: Vec<eligibleDaysCall> = words.iter().map(call).collect();
    let answers = reader.each(standing.alignment, &calls).await?;
    let bits = |answer: Result<U256, NoValue>| {
        let bits = answer.map_err(|no| no.of_view::<eligibleDaysCall>(standing.alignment))?;
        Ok((bits & U256::from(0xf)).to::<u8>())
    };
    answers.into_iter().map(bits).collect()
}
