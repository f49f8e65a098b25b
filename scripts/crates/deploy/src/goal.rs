//! What the suite is to be made of on a chain: from the flags, else the book, else the network's profile, else the
//! protocol.

use alloy::primitives::{Address, B256, keccak256};
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_maths::Day;
use mrc53_node::book::{Input, Inputs, Settings};
use mrc53_node::connection::Connection;
use mrc53_node::follow::Current;
use mrc53_node::time;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::{Abroad, Place};
use mrc53_suite::terms::DEFAULT_WINDOW_DAYS;

use super::others::{Others, agree};
use super::stand_in::StandIn;

/// What the addresses of a suite are derived with unless the user says otherwise.
pub(super) const DEFAULT_SALT: &str = "mrc53";

/// What the user asks for.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// What the addresses are derived with.
    pub salt: Option<String>,
    /// Owner of `StakeAlignment` and `RewardDistributor`.
    pub owner: Option<Address>,
    /// The account that pays rewards.
    pub compute_pool: Option<Address>,
    /// The first UTC day that the distributor settles.
    pub first_day: Option<u32>,
    /// That nothing of the suite stands where the node does not search for it.
    pub none_stands: bool,
    /// Contracts that may be replaced, by package.
    pub replace: Vec<String>,
    /// Contracts that stay as they are although this clone builds them otherwise, by package.
    pub keep: Vec<String>,
}

/// What the suite is made of, besides its own addresses.
#[derive(Clone, Debug)]
pub struct Goal {
    /// What the addresses are derived with.
    pub salt: String,
    /// MOR.
    pub token: Input,
    /// The session source: the Compute Diamond, on Base where `others` are.
    pub diamond: Input,
    /// The two other chains, where sessions are counted on Base.
    pub others: Option<Others>,
    /// The account that pays rewards.
    pub compute_pool: Input,
    /// Owner of `StakeAlignment` and, unless it has one of its own, of `RewardDistributor`.
    pub owner: Input,
    /// Owner of `RewardDistributor`, where it is another.
    pub distributor_owner: Option<Input>,
    /// What owners have made of the contracts that stand.
    pub current: Current,
    /// The other constructor arguments.
    pub settings: Settings,
    /// Whether anybody has named the first day: a flag, the network or the book.
    pub is_first_day_named: bool,
    /// What stands in for a token or Diamond that is not there.
    pub stand_ins: Vec<StandIn>,
    /// What the book has of other chains, where sessions are or have been counted there.
    kept: Inputs,
}

impl Goal {
    /// What is wanted on `connection` for `sender`.
    ///
    /// # Errors
    /// [`BadInput`] if a name in `wishes` is no contract's, the book has another salt, book and profile name different
    /// tokens or Diamonds, or a token or Diamond is named nowhere on a chain that is not local. A failure if the node does not
    /// answer.
    pub async fn of(connection: &Connection, sender: Address, wishes: &Wishes) -> Result<Self> {
        require_contracts(connection, wishes.replace.iter().chain(&wishes.keep))?;
        let (book, network) = (&connection.book, &connection.network);
        let salt = salt(book.salt.as_deref(), wishes.salt.as_deref())?;
        let [token, diamond] = agreed(connection)?;
        let (others, on_base) = Others::agreed(connection)?.unzip();
        let mut stand_ins = Vec::new();
        let mut stood_in = |named: Option<Input>, what: &str, make: fn(B256) -> Result<StandIn>| {
            // A stand-in of an earlier run is planned again, and found.
            if let Some(input) = named.filter(|input| !StandIn::is_source(&input.source)) {
                return Ok(input);
            }
            if !network.is_local() {
                return Err(anyhow::Error::from(BadInput::new(format!(
                    "no {what} on {}: name it under [inputs] in a network file",
                    network.name
                ))));
            }
            let stand_in = make(hash(&salt))?;
            let input = stand_in.input();
            stand_ins.push(stand_in);
            Ok(input)
        };
        let token = stood_in(token, "token", StandIn::token)?;
        let diamond = match on_base {
            Some(diamond) => diamond,
            None => stood_in(diamond, "diamond", StandIn::diamond)?,
        };
        let current = Current::read(connection).await?;
        let now = current.of(&book.inputs);
        let asked = |flag: Option<Address>, name: &str, profile: Option<Address>| {
            let flag = flag.map(|it| Input::unverified(it, name));
            flag.or_else(|| profile.map(|it| Input::unverified(it, network.source("Morpheus"))))
        };
        let asked_owner = asked(wishes.owner, "--owner", network.inputs.owner);
        let distributor_owner = if asked_owner.is_some() { None } else { now.distributor_owner };
        let owner = asked_or_kept(asked_owner, now.owner);
        let owner = owner.unwrap_or_else(|| Input::unverified(sender, "the sender of the first deployment"));
        let pool =
            asked_or_kept(asked(wishes.compute_pool, "--compute-pool", network.inputs.compute_pool), now.compute_pool);
        let compute_pool =
            pool.unwrap_or_else(|| Input::unverified(owner.address, "the owner at the first deployment"));
        let named_day = wishes.first_day.or(network.settings.first_day).or(book.settings.map(|it| it.first_day));
        let first_day = match named_day {
            Some(day) => day,
            None => today(connection).await?,
        };
        let it = &network.settings;
        let settings = Settings {
            grace_days: it.grace_days,
            lock_seconds: it.lock_seconds,
            min_subnet_stake_wei: it.min_subnet_stake_wei,
            weight: it.weight,
            first_day,
            window_days: network.on_base.is_some().then(|| it.window_days.unwrap_or(DEFAULT_WINDOW_DAYS)),
        };
        let is_first_day_named = named_day.is_some();
        Ok(Self {
            salt,
            token,
            diamond,
            others,
            compute_pool,
            owner,
            distributor_owner,
            current,
            settings,
            is_first_day_named,
            stand_ins,
            kept: book.inputs.clone(),
        })
    }

