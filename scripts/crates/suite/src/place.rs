//! Which chains a suite stands on. A suite that counts sessions on Base has contracts on Base and Ethereum too.

use std::fmt;

use serde::Serialize;

/// One of the chains of a suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Where stake and rewards are; of a suite without Base, the sessions too.
    Arbitrum,
    /// Where sessions are counted.
    Base,
    /// Which knows Base's roots.
    Ethereum,
}

/// A Solidity contract of a suite, on another chain than Arbitrum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abroad {
    /// Books sessions on Base; creates the buckets when it is constructed.
    SessionRecorder,
    /// Keeps session-seconds per account and day, for proofs.
    UsageBuckets,
    /// Sends Base's roots from Ethereum to Arbitrum.
    RootRelay,
}

impl Place {
    /// Most gas of one transaction, where there is such a limit (EIP-7825).
    #[must_use]
    pub const fn most_gas(self) -> Option<u64> {
        match self {
            Self::Arbitrum => None,
            Self::Base | Self::Ethereum => Some(1 << 24),
        }
    }

    /// The option that names another node of it.
    #[must_use]
    pub const fn node_option(self) -> &'static str {
        match self {
            Self::Arbitrum => "--rpc-url",
            Self::Base => "--base-rpc-url",
            Self::Ethereum => "--ethereum-rpc-url",
        }
    }

    /// The environment variable of the same meaning.
    #[must_use]
    pub const fn node_variable(self) -> &'static str {
        match self {
            Self::Arbitrum => "MRC53_RPC_URL",
            Self::Base => "MRC53_BASE_RPC_URL",
            Self::Ethereum => "MRC53_ETHEREUM_RPC_URL",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Arbitrum => "Arbitrum",
            Self::Base => "Base",
            Self::Ethereum => "Ethereum",
        })
    }
}

impl Abroad {
    /// All of them, in the order in which they are deployed.
    pub const ALL: [Self; 3] = [Self::SessionRecorder, Self::UsageBuckets, Self::RootRelay];

    /// What books and command lines call it.
    #[must_use]
    pub const fn package(self) -> &'static str {
        match self {
            Self::SessionRecorder => "base-session-recorder",
            Self::UsageBuckets => "usage-buckets",
            Self::RootRelay => "root-relay",
        }
    }

    /// Its name in Solidity.
    #[must_use]
    pub const fn solidity(self) -> &'static str {
        match self {
            Self::SessionRecorder => "SessionRecorder",
            Self::UsageBuckets => "UsageBuckets",
            Self::RootRelay => "RootRelay",
        }
    }

    /// Its chain.
    #[must_use]
    pub const fn place(self) -> Place {
        match self {
            Self::SessionRecorder | Self::UsageBuckets => Place::Base,
            Self::RootRelay => Place::Ethereum,
        }
    }

    /// The one of this name; none for anything else.
    #[must_use]
    pub fn of_package(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|contract| contract.package() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    #[test]
    fn no_two_contracts_of_a_suite_have_one_package() {
        for contract in Abroad::ALL {
            assert_eq!(Abroad::of_package(contract.package()), Some(contract));
            assert_eq!(Contract::of_package(contract.package()), None);
        }
    }
}
