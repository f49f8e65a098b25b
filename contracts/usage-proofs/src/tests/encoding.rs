//! What leaves the contract is encoded as Solidity encodes it: every error, compared with alloy's own encoding. (The
//! events are compared wherever a test expects one.)

use alloy_sol_types::SolError;

use super::{ANYONE, BUCKETS, CODE_HASH};
use crate::{
    AccountAbsent, AccountMalformed, AlignmentCallFailed, ArgumentsMalformed, CodeHashMismatch, Error, GraceTooLong,
    HeaderInFuture, HeaderMalformed, LengthsDiffer, NodeMalformed, NodeMissing, NodeUnexpected, NodesLeft, NotRelay,
    PreimageMismatch, RootNotOpen, RootUnknown, StateRootMismatch, ValueMalformed, WindowOutOfRange, WordNotAscending,
    WordOutOfRange, ZeroArgument,
};

#[track_caller]
fn assert_encoded_as_solidity_does<E: SolError + Clone>(error: &E)
where
    Error: From<E>,
{
    assert_eq!(Vec::<u8>::from(Error::from(error.clone())), error.abi_encode());
}

#[test]
fn every_refusal_is_encoded_as_solidity_encodes_it() {
    let (root, hashed) = (CODE_HASH, alloy_primitives::B256::repeat_byte(7));
    assert_encoded_as_solidity_does(&ZeroArgument {});
    assert_encoded_as_solidity_does(&GraceTooLong { graceDays: 91, max: 90 });
    assert_encoded_as_solidity_does(&WindowOutOfRange { windowDays: 2, min: 3, max: 30 });
    assert_encoded_as_solidity_does(&NotRelay { caller: ANYONE });
    assert_encoded_as_solidity_does(&ArgumentsMalformed {});
    assert_encoded_as_solidity_does(&RootUnknown { root });
    assert_encoded_as_solidity_does(&PreimageMismatch { root, hashed });
    assert_encoded_as_solidity_does(&HeaderMalformed { blockHash: hashed });
    assert_encoded_as_solidity_does(&StateRootMismatch { stateRoot: root, ofHeader: hashed });
    assert_encoded_as_solidity_does(&HeaderInFuture { timestamp: u64::MAX, nowAt: 1 });
    assert_encoded_as_solidity_does(&AccountAbsent { buckets: BUCKETS });
    assert_encoded_as_solidity_does(&AccountMalformed { buckets: BUCKETS });
    assert_encoded_as_solidity_does(&CodeHashMismatch { codeHash: root, found: hashed });
    assert_encoded_as_solidity_does(&RootNotOpen { root });
    assert_encoded_as_solidity_does(&LengthsDiffer { subnets: 1, words: 2 });
    assert_encoded_as_solidity_does(&WordOutOfRange { position: 1, word: u32::MAX });
    assert_encoded_as_solidity_does(&WordNotAscending { position: 1 });
    assert_encoded_as_solidity_does(&NodeMissing { position: 1, node: 2 });
    assert_encoded_as_solidity_does(&NodeUnexpected { position: 1, node: 2 });
    assert_encoded_as_solidity_does(&NodeMalformed { position: 1, node: 2 });
    assert_encoded_as_solidity_does(&ValueMalformed { position: 1, node: 2 });
    assert_encoded_as_solidity_does(&NodesLeft { node: 2 });
    assert_encoded_as_solidity_does(&AlignmentCallFailed { alignment: ANYONE });
}

#[test]
fn every_fault_of_a_proof_has_an_error_of_its_own() {
    use mrc53_trie::{Reason, Refusal};
    let refusal = |reason| Error::from(Refusal { key: 1, node: 2, reason });

    assert_eq!(refusal(Reason::KeyNotAscending), WordNotAscending { position: 1 }.into());
    assert_eq!(refusal(Reason::NodeMissing), NodeMissing { position: 1, node: 2 }.into());
    assert_eq!(refusal(Reason::NodeUnexpected), NodeUnexpected { position: 1, node: 2 }.into());
    assert_eq!(refusal(Reason::NodeMalformed), NodeMalformed { position: 1, node: 2 }.into());
    assert_eq!(refusal(Reason::ValueMalformed), ValueMalformed { position: 1, node: 2 }.into());
    assert_eq!(refusal(Reason::NodesLeft), NodesLeft { node: 2 }.into());
}
