//! `openRoot`: from an accepted root down to the buckets' storage, and how far coverage comes by it.

use alloy_primitives::{keccak256, B256};
use mrc53_tries::rlp;

use super::{base::header, *};
use crate::{
    AccountAbsent, AccountMalformed, CodeHashMismatch, HeaderInFuture, HeaderMalformed, NodeMissing, NodesLeft,
    PreimageMismatch, RootUnknown, StateRootMismatch,
};

const NOW: u64 = covers(DAY);

fn base() -> Base {
    let mut base = Base::default();
    base.host(SUBNET, DAY, HOUR, 1);
    base
}

/// What becomes of `block`, once the relay has sent its root.
fn opened_at(now: u64, block: &Block) -> Result<(), Error> {
    let world = World::new();
    world.accept(block.root);
    let result = world.open_at(now, block);
    let is_open = world.proofs.sender(ANYONE).root(block.root).1;
    assert_eq!(is_open, result.is_ok());
    assert_eq!(world.coverage().is_empty(), result.is_err());
    result
}

#[test]
fn a_root_of_a_state_with_the_buckets_is_opened() {
    let (world, block) = (World::new(), base().block(NOW));
    world.accept(block.root);

    let events = world.events_of(|| world.open_at(NOW, &block).unwrap());

    let storage_root = B256::new(block.storage.root());
    assert_eq!(world.proofs.sender(ANYONE).root(block.root), (true, true, NOW, storage_root));
    assert_eq!(events, [opened_event(&block, DAY + 1)]);
}

#[test]
fn a_root_that_nobody_sent_is_refused() {
    let (world, block) = (World::new(), base().block(NOW));

    assert_eq!(world.open_at(NOW, &block), Err(RootUnknown { root: block.root }.into()));
}

#[test]
fn every_part_of_the_preimage_is_held_to_the_root() {
    let block = base().block(NOW);
    let hashed = |state_root, header: &[u8]| {
        keccak256([B256::ZERO, state_root, Block::message_passer_root(), keccak256(header)].concat())
    };
    let other = B256::repeat_byte(1);
    let of_other_state = Block { state_root: other, ..block.clone() };
    let of_other_header = Block { header: header(block.state_root, NOW - 1), ..block.clone() };

    for (other, hashed) in [
        (&of_other_state, hashed(other, &block.header)),
        (&of_other_header, hashed(block.state_root, &of_other_header.header)),
    ] {
        assert_eq!(opened_at(NOW, other), Err(PreimageMismatch { root: block.root, hashed }.into()));
    }
    let world = World::new();
    world.accept(block.root);
    let Block { root, state_root, header, account_proof, .. } = block;
    let refusal = world.proofs.sender(ANYONE).open_root(root, state_root, other, header.into(), account_proof.into());
    assert!(matches!(refusal.motsu_unwrap_err(), Error::PreimageMismatch(_)));
}

#[test]
fn a_header_that_is_none_is_refused() {
    let block = base().block(NOW);
    for header in [vec![], vec![0xc0], rlp::string(&[1; 600]), [block.header.as_slice(), &[0x80]].concat()] {
        let block_hash = keccak256(&header);

        assert_eq!(
            opened_at(NOW, &block.clone().with_header(header)),
            Err(HeaderMalformed { blockHash: block_hash }.into())
        );
    }
}

#[test]
fn a_header_of_another_state_is_refused() {
    let block = base().block(NOW);
    let other = B256::repeat_byte(9);

    let refusal = StateRootMismatch { stateRoot: block.state_root, ofHeader: other };
    assert_eq!(opened_at(NOW, &block.with_header(header(other, NOW))), Err(refusal.into()));
}

