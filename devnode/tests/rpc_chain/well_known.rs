//! `NodeInterface` and Multicall3 at the addresses where clients look for them.

use super::{SOMEONE, answer, payment, refusal};
use crate::support::{Node, counter_init_code};
use alloy::primitives::{Address, B256, Bytes, U256, address};
use alloy::providers::Provider;
use alloy::sol;
use alloy::sol_types::{SolCall, SolValue};
use mrc53_devnode::config::DEV_ACCOUNT;
use serde_json::json;

const NODE_INTERFACE: Address = address!("00000000000000000000000000000000000000C8");
const MULTICALL3: Address = address!("cA11bde05977b3631167028862bE2a173976CA11");

sol! {
    function gasEstimateComponents(address to, bool contractCreation, bytes data) external payable;
    function gasEstimateL1Component(address to, bool contractCreation, bytes data) external payable;
    function nitroGenesisBlock() external pure;
    function blockL1Num(uint64 l2BlockNum) external view;
    function l2BlockRangeForL1(uint64 blockNum) external view;
    function getL1Confirmations(bytes32 blockHash) external view;
    function findBatchContainingBlock(uint64 blockNum) external view;
    function constructOutboxProof(uint64 size, uint64 leaf) external view;

    struct Call3 { address target; bool allowFailure; bytes callData; }
    struct Result { bool success; bytes returnData; }
    function aggregate3(Call3[] calls) external payable returns (Result[] results);
    function getEthBalance(address account) external view;
}

async fn refused(node: &Node, data: Vec<u8>) -> String {
    refusal(node, "eth_call", json!([{"to": NODE_INTERFACE, "data": Bytes::from(data)}, "latest"])).await.1
}

#[tokio::test]
async fn node_interface_estimates_as_the_node_does_with_nothing_for_the_parent_chain() {
    let node = Node::start();
    let ask = gasEstimateComponentsCall { to: SOMEONE, contractCreation: false, data: Bytes::new() };
    let all = <(u64, u64, U256, U256)>::abi_decode(&answer(&node, NODE_INTERFACE, ask.abi_encode()).await).unwrap();
    assert_eq!(all, (21_000, 0, U256::from(100_000_000), U256::ZERO));

    let create = gasEstimateComponentsCall { to: Address::ZERO, contractCreation: true, data: counter_init_code() };
    let all = <(u64, u64, U256, U256)>::abi_decode(&answer(&node, NODE_INTERFACE, create.abi_encode()).await).unwrap();
    let creation = json!([{"from": Address::ZERO, "data": counter_init_code()}]);
    assert_eq!(json!(alloy::primitives::U64::from(all.0)), node.rpc("eth_estimateGas", creation).await.unwrap());

    let ask = gasEstimateL1ComponentCall { to: SOMEONE, contractCreation: false, data: Bytes::new() };
    let l1 = <(u64, U256, U256)>::abi_decode(&answer(&node, NODE_INTERFACE, ask.abi_encode()).await).unwrap();
    assert_eq!(l1, (0, U256::from(100_000_000), U256::ZERO));

    let itself = gasEstimateComponentsCall { to: NODE_INTERFACE, contractCreation: false, data: Bytes::new() };
    assert_eq!(refused(&node, itself.abi_encode()).await, "cannot estimate virtual contract");
}

#[tokio::test]
async fn node_interface_knows_which_blocks_belong_to_a_block_of_the_parent_chain() {
    let node = Node::start();
    node.rpc("evm_mine", json!([])).await.unwrap();
    node.rpc("evm_increaseTime", json!([1_200])).await.unwrap();
    node.rpc("anvil_mine", json!([2])).await.unwrap();
    let l1_of = |block| answer(&node, NODE_INTERFACE, blockL1NumCall { l2BlockNum: block }.abi_encode());
    let first = u64::abi_decode(&l1_of(0).await).unwrap();
    let last = u64::abi_decode(&l1_of(3).await).unwrap();
    assert!(last >= first + 100);
    let range_of = |l1| answer(&node, NODE_INTERFACE, l2BlockRangeForL1Call { blockNum: l1 }.abi_encode());
    assert_eq!(<(u64, u64)>::abi_decode(&range_of(first).await).unwrap(), (0, 1));
    assert_eq!(<(u64, u64)>::abi_decode(&range_of(last).await).unwrap(), (2, 3));
    let between = l2BlockRangeForL1Call { blockNum: first + 50 }.abi_encode();
    assert_eq!(refused(&node, between).await, "requested L1 block number not found in chain");
    assert_eq!(refused(&node, blockL1NumCall { l2BlockNum: 4 }.abi_encode()).await, "header not found");
}

#[tokio::test]
async fn node_interface_refuses_by_name_what_needs_a_parent_chain() {
    let node = Node::start();
    let genesis = answer(&node, NODE_INTERFACE, nitroGenesisBlockCall {}.abi_encode()).await;
    assert_eq!(genesis, U256::ZERO.abi_encode());
    let hash = node.provider.get_block(0.into()).await.unwrap().unwrap().header.hash;
    let confirmations = answer(&node, NODE_INTERFACE, getL1ConfirmationsCall { blockHash: hash }.abi_encode()).await;
    assert_eq!(confirmations, 0_u64.abi_encode());
    let unknown = getL1ConfirmationsCall { blockHash: B256::ZERO }.abi_encode();
    assert_eq!(refused(&node, unknown).await, "unknown block hash");
    for (data, name) in [
        (findBatchContainingBlockCall { blockNum: 0 }.abi_encode(), "findBatchContainingBlock"),
        (constructOutboxProofCall { size: 1, leaf: 0 }.abi_encode(), "constructOutboxProof"),
    ] {
        assert!(refused(&node, data.clone()).await.starts_with(&format!("NodeInterface.{name} is not supported")));
        let asked = json!([{"to": NODE_INTERFACE, "data": Bytes::from(data)}]);
        assert!(refusal(&node, "eth_estimateGas", asked).await.1.contains(name));
    }
    assert!(refused(&node, vec![1, 2, 3, 4]).await.contains("no such method"));
}

#[tokio::test]
async fn multicall3_reads_several_things_at_once() {
    let node = Node::start();
    node.send(payment(SOMEONE)).await;
    let balance = |account| Call3 {
        target: MULTICALL3,
        allowFailure: false,
        callData: getEthBalanceCall { account }.abi_encode().into(),
    };
    let failing = Call3 { target: MULTICALL3, allowFailure: true, callData: Bytes::from_static(&[1, 2, 3, 4]) };
    let calls = aggregate3Call { calls: vec![balance(SOMEONE), failing, balance(DEV_ACCOUNT)] };
    let results = answer(&node, MULTICALL3, calls.abi_encode()).await;
    let results = aggregate3Call::abi_decode_returns(&results).unwrap();
    assert_eq!(results.iter().map(|r| r.success).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(results[0].returnData, U256::from(1).abi_encode());
}
