//! `prove`: what is refused as a whole, with which word and which node; nothing changes by it.

use alloy_primitives::B256;

use super::*;
use crate::{
    AlignmentCallFailed, LengthsDiffer, NodeMalformed, NodeMissing, NodeUnexpected, NodesLeft, RootNotOpen,
    WordNotAscending, WordOutOfRange,
};

const NOW: u64 = covers(DAY + 3);
const NUMBER: u32 = DAY / 4;
const LAST_WORD: u32 = u32::MAX / 4;

fn base() -> Base {
    let mut base = Base::default();
    for number in 0..20 {
        base.host(SUBNET, 4 * number, HOUR, 1);
    }
    base.host(SUBNET, DAY, HOUR, 1);
    base.host(OTHER_SUBNET, DAY, HOUR, 1);
    base
}

/// A batch as it is sent.
#[derive(Clone)]
struct Sent {
    root: B256,
    subnets: Vec<Address>,
    numbers: Vec<u32>,
    nodes: Vec<u8>,
}

impl Sent {
    fn of(block: &Block) -> Self {
        let (subnets, numbers, nodes) = block.proof(&[(SUBNET, NUMBER), (OTHER_SUBNET, NUMBER)]);
        Self { root: block.root, subnets, numbers, nodes }
    }
}

/// Sends `sent` to a world in which `block` is opened; it changes nothing.
#[track_caller]
fn refused(block: &Block, sent: Sent) -> Error {
    let world = World::new();
    world.accept_and_open(block, NOW);
    let events = world.proofs.all_events().len();
    let Sent { root, subnets, numbers, nodes } = sent;
    let refusal = world.proofs.sender(ANYONE).prove(root, subnets, numbers, nodes.into()).motsu_unwrap_err();
    assert_eq!(world.usage(SUBNET, DAY), DayUsage::default());
    assert_eq!(world.proofs.all_events().len(), events);
    refusal
}

#[test]
fn a_root_that_is_not_open_is_refused_whether_it_was_sent_or_not() {
    let (world, block) = (World::new(), base().block(NOW));
    let refusal = Err(RootNotOpen { root: block.root }.into());

    assert_eq!(world.prove_at(NOW, &block, &[(SUBNET, NUMBER)]), refusal);
    world.accept(block.root);
    assert_eq!(world.prove_at(NOW, &block, &[(SUBNET, NUMBER)]), refusal);
}

#[test]
fn as_many_words_as_subnets_are_wanted() {
    let block = base().block(NOW);
    let (mut fewer, mut more) = (Sent::of(&block), Sent::of(&block));
    fewer.numbers.pop();
    more.numbers.push(NUMBER);

    assert_eq!(refused(&block, fewer), LengthsDiffer { subnets: 2, words: 1 }.into());
    assert_eq!(refused(&block, more), LengthsDiffer { subnets: 2, words: 3 }.into());
}

#[test]
fn words_stand_in_ascending_order_of_their_hashed_slots() {
    let block = base().block(NOW);
    let (mut reversed, mut twice) = (Sent::of(&block), Sent::of(&block));
    reversed.subnets.reverse();
    twice.subnets[1] = twice.subnets[0];

    // The first word's nodes are others then.
    assert!(matches!(refused(&block, reversed), Error::NodeUnexpected(NodeUnexpected { position: 0, .. })));
    assert_eq!(refused(&block, twice), WordNotAscending { position: 1 }.into());
}

#[test]
fn the_last_word_there_is_holds_the_last_days() {
    let block = base().block(NOW);
    let word_of = |number| {
        let (subnets, numbers, nodes) = block.proof(&[(SUBNET, number)]);
        Sent { root: block.root, subnets, numbers, nodes }
    };
    let world = World::new();
    world.accept_and_open(&block, NOW);

    assert_eq!(world.prove_at(NOW, &block, &[(SUBNET, LAST_WORD)]), Ok(0));
    for number in [LAST_WORD + 1, u32::MAX] {
        assert_eq!(refused(&block, word_of(number)), WordOutOfRange { position: 0, word: number }.into());
    }
}

#[test]
fn a_missing_a_foreign_and_a_left_over_node_are_named() {
    let block = base().block(NOW);
    let whole = Sent::of(&block);
    let with = |nodes: &[u8]| Sent { nodes: nodes.to_vec(), ..whole.clone() };

    assert_eq!(refused(&block, with(&[])), NodeMissing { position: 0, node: 0 }.into());
    let cut = &whole.nodes[..whole.nodes.len() - 1];
    assert!(matches!(refused(&block, with(cut)), Error::NodeMalformed(NodeMalformed { position: 1, .. })));
    let mut foreign = whole.nodes.clone();
    foreign[9] ^= 1;
    assert_eq!(refused(&block, with(&foreign)), NodeUnexpected { position: 0, node: 0 }.into());
    let long = [whole.nodes.as_slice(), &[0x80]].concat();
    assert!(matches!(refused(&block, with(&long)), Error::NodesLeft(NodesLeft { node: 3.. })));
}

#[test]
fn a_proof_of_another_state_is_refused() {
    let (block, mut other) = (base().block(NOW), base());
    other.host(SUBNET, DAY, 1, 0);
    let sent = Sent { root: block.root, ..Sent::of(&other.block(NOW)) };

    assert_eq!(refused(&block, sent), NodeUnexpected { position: 0, node: 0 }.into());
}

#[test]
fn an_alignment_that_does_not_answer_is_named() {
    let (world, block) = World::opened(&base(), NOW);
    world.alignment.sender(ANYONE).fall_silent();

    let refusal = AlignmentCallFailed { alignment: world.alignment.address() };
    assert_eq!(world.prove_at(NOW, &block, &[(SUBNET, NUMBER)]), Err(refusal.into()));
    assert_eq!(world.proven(SUBNET, DAY), (0, 0));
}

#[test]
fn what_a_batch_has_added_before_it_is_refused_is_not_kept() {
    let block = base().block(NOW);
    let mut sent = Sent::of(&block);
    sent.nodes.push(0x80);

    assert!(matches!(refused(&block, sent), Error::NodesLeft(_)));
}
