//! A simulation as people write it down: a TOML file, or a preset.
//!
//! Unknown keys, negative or fractional wei, more than 18 decimals, empty ranges and days outside the emission are refused
//! with the place. A value is looked up and set by its path, `agents.honest.stake_mor`, so that any of them can be swept.

mod fields;
mod numbers;
mod presets;

use std::collections::BTreeMap;

use mrc53_console::days;
use mrc53_console::failure::BadInput;
use mrc53_console::show::named_day;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::market::Market;
use fields::{AgentFields, DemandFields, MarketFields, StakeFields};

pub(crate) use numbers::Percent;
pub use presets::{PRESETS, Preset};

/// What says how a file is run, and nothing of the market.
const SECTIONS_OF_RUNS: [&str; 4] = ["sweep", "compare", "random", "stress"];

/// A file that has been read as TOML, with the market of it and how it is run.
#[derive(Clone, Debug)]
pub struct File {
    /// How it is called in front of people.
    pub name: String,
    table: Table,
}

/// The keys of a whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default)]
    market: MarketFields,
    #[serde(default)]
    demand: DemandFields,
    stake: Option<StakeFields>,
    #[serde(default)]
    agents: BTreeMap<String, AgentFields>,
}

impl File {
    /// Reads `text`; `name` says where it is from.
    ///
    /// # Errors
    /// [`BadInput`] with the line where it is no TOML.
    pub fn parse(name: &str, text: &str) -> Result<Self, BadInput> {
        let table = text.parse::<Table>().map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            BadInput::new(format!("{name}: line {line}: {}", error.message()))
        })?;
        let file = Self { name: name.to_owned(), table };
        file.market()?;
        Ok(file)
    }

    /// The market that it describes.
    ///
    /// # Errors
    /// [`BadInput`] with the key that is wrong, and why.
    pub fn market(&self) -> Result<Market, BadInput> {
        let mut table = self.table.clone();
        for section in SECTIONS_OF_RUNS {
            table.remove(section);
        }
        let fields: Fields = table
            .try_into()
            .map_err(|error: toml::de::Error| BadInput::new(format!("{}: {}", self.name, error.message())))?;
        let wrong = |why: String| BadInput::new(format!("{}: {why}", self.name));
        let (from, to) = fields.market.days();
        if from.0 >= to.0 {
            let (from, to) = (named_day(from.0), named_day(to.0));
            return Err(wrong(format!("market.to: no day lies between {from} and {to}")));
        }
        for (key, day) in [("from", from.0), ("to", to.0 - 1)] {
            if let Some(why) = days::outside_emission(day) {
                return Err(wrong(format!("market.{key}: day {} {why}", named_day(day))));
            }
        }
        let (mut agents, mut sharing) = (Vec::new(), Vec::new());
        for (name, agent) in &fields.agents {
            if name.contains(' ') || name.is_empty() {
                return Err(wrong(format!("agents: `{name}`: a name has letters and no space")));
            }
            let more = agent.agents(name, from, to).map_err(|why| wrong(format!("agents.{name}.{why}")))?;
            sharing.resize(sharing.len() + more.len(), agent.shares_the_stake());
            agents.extend(more);
        }
        if let Some(stake) = fields.stake {
            let sharing = agents.iter_mut().zip(&sharing).filter(|(_, shares)| **shares);
            stake.give(&mut sharing.map(|(agent, _)| agent).collect::<Vec<_>>());
        }
        if agents.is_empty() {
            return Err(wrong("agents: there is none".into()));
        }
        let market = &fields.market;
        Ok(Market {
            from,
            to,
            weight: market.weight(),
            min_subnet_stake: market.min_subnet_stake_mor.0,
            lock_seconds: u64::from(market.lock_days) * 86_400,
            grace_days: market.grace_days,
            recorded_after_days: market.recorded_after_days,
            emission_parts: market.emission_parts().map_err(|why| wrong(format!("market.{why}")))?,
            demand: fields.demand.demand().map_err(|why| wrong(format!("demand.{why}")))?,
            agents,
        })
    }

    /// The entries of its agents.
    pub(crate) fn agent_names(&self) -> Vec<String> {
        let agents = self.table.get("agents").and_then(Value::as_table);
        agents.map(|agents| agents.keys().cloned().collect()).unwrap_or_default()
    }

    /// A section that says how to run it.
    pub(crate) fn section<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, BadInput> {
        let section = self.table.get(name).cloned().map(Value::try_into);
        section.transpose().map_err(|error| BadInput::new(format!("{}: {name}: {}", self.name, error.message())))
    }

    /// The same file with `value` at `path`.
    ///
    /// # Errors
    /// [`BadInput`] if nothing can stand there; [`Self::market`] says whether `value` can.
    pub fn with(&self, path: &str, value: Value) -> Result<Self, BadInput> {
        let mut file = self.clone();
        let no_place = || BadInput::new(format!("{}: `{path}` is no value of it", self.name));
        let (above, key) = path.rsplit_once('.').ok_or_else(no_place)?;
        let mut table = &mut file.table;
        for key in above.split('.') {
            let below = table.entry(key).or_insert_with(|| Value::Table(Table::new()));
            table = below.as_table_mut().ok_or_else(no_place)?;
        }
        table.insert(key.to_owned(), value);
        Ok(file)
    }
}
