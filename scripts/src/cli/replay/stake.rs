//! The stake that a replay assumes, as it is asked for.

use std::collections::{BTreeMap, BTreeSet};

use alloy::primitives::U256;
use mrc53_books::stake_side::stakeable;
use mrc53_console::failure::BadInput;
use mrc53_console::show::{grouped, trimmed};
use mrc53_console::{amounts, files};
use mrc53_simulation::replay::paid::AssumedStake;
use mrc53_simulation::replay::usage::UsageByDay;

/// The second field of a header of a file of stakes.
const HEADERS: [&str; 3] = ["mor", "stake", "stake_mor"];

/// What is assumed; MOR wei below 2^87.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stake {
    None,
    Equal(u128),
    Proportional(u128),
    /// Of each provider, by a file.
    OfEach(BTreeMap<String, u128>),
}

impl Stake {
    /// Reads the option, and the file that it names.
    pub(super) fn parse(text: &str) -> Result<Self, BadInput> {
        match text.split_once(':') {
            None if text == "none" => Ok(Self::None),
            Some((kind @ "equal", sum)) => in_all(kind, sum).map(Self::Equal),
            Some((kind @ "proportional", sum)) => in_all(kind, sum).map(Self::Proportional),
            _ => Self::read(text),
        }
    }

    /// Of a file with a provider and MOR on each line, a comma between them; a first line whose second field is one of
    /// [`HEADERS`], in any case, is a header.
    fn read(file: &str) -> Result<Self, BadInput> {
        let forms = |error| BadInput::new(format!("--stake: {error}; else it is none, equal:MOR or proportional:MOR"));
        let text = files::read(file).map_err(forms)?;
        let mut of_each = BTreeMap::new();
        for (line, number) in text.lines().zip(1..) {
            let wrong = |why: &str| BadInput::new(format!("{file}: line {number}: {why}"));
            let line = line.replace('"', "");
            if line.trim().is_empty() {
                continue;
            }
            let (provider, amount) = line.split_once(',').ok_or_else(|| wrong("a provider, a comma and MOR"))?;
            let (provider, amount) = (provider.trim(), amount.trim());
            if number == 1 && HEADERS.iter().any(|header| amount.eq_ignore_ascii_case(header)) {
                continue;
            }
            if provider.is_empty() {
                return Err(wrong("there is no provider before the comma"));
            }
            let wei = mor(amount).map_err(|error| wrong(&format!("MOR of {}: {error}", provider.escape_debug())))?;
            if of_each.insert(provider.to_lowercase(), wei).is_some() {
                return Err(wrong("this provider has a stake already"));
            }
        }
        if of_each.is_empty() {
            return Err(BadInput::new(format!(
                "{file}: there is no stake in it: a provider, a comma and MOR on each line"
            )));
        }
        Ok(Self::OfEach(of_each))
    }

    /// For the providers of what was served.
    pub(super) fn assume(&self, usage: &UsageByDay, providers: &[String]) -> Result<AssumedStake, BadInput> {
        Ok(match self {
            Self::None => AssumedStake::none(usage),
            Self::Equal(sum) => AssumedStake::equal(usage, *sum),
            Self::Proportional(sum) => AssumedStake::proportional(usage, *sum),
            Self::OfEach(of_each) => {
                let wei = |name: &String| of_each.get(&name.to_lowercase()).copied().unwrap_or_default();
                let known: BTreeSet<String> = providers.iter().map(|provider| provider.to_lowercase()).collect();
                if let Some(stranger) = of_each.keys().find(|name| !known.contains(*name)) {
                    let stranger = stranger.escape_debug();
                    return Err(BadInput::new(format!("--stake: {stranger} has served none of the sessions")));
                }
                if stakeable(of_each.values().map(|wei| U256::from(*wei)).sum()).is_none() {
                    return Err(BadInput::new("--stake: more MOR than there can be"));
                }
                AssumedStake::of_each(usage, |number| providers.get(number).map_or(0, wei))
            }
        })
    }

    /// In words.
    pub(super) fn words(&self) -> String {
        let shown = |wei: u128| grouped(&trimmed(U256::from(wei)));
        match self {
            Self::None => "none: nothing would have been paid".into(),
            Self::Equal(sum) => format!("{} MOR in equal parts, on all days", shown(*sum)),
            Self::Proportional(sum) => format!("{} MOR in proportion to session-seconds, on all days", shown(*sum)),
            Self::OfEach(of_each) => format!("{} MOR by the file, on all days", shown(of_each.values().sum())),
        }
    }
}

fn in_all(kind: &str, sum: &str) -> Result<u128, BadInput> {
    if sum.is_empty() {
        return Err(BadInput::new(format!("--stake: there is no MOR behind `{kind}:`, as in {kind}:1000000")));
    }
    mor(sum).map_err(|error| BadInput::new(format!("--stake: {error}")))
}

fn mor(text: &str) -> Result<u128, String> {
    let wei = amounts::mor(text).map_err(|error| error.to_string())?;
    stakeable(wei).ok_or_else(|| format!("{text} MOR is more than there can be"))
}
