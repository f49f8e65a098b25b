//! Where sessions that are replayed come from.

use std::ops::Range;

use alloy::primitives::Address;
use mrc53_console::show::grouped;

/// A file, or a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    File {
        sha256: String,
        /// Whether it is the public snapshot, to the byte.
        is_published: bool,
    },
    Chain {
        chain_id: u64,
        diamond: Address,
        /// The blocks whose events were read.
        blocks: Range<u64>,
    },
}

impl Origin {
    /// A line for people.
    pub(super) fn words(&self) -> String {
        match self {
            Self::File { sha256, is_published } => {
                let known = if *is_published { ": the snapshot that was published" } else { "" };
                format!("file    sha256 {sha256}{known}")
            }
            Self::Chain { chain_id, diamond, blocks } => {
                let block = |number: u64| grouped(&number.to_string());
                let (first, end) = (block(blocks.start), block(blocks.end));
                format!("chain   {chain_id}, Diamond {diamond}, blocks {first} to the beginning of {end}")
            }
        }
    }
}
