//! State roots, headers and proofs, as clients see them.

use super::{SOMEONE, payment, refusal, word};
use crate::support::{Node, counter_init_code};
use alloy::consensus::{EMPTY_ROOT_HASH, Header, TrieAccount};
use alloy::eips::BlockId;
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, KECCAK256_EMPTY, U256, keccak256};
use alloy::providers::Provider;
use alloy::rlp::encode;
use alloy::rpc::types::{EIP1186AccountProofResponse, TransactionRequest};
use alloy_trie::Nibbles;
use alloy_trie::proof::verify_proof;
use mrc53_devnode::config::{Config, DEV_ACCOUNT};
use serde_json::{Value, json};

/// Two slots whose hashed keys share nine digits: with small values their leaves stand inside the branch above.
const NEIGHBOURS: [u64; 2] = [247_476, 515_151];

async fn header(node: &Node, block: impl Into<BlockId>) -> (Header, B256) {
    let block = node.provider.get_block(block.into()).await.unwrap().unwrap();
    (block.header.inner, block.header.hash)
}

async fn proof(node: &Node, address: Address, slots: Value, block: Value) -> EIP1186AccountProofResponse {
    let proof = node.rpc("eth_getProof", json!([address, slots, block])).await.unwrap();
    serde_json::from_value(proof).unwrap()
}

/// Checks a proof as somebody does who has nothing but the header of a block.
fn verify(header: &Header, proof: &EIP1186AccountProofResponse) {
    let is_there = !proof.code_hash.is_zero();
    let (nonce, balance) = (proof.nonce, proof.balance);
    let account = TrieAccount { nonce, balance, storage_root: proof.storage_hash, code_hash: proof.code_hash };
    let key = Nibbles::unpack(keccak256(proof.address));
    verify_proof(header.state_root, key, is_there.then(|| encode(account)), &proof.account_proof).unwrap();
    for slot in &proof.storage_proof {
        let root = if is_there { proof.storage_hash } else { EMPTY_ROOT_HASH };
        let value = (!slot.value.is_zero()).then(|| encode(slot.value));
        verify_proof(root, Nibbles::unpack(keccak256(slot.key.as_b256())), value, &slot.proof).unwrap();
    }
}

#[tokio::test]
async fn a_header_rebuilt_from_a_block_has_its_hash_and_links_to_the_one_before() {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    node.send(TransactionRequest::default().with_to(counter)).await;
    node.rpc("evm_mine", json!([])).await.unwrap();
    let mut parent = B256::ZERO;
    for number in 0..=3 {
        let (rebuilt, hash) = header(&node, number).await;
        assert_eq!((rebuilt.hash_slow(), rebuilt.parent_hash), (hash, parent), "block {number}");
        assert_ne!(rebuilt.state_root, EMPTY_ROOT_HASH);
        parent = hash;
    }
    let (second, third) = (header(&node, 2).await.0, header(&node, 3).await.0);
    assert_eq!(second.state_root, third.state_root, "the third block is empty");
    assert_ne!(second.state_root, header(&node, 1).await.0.state_root);
}

#[tokio::test]
async fn a_proof_shows_account_and_slots_to_whoever_has_the_header() {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    node.send(TransactionRequest::default().with_to(counter)).await;
    for block in [json!("latest"), json!("pending"), json!("0x2")] {
        let proof = proof(&node, counter, json!([word(0), word(1)]), block).await;
        verify(&header(&node, 2).await.0, &proof);
        let code = node.provider.get_code_at(counter).await.unwrap();
        assert_eq!((proof.code_hash, proof.nonce, proof.balance), (keccak256(code), 1, U256::ZERO));
        assert_eq!(proof.storage_proof.iter().map(|slot| slot.value.to()).collect::<Vec<u64>>(), [1, 0]);
    }
    let (before, hash) = header(&node, 1).await;
    for block in [json!("0x1"), json!({ "blockHash": hash }), json!(hash)] {
        let proof = proof(&node, counter, json!([word(0)]), block).await;
        verify(&before, &proof);
        assert_eq!((proof.storage_hash, proof.storage_proof[0].value), (EMPTY_ROOT_HASH, U256::ZERO));
        assert!(proof.storage_proof[0].proof.is_empty(), "as geth lists an empty trie");
    }
}

