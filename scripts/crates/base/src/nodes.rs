//! The nodes of proofs, as `UsageProofs` takes them and as nodes of the network list them.
//!
//! A node of a trie that is shorter than a hash stands inside its parent; some nodes of the network list the last one
//! again behind it, and the one node of an empty trie. Neither is needed, so both are dropped.

use alloy::primitives::{B256, Bytes, keccak256};
use mrc53_trie::account::Account;
use mrc53_trie::{EMPTY_ROOT, Walk};

use crate::no_proof::Fault;

/// Bytes of the shortest node that is named by its hash.
const HASHED_FROM: usize = 32;

/// What of an account its proof shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) storage_root: B256,
    /// None of an account that is not there.
    pub(crate) code_hash: Option<B256>,
}

fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}

/// Those of `listed` that are named by their hash.
pub(crate) fn hashed(listed: Vec<Bytes>) -> Vec<Bytes> {
    listed.into_iter().filter(|node| node.len() >= HASHED_FROM).collect()
}

/// One list for several proofs, ascending by what they prove: each node once, depth first, in the order in which they need
/// it.
pub(crate) fn joint<'a>(proofs: impl IntoIterator<Item = &'a [Bytes]>) -> Vec<u8> {
    let (mut nodes, mut before): (_, &[Bytes]) = (Vec::new(), &[]);
    for proof in proofs {
        let shared = proof.iter().zip(before).take_while(|(one, other)| one == other).count();
        proof[shared..].iter().for_each(|node| nodes.extend_from_slice(node));
        before = proof;
    }
    nodes
}

/// What the state with this `root` has at the hashed address `path`, by `proof`.
///
/// # Errors
/// [`Fault`] if the proof does not hold.
pub(crate) fn account(root: B256, path: B256, proof: &[Bytes]) -> Result<Shown, Fault> {
    let proof = proof.concat();
    let mut walk = Walk::new(&root.0, &proof, keccak);
    let found = walk.value(&path.0).map_err(Fault::Trie)?;
    walk.end().map_err(Fault::Trie)?;
    let Some(value) = found else { return Ok(Shown { storage_root: B256::new(EMPTY_ROOT), code_hash: None }) };
    let Account { storage_root, code_hash } = Account::read(value).map_err(|_| Fault::Account)?;
    Ok(Shown { storage_root: B256::new(*storage_root), code_hash: Some(B256::new(*code_hash)) })
}

/// The words at `paths`, ascending, of the storage with this `root`, by the joint `proof`.
///
/// # Errors
/// [`Fault`] if the proof does not hold.
pub(crate) fn words(root: B256, paths: &[B256], proof: &[u8]) -> Result<Vec<B256>, Fault> {
    let mut walk = Walk::new(&root.0, proof, keccak);
    let words = paths.iter().map(|path| walk.word(&path.0).map(B256::new).map_err(Fault::Trie));
    let words = words.collect::<Result<_, _>>()?;
    walk.end().map_err(Fault::Trie)?;
    Ok(words)
}

#[cfg(test)]
mod tests {
    use alloy::primitives::U256;
    use mrc53_tries::{Listing, Trie};

    use super::*;
    use crate::made_up::listed;

    /// Two slots whose hashes share nine digits: with small values their leaves are shorter than a hash.
    const EMBEDDED: [u64; 2] = [247_476, 515_151];

    fn path(slot: u64) -> B256 {
        keccak256(B256::from(U256::from(slot)))
    }

    fn trie(slots: impl IntoIterator<Item = u64>) -> Trie {
        let value = |place: usize| B256::from(U256::from(place + 1)).0;
        let words = slots.into_iter().enumerate().map(|(place, slot)| (path(slot).0, value(place)));
        Trie::of_storage(&words.collect(), keccak)
    }

    fn each(trie: &Trie, paths: &[B256], listing: Listing) -> Vec<Vec<Bytes>> {
        paths.iter().map(|path| hashed(listed(trie, *path, listing))).collect()
    }

    #[test]
    fn several_proofs_become_one_with_each_node_once_whichever_form_they_were_listed_in() {
        for trie in [trie(0..200), trie(EMBEDDED.into_iter().chain(0..40)), trie([3]), trie([])] {
            let mut paths: Vec<B256> = EMBEDDED.into_iter().chain(0..30).chain(1_000..1_030).map(path).collect();
            paths.sort_unstable();
            let keys: Vec<_> = paths.iter().map(|path| path.0).collect();

            for listing in [Listing::Hashed, Listing::All] {
                let proofs = each(&trie, &paths, listing);
                let proof = joint(proofs.iter().map(|proof| &**proof));

                assert_eq!(proof, trie.proof(&keys, Listing::Hashed));
                assert!(words(trie.root().into(), &paths, &proof).is_ok());
            }
        }
    }

    #[test]
    fn a_leaf_inside_its_parent_proves_its_word_whether_it_is_listed_or_not() {
        let trie = trie(EMBEDDED);
        let lengths = [Listing::Hashed, Listing::All].map(|listing| listed(&trie, path(EMBEDDED[0]), listing).len());
        assert_eq!(lengths[0] + 1, lengths[1]);

        for listing in [Listing::Hashed, Listing::All] {
            let proof = each(&trie, &[path(EMBEDDED[1])], listing).concat().concat();
            assert_eq!(words(trie.root().into(), &[path(EMBEDDED[1])], &proof), Ok(vec![B256::with_last_byte(2)]));
        }
    }

    #[test]
    fn no_byte_of_a_proof_can_be_another() {
        let trie = trie(0..50);
        let paths = [path(7)];
        let proof = trie.proof(&paths.map(|path| path.0), Listing::Hashed);

        for place in 0..proof.len() {
            let mut changed = proof.clone();
            changed[place] ^= 1;
            assert!(words(trie.root().into(), &paths, &changed).is_err(), "{place}");
        }
        assert!(words(trie.root().into(), &paths, &proof[1..]).is_err());
        assert!(words(trie.root().into(), &paths, &[proof, vec![0x80]].concat()).is_err());
    }

    #[test]
    fn an_account_that_is_not_there_has_no_code_and_no_storage() {
        let trie = trie([1]);
        let proof = each(&trie, &[path(2)], Listing::Hashed).concat();

        let shown = account(trie.root().into(), path(2), &proof).unwrap();

        assert_eq!(shown, Shown { storage_root: EMPTY_ROOT.into(), code_hash: None });
        // What is there is a number and no account.
        assert_eq!(account(trie.root().into(), path(1), &proof), Err(Fault::Account));
    }
}
