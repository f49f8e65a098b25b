//! In what a contract of the book differs from the one that is wanted.

use std::fmt;

use alloy::primitives::B256;
use serde::{Serialize, Serializer};

/// One difference. Said as one line, in JSON too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Other code, by its keccak256.
    Code {
        /// What stands there.
        there: B256,
        /// What this clone builds.
        here: B256,
    },
    /// Constructed with another value.
    Argument {
        /// The argument's name in the ABI.
        name: &'static str,
        /// The value that the book has, or that it has none.
        there: String,
        /// The value that is wanted.
        wanted: String,
    },
}

impl Difference {
    /// Whether it is one of the constructor argument `argument`.
    #[must_use]
    pub fn is_of(&self, argument: &str) -> bool {
        matches!(self, Self::Argument { name, .. } if *name == argument)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code { there, here } => write!(f, "code hash: {there} there, {here} built here"),
            Self::Argument { name, there, wanted } => write!(f, "{name}: {there} there, {wanted} wanted"),
        }
    }
}

impl Serialize for Difference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
