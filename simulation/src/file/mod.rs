//! A simulation as people write it down: a TOML file, or a preset.
//!
//! Unknown keys, negative or fractional wei, more than 18 decimals, empty ranges and days outside the emission are refused
//! with the place. A value is looked up and set by its path, `agents.honest.stake_mor`, so that any of them can be swept.

mod counted;
mod fields;
mod numbers;
mod presets;

use std::collections::BTreeMap;

use mrc53_console::days;
use mrc53_console::failure::BadInput;
use mrc53_console::show::named_day;
use mrc53_maths::U256;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use counted::{Counted, CountedFiles};
use fields::{AgentFields, DemandFields, MOST_AGENTS, MarketFields, StakeFields};
use mrc53_books::market::agent::Agent;
use mrc53_books::market::{MOST_SESSIONS, Market};
use mrc53_books::stake_side::stakeable;

pub use counted::{COUNTED_HEADER, MOST_COUNTED_BYTES};
pub(crate) use numbers::Percent;
pub use presets::{PRESETS, Preset};

/// The longest name of an entry.
const MOST_LETTERS: usize = 40;
/// The path of the value that names a file of counted demand.
const COUNTED: &str = "demand.counted";
/// What says how a file is run, and nothing of the market.
const SECTIONS_OF_RUNS: [&str; 4] = ["sweep", "compare", "random", "stress"];

