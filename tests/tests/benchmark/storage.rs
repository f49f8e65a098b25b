//! The storage of `UsageBuckets` on Base, as large as a test needs it, and proofs of its words by alloy-trie.

use std::collections::BTreeMap;

use alloy::primitives::{Address, B256, Bytes, keccak256};
use alloy_trie::proof::ProofRetainer;
use alloy_trie::{HashBuilder, Nibbles};
use mrc53_ledger::usage::{Usage, UsageWord};
use mrc53_tries::{base, rlp};

/// A word of the buckets: whose, and its number.
pub(crate) type Word = (Address, u32);

/// Nodes shorter than this stand inside their parent.
const HASHED_FROM: usize = 32;

/// The words of the buckets, by their hashed slots.
pub(crate) struct Storage(BTreeMap<B256, (Word, UsageWord)>);

/// What proves some words.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    /// The words in ascending order of their hashed slots, and what they hold.
    pub(crate) words: Vec<(Word, UsageWord)>,
    /// The nodes of all of them, each once, depth first.
    pub(crate) nodes: Vec<Bytes>,
    /// The nodes of each.
    pub(crate) nodes_of_each: Vec<Vec<Bytes>>,
}

impl Proof {
    /// The nodes as the contracts take them: one behind the other.
    pub(crate) fn joined(&self) -> Bytes {
        self.nodes.concat().into()
    }

    pub(crate) fn subnets(&self) -> Vec<Address> {
        self.words.iter().map(|((subnet, _), _)| *subnet).collect()
    }

    pub(crate) fn numbers(&self) -> Vec<u32> {
        self.words.iter().map(|((_, number), _)| *number).collect()
    }
}

/// The hashed slot of a word.
pub(crate) fn path((subnet, number): Word) -> B256 {
    base::path_of_word(&subnet.into_array(), number, |bytes| keccak256(bytes).0).into()
}

/// Account number `number` of those that host or stake here. No byte of it is zero, nor of anything else that is sent: a
/// zero byte of calldata is cheaper, which would blur the figures.
pub(crate) fn account(name: &str, number: usize) -> Address {
    Address::from_word(keccak256(format!("{name} {number}")).0.map(|byte| byte.max(1)).into())
}

/// A word in which every day has hosted something.
pub(crate) fn busy((subnet, number): Word) -> UsageWord {
    let day = number * mrc53_ledger::usage::DAYS_PER_WORD;
    let seconds = 0x0100 + u64::from(subnet[19]) * 0x0101;
    let add = |word: UsageWord, day| word.with_added(day, Usage { seconds, sessions: 7 }).expect("room");
    (day..day + mrc53_ledger::usage::DAYS_PER_WORD).fold(UsageWord::default(), add)
}

impl Storage {
    pub(crate) fn new(words: impl IntoIterator<Item = (Word, UsageWord)>) -> Self {
        Self(words.into_iter().map(|(word, held)| (path(word), (word, held))).collect())
    }

    /// `number` words of as many accounts, all of days long ago, besides `words`.
    pub(crate) fn with_others(words: impl IntoIterator<Item = (Word, UsageWord)>, number: usize) -> Self {
        let Self(mut all) = Self::new(words);
        let missing = number.saturating_sub(all.len());
        all.extend(Self::new((0..missing).map(|at| (account("other", at), 1)).map(|word| (word, busy(word)))).0);
        assert_eq!(all.len(), number);
        Self(all)
    }

    /// The root, and a proof of each of these batches of words.
    pub(crate) fn proofs<const N: usize>(&self, batches: [&[Word]; N]) -> (B256, [Proof; N]) {
        let paths = batches.map(|words| {
            let mut paths: Vec<_> = words.iter().map(|word| path(*word)).collect();
            paths.sort_unstable();
            paths
        });
        let wanted = paths.iter().flatten().map(Nibbles::unpack).collect();
        let mut builder = HashBuilder::default().with_proof_retainer(ProofRetainer::new(wanted));
        for (path, (_, held)) in &self.0 {
            builder.add_leaf(Nibbles::unpack(path), &rlp::number(&held.to_bytes()));
        }
        let root = builder.root();
        let nodes = builder.take_proof_nodes().into_nodes_sorted();
        let leading = |path: &B256| {
            let path = Nibbles::unpack(path);
            nodes.iter().filter(move |(at, node)| path.starts_with(at) && node.len() >= HASHED_FROM)
        };
        let proof = |paths: Vec<B256>| {
            let shared: BTreeMap<_, _> = paths.iter().flat_map(leading).map(|(at, node)| (*at, node.clone())).collect();
            Proof {
                words: paths.iter().map(|path| self.0[path]).collect(),
                nodes: shared.into_values().collect(),
                nodes_of_each: paths.iter().map(|path| leading(path).map(|(_, node)| node.clone()).collect()).collect(),
            }
        };
        (root, paths.map(proof))
    }
}
