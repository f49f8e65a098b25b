//! What is sent to `UsageProofs`: the call data that opens a root, and that which proves words, in as many transactions as
//! it takes.

use alloy::primitives::{Address, B256, Bytes};
use alloy::sol_types::SolCall;
use mrc53_abi::UsageProofs::{openRootCall, proveCall};

use crate::evidence::{Evidence, Opening, Proven};
use crate::nodes;
use crate::word::Word;

/// Bytes that Arbitrum's sequencer takes of one transaction.
const MOST_BYTES: usize = 95_000;
/// Bytes of a signed transaction besides its call data, more than there ever are.
const ENVELOPE_BYTES: usize = 200;
/// Bytes of call data that one transaction can have.
pub const MOST_DATA_BYTES: usize = MOST_BYTES - ENVELOPE_BYTES;

/// Bytes of the call data of `prove` besides the nodes and the pairs: the selector, four heads, three lengths, and what
/// fills the nodes' last word.
const FIXED_BYTES: usize = 4 + 32 * (4 + 3) + 31;
/// Bytes of a pair.
const PAIR_BYTES: usize = 2 * 32;

/// Words that are proven by one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The words, in the order in which they stand there.
    pub words: Vec<Word>,
    /// The call data.
    pub data: Bytes,
}

impl Opening {
    /// The call data that opens the root.
    #[must_use]
    pub fn call(&self) -> Bytes {
        let call = openRootCall {
            root: self.root(),
            stateRoot: self.block.state_root,
            messagePasserRoot: self.message_passer_root,
            header: self.block.header.clone(),
            accountProof: self.account_proof.concat().into(),
        };
        call.abi_encode().into()
    }
}

impl Evidence {
    /// The call data that proves `words` of this evidence, each as long as it can be below `most_bytes`. A word whose own
    /// proof is longer, which no trie of this world has, stands alone.
    #[must_use]
    pub fn batches(&self, words: &[Word], most_bytes: usize) -> Vec<Batch> {
        let root = self.opening.root();
        let mut batches = Vec::new();
        let (mut open, mut bytes): (Vec<&Proven>, _) = (Vec::new(), 0);
        for proven in self.words.iter().filter(|proven| words.contains(&proven.word)) {
            let more = |open: &[&Proven]| PAIR_BYTES + new_bytes(open.last().map(|last| &*last.proof), &proven.proof);
            if !open.is_empty() && FIXED_BYTES + bytes + more(&open) > most_bytes {
                batches.push(batch(root, &open));
                (open, bytes) = (Vec::new(), 0);
            }
            bytes += more(&open);
            open.push(proven);
        }
        if !open.is_empty() {
            batches.push(batch(root, &open));
        }
        batches
    }
}

/// Bytes of the nodes of `proof` that the proof before it did not have.
fn new_bytes(before: Option<&[Bytes]>, proof: &[Bytes]) -> usize {
    let shared = before.map_or(0, |before| proof.iter().zip(before).take_while(|(one, other)| one == other).count());
    proof[shared..].iter().map(|node| node.len()).sum()
}

fn batch(root: B256, words: &[&Proven]) -> Batch {
    let nodes = nodes::joint(words.iter().map(|proven| &*proven.proof)).into();
    let words: Vec<Word> = words.iter().map(|proven| proven.word).collect();
    let (subnets, numbers): (Vec<Address>, Vec<u32>) = words.iter().map(|word| (word.subnet, word.number)).unzip();
    let call = proveCall { root, subnets, words: numbers, nodes };
    Batch { words, data: call.abi_encode().into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{evidence, word};

    fn words(subnets: std::ops::Range<u64>) -> Vec<Word> {
        subnets.flat_map(|subnet| [word(subnet, 5_000), word(subnet, 5_001)]).collect()
    }

    #[test]
    fn every_word_is_in_one_batch_in_ascending_order_and_every_batch_holds_by_itself() {
        let all = words(0..60);
        let evidence = evidence(&all, &all, 7);
        for most in [1, 2_000, 4_000, 20_000, MOST_DATA_BYTES] {
            let batches = evidence.batches(&all, most);

            let found: Vec<Word> = batches.iter().flat_map(|batch| batch.words.clone()).collect();
            assert!(found.is_sorted_by(|one, other| one.path() < other.path()) && found.len() == all.len());
            for batch in &batches {
                let call = proveCall::abi_decode(&batch.data).unwrap();
                assert_eq!(call.root, evidence.opening.root());
                let paths: Vec<B256> = batch.words.iter().map(|word| word.path()).collect();
                let shown = nodes::words(evidence.opening.storage_root, &paths, &call.nodes).unwrap();
                assert!(shown.iter().all(|value| !value.is_zero()));
                assert!(batch.data.len() <= most || batch.words.len() == 1, "{} of {most}", batch.data.len());
            }
        }
        assert_eq!(evidence.batches(&all, MOST_DATA_BYTES).len(), 1);
        assert_eq!(evidence.batches(&all, 1).len(), all.len());
    }

    #[test]
    fn a_batch_is_cut_at_the_byte_at_which_it_would_be_too_long() {
        let all = words(0..20);
        let evidence = evidence(&all, &all, 7);
        let whole = evidence.batches(&all, usize::MAX)[0].data.len();

        // Call data is padded to whole words, which is reckoned with as the most that it can be.
        assert_eq!(evidence.batches(&all, whole + 31).len(), 1);
        assert_eq!(evidence.batches(&all, whole - 1).len(), 2);
    }

    #[test]
    fn only_what_is_asked_for_is_in_it() {
        let all = words(0..9);
        let evidence = evidence(&all, &all, 7);

        assert_eq!(evidence.batches(&[], MOST_DATA_BYTES), []);
        assert_eq!(evidence.batches(&all[3..4], MOST_DATA_BYTES)[0].words, all[3..4]);
        // A word that the evidence does not have.
        assert_eq!(evidence.batches(&[word(77, 1)], MOST_DATA_BYTES), []);
    }
}