#[tokio::test]
async fn an_account_without_code_has_the_empty_hashes_and_one_that_is_not_there_has_none() {
    let node = Node::start();
    node.send(payment(SOMEONE)).await;
    let newest = header(&node, 1).await.0;
    let empty = proof(&node, SOMEONE, json!([]), json!("latest")).await;
    verify(&newest, &empty);
    assert_eq!((empty.code_hash, empty.storage_hash), (KECCAK256_EMPTY, EMPTY_ROOT_HASH));
    let absent = proof(&node, Address::repeat_byte(0x77), json!([word(0)]), json!("latest")).await;
    verify(&newest, &absent);
    assert!(!absent.account_proof.is_empty());
    let nothing = (absent.code_hash, absent.storage_hash, absent.balance, absent.nonce);
    assert_eq!(nothing, (B256::ZERO, B256::ZERO, U256::ZERO, 0));
    // It was touched by its payment of nothing, but an empty account is not there (EIP-161).
    node.send(payment(Address::repeat_byte(0x77)).with_value(U256::ZERO)).await;
    let touched = proof(&node, Address::repeat_byte(0x77), json!([]), json!("latest")).await;
    assert_eq!(touched.code_hash, B256::ZERO);
}

#[tokio::test]
async fn slots_are_named_as_geth_takes_them_and_given_back_as_it_does() {
    let node = Node::start();
    node.rpc("anvil_setStorageAt", json!([SOMEONE, "0x1f", word(7)])).await.unwrap();
    let long = format!("0x{:064x}", 0x1f);
    for (asked, given) in
        [("0x1f", "0x1f"), ("0x01f", "0x1f"), ("1f", "0x1f"), ("0X1F", "0x1f"), (&long, long.as_str())]
    {
        let proof = node.rpc("eth_getProof", json!([SOMEONE, [asked], "latest"])).await.unwrap();
        assert_eq!(proof["storageProof"][0]["key"], given, "{asked}");
        assert_eq!(proof["storageProof"][0]["value"], "0x7", "{asked}");
    }
    let zero = node.rpc("eth_getProof", json!([SOMEONE, ["0x", "0x0"], "latest"])).await.unwrap();
    assert_eq!((&zero["storageProof"][0]["key"], &zero["storageProof"][1]["key"]), (&json!("0x0"), &json!("0x0")));
    let too_long = format!("{long}00");
    for (slots, says) in [
        (json!(["0xfg"]), "slot 0: it is not hexadecimal".to_owned()),
        (json!(["0x1", "0x0x1f"]), "slot 1: it is not hexadecimal".to_owned()),
        (json!([too_long]), "slot 0: it has more than 32 bytes".to_owned()),
        (json!(vec!["0x0"; 1_025]), "too many slots: 1025, at most 1024".to_owned()),
        (json!([31]), "expected a string".to_owned()),
    ] {
        let (code, message) = refusal(&node, "eth_getProof", json!([SOMEONE, slots, "latest"])).await;
        assert_eq!(code, -32602);
        assert!(message.contains(&says), "{message}");
    }
    assert_eq!(proof(&node, SOMEONE, json!(vec!["0x0"; 1_024]), json!("latest")).await.storage_proof.len(), 1_024);
}

#[tokio::test]
async fn a_leaf_inside_its_branch_is_not_listed_and_a_cleared_slot_is_gone() {
    let node = Node::start();
    let [one, other] = NEIGHBOURS.map(|slot| format!("{slot:#x}"));
    for (slot, value) in [(&one, 1), (&other, 2)] {
        node.rpc("anvil_setStorageAt", json!([SOMEONE, slot, word(value)])).await.unwrap();
    }
    let newest = header(&node, BlockId::latest()).await.0;
    let both = proof(&node, SOMEONE, json!([one, other]), json!("latest")).await;
    verify(&newest, &both);
    let [ref first, ref second] = both.storage_proof[..] else { panic!("two slots") };
    assert_eq!(first.proof.len(), 2, "an extension and a branch");
    assert_eq!(first.proof, second.proof);

    node.rpc("anvil_setStorageAt", json!([SOMEONE, other, word(0)])).await.unwrap();
    let alone = proof(&node, SOMEONE, json!([one, other]), json!("latest")).await;
    verify(&header(&node, BlockId::latest()).await.0, &alone);
    assert_eq!(alone.storage_proof.iter().map(|slot| slot.value.to()).collect::<Vec<u64>>(), [1, 0]);
    assert_eq!(alone.storage_proof[1].proof.len(), 1, "a lone leaf");

    node.rpc("anvil_setStorageAt", json!([SOMEONE, one, word(0)])).await.unwrap();
    assert_eq!(proof(&node, SOMEONE, json!([]), json!("latest")).await.storage_hash, B256::ZERO);
}

