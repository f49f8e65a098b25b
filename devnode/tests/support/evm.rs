//! EVM contracts assembled by hand.

use alloy::primitives::{Address, Bytes, U256};

/// How a forwarder calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opcode {
    Call = 0xf1,
    DelegateCall = 0xf4,
    StaticCall = 0xfa,
}

/// What a forwarder does when the call has returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    Return,
    Revert,
}

/// A contract that passes a call on and answers with the status word and what came back. Its calldata is
/// made by [`forward`].
pub(crate) fn forwarder(opcode: Opcode, then: Then) -> Bytes {
    let mut code = vec![
        0x60, 52, 0x36, 0x03, // length of the data
        0x80, 0x60, 52, 0x5f, 0x37, // calldatacopy(0, 52, length)
        0x5f, 0x5f, 0x82, 0x5f, // ret size, ret offset, args size, args offset
    ];
    if opcode == Opcode::Call {
        code.extend([0x60, 20, 0x35]); // value
    }
    code.extend([0x5f, 0x35, 0x60, 96, 0x1c, 0x5a]); // address, gas
    code.push(opcode as u8);
    code.extend([0x5f, 0x52]); // mstore(0, status)
    code.extend([0x3d, 0x5f, 0x60, 32, 0x3e]); // returndatacopy(32, 0, size)
    code.extend([0x3d, 0x60, 32, 0x01, 0x5f]); // size + 32, 0
    code.push(match then {
        Then::Return => 0xf3,
        Then::Revert => 0xfd,
    });
    code.into()
}

/// Calldata of a forwarder.
pub(crate) fn forward(to: Address, value: u64, data: &[u8]) -> Bytes {
    let value = U256::from(value).to_be_bytes::<32>();
    [to.as_slice(), &value, data].concat().into()
}

/// A contract that stores its first calldata word at slot 0, logs it, and returns caller and value.
pub(crate) fn recorder() -> Bytes {
    Bytes::from_static(&[
        0x5f, 0x35, 0x80, 0x5f, 0x55, // sstore(0, word)
        0x5f, 0x52, 0x60, 0x20, 0x5f, 0xa0, // log0(word)
        0x33, 0x5f, 0x52, 0x34, 0x60, 0x20, 0x52, // mstore(0, caller), mstore(32, value)
        0x60, 0x40, 0x5f, 0xf3, // return(0, 64)
    ])
}

/// Init code that deploys `runtime`.
pub(crate) fn init_code(runtime: &[u8]) -> Bytes {
    let length = u16::try_from(runtime.len()).unwrap().to_be_bytes();
    let mut code = vec![0x61, length[0], length[1], 0x80, 0x60, 10, 0x5f, 0x39, 0x5f, 0xf3];
    code.extend_from_slice(runtime);
    code.into()
}

/// A contract that makes these calls one after the other, whatever comes of them, and returns what the
/// last one returned.
pub(crate) fn sequence(calls: &[(Address, Bytes)]) -> Bytes {
    const CALL_BYTES: usize = 39;
    const END_BYTES: usize = 7;
    let size = |n: usize| u16::try_from(n).unwrap().to_be_bytes();
    let mut code = Vec::new();
    let mut data = Vec::new();
    for (to, input) in calls {
        let at = size(calls.len() * CALL_BYTES + END_BYTES + data.len());
        let length = size(input.len());
        code.extend([0x61, length[0], length[1], 0x61, at[0], at[1], 0x5f, 0x39]); // codecopy(0, at, length)
        code.extend([0x5f, 0x5f, 0x61, length[0], length[1], 0x5f, 0x5f, 0x73]); // ret, args, value
        code.extend_from_slice(to.as_slice());
        code.extend([0x5a, 0xf1, 0x50]); // call with all gas, pop
        data.extend_from_slice(input);
    }
    code.extend([0x3d, 0x5f, 0x5f, 0x3e, 0x3d, 0x5f, 0xf3]); // return all return data
    code.extend(data);
    code.into()
}
