//! Roots and proofs beside anvil's: `tests/vectors/anvil/record.mjs` says how they were recorded.
//!
//! Where the two list a proof differently, the devnode does as geth: what stands inside its parent is not listed again, an
//! empty trie has no nodes, and an account that is not there has no hashes.

use crate::support::Node;
use alloy::consensus::{EMPTY_ROOT_HASH, Header};
use alloy::primitives::{Address, B256, Bytes, keccak256};
use alloy::rlp::encode;
use alloy::rpc::types::EIP1186AccountProofResponse;
use mrc53_devnode::config::{Config, DEV_CHAIN_ID};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Recorded {
    from: Address,
    contract: Address,
    transactions: Vec<Sent>,
    proofs: Vec<Proof>,
    #[serde(rename = "stateRoot")]
    state_root: B256,
    accounts: Value,
}

#[derive(Deserialize)]
struct Sent {
    raw: Value,
    /// What the header of its block has.
    #[serde(flatten)]
    header: Value,
}

#[derive(Deserialize)]
struct Proof {
    block: Value,
    proof: EIP1186AccountProofResponse,
}

fn recorded() -> Recorded {
    serde_json::from_str(include_str!("../../../tests/vectors/anvil/proofs.json")).unwrap()
}

/// A proof as geth lists it.
fn listed(mut nodes: Vec<Bytes>) -> Vec<Bytes> {
    if nodes.len() > 1 && nodes.last().is_some_and(|last| last.len() < 32) {
        nodes.pop();
    }
    nodes.retain(|node| node[..] != [0x80]);
    nodes
}

async fn proof(node: &Node, address: Address, slots: Vec<Value>, block: &Value) -> EIP1186AccountProofResponse {
    let proof = node.rpc("eth_getProof", json!([address, slots, block])).await.unwrap();
    serde_json::from_value(proof).unwrap()
}

#[tokio::test]
async fn the_same_transactions_make_the_same_roots_receipts_and_storage_proofs() {
    let Recorded { from, contract, transactions, proofs, .. } = recorded();
    let node = Node::start();
    node.rpc("anvil_setBalance", json!([from, "0xde0b6b3a7640000"])).await.unwrap();
    for (number, Sent { raw, header }) in (1..).zip(transactions) {
        node.rpc("eth_sendRawTransaction", json!([raw])).await.unwrap();
        let block = node.rpc("eth_getBlockByNumber", json!([format!("{number:#x}"), false])).await.unwrap();
        for field in ["transactionsRoot", "receiptsRoot", "logsBloom", "gasUsed"] {
            assert_eq!(block[field], header[field], "{field} of block {number}");
        }
    }
    let of_contract: Vec<_> = proofs.into_iter().filter(|asked| asked.proof.address == contract).collect();
    assert_eq!(of_contract.len(), 2, "one of the past, one of now");
    for Proof { block, proof: theirs } in of_contract {
        let slots = theirs.storage_proof.iter().map(|slot| json!(slot.key)).collect();
        let ours = proof(&node, contract, slots, &block).await;
        let hashes = |proof: &EIP1186AccountProofResponse| (proof.storage_hash, proof.code_hash, proof.nonce);
        assert_eq!(hashes(&ours), hashes(&theirs));
        for (ours, theirs) in ours.storage_proof.into_iter().zip(theirs.storage_proof) {
            assert_eq!((ours.key, ours.value), (theirs.key, theirs.value));
            assert_eq!(ours.proof, listed(theirs.proof));
        }
    }
}

#[tokio::test]
async fn the_same_accounts_make_the_same_state_root_and_account_proofs() {
    let Recorded { transactions, proofs, state_root, accounts, .. } = recorded();
    let header = encode(Header { state_root, ..Header::default() });
    let block = json!({ "header": Bytes::from(header) });
    let dump = json!({ "chainId": DEV_CHAIN_ID, "timestamp": 0, "blocks": [block], "accounts": accounts });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    std::fs::write(&file, dump.to_string()).unwrap();
    // A file with another root is refused.
    let node = Node::with(&Config { load_state: Some(file), ..Config::ephemeral() });
    let newest = json!(format!("{:#x}", transactions.len()));
    for Proof { proof: theirs, .. } in proofs.into_iter().filter(|asked| asked.block == newest) {
        let ours = proof(&node, theirs.address, Vec::new(), &json!("latest")).await;
        assert_eq!((ours.nonce, ours.balance), (theirs.nonce, theirs.balance));
        assert_eq!(ours.account_proof, listed(theirs.account_proof));
        if ours.code_hash.is_zero() {
            assert_eq!((theirs.code_hash, theirs.storage_hash), (keccak256([]), EMPTY_ROOT_HASH));
        } else {
            assert_eq!((ours.code_hash, ours.storage_hash), (theirs.code_hash, theirs.storage_hash));
        }
    }
}