#[tokio::test]
async fn what_is_written_by_hand_is_in_the_newest_block_which_its_former_hash_still_names() {
    let node = Node::start();
    let receipt = node.send(payment(SOMEONE)).await;
    let former = receipt.block_hash.unwrap();
    node.rpc("anvil_setBalance", json!([SOMEONE, "0x9"])).await.unwrap();
    let (newest, hash) = header(&node, 1).await;
    assert_ne!(hash, former);
    let shown = proof(&node, SOMEONE, json!([]), json!("latest")).await;
    verify(&newest, &shown);
    assert_eq!(shown.balance, U256::from(9));
    let named = node.rpc("eth_getBlockByHash", json!([former, false])).await.unwrap();
    assert_eq!(named["hash"], json!(hash));
    node.send(payment(SOMEONE)).await;
    assert_eq!(header(&node, 2).await.0.parent_hash, hash);
    // What changes nothing leaves the hash as it is.
    node.rpc("anvil_setBalance", json!([SOMEONE, "0xa"])).await.unwrap();
    let hash = header(&node, 2).await.1;
    node.rpc("anvil_setBalance", json!([SOMEONE, "0xa"])).await.unwrap();
    assert_eq!(header(&node, 2).await.1, hash);
}

#[tokio::test]
async fn a_snapshot_brings_back_roots_and_hashes() {
    let node = Node::start();
    node.send(payment(SOMEONE)).await;
    let before = header(&node, 1).await;
    let snapshot = node.rpc("evm_snapshot", json!([])).await.unwrap();
    node.rpc("anvil_setBalance", json!([SOMEONE, "0x9"])).await.unwrap();
    let between = header(&node, 1).await;
    node.send(payment(SOMEONE)).await;
    assert_eq!(header(&node, 2).await.0.parent_hash, between.1);
    node.rpc("evm_revert", json!([snapshot])).await.unwrap();
    assert_eq!(header(&node, 1).await, before);
    verify(&before.0, &proof(&node, SOMEONE, json!([]), json!("latest")).await);
}

#[tokio::test]
async fn proofs_reach_as_far_back_as_states_and_unknown_blocks_are_refused_as_elsewhere() {
    let node = Node::with(&Config { history_blocks: 4, ..Config::ephemeral() });
    for _ in 0..10 {
        node.send(payment(SOMEONE)).await;
    }
    // From the oldest to the newest and back again.
    for number in (7_u64..=10).chain((7..=10).rev()) {
        let past = proof(&node, SOMEONE, json!([]), json!(format!("{number:#x}"))).await;
        verify(&header(&node, number).await.0, &past);
        assert_eq!(past.balance, U256::from(number));
    }
    let (code, message) = refusal(&node, "eth_getProof", json!([SOMEONE, [], "0x6"])).await;
    assert_eq!(code, -32000);
    assert_eq!(
        message,
        "the state after block 6 is no longer kept: the oldest is that of block 7; start the node with --history above 4"
    );
    let unknown = refusal(&node, "eth_getProof", json!([SOMEONE, [], "0xb"])).await;
    assert_eq!(unknown, (-32000, "header not found".to_owned()));
    let unknown = refusal(&node, "eth_getProof", json!([SOMEONE, [], { "blockHash": B256::ZERO }])).await;
    assert_eq!(unknown, (-32000, "header for hash not found".to_owned()));
}

#[tokio::test]
async fn a_loaded_chain_goes_on_with_the_root_that_it_was_dumped_with() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let node = Node::with(&Config { dump_state: Some(file.clone()), ..Config::ephemeral() });
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    node.send(TransactionRequest::default().with_to(counter)).await;
    node.rpc("anvil_setBalance", json!([SOMEONE, "0x0"])).await.unwrap();
    let newest = header(&node, 2).await;
    node.handle.stop().unwrap();

    let loaded = Node::with(&Config { load_state: Some(file.clone()), ..Config::ephemeral() });
    assert_eq!(header(&loaded, 2).await, newest);
    let shown = proof(&loaded, counter, json!([word(0)]), json!("latest")).await;
    verify(&newest.0, &shown);
    loaded.send(TransactionRequest::default().with_to(counter)).await;
    let shown = proof(&loaded, counter, json!([word(0)]), json!("latest")).await;
    verify(&header(&loaded, 3).await.0, &shown);
    assert_eq!(shown.storage_proof[0].value, U256::from(2));

    let mut dump: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let account = dump["accounts"].as_object_mut().unwrap().values_mut().next().unwrap();
    account["nonce"] = json!(77);
    std::fs::write(&file, dump.to_string()).unwrap();
    let refused = mrc53_devnode::node::Devnode::start(&Config { load_state: Some(file), ..Config::ephemeral() });
    let message = refused.unwrap_err().to_string();
    assert!(message.contains(&format!("its newest block has the state root {}", newest.0.state_root)), "{message}");
}

#[tokio::test]
async fn a_proof_for_every_account_of_the_first_block() {
    let node = Node::start();
    let first = header(&node, 0).await.0;
    for address in [DEV_ACCOUNT, SOMEONE, mrc53_devnode::chain::addresses::ARB_WASM] {
        verify(&first, &proof(&node, address, json!([word(0)]), json!("earliest")).await);
    }
}
