//! The keys of a file, each read strictly, and what they mean.

use mrc53_console::amounts;
use mrc53_console::show::named_day;
use mrc53_maths::compute::LAST_DAY;
use mrc53_maths::{Day, FEE_PRECISION, SECONDS_PER_DAY, Weight, share_down};
use serde::Deserialize;

use super::counted::CountedFiles;
use super::numbers::{FileDay, MOST_SECONDS_EACH, Mor, Percent};
use mrc53_books::market::agent::{Agent, Fee, Hosting, Staking};
use mrc53_books::market::demand::Demand;
use mrc53_books::market::{ALL_PARTS, MOST_SESSIONS};

/// The most agents of a file.
pub(super) const MOST_AGENTS: u64 = 100_000;

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct MarketFields {
    from: FileDay,
    to: FileDay,
    counts: Counts,
    pub(super) min_subnet_stake_mor: Mor,
    pub(super) lock_days: u32,
    pub(super) grace_days: u32,
    pub(super) recorded_after_days: u32,
    emission_percent: Percent,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Counts {
    Seconds,
    Sessions,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct DemandFields {
    sessions: Option<u64>,
    seconds_each: Option<u64>,
    daily_growth_percent: Option<Percent>,
    most_sessions: Option<u64>,
    counted: Option<String>,
}

/// Stake of all who host demand and name none of their own.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StakeFields {
    total_mor: Mor,
    #[serde(default)]
    by: By,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum By {
    /// In proportion to the share of the demand.
    #[default]
    Usage,
    /// To each the same.
    Equal,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgentFields {
    kind: Kind,
    #[serde(default = "one")]
    number: u64,
    #[serde(default = "one")]
    parts: u64,
    share: Option<u64>,
    sessions: Option<u64>,
    seconds_a_day: Option<u64>,
    stake_mor: Option<Mor>,
    fee_percent: Option<Percent>,
    later_fee_percent: Option<Percent>,
    later_fee_from: Option<FileDay>,
    from: Option<FileDay>,
    second: Option<u32>,
    to: Option<FileDay>,
    return_percent: Option<Percent>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Honest,
    SelfHoster,
    Diluter,
    LateStaker,
    Mercenary,
    Leaver,
}

impl Kind {
    const fn hosts_its_own(self) -> bool {
        matches!(self, Self::SelfHoster | Self::Diluter)
    }

    /// As a file has it.
    const fn name(self) -> &'static str {
        match self {
            Self::Honest => "honest",
            Self::SelfHoster => "self-hoster",
            Self::Diluter => "diluter",
            Self::LateStaker => "late-staker",
            Self::Mercenary => "mercenary",
            Self::Leaver => "leaver",
        }
    }
}

const fn one() -> u64 {
    1
}

impl Default for MarketFields {
    /// The protocol's own, for the year from 2026-11-27 on.
    fn default() -> Self {
        Self {
            from: FileDay(Day(20_784)),
            to: FileDay(Day(21_149)),
            counts: Counts::Seconds,
            min_subnet_stake_mor: Mor(10_000 * amounts::ONE_MOR),
            lock_days: 7,
            grace_days: 3,
            recorded_after_days: 0,
            emission_percent: Percent(ALL_PARTS.into()),
        }
    }
}

impl MarketFields {
    pub(super) const fn days(&self) -> (Day, Day) {
        (self.from.0, self.to.0)
    }

    pub(super) const fn weight(&self) -> Weight {
        match self.counts {
            Counts::Seconds => Weight::Seconds,
            Counts::Sessions => Weight::Sessions,
        }
    }

    pub(super) fn emission_parts(&self) -> Result<u32, String> {
        let parts = u32::try_from(self.emission_percent.0).ok().filter(|parts| *parts <= ALL_PARTS);
        parts.ok_or_else(|| "emission_percent: more than 100".into())
    }
}

impl DemandFields {
    /// What is asked for on the days `[from, to)`: as it was counted, or else, where a key is missing, what Base had in
    /// the first half of 2026: 567 sessions a day, closed after 300 idle seconds.
    pub(super) fn demand(&self, counted: &CountedFiles, from: Day, to: Day) -> Result<Demand, String> {
        if let Some(path) = &self.counted {
            return self.as_counted(path, counted, from, to);
        }
        if self.most_sessions.is_some() && self.daily_growth_percent.is_none() {
            return Err("most_sessions: it bounds what grows: daily_growth_percent".into());
        }
        let sessions = self.sessions.unwrap_or(567);
        let seconds_each = self.seconds_each.unwrap_or(300);
        let Percent(daily_growth) = self.daily_growth_percent.unwrap_or(Percent(0));
        let most = self.most_sessions.unwrap_or(MOST_SESSIONS);
        for (key, number, limit) in [
            ("sessions", sessions, MOST_SESSIONS),
            ("most_sessions", most, MOST_SESSIONS),
            ("seconds_each", seconds_each, MOST_SECONDS_EACH),
        ] {
            if number > limit {
                return Err(format!("{key}: {number} is more than {limit}"));
            }
        }
        Ok(match daily_growth {
            0 => Demand::Constant { sessions, seconds_each },
            _ => Demand::Growing { sessions, seconds_each, daily_growth, most },
        })
    }

    fn as_counted(&self, path: &str, counted: &CountedFiles, from: Day, to: Day) -> Result<Demand, String> {
        let is_said = [
            ("sessions", self.sessions.is_some()),
            ("seconds_each", self.seconds_each.is_some()),
            ("daily_growth_percent", self.daily_growth_percent.is_some()),
            ("most_sessions", self.most_sessions.is_some()),
        ];
        if let Some((key, _)) = is_said.into_iter().find(|(_, is_said)| *is_said) {
            return Err(format!("{key}: the file that `counted` names says it already: leave one of them out"));
        }
        let days = counted.get(path).ok_or_else(|| format!("counted: {path} was not read with the file"))?;
        days.in_days(from, to).map(Demand::Counted).map_err(|why| format!("counted: {path}: {why}"))
    }
}

impl StakeFields {
    /// Gives `agents`, all of the demand, their parts, rounded down to the wei.
    pub(super) fn give(self, agents: &mut [&mut Agent]) {
        let shares: u128 = agents.iter().map(|agent| u128::from(agent.share())).sum();
        let count = agents.len() as u128;
        for agent in agents {
            let part = match self.by {
                By::Usage => share_down(self.total_mor.0, agent.share().into(), shares),
                By::Equal => self.total_mor.0 / count,
            };
            match &mut agent.staking {
                Staking::Hold { wei, .. } | Staking::Leave { wei, .. } | Staking::Follow { wei, .. } => *wei = part,
                Staking::Nothing => {}
            }
        }
    }
}

impl AgentFields {
    /// Whether its stake is a part of everybody's.
    pub(super) fn shares_the_stake(&self) -> bool {
        self.stake_mor.is_none() && !self.kind.hosts_its_own()
    }

    /// The agents of one entry: so many of the kind, each in so many parts.
    pub(super) fn agents(&self, name: &str, first: Day, end: Day) -> Result<Vec<Agent>, String> {
        let count = self.number.saturating_mul(self.parts);
        if !(1..=MOST_AGENTS).contains(&count) {
            return Err(format!("number: {count} agents, of at least 1 and at most {MOST_AGENTS}"));
        }
        self.check_keys()?;
        self.check_days(first, end)?;
        let (share, sessions) = (self.share.unwrap_or_default(), self.sessions.unwrap_or_default());
        if share > MOST_SESSIONS || sessions > MOST_SESSIONS {
            return Err(format!("sessions and share are at most {MOST_SESSIONS}"));
        }
        if let Some(seconds) = self.seconds_a_day.filter(|seconds| *seconds > sessions * SECONDS_PER_DAY) {
            return Err(format!("seconds_a_day: {sessions} sessions serve no {seconds} seconds of a day"));
        }
        if let Some(second) = self.second.filter(|second| u64::from(*second) >= SECONDS_PER_DAY) {
            return Err(format!("second: {second} is no second of a day"));
        }
        let one = Agent {
            fee: self.fee()?,
            name: name.to_owned(),
            hosting: self.hosting(first),
            staking: self.staking(first, end),
        };
        let all = (0..self.number).map(|number| match self.number {
            1 => one.clone(),
            _ => Agent { name: format!("{name} {}", number + 1), ..one.clone() },
        });
        Ok(all.flat_map(|agent| if self.parts == 1 { vec![agent] } else { agent.split(self.parts) }).collect())
    }

    /// That every key that is there does something, and every one that the kind needs is there.
    fn check_keys(&self) -> Result<(), String> {
        let (own, follows, leaves) =
            (self.kind.hosts_its_own(), self.kind == Kind::Mercenary, self.kind == Kind::Leaver);
        for (key, is_there, has_effect) in [
            ("share", self.share.is_some(), !own),
            ("sessions", self.sessions.is_some(), own),
            ("seconds_a_day", self.seconds_a_day.is_some(), own),
            ("from", self.from.is_some(), !follows),
            ("second", self.second.is_some(), !follows && !leaves),
            ("to", self.to.is_some(), own || leaves),
            ("return_percent", self.return_percent.is_some(), follows),
        ] {
            if is_there && !has_effect {
                return Err(format!("{key}: agents of kind `{}` have none", self.kind.name()));
            }
        }
        match self.kind {
            Kind::Mercenary if self.return_percent.is_none() => Err("return_percent: a mercenary stays for one".into()),
            Kind::Leaver if self.to.is_none() => Err("to: a leaver leaves on a day".into()),
            _ => Ok(()),
        }
    }

    /// That what it does falls into the days of the market, `[first, end)`.
    fn check_days(&self, first: Day, end: Day) -> Result<(), String> {
        let is_within = |day: &FileDay| (first.0..end.0).contains(&day.0.0);
        for (key, day) in [("from", &self.from), ("later_fee_from", &self.later_fee_from)] {
            if let Some(day) = day.as_ref().filter(|day| !is_within(day)) {
                let [day, first, end] = [day.0, first, end].map(|day| named_day(day.0));
                return Err(format!(
                    "{key}: {day} is no day of the market, which lasts from {first} to the beginning of {end}"
                ));
            }
        }
        let from = self.from.map_or(first, |day| day.0);
        match self.to.map(|day| day.0) {
            Some(to) if to.0 <= from.0 => {
                Err(format!("to: {} does not come after {}", named_day(to.0), named_day(from.0)))
            }
            _ => Ok(()),
        }
    }

    fn hosting(&self, first: Day) -> Hosting {
        match self.kind {
            Kind::SelfHoster | Kind::Diluter => {
                let from = self.from.map_or(first, |day| day.0);
                let to = self.to.map_or(LAST_DAY.next(), |day| day.0);
                let sessions = self.sessions.unwrap_or_default();
                let seconds = self.seconds_a_day.unwrap_or(sessions * SECONDS_PER_DAY);
                Hosting::Own { sessions, seconds, from, to }
            }
            _ => Hosting::Demand { share: self.share.unwrap_or_default() },
        }
    }

    fn staking(&self, first: Day, end: Day) -> Staking {
        let (wei, from) = (self.stake_mor.unwrap_or_default().0, self.from.map_or(first, |day| day.0));
        match self.kind {
            Kind::Mercenary => {
                let Percent(parts) = self.return_percent.unwrap_or(Percent(0));
                Staking::Follow { wei, apr: mrc53_maths::APR_PRECISION / u128::from(ALL_PARTS) * u128::from(parts) }
            }
            Kind::Leaver => Staking::Leave { wei, from, on: self.to.map_or(end, |day| day.0) },
            _ => Staking::Hold { wei, from, second: self.second.unwrap_or_default() },
        }
    }

    fn fee(&self) -> Result<Fee, String> {
        let part = |Percent(parts): Percent| match parts {
            parts if parts <= ALL_PARTS.into() => Ok(FEE_PRECISION / u128::from(ALL_PARTS) * u128::from(parts)),
            _ => Err("fee_percent: more than 100".to_owned()),
        };
        let before = self.fee_percent.map_or(Ok(0), part)?;
        match (self.later_fee_percent, self.later_fee_from) {
            (None, None) => Ok(Fee::Same(before)),
            (Some(after), Some(FileDay(on))) => match part(after)? {
                after if after > before => {
                    Err("later_fee_percent: it is above fee_percent, and a fee only falls".into())
                }
                after => Ok(Fee::Lowered { before, on, after }),
            },
            _ => Err("later_fee_percent and later_fee_from go together".into()),
        }
    }
}
