//! Arguments are read where they stand: what the typed functions take, and nothing that reaches past its end.

use alloy_primitives::{B256, U256};
use alloy_sol_types::SolValue;
use stylus_sdk::abi::{encode_params, Bytes};

use super::*;
use crate::{arguments::Arguments, ArgumentsMalformed};

fn encoded() -> Vec<u8> {
    encode_params(&(B256::repeat_byte(1), vec![SUBNET, OTHER_SUBNET], vec![7_u32, 8], Bytes(vec![9; 40])))
}

fn malformed<T>() -> Result<T, Error> {
    Err(ArgumentsMalformed {}.into())
}

/// [`encoded`] with a word of it another.
fn with(at: usize, word: u64) -> Vec<u8> {
    let mut bytes = encoded();
    bytes[32 * at..32 * (at + 1)].copy_from_slice(&U256::from(word).abi_encode());
    bytes
}

#[test]
fn each_argument_is_read_at_its_place() {
    let bytes = encoded();
    let arguments = Arguments(&bytes);

    assert_eq!(arguments.word(0), Ok(B256::repeat_byte(1)));
    let (subnets, count) = arguments.array(1).unwrap();
    assert_eq!((count, subnets.address(0), subnets.address(1)), (2, Ok(SUBNET), Ok(OTHER_SUBNET)));
    let (words, count) = arguments.array(2).unwrap();
    assert_eq!((count, words.u32(0), words.u32(1)), (2, Ok(7), Ok(8)));
    assert_eq!(arguments.bytes(3), Ok(&[9; 40][..]));
}

#[test]
fn an_argument_that_is_not_there_is_refused() {
    let bytes = encoded();

    assert_eq!(Arguments(&bytes[..31]).word(0), malformed());
    assert_eq!(Arguments(&[]).bytes(0), malformed());
    assert!(Arguments(&bytes[..64]).array(2).is_err());
}

#[test]
fn an_offset_past_the_end_is_refused() {
    let length = encoded().len() as u64;
    for offset in [length - 31, length, length + 1, u64::from(u32::MAX), 1 << 32, u64::MAX] {
        assert_eq!(Arguments(&with(3, offset)).bytes(3), malformed(), "{offset}");
        assert!(Arguments(&with(1, offset)).array(1).is_err(), "{offset}");
    }
}

#[test]
fn a_length_past_the_end_is_refused() {
    // Words: four heads, two arrays of a length and two elements, the length of the bytes, two words of them.
    for (length, fits) in [(63, true), (64, true), (65, false), (u64::from(u32::MAX), false), (1 << 32, false)] {
        assert_eq!(Arguments(&with(10, length)).bytes(3).is_ok(), fits, "{length}");
    }
    for (length, fits) in [(4, true), (5, true), (6, false), (u64::from(u32::MAX), false), (u64::MAX, false)] {
        assert_eq!(Arguments(&with(7, length)).array(2).is_ok(), fits, "{length}");
    }
}

#[test]
fn an_element_that_is_no_address_or_no_number_is_refused() {
    let (world, block) = World::opened(&Base::default(), covers(DAY));
    let (subnets, numbers, nodes) = block.proof(&[(SUBNET, 1)]);
    let bytes = encode_params(&(block.root, subnets, numbers, Bytes(nodes)));
    let mut call = world.proofs.sender(ANYONE);
    let contract: &mut UsageProofs = &mut call;

    assert_eq!(contract.prove_encoded(Arguments(&bytes)), Ok(0));
    // The heads, then a length and an element for each array.
    for (array, first_byte_that_fits) in [(5, 12), (7, 28)] {
        for at in 0..first_byte_that_fits {
            let mut bytes = bytes.clone();
            bytes[32 * array + at] = 1;
            assert_eq!(contract.prove_encoded(Arguments(&bytes)), malformed());
        }
    }
}

mod answering {
    use alloy_sol_types::{sol, SolCall, SolError, SolValue};
    use stylus_sdk::{abi::CONSTRUCTOR_SELECTOR, function_selector};

    use super::*;
    use crate::{entry::answer, NotRelay, RootNotOpen};

    sol! {
        function openRoot(bytes32 root, bytes32 stateRoot, bytes32 messagePasserRoot, bytes header, bytes accountProof) external;
        function prove(bytes32 root, address[] subnets, uint32[] words, bytes nodes) external returns (uint32 days);
        function acceptRoot(bytes32 root) external;
        function graceDays() external view returns (uint32 days);
    }

    fn asked(world: &World, calldata: &[u8]) -> stylus_sdk::ArbResult {
        let mut call = world.proofs.sender(ANYONE);
        let contract: &mut UsageProofs = &mut call;
        answer(contract, calldata)
    }

    #[test]
    fn it_is_constructed_by_the_bytes_of_a_call() {
        let proofs = Contract::<UsageProofs>::random();
        let arguments = (RELAY, BUCKETS, CODE_HASH, GRACE_DAYS, ANYONE, WINDOW_DAYS).abi_encode_params();
        let construct = [&CONSTRUCTOR_SELECTOR.to_be_bytes()[..], &arguments].concat();
        let constructed = {
            let mut call = proofs.sender(ANYONE);
            let contract: &mut UsageProofs = &mut call;
            answer(contract, &construct)
        };

        assert_eq!(constructed, Ok(vec![]));
        assert_eq!(proofs.sender(ANYONE).buckets(), (BUCKETS, CODE_HASH));
    }

    #[test]
    fn a_root_is_opened_and_words_are_proven_by_the_bytes_of_a_call() {
        let mut base = Base::default();
        base.host(SUBNET, DAY, HOUR, 1);
        let (world, block) = (World::new(), base.block(covers(DAY)));
        world.accept(block.root);
        clock::set(covers(DAY));
        let opening = openRootCall {
            root: block.root,
            stateRoot: block.state_root,
            messagePasserRoot: Block::message_passer_root(),
            header: block.header.clone().into(),
            accountProof: block.account_proof.clone().into(),
        };
        let (subnets, words, nodes) = block.proof(&base.words());
        let proving = proveCall { root: block.root, subnets, words, nodes: nodes.into() };

        assert_eq!(asked(&world, &proving.abi_encode()), Err(RootNotOpen { root: block.root }.abi_encode()));
        assert_eq!(asked(&world, &opening.abi_encode()), Ok(vec![]));
        assert_eq!(asked(&world, &proving.abi_encode()), Ok(1_u32.abi_encode()));
        assert_eq!(world.proven(SUBNET, DAY), (HOUR, 1));
    }

    #[test]
    fn all_others_are_answered_by_the_router() {
        let world = World::new();

        assert_eq!(asked(&world, &graceDaysCall {}.abi_encode()), Ok(GRACE_DAYS.abi_encode()));
        let refusal = NotRelay { caller: ANYONE }.abi_encode();
        assert_eq!(asked(&world, &acceptRootCall { root: B256::ZERO }.abi_encode()), Err(refusal));
    }

    #[test]
    fn a_call_of_nothing_and_of_no_function_is_refused() {
        let world = World::new();

        for calldata in [&[][..], &[1, 2, 3], &function_selector!("owner"), &proveCall::SELECTOR[..3]] {
            assert_eq!(asked(&world, calldata), Err(vec![]));
        }
        assert_eq!(asked(&world, &proveCall::SELECTOR), Err(ArgumentsMalformed {}.abi_encode()));
    }
}
