//! Asking views at one block: an answer, or why there is none.

use std::fmt;
use std::sync::Mutex;

use alloy::primitives::{Address, U256};
use alloy::sol_types::SolCall;
use anyhow::{Result, bail};
use mrc53_abi::refusal::Refusals;
use mrc53_node::answers::of_node;
use mrc53_node::connection::Connection;
use mrc53_node::head::Head;
use mrc53_node::no_value::NoValue;
use serde::{Serialize, Serializer};

/// What a view answered. In JSON the value itself, or `{"error": …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Reading<T> {
    /// It answered this.
    Known(T),
    /// It did not.
    Unknown {
        /// Why.
        error: String,
    },
}

/// An amount in wei; in JSON a decimal string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wei(pub U256);

/// A contract to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// How to name it in front of people.
    pub name: &'static str,
    /// Where it stands.
    pub address: Address,
}

/// Asks at one block, and remembers what was not answered.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The node and the book.
    pub connection: &'a Connection,
    /// The block.
    pub head: Head,
    refusals: Refusals,
    gaps: Mutex<Vec<Gap>>,
}

/// A view that did not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The contract.
    pub contract: &'static str,
    /// The view's signature.
    pub view: &'static str,
    /// Why.
    pub error: String,
}

impl<'a> Reader<'a> {
    /// A reader of the state at `head`.
    ///
    /// # Errors
    /// Fails if an artifact of this build is malformed.
    pub fn new(connection: &'a Connection, head: Head) -> Result<Self> {
        Ok(Self { connection, head, refusals: Refusals::all()?, gaps: Mutex::default() })
    }

    /// What `target` answers to `call`.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn ask<C: SolCall>(&self, target: Target, call: C) -> Result<Reading<C::Return>> {
        let error = match self.connection.reader().at(self.head).ask(target.address, call).await {
            Ok(value) => return Ok(Reading::Known(value)),
            Err(NoValue::Nothing) => format!("nothing answers at {}", target.address),
            Err(NoValue::Malformed { data, .. }) => format!("malformed answer {data}"),
            Err(NoValue::Refused(data)) => self.refusals.words(&data),
            Err(NoValue::Node(error)) if error.is_error_resp() => of_node(&error),
            Err(NoValue::Node(error)) => {
                let (name, url) = (target.name, &self.connection.url);
                bail!("{url} did not answer {name}.{}: {}", C::SIGNATURE, of_node(&error))
            }
        };
        let gap = Gap { contract: target.name, view: C::SIGNATURE, error: error.clone() };
        self.gaps.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(gap);
        Ok(Reading::Unknown { error })
    }

    /// What was not answered so far.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        self.gaps.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

impl<T> Reading<T> {
    /// The value, if there is one.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown { .. } => None,
        }
    }

    /// The same with the value as `change` makes it.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Known(value) => Reading::Known(change(value)),
            Self::Unknown { error } => Reading::Unknown { error },
        }
    }

    /// What both come to; the first gap if there is one.
    #[must_use]
    pub fn with<U, V>(&self, other: &Reading<U>, join: impl FnOnce(&T, &U) -> V) -> Reading<V> {
        match (self, other) {
            (Self::Known(one), Reading::Known(two)) => Reading::Known(join(one, two)),
            (Self::Unknown { error }, _) | (_, Reading::Unknown { error }) => Reading::Unknown { error: error.clone() },
        }
    }

    /// The value in words, or a question mark with the reason.
    #[must_use]
    pub fn show(&self, words: impl FnOnce(&T) -> String) -> String {
        match self {
            Self::Known(value) => words(value),
            Self::Unknown { error } => format!("? {error}"),
        }
    }
}

impl fmt::Display for Wei {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Wei {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<u128> for Wei {
    fn from(amount: u128) -> Self {
        Self(U256::from(amount))
    }
}

impl From<U256> for Wei {
    fn from(amount: U256) -> Self {
        Self(amount)
    }
}