    /// The 32 bytes that addresses are derived with; never zero.
    #[must_use]
    pub fn salt_hash(&self) -> B256 {
        hash(&self.salt)
    }

    /// The addresses as the book keeps them, `verified` or not. What it has of the other way of counting sessions stays:
    /// a suite may have changed from one to the other.
    #[must_use]
    pub fn inputs(&self, verified: bool) -> Inputs {
        let mark = |input: &Input| Input { verified: verified || input.verified, ..input.clone() };
        let (diamond, base, ethereum) = match &self.others {
            None => (Some(mark(&self.diamond)), self.kept.base.clone(), self.kept.ethereum.clone()),
            Some(others) => {
                let (base, ethereum) = others.inputs(&self.diamond, mark);
                (self.kept.diamond.clone(), Some(base), Some(ethereum))
            }
        };
        Inputs {
            token: Some(mark(&self.token)),
            diamond,
            compute_pool: Some(mark(&self.compute_pool)),
            owner: Some(mark(&self.owner)),
            distributor_owner: self.distributor_owner.as_ref().map(mark),
            base,
            ethereum,
        }
    }

    /// Where sessions are.
    #[must_use]
    pub fn place_of_sessions(&self) -> Place {
        if self.others.is_some() { Place::Base } else { Place::Arbitrum }
    }

    /// Within how many days words of Base are proven.
    #[must_use]
    pub fn window_days(&self) -> u32 {
        self.settings.window_days.unwrap_or(DEFAULT_WINDOW_DAYS)
    }

    /// Who is to own `RewardDistributor`.
    #[must_use]
    pub fn owner_of_distributor(&self) -> &Input {
        self.distributor_owner.as_ref().unwrap_or(&self.owner)
    }
}

/// What is asked for, else what is kept; what is kept where both are the same.
fn asked_or_kept(asked: Option<Input>, kept: Option<Input>) -> Option<Input> {
    match (asked, kept) {
        (Some(asked), Some(kept)) if asked.address == kept.address => Some(kept),
        (asked, kept) => asked.or(kept),
    }
}

fn hash(salt: &str) -> B256 {
    keccak256(salt)
}

/// Checks that each of `names` is a contract of the suite of `connection`.
fn require_contracts<'a>(connection: &Connection, mut names: impl Iterator<Item = &'a String>) -> Result<(), BadInput> {
    let mut known = connection.network.contracts().map(Contract::package).to_vec();
    if connection.network.on_base.is_some() {
        known.extend(Abroad::ALL.map(Abroad::package));
    }
    match names.find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(BadInput::new(format!("no contract `{name}`: {}", known.join(", ")))),
        None => Ok(()),
    }
}

fn salt(kept: Option<&str>, wished: Option<&str>) -> Result<String, BadInput> {
    match (kept, wished) {
        (Some(kept), Some(wished)) if kept != wished => Err(BadInput::new(format!(
            "this suite has the salt `{kept}`: a second one, of salt `{wished}`, takes a book of its own \
             (--deployments FOLDER)"
        ))),
        _ => Ok(wished.or(kept).unwrap_or(DEFAULT_SALT).to_owned()),
    }
}

/// Token and Diamond of Arbitrum, in this order, as book and profile name them; where both do they must agree, for no
/// owner can change them.
fn agreed(connection: &Connection) -> Result<[Option<Input>; 2], BadInput> {
    let (kept, profile) = (&connection.book.inputs, &connection.network.inputs);
    let input = |what: &str, kept: &Option<Input>, profile: Option<Address>| {
        let named = || profile.map(|address| Input::unverified(address, connection.network.source("Morpheus")));
        Ok(agree(connection, what, kept.as_ref(), profile)?.or_else(named))
    };
    Ok([input("token", &kept.token, profile.token)?, input("diamond", &kept.diamond, profile.diamond)?])
}

/// The UTC day of a transaction that is sent now.
pub(super) async fn today(connection: &Connection) -> Result<u32> {
    Ok(Day::of(time::now(&connection.provider).await?).0)
}
