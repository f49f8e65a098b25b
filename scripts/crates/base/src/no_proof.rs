//! Why there is no proof: what the node lacks, or what is wrong with what it answers.

use std::sync::Arc;

use alloy::primitives::{Address, B256};
use alloy::transports::TransportError;
use mrc53_console::failure::BadInput;
use mrc53_node::answers::of_node;
use mrc53_node::reading::Reading;
use mrc53_trie::{Reason, Refusal};

/// Why a node of Base proves nothing of a block. Every one names what is known of it on one line, and what helps.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NoProof {
    /// It does not have the block.
    #[error("{url} has no block {block}: ask again once it has, or name another node with --base-rpc-url")]
    NoBlock {
        /// The node.
        url: Box<str>,
        /// The block's number.
        block: u64,
    },
    /// It answers `eth_getProof` for no block.
    #[error(
        "{url} answers eth_getProof for no block ({words}): proofs need a node that does, name one with --base-rpc-url"
    )]
    NoProofs {
        /// The node.
        url: Box<str>,
        /// What it says.
        words: String,
    },
    /// It answers it for its last block and not for this one.
    #[error(
        "{url} has the state of block {block} no longer, only that of its latest ones ({words}): name a node that \
         keeps proofs of old blocks with --base-rpc-url, or take a root whose proofs were kept while they were there"
    )]
    Pruned {
        /// The node.
        url: Box<str>,
        /// The block's number.
        block: u64,
        /// What it says.
        words: String,
    },
    /// The header does not have the block's hash.
    #[error(
        "block {block} of {url} goes by the hash {hash}, and its header has {hashed}: it has fields that this release does \
         not know (a newer one may), or the node makes it up; one that answers debug_getRawHeader helps in the first case, \
         another one in the second, by --base-rpc-url"
    )]
    OtherHeader {
        /// The node.
        url: Box<str>,
        /// The block's number.
        block: u64,
        /// The hash that it is called by.
        hash: B256,
        /// The hash of its fields.
        hashed: B256,
    },
    /// The block is another than was asked for, has another root, or lacks what a proof needs.
    #[error(
        "block {block} of {url} {what}: the node is not on Base's chain or makes it up, name another with --base-rpc-url"
    )]
    OtherBlock {
        /// The node.
        url: Box<str>,
        /// The block's number.
        block: u64,
        /// What is wrong with it.
        what: Box<str>,
    },
    /// A proof does not prove what the node says.
    #[error(
        "the proof of {what} in block {block} does not hold, {why}: {url} makes it up, name another node with --base-rpc-url"
    )]
    False {
        /// The node.
        url: Box<str>,
        /// The block's number.
        block: u64,
        /// Of what.
        what: Box<str>,
        /// Why.
        why: Fault,
    },
    /// Nothing stands at the address of the buckets in that block, or something else.
    #[error(
        "{buckets} in block {block} of Base {what}: is this the address of UsageBuckets, and had they been deployed by then?"
    )]
    OtherCode {
        /// Where `UsageBuckets` should stand.
        buckets: Address,
        /// The block's number.
        block: u64,
        /// What stands there.
        what: Box<str>,
    },
    /// Nobody has sent the root of late, so that no game says which block it is of.
    #[error("no transaction of the last {weeks} weeks on Ethereum has sent {root}: which block it is of is not known")]
    NotSent {
        /// The root.
        root: B256,
        /// Weeks that were looked at.
        weeks: u64,
    },
    /// It does not answer.
    #[error("{what} of {url}: {}", of_node(.error))]
    Node {
        /// The node.
        url: Box<str>,
        /// What was asked for.
        what: Box<str>,
        /// Why.
        error: Arc<TransportError>,
    },
}

/// What is wrong with a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A node of the trie is missing, another one than its parent names, malformed, or not needed.
    #[error("{}", in_words(.0))]
    Trie(Refusal),
    /// The account at the end of it is malformed.
    #[error("the account at its end is malformed")]
    Account,
    /// It proves something else than the node says.
    #[error("it shows {shown}, and the node says {said}")]
    Other {
        /// What it shows.
        shown: B256,
        /// What the node says.
        said: B256,
    },
    /// There is none.
    #[error("it is not in the answer")]
    Missing,
}

fn in_words(refusal: &Refusal) -> String {
    let node = refusal.node;
    match refusal.reason {
        Reason::KeyNotAscending => format!("its word number {} is not above the one before", refusal.key),
        Reason::NodeMissing => format!("node {node} is missing"),
        Reason::NodeUnexpected => format!("node {node} is another than the one above names"),
        Reason::NodeMalformed => format!("node {node} is malformed"),
        Reason::ValueMalformed => format!("the value in node {node} is no number"),
        Reason::NodesLeft => format!("node {node} belongs nowhere"),
    }
}

impl NoProof {
    /// How the node is shown.
    pub(crate) fn url(node: &Reading) -> Box<str> {
        node.url.to_string().into()
    }

    /// The same as a failure of a command: [`BadInput`] but where the node does not answer, or not yet.
    #[must_use]
    pub fn into_failure(self) -> anyhow::Error {
        match self {
            Self::Node { .. } | Self::NoBlock { .. } => self.into(),
            _ => BadInput::new(self.to_string()).into(),
        }
    }
}