#[test]
fn a_header_later_than_now_is_refused() {
    for (now, refused) in [(NOW - 1, true), (NOW, false), (NOW + 1, false)] {
        let expected = if refused { Err(HeaderInFuture { timestamp: NOW, nowAt: now }.into()) } else { Ok(()) };

        assert_eq!(opened_at(now, &base().block(NOW)), expected);
    }
    assert_eq!(opened_at(NOW, &base().block(u64::MAX)), Err(HeaderInFuture { timestamp: u64::MAX, nowAt: NOW }.into()));
}

#[test]
fn buckets_of_other_code_are_refused() {
    let found = B256::repeat_byte(0xc1);

    let refusal = CodeHashMismatch { codeHash: CODE_HASH, found };
    assert_eq!(opened_at(NOW, &base().block_of_other_code(NOW, found)), Err(refusal.into()));
}

#[test]
fn a_state_without_the_buckets_is_refused() {
    let accounts = [(keccak256([1; 20]).0, vec![0xc0])].into();
    let block = Block::of_accounts(&accounts, base().block(NOW).storage, NOW);

    assert_eq!(opened_at(NOW, &block), Err(AccountAbsent { buckets: BUCKETS }.into()));
}

#[test]
fn an_account_of_other_items_is_refused() {
    let items = [rlp::number(&[1]), rlp::number(&[]), rlp::string(&[7; 32]), rlp::string(CODE_HASH.as_slice())];
    for count in [3, 5] {
        let account = rlp::list(&items.iter().cycle().take(count).collect::<Vec<_>>());
        let accounts = [(keccak256(BUCKETS).0, account)].into();
        let block = Block::of_accounts(&accounts, base().block(NOW).storage, NOW);

        assert_eq!(opened_at(NOW, &block), Err(AccountMalformed { buckets: BUCKETS }.into()));
    }
}

#[test]
fn the_account_proof_is_whole_and_nothing_else() {
    let block = base().block(NOW);
    let short = Block { account_proof: vec![], ..block.clone() };
    let long = Block { account_proof: [block.account_proof.as_slice(), &[0x80]].concat(), ..block };

    assert_eq!(opened_at(NOW, &short), Err(NodeMissing { position: 0, node: 0 }.into()));
    assert!(matches!(opened_at(NOW, &long), Err(Error::NodesLeft(NodesLeft { node: 2.. }))));
}

#[test]
fn opening_twice_changes_nothing_whatever_else_is_sent() {
    let (world, block) = World::opened(&base(), NOW);
    let nonsense = Block { header: vec![1], account_proof: vec![2], ..block };

    let events = world.events_of(|| world.open_at(NOW + 9 * SECONDS_PER_DAY, &nonsense).unwrap());

    assert_eq!(events, []);
    assert_eq!(world.coverage(), [(DAY + 1, NOW)]);
}

#[test]
fn coverage_moves_when_a_root_covers_more_than_any_before() {
    let world = World::new();
    let open = |timestamp, now| world.accept_and_open(&base().block(timestamp), now);

    open(covers(DAY) - 1, NOW);
    assert_eq!(world.coverage(), [(DAY, NOW)]);
    open(covers(DAY), NOW + 1);
    assert_eq!(world.coverage(), [(DAY, NOW), (DAY + 1, NOW + 1)]);
    open(covers(DAY) + 1, NOW + 2);
    open(covers(DAY - 5), NOW + 3);
    assert_eq!(world.coverage(), [(DAY, NOW), (DAY + 1, NOW + 1)]);
    open(covers(DAY + 7), covers(DAY + 7));
    assert_eq!(world.coverage(), [(DAY, NOW), (DAY + 1, NOW + 1), (DAY + 8, covers(DAY + 7))]);
}

#[test]
fn a_root_from_before_the_first_grace_covers_nothing() {
    let world = World::new();
    let block = base().block(midnight(GRACE_DAYS + 1) - 1);

    world.accept_and_open(&block, NOW);

    assert_eq!(world.coverage(), []);
    assert_eq!(world.first_open_day_at(NOW + 99 * SECONDS_PER_DAY), 0);
}
