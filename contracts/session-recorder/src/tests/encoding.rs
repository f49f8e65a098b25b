//! What leaves the contract is encoded as Solidity encodes it: every error, compared with alloy's own encoding. (The
//! events are compared wherever a test expects one.)

use alloy_primitives::FixedBytes;
use alloy_sol_types::SolError;

use super::{id, ANYONE, DAY, SUBNET};
use crate::errors::{
    AlignmentCallFailed, BucketOverflow, Error, GraceTooLong, SessionTimesInvalid, SessionUnknown, SourceCallFailed,
    SubnetNotEligible, ZeroAddress,
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
    assert_encoded_as_solidity_does(&SessionUnknown { sessionId: id(1) });
    assert_encoded_as_solidity_does(&SessionTimesInvalid {
        sessionId: id(1),
        openedAt: u128::MAX,
        endsAt: 1,
        closedAt: 2,
        nowAt: u64::MAX,
    });
    assert_encoded_as_solidity_does(&SubnetNotEligible { subnet: SUBNET });
    assert_encoded_as_solidity_does(&SourceCallFailed { sessionId: id(1), selector: FixedBytes([1, 2, 3, 4]) });
    assert_encoded_as_solidity_does(&AlignmentCallFailed { alignment: ANYONE });
    assert_encoded_as_solidity_does(&BucketOverflow { subnet: SUBNET, day: DAY });
    assert_encoded_as_solidity_does(&ZeroAddress {});
    assert_encoded_as_solidity_does(&GraceTooLong { graceDays: 91, max: 90 });
}
