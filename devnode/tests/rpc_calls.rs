//! Calls, estimates, logs, traces and transaction types.

use crate::support::bench::{calldata, vector};
use crate::support::evm::{Opcode, Then, forward, forwarder};
use crate::support::{Node, counter_code, counter_init_code};
use alloy::eips::BlockId;
use alloy::eips::eip7702::Authorization;
use alloy::network::{TransactionBuilder, TransactionBuilder7702};
use alloy::primitives::{Address, B256, Bytes, U256, bytes, hex};
use alloy::providers::Provider;
use alloy::rpc::types::{Filter, TransactionRequest};
use alloy::signers::SignerSync;
use alloy::signers::local::PrivateKeySigner;
use mrc53_devnode::chain::addresses::{ARB_SYS, ARB_WASM};
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_devnode::stylus::code::compress;
use serde_json::json;

const SOMEONE: Address = Address::repeat_byte(0x66);

#[tokio::test]
async fn a_call_sees_the_overrides_and_the_chain_does_not() {
    let node = Node::start();
    let word = |n: u8| B256::with_last_byte(n);
    let call = |overrides| json!([{"to": SOMEONE}, "latest", overrides]);

    let code = call(json!({SOMEONE.to_string(): {"code": counter_code()}}));
    let diff =
        call(json!({SOMEONE.to_string(): {"code": counter_code(), "stateDiff": {B256::ZERO.to_string(): word(6)}}}));
    let state =
        call(json!({SOMEONE.to_string(): {"code": counter_code(), "state": {B256::ZERO.to_string(): word(8)}}}));

    assert_eq!(node.rpc("eth_call", code).await.unwrap(), json!(word(1)));
    assert_eq!(node.rpc("eth_call", diff).await.unwrap(), json!(word(7)));
    assert_eq!(node.rpc("eth_call", state).await.unwrap(), json!(word(9)));
    assert!(node.provider.get_code_at(SOMEONE).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_call_may_spend_a_balance_that_is_overridden_but_no_other() {
    let node = Node::start();
    let poor = Address::repeat_byte(0x67);
    let call = json!({"from": poor, "to": SOMEONE, "value": "0x5"});
    let refused = node.rpc("eth_call", json!([call, "latest"])).await.unwrap_err();
    let allowed = node.rpc("eth_call", json!([call, "latest", {poor.to_string(): {"balance": "0x5"}}])).await;
    assert_eq!(refused.0, -32000);
    assert!(refused.1 == "insufficient funds for transfer", "{}", refused.1);
    assert_eq!(allowed.unwrap(), json!("0x"));
}

#[tokio::test]
async fn a_check_of_a_program_before_deployment_works_as_cargo_stylus_does_it() {
    let node = Node::start();
    let code = compress(&vector("counter.wasm"));
    let overrides = json!({
        SOMEONE.to_string(): {"code": Bytes::from(code.clone())},
        DEV_ACCOUNT.to_string(): {"balance": U256::MAX},
    });
    let version = [hex!("d70c0ca7").as_slice(), alloy::primitives::keccak256(&code).as_slice()].concat();
    let ask = json!([{"from": DEV_ACCOUNT, "to": ARB_WASM, "data": Bytes::from(version)}, "latest", overrides]);
    let activate = json!([{
        "from": DEV_ACCOUNT, "to": ARB_WASM, "value": "0xde0b6b3a7640000",
        "data": calldata(hex!("58c780c2"), SOMEONE),
    }, "latest", overrides]);

    let error = node.provider.raw_request::<_, Bytes>("eth_call".into(), ask).await.unwrap_err();
    let fee: Bytes = node.provider.raw_request("eth_call".into(), activate).await.unwrap();

    assert_eq!(error.as_error_resp().unwrap().as_revert_data().unwrap(), bytes!("6f809c4e"));
    assert_eq!(U256::from_be_slice(&fee[..32]), U256::from(2));
    assert!(U256::from_be_slice(&fee[32..]) > U256::ZERO);
}

#[tokio::test]
async fn an_estimate_is_enough_and_hardly_more() {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let to = Address::repeat_byte(0xe1);
    node.set_code(to, forwarder(Opcode::Call, Then::Return)).await;
    let request = TransactionRequest::default().with_from(DEV_ACCOUNT).with_to(to).with_input(forward(counter, 0, &[]));

    let estimate = node.provider.estimate_gas(request.clone()).await.unwrap();
    let receipt = node.send(request.with_gas_limit(estimate)).await;

    assert!(receipt.status());
    assert_eq!(receipt.inner.logs().len(), 1, "the inner call had enough gas");
    assert!(estimate <= receipt.gas_used * 103 / 100, "{estimate} for {}", receipt.gas_used);
}

#[tokio::test]
async fn a_creation_can_be_estimated_with_to_null() {
    let node = Node::start();
    let request = json!([{"from": DEV_ACCOUNT, "to": null, "data": counter_init_code()}]);
    let estimate = node.rpc("eth_estimateGas", request).await.unwrap();
    let gas: U256 = estimate.as_str().unwrap().parse().unwrap();
    let receipt = node.deploy(counter_init_code()).await;
    assert!(gas >= U256::from(receipt.gas_used));
}

#[tokio::test]
async fn an_estimate_of_what_reverts_says_so_with_the_data() {
    let node = Node::start();
    node.set_code(SOMEONE, bytes!("63deadbeef6000526004601cfd")).await;
    let (code, message) = node.rpc("eth_estimateGas", json!([{"to": SOMEONE}])).await.unwrap_err();
    assert_eq!((code, message.as_str()), (3, "execution reverted"));
}

#[tokio::test]
async fn legacy_access_list_and_dynamic_fee_transactions_are_taken() {
    let node = Node::start();
    let pay = TransactionRequest::default().with_to(SOMEONE).with_value(U256::from(1));
    let price = 1_000_000_000;

    let legacy = node.send(pay.clone().with_gas_price(price).transaction_type(0)).await;
    let list = node.send(pay.clone().with_gas_price(price).with_access_list(Vec::new().into())).await;
    let dynamic = node.send(pay.with_max_fee_per_gas(price).with_max_priority_fee_per_gas(price)).await;

    for (receipt, kind) in [(legacy, 0), (list, 1), (dynamic, 2)] {
        assert!(receipt.status());
        assert_eq!(u8::from(receipt.transaction_type()), kind);
        assert_eq!(receipt.effective_gas_price, 100_000_000, "only the base fee is paid");
    }
    assert_eq!(node.provider.get_balance(SOMEONE).await.unwrap(), U256::from(3));
}

#[tokio::test]
async fn a_transaction_with_a_used_nonce_is_refused_in_geths_words() {
    let node = Node::start();
    let pay = TransactionRequest::default().with_to(SOMEONE).with_gas_limit(21_000);
    node.send(pay.clone().with_nonce(0)).await;
    let error = node.provider.send_transaction(pay.with_nonce(0)).await.unwrap_err();
    let payload = error.as_error_resp().unwrap();
    assert_eq!(payload.code, -32000);
    assert_eq!(payload.message, "nonce too low: next nonce 1, tx nonce 0");
}

#[tokio::test]
async fn gas_above_the_limit_of_a_transaction_is_given_back() {
    let node = Node::start();
    // JUMPDEST, PUSH0, JUMP: runs until the gas is gone.
    node.set_code(SOMEONE, bytes!("5b5f56")).await;
    let request = TransactionRequest::default().with_to(SOMEONE).with_gas_limit(100_000_000);
    let receipt = node.send(request).await;
    assert!(!receipt.status());
    assert_eq!(receipt.gas_used, 32_000_000 + 21_000);
}

#[tokio::test]
async fn logs_are_found_by_address_topic_and_range() {
    let node = Node::start();
    let a = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let b = node.deploy(counter_init_code()).await.contract_address.unwrap();
    for to in [a, b, a] {
        node.send(TransactionRequest::default().with_to(to)).await;
    }
    let found = async |filter: Filter| node.provider.get_logs(&filter).await.unwrap().len();

    assert_eq!(found(Filter::new().from_block(0)).await, 3);
    assert_eq!(found(Filter::new().from_block(0).address(a)).await, 2);
    assert_eq!(found(Filter::new().from_block(4).to_block(4)).await, 1);
    assert_eq!(found(Filter::new().from_block(0).event_signature(B256::repeat_byte(1))).await, 0);
    let hash = node.provider.get_block(BlockId::number(3)).await.unwrap().unwrap().header.hash;
    assert_eq!(found(Filter::new().at_block_hash(hash)).await, 1);
}

#[tokio::test]
async fn a_filter_reports_each_log_once() {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let id = node.rpc("eth_newFilter", json!([{"address": counter}])).await.unwrap();
    node.send(TransactionRequest::default().with_to(counter)).await;

    let first = node.rpc("eth_getFilterChanges", json!([id])).await.unwrap();
    let second = node.rpc("eth_getFilterChanges", json!([id])).await.unwrap();

    assert_eq!(first.as_array().unwrap().len(), 1);
    assert_eq!(second, json!([]));
    assert_eq!(node.rpc("eth_uninstallFilter", json!([id])).await.unwrap(), json!(true));
}

#[tokio::test]
async fn a_trace_shows_the_calls_of_a_transaction() {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    node.set_code(SOMEONE, forwarder(Opcode::Call, Then::Return)).await;
    let request = TransactionRequest::default().with_to(SOMEONE).with_input(forward(counter, 0, &[]));
    let receipt = node.send(request).await;

    let options = json!([receipt.transaction_hash, {"tracer": "callTracer"}]);
    let trace = node.rpc("debug_traceTransaction", options).await.unwrap();

    assert_eq!(trace["type"], "CALL");
    assert_eq!(trace["calls"][0]["to"], json!(counter));
    assert_eq!(trace["calls"][0]["output"], json!(B256::with_last_byte(1)));
}

#[tokio::test]
async fn the_trace_of_a_call_carries_the_gas_of_the_whole_transaction() {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let call = TransactionRequest::default().with_from(DEV_ACCOUNT).with_to(counter);
    let used = node.send(call.clone()).await.gas_used;
    node.rpc("anvil_setStorageAt", json!([counter, U256::ZERO, B256::ZERO])).await.unwrap();

    let call = call.with_gas_limit(100_000);
    let trace = node.rpc("debug_traceCall", json!([call, "latest", {"tracer": "callTracer"}])).await.unwrap();

    assert_eq!(trace["gas"], "0x186a0");
    assert_eq!(trace["gasUsed"], format!("{used:#x}"));
}

#[tokio::test]
async fn contracts_see_the_l1_number_and_arb_sys_the_l2_number() {
    let node = Node::start();
    node.rpc("anvil_mine", json!([7])).await.unwrap();
    // NUMBER, PUSH0, MSTORE, return it
    node.set_code(SOMEONE, bytes!("435f5260205ff3")).await;
    let block = node.rpc("eth_getBlockByNumber", json!(["latest", false])).await.unwrap();

    let number = node.provider.call(TransactionRequest::default().with_to(SOMEONE)).latest().await.unwrap();
    let ask = TransactionRequest::default().with_to(ARB_SYS).with_input(hex!("a3b1b31d"));
    let arb_number = node.provider.call(ask).latest().await.unwrap();

    let l1: U256 = block["l1BlockNumber"].as_str().unwrap().parse().unwrap();
    assert_eq!(U256::from_be_slice(&number), l1);
    assert_eq!(U256::from_be_slice(&arb_number), U256::from(7));
}

#[tokio::test]
async fn the_fee_history_is_flat() {
    let node = Node::start();
    node.rpc("anvil_mine", json!([3])).await.unwrap();
    let history = node.provider.get_fee_history(3, alloy::eips::BlockNumberOrTag::Latest, &[25.0, 75.0]).await.unwrap();
    assert_eq!(history.base_fee_per_gas, vec![100_000_000; 4]);
    assert_eq!(history.reward.unwrap(), vec![vec![0, 0]; 3]);
    assert_eq!(history.oldest_block, 1);
}

#[tokio::test]
async fn an_access_list_names_the_slots_that_a_call_touches() {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let request = TransactionRequest::default().with_from(DEV_ACCOUNT).with_to(counter);
    let result = node.provider.create_access_list(&request).await.unwrap();
    assert_eq!(result.access_list.0.len(), 1);
    assert_eq!(result.access_list.0[0].address, counter);
    assert_eq!(result.access_list.0[0].storage_keys, vec![B256::ZERO]);
}

#[tokio::test]
async fn an_account_can_delegate_to_a_contract_with_a_type_4_transaction() {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let account = PrivateKeySigner::random();
    let authorization =
        Authorization { chain_id: U256::from(node.provider.get_chain_id().await.unwrap()), address: counter, nonce: 0 };
    let signature = account.sign_hash_sync(&authorization.signature_hash()).unwrap();
    let request = TransactionRequest::default()
        .with_to(account.address())
        .with_authorization_list(vec![authorization.into_signed(signature)]);

    let receipt = node.send(request).await;

    assert!(receipt.status());
    assert_eq!(u8::from(receipt.transaction_type()), 4);
    assert_eq!(node.provider.get_storage_at(account.address(), U256::ZERO).await.unwrap(), U256::from(1));
    assert_eq!(node.provider.get_storage_at(counter, U256::ZERO).await.unwrap(), U256::ZERO);
    let code = node.provider.get_code_at(account.address()).await.unwrap();
    assert_eq!(code, [&hex!("ef0100"), counter.as_slice()].concat());
}

#[tokio::test]
async fn a_call_can_be_tried_at_another_time_and_block_number() {
    let node = Node::start();
    // TIMESTAMP + NUMBER, returned
    node.set_code(SOMEONE, bytes!("4243015f5260205ff3")).await;
    let call = |block| json!([{"to": SOMEONE}, "latest", {}, block]);
    let tried = node.rpc("eth_call", call(json!({"time": "0x64", "number": "0x7"}))).await.unwrap();
    let refused = node.rpc("eth_call", call(json!({"gasLimit": "0x1"}))).await.unwrap_err();
    assert_eq!(tried, json!(B256::with_last_byte(107)));
    assert_eq!(refused.0, -32602);
}
