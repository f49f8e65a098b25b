//! A proposal of Base, and why it cannot be relayed.

use alloy::primitives::{Address, B256};
use mrc53_console::show::moment;
use serde::Serialize;

/// Base's type of games since May 2026: what this release has seen.
pub const KNOWN_GAME_TYPE: u32 = 621;

/// A proposal of Base: a root of one of its blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Game {
    /// Its number in the factory, counted from 0; none where it was named by its address.
    pub index: Option<u64>,
    /// Its contract.
    pub address: Address,
    /// Its type.
    pub game_type: u32,
    /// When it was created on Ethereum, unix seconds.
    pub created_at: u64,
}

/// What a game claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The game.
    #[serde(flatten)]
    pub game: Game,
    /// The root.
    pub root: B256,
    /// The number of the block that it is of.
    pub block: u64,
}

/// Why the registry does not hold a game to be valid now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum WhyNot {
    /// All of Base's withdrawals are paused, and with them every game.
    Paused,
    /// The registry that the portal names now does not know it.
    NotRegistered,
    /// Base's guardian has struck it out.
    Blacklisted,
    /// All games of its time were retired.
    Retired,
    /// Its type was not the one that counts when it was created.
    OtherType {
        /// Its type.
        game_type: u32,
        /// The type that counts now.
        respected: u32,
    },
    /// Nobody has resolved it.
    Unresolved {
        /// From when on anybody can, unix seconds, if it says so; it also waits for the one before it.
        resolvable_from: Option<u64>,
    },
    /// Those who challenged it won: its root is wrong.
    Lost,
    /// It was resolved a short while ago.
    InWindow {
        /// From when on it is valid, unix seconds.
        valid_from: u64,
    },
    /// The registry does not say.
    Unknown,
}

impl WhyNot {
    /// Whether it passes by itself.
    #[must_use]
    pub const fn passes(self) -> bool {
        matches!(self, Self::Paused | Self::Unresolved { .. } | Self::InWindow { .. })
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Paused => "Base is paused on Ethereum, and with it every game".into(),
            Self::NotRegistered => "the registry that Base's portal names now does not know it".into(),
            Self::Blacklisted => "Base's guardian has blacklisted it".into(),
            Self::Retired => "Base's guardian has retired all games of its time".into(),
            Self::OtherType { game_type, respected } => {
                format!("it is of type {game_type}, which did not count when it was created; now {respected} does")
            }
            Self::Unresolved { resolvable_from: None } => "it is not resolved yet".into(),
            Self::Unresolved { resolvable_from: Some(time) } => {
                format!("it is not resolved: from {} on anybody can, once the one before it is", moment(time))
            }
            Self::Lost => "it was challenged and lost: its root is wrong".into(),
            Self::InWindow { valid_from } => format!("it is resolved and becomes valid at {}", moment(valid_from)),
            Self::Unknown => "the registry does not say why".into(),
        }
    }
}