/// A file that has been read as TOML, with the market of it and how it is run.
#[derive(Clone, Debug)]
pub struct File {
    /// How it is called in front of people.
    pub name: String,
    table: Table,
    counted: CountedFiles,
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
    /// Reads `text`; `name` says where it is from. `read` gives the text of each file of counted demand that it names,
    /// by the path that stands there, or refuses it.
    ///
    /// # Errors
    /// [`BadInput`] with the line where it is no TOML, the key that is wrong, or the line of counted demand that is.
    pub fn parse(name: &str, text: &str, read: impl Fn(&str) -> Result<String, BadInput>) -> Result<Self, BadInput> {
        let table = text.parse::<Table>().map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            BadInput::new(format!("{name}: line {line}: {}", error.message()))
        })?;
        let mut file = Self { name: name.to_owned(), table, counted: CountedFiles::new() };
        for path in file.counted_paths() {
            let wrong = |why: &dyn std::fmt::Display| BadInput::new(format!("{name}: {COUNTED}: {why}"));
            let text = read(&path).map_err(|refusal| wrong(&refusal))?;
            let counted = Counted::parse(&text).map_err(|why| wrong(&format!("{path}: {why}")))?;
            file.counted.insert(path, counted);
        }
        file.market()?;
        Ok(file)
    }

    /// A preset, read.
    ///
    /// # Errors
    /// [`BadInput`] if it is none, which the tests see that it is not.
    pub fn of_preset(preset: Preset) -> Result<Self, BadInput> {
        let no_file = |path: &str| Err(BadInput::new(format!("{path}: a preset has no files beside it")));
        Self::parse(preset.name, preset.text, no_file)
    }

    /// The files of counted demand that it names, whatever is run of it: as it is, in a sweep, in a comparison, under a strain.
    fn counted_paths(&self) -> Vec<String> {
        let section = |name: &str| self.table.get(name).and_then(Value::as_table);
        let of = |table: Option<&Table>, key: &str| table.and_then(|table| table.get(key)).cloned();
        let (sweep, compare) = (section("sweep"), section("compare"));
        let is_swept = of(sweep, "path").is_some_and(|path| path.as_str() == Some(COUNTED));
        let swept = of(sweep.filter(|_| is_swept), "values").and_then(|values| values.as_array().cloned());
        let strains = self.table.get("stress").and_then(Value::as_array).into_iter().flatten().map(Value::as_table);
        let changing = strains.chain([compare]).flatten().map(|run| run.get("change").and_then(Value::as_table));
        let changed = changing.filter_map(|change| of(change, COUNTED));
        let named = of(section("demand"), "counted").into_iter().chain(changed).chain(swept.unwrap_or_default());
        named.filter_map(|path| path.as_str().map(str::to_owned)).collect()
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
        let fields: Fields = read(&self.name, Value::Table(table))?;
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
            if !is_name(name) {
                let name: String = name.chars().filter(|letter| !letter.is_control()).take(MOST_LETTERS).collect();
                return Err(wrong(format!(
                    "agents: `{name}`: a name has letters, digits, - and _, at most {MOST_LETTERS}"
                )));
            }
            let more = agent.agents(name, from, to).map_err(|why| wrong(format!("agents.{name}.{why}")))?;
            sharing.resize(sharing.len() + more.len(), agent.shares_the_stake());
            agents.extend(more);
        }
        if u64::try_from(agents.len()).is_ok_and(|count| count > MOST_AGENTS) {
            return Err(wrong(format!("agents: {} of them, at most {MOST_AGENTS}", agents.len())));
        }
        if let Some(stake) = fields.stake {
            if !sharing.contains(&true) {
                return Err(wrong("stake: every agent names its own".into()));
            }
            let sharing = agents.iter_mut().zip(&sharing).filter(|(_, shares)| **shares);
            stake.give(&mut sharing.map(|(agent, _)| agent).collect::<Vec<_>>());
        }
        if agents.is_empty() {
            return Err(wrong("agents: there is none".into()));
        }
        let staked = agents.iter().try_fold(0_u128, |sum, agent| sum.checked_add(agent.stake()));
        if staked.and_then(|wei| stakeable(U256::from(wei))).is_none() {
            return Err(wrong("agents: they stake more MOR in all than there can be".into()));
        }
        if agents.iter().map(Agent::own_sessions).fold(0_u64, u64::saturating_add) > MOST_SESSIONS {
            return Err(wrong(format!("agents: more than {MOST_SESSIONS} sessions of their own in all")));
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
            demand: fields.demand.demand(&self.counted, from, to).map_err(|why| wrong(format!("demand.{why}")))?,
            agents,
        })
    }

    /// Whether an entry of its agents is called so.
    pub(crate) fn has_agents(&self, name: &str) -> bool {
        self.table.get("agents").is_some_and(|agents| agents.get(name).is_some())
    }

    /// A section that says how to run it.
    pub(crate) fn section<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, BadInput> {
        let section = self.table.get(name).cloned();
        section.map(|section| read(&format!("{}: {name}", self.name), section)).transpose()
    }

    /// The same market with `value` at `path`.
    ///
    /// # Errors
    /// As [`Self::with`], and if the path leads to how the file is run.
    pub(crate) fn varied(&self, path: &str, value: Value) -> Result<Self, BadInput> {
        if SECTIONS_OF_RUNS.iter().any(|section| path.split('.').next() == Some(section)) {
            return Err(BadInput::new(format!("{}: `{path}` is no value of its market", self.name)));
        }
        self.with(path, value)
    }

    /// The same file with `value` at `path`.
    ///
    /// # Errors
    /// [`BadInput`] if nothing can stand there; [`Self::market`] says whether `value` can.
    pub fn with(&self, path: &str, value: Value) -> Result<Self, BadInput> {
        let mut file = self.clone();
        let no_place = || BadInput::new(format!("{}: `{path}` is no value of it", self.name));
        let (above, key) = path.rsplit_once('.').ok_or_else(no_place)?;
        if let Some(name) = above.strip_prefix("agents.").filter(|name| !self.has_agents(name)) {
            return Err(BadInput::new(format!("{}: `{path}`: no agents are called `{name}`", self.name)));
        }
        let mut table = &mut file.table;
        for key in above.split('.') {
            let below = table.entry(key).or_insert_with(|| Value::Table(Table::new()));
            table = below.as_table_mut().ok_or_else(no_place)?;
        }
        table.insert(key.to_owned(), value);
        Ok(file)
    }
}

/// Reads `value`, which stands at `place`.
fn read<T: DeserializeOwned>(place: &str, value: Value) -> Result<T, BadInput> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let (path, why) = (error.path().to_string(), error.inner().message().to_owned());
        // The path of a whole file, or section, is a point.
        BadInput::new(if path == "." { format!("{place}: {why}") } else { format!("{place}: {path}: {why}") })
    })
}

/// Whether an entry can be called so: in a table, a chart and a path.
fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    !text.is_empty() && text.chars().count() <= MOST_LETTERS && text.chars().all(is_letter)
}
