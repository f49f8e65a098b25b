//! What `UsageProofs` refuses in wasm, with typed errors: which word of a batch, which node of a proof.

use alloy::primitives::{Address, B256, Bytes};
use alloy::sol_types::{SolCall, SolError};
use mrc53_abi::UsageProofs::{
    self, CodeHashMismatch, HeaderInFuture, LengthsDiffer, NodeMissing, NodeUnexpected, NodesLeft, NotRelay,
    PreimageMismatch, RootNotOpen, RootUnknown, WordNotAscending, WordOutOfRange,
};
use mrc53_abi::refusal::Refusals;

use super::base::{Base, Block, CODE_HASH};
use super::stand::{covers, open, usage_proofs};
use crate::suite_support::{Stand, TODAY};

const SUBNET: Address = Address::with_last_byte(1);

/// What `call` from the dev account is refused with.
async fn refused<E: SolError>(stand: &Stand, proofs: Address, call: impl SolCall) -> E {
    let sent = stand.chain.call(stand.chain.main, proofs, call.abi_encode()).await.unwrap();
    let data = sent.unwrap_err().data;
    E::abi_decode(&data).unwrap_or_else(|_| panic!("{} and not {}", words(&data), E::SIGNATURE))
}

fn words(data: &[u8]) -> String {
    Refusals::all().unwrap().words(data)
}

/// Base with twenty words of a subnet.
fn base() -> Base {
    let mut base = Base::default();
    for number in 0..20 {
        base.host(SUBNET, TODAY - 4 * number, 3_600, 1);
    }
    base
}

/// A stand, `UsageProofs` on it, and a block that is opened there.
async fn opened() -> (Stand, Address, Block) {
    let stand = Stand::new().await;
    let proofs = usage_proofs(&stand).await;
    let block = base().block(covers(TODAY));
    stand.at(covers(TODAY)).await;
    open(&stand, proofs, &block).await;
    (stand, proofs, block)
}

#[tokio::test]
async fn a_proof_that_does_not_verify_is_refused_with_its_word_and_its_node() {
    let (stand, proofs, block) = opened().await;
    let whole = block.prove(&base().words());
    let with = |nodes: Vec<u8>| UsageProofs::proveCall { nodes: nodes.into(), ..whole.clone() };

    let missing: NodeMissing = refused(&stand, proofs, with(Vec::new())).await;
    assert_eq!((missing.position, missing.node), (0, 0));
    let mut foreign = whole.nodes.to_vec();
    foreign[9] ^= 1;
    let first: NodeUnexpected = refused(&stand, proofs, with(foreign)).await;
    assert_eq!((first.position, first.node), (0, 0));
    let mut foreign = whole.nodes.to_vec();
    *foreign.last_mut().unwrap() ^= 1;
    let last: NodeUnexpected = refused(&stand, proofs, with(foreign)).await;
    assert_eq!(last.position, 19);
    assert_eq!(words(&last.abi_encode()), format!("NodeUnexpected(19, {})", last.node));
    let left: NodesLeft = refused(&stand, proofs, with([&whole.nodes[..], &[0x80]].concat())).await;
    assert_eq!(left.node, last.node + 1);
}

#[tokio::test]
async fn a_batch_that_is_none_is_refused_with_its_word() {
    let (stand, proofs, block) = opened().await;
    let mut twice = block.prove(&[(SUBNET, TODAY / 4)]);
    twice.subnets.push(SUBNET);
    twice.words.push(TODAY / 4);
    let mut more = twice.clone();
    more.words.push(0);
    let far = block.prove(&[(SUBNET, u32::MAX)]);
    let unknown = UsageProofs::proveCall { root: B256::ZERO, ..twice.clone() };

    let twice: WordNotAscending = refused(&stand, proofs, twice).await;
    assert_eq!(twice.position, 1);
    let more: LengthsDiffer = refused(&stand, proofs, more).await;
    assert_eq!((more.subnets, more.words), (2, 3));
    let far: WordOutOfRange = refused(&stand, proofs, far).await;
    assert_eq!((far.position, far.word), (0, u32::MAX));
    let unknown: RootNotOpen = refused(&stand, proofs, unknown).await;
    assert_eq!(unknown.root, B256::ZERO);
}

#[tokio::test]
async fn a_root_that_is_not_what_it_is_said_to_be_is_refused() {
    let (stand, proofs, _) = opened().await;
    let (now, main) = (covers(TODAY + 1), stand.chain.main);
    stand.at(now).await;
    let of_the_future = base().block(now + 1_000_000);
    let of_other_code = base().block_of_code(now, B256::ZERO);
    let foreign = base().block(now);
    let unknown: RootUnknown = refused(&stand, proofs, foreign.open()).await;
    assert_eq!(unknown.root, foreign.root);
    for block in [&of_the_future, &of_other_code, &foreign] {
        stand.call(main, proofs, block.accept()).await;
    }

    let early: HeaderInFuture = refused(&stand, proofs, of_the_future.open()).await;
    assert_eq!(early.timestamp, now + 1_000_000);
    let other: CodeHashMismatch = refused(&stand, proofs, of_other_code.open()).await;
    assert_eq!((other.codeHash, other.found), (CODE_HASH, B256::ZERO));
    let changed = UsageProofs::openRootCall { header: Bytes::from_static(&[0xc0]), ..foreign.open() };
    let changed: PreimageMismatch = refused(&stand, proofs, changed).await;
    assert_eq!(changed.root, foreign.root);
    let short = UsageProofs::openRootCall { accountProof: Bytes::new(), ..foreign.open() };
    let short: NodeMissing = refused(&stand, proofs, short).await;
    assert_eq!((short.position, short.node), (0, 0));
}

#[tokio::test]
async fn a_root_from_anybody_but_the_relay_is_refused() {
    let (stand, proofs, _) = opened().await;
    let somebody = stand.fund("alice").await;
    let root = B256::repeat_byte(7);

    let sent = stand.chain.call(somebody, proofs, UsageProofs::acceptRootCall { root }.abi_encode()).await.unwrap();
    let data = sent.unwrap_err().data;

    assert_eq!(NotRelay::abi_decode(&data).unwrap().caller, somebody);
}
