//! The stake that a replay assumes, as it is asked for.

use std::collections::BTreeMap;

use alloy::primitives::U256;
use mrc53_console::failure::BadInput;
use mrc53_console::show::{grouped, trimmed};
use mrc53_console::{amounts, files};
use mrc53_simulation::replay::paid::AssumedStake;
use mrc53_simulation::replay::usage::UsageByDay;
use mrc53_simulation::stake_side::stakeable;

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
            Some(("equal", sum)) => mor(sum).map(Self::Equal),
            Some(("proportional", sum)) => mor(sum).map(Self::Proportional),
            _ => Self::read(text),
        }
    }

    /// Of a file with a provider and MOR on each line, a comma between them; a first line without MOR is a header.
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
            if number == 1 && !amount.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let wei = mor(amount.trim()).map_err(|error| wrong(&error.to_string()))?;
            if of_each.insert(provider.trim().to_lowercase(), wei).is_some() {
                return Err(wrong("this provider has a stake already"));
            }
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
                let known = |name: &String| providers.iter().any(|provider| provider.to_lowercase() == *name);
                if let Some(stranger) = of_each.keys().find(|name| !known(name)) {
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

fn mor(text: &str) -> Result<u128, BadInput> {
    let wei = amounts::mor(text).map_err(|error| BadInput::new(format!("--stake: {error}")))?;
    stakeable(wei).ok_or_else(|| BadInput::new(format!("--stake: {text} MOR is more than there can be")))
}
