//! cargo-stylus, the real binary, against the devnode, for every contract: what it prints, and what is on the chain
//! afterwards. Nothing is prepared for it: it compiles the contracts itself.

use alloy::primitives::{Address, U256, address};
use alloy::providers::{Provider, ProviderBuilder};
use alloy::rpc::types::TransactionRequest;
use alloy::signers::local::PrivateKeySigner;
use alloy::sol;
use alloy::sol_types::SolCall;
use mrc53_node::reader::Reader;

use crate::asking::ask;
use crate::clients_support::{Ended, Node, key, run, workspace};

sol!(MorToken, "solidity/artifacts/MorToken.json");

sol! {
    interface Views {
        function source() external view returns (address);
        function alignment() external view returns (address);
        function graceDays() external view returns (uint32);
        function token() external view returns (address);
        function owner() external view returns (address);
        function lockSeconds() external view returns (uint64);
        function minSubnetStake() external view returns (uint256);
        function recorder() external view returns (address);
        function weight() external view returns (uint8);
        function calculatorOf(uint32 day) external view returns (address);
        function computePool() external view returns (address);
        function firstDay() external view returns (uint32);
    }

    interface ArbWasm {
        function stylusVersion() external view returns (uint16 version);
        function programVersion(address program) external view returns (uint16 version);
        function programMemoryFootprint(address program) external view returns (uint16 footprint);
    }
}

const ARB_WASM: Address = address!("0000000000000000000000000000000000000071");
/// The four contracts and the folders of their packages.
const CONTRACTS: [(&str, &str); 4] = [
    ("session-recorder", "contracts/session-recorder"),
    ("stake-alignment", "contracts/stake-alignment"),
    ("reward-calculator", "calculator/contract"),
    ("reward-distributor", "distribution"),
];
/// Constructor arguments that are addresses of something else: any will do, but for tokens.
const A: &str = "0x00000000000000000000000000000000000000A1";
const B: &str = "0x00000000000000000000000000000000000000b2";
const C: &str = "0x00000000000000000000000000000000000000C3";
const D: &str = "0x00000000000000000000000000000000000000D4";
const OWNER: &str = "0x00000000000000000000000000000000000000e5";

/// Runs `cargo stylus` with `words` in the folder of `contract`.
fn cargo_stylus(contract: &str, words: &[&str]) -> Ended {
    let workspace = workspace();
    let (_, folder) = CONTRACTS.iter().find(|(name, _)| *name == contract).unwrap();
    let words = [&["stylus"], words].concat();
    run(&mrc53_workshop::clients::cargo_stylus(&workspace).unwrap(), &workspace.path(folder), &words)
}

/// `cargo stylus deploy --no-verify` of `contract` with constructor `arguments`.
fn try_deploy(node: &Node, contract: &str, arguments: &[&str]) -> Ended {
    let (url, key) = (node.handle.url(), key());
    let words = ["deploy", "--no-verify", "--contract", contract, "--endpoint", &url, "--private-key", &key];
    cargo_stylus(contract, &[words.as_slice(), &["--constructor-args"], arguments].concat())
}

/// Deploys `contract` and returns where it is, once it is seen to be a running program of one page.
async fn deploy(node: &Node, contract: &str, arguments: &[&str]) -> Address {
    let program = deployed_at(&try_deploy(node, contract, arguments).ok());

    assert_is_program(node, program).await;
    let version = ask(&node.provider, ARB_WASM, ArbWasm::programVersionCall { program }).await;
    assert_eq!(version, ask(&node.provider, ARB_WASM, ArbWasm::stylusVersionCall {}).await);
    assert_eq!(ask(&node.provider, ARB_WASM, ArbWasm::programMemoryFootprintCall { program }).await, 1);
    program
}

/// Puts MOR where a constructor that asks its token finds it.
async fn put_token(node: &Node, address: &str) {
    let address = an(address);
    node.handle.chain().with(move |chain| chain.set_code(address, MorToken::DEPLOYED_BYTECODE.clone())).await.unwrap();
}

async fn assert_is_program(node: &Node, program: Address) {
    let code = node.provider.get_code_at(program).await.unwrap();
    assert!(code.starts_with(&[0xef, 0xf0, 0x00, 0x00]), "{code}");
}

/// The address in `deployed code at address: 0x...`.
fn deployed_at(output: &str) -> Address {
    let (_, rest) = output.split_once("deployed code at address: ").expect(output);
    rest[..42].parse().unwrap()
}

fn an(address: &str) -> Address {
    address.parse().unwrap()
}

#[tokio::test]
async fn cargo_stylus_check_finds_that_every_contract_would_activate() {
    let node = Node::start();

    for (contract, _) in CONTRACTS {
        let output = cargo_stylus(contract, &["check", "--contract", contract, "--endpoint", &node.handle.url()]).ok();

        assert!(output.contains("contract size: "), "{contract}: {output}");
        assert!(output.contains("wasm data fee: "), "{contract}: {output}");
    }
    assert_eq!(node.provider.get_block_number().await.unwrap(), 0);
}

#[tokio::test]
async fn cargo_stylus_deploy_constructs_the_session_recorder() {
    let node = Node::start();

    let recorder = deploy(&node, "session-recorder", &[A, B, "3"]).await;

    assert_eq!(ask(&node.provider, recorder, Views::sourceCall {}).await, an(A));
    assert_eq!(ask(&node.provider, recorder, Views::alignmentCall {}).await, an(B));
    assert_eq!(ask(&node.provider, recorder, Views::graceDaysCall {}).await, 3);
}

#[tokio::test]
async fn cargo_stylus_deploy_constructs_the_stake_alignment() {
    let node = Node::start();
    put_token(&node, A).await;
    let arguments = [A, OWNER, "604800", "10000000000000000000000"];

    let alignment = deploy(&node, "stake-alignment", &arguments).await;

    assert_eq!(ask(&node.provider, alignment, Views::tokenCall {}).await, an(A));
    assert_eq!(ask(&node.provider, alignment, Views::ownerCall {}).await, an(OWNER));
    assert_eq!(ask(&node.provider, alignment, Views::lockSecondsCall {}).await, 604_800);
    assert_eq!(ask(&node.provider, alignment, Views::minSubnetStakeCall {}).await, U256::from(10).pow(U256::from(22)));
}

#[tokio::test]
async fn cargo_stylus_deploy_constructs_the_reward_calculator() {
    let node = Node::start();

    let calculator = deploy(&node, "reward-calculator", &[A, B, "1"]).await;

    assert_eq!(ask(&node.provider, calculator, Views::recorderCall {}).await, an(A));
    assert_eq!(ask(&node.provider, calculator, Views::alignmentCall {}).await, an(B));
    assert_eq!(ask(&node.provider, calculator, Views::weightCall {}).await, 1);
}

#[tokio::test]
async fn cargo_stylus_deploy_constructs_the_reward_distributor() {
    let node = Node::start();
    put_token(&node, A).await;

    let distributor = deploy(&node, "reward-distributor", &[A, B, C, D, OWNER, "20000"]).await;

    assert_eq!(ask(&node.provider, distributor, Views::tokenCall {}).await, an(A));
    assert_eq!(ask(&node.provider, distributor, Views::alignmentCall {}).await, an(B));
    assert_eq!(ask(&node.provider, distributor, Views::calculatorOfCall { day: 20_000 }).await, an(C));
    assert_eq!(ask(&node.provider, distributor, Views::computePoolCall {}).await, an(D));
    assert_eq!(ask(&node.provider, distributor, Views::ownerCall {}).await, an(OWNER));
    assert_eq!(ask(&node.provider, distributor, Views::firstDayCall {}).await, 20_000);
}

#[tokio::test]
async fn cargo_stylus_deploy_with_arguments_that_the_constructor_refuses_changes_nothing() {
    let node = Node::start();

    let ended = try_deploy(&node, "reward-calculator", &[&Address::ZERO.to_string(), B, "0"]);

    assert!(ended.failed().contains("execution reverted"));
    assert_eq!(node.provider.get_block_number().await.unwrap(), 0);
}

#[tokio::test]
async fn cargo_stylus_a_wasm_file_deploys_without_constructor_and_is_activated_later() {
    let node = Node::start();
    let (url, key) = (node.handle.url(), key());
    let to_node = ["--endpoint", url.as_str(), "--private-key", key.as_str()];
    cargo_stylus("session-recorder", &["build", "--contract", "session-recorder"]).ok();
    let target = workspace().output().unwrap().parent().unwrap().to_owned();
    let wasm = target.join("wasm32-unknown-unknown/release/session_recorder.wasm").display().to_string();

    let deployed = ["deploy", "--no-verify", "--no-activate", "--contract", "session-recorder", "--wasm-file", &wasm];
    let deployed = cargo_stylus("session-recorder", &[deployed.as_slice(), &to_node].concat()).ok();

    let program = deployed_at(&deployed);
    assert_is_program(&node, program).await;
    assert!(Reader::now(&node.provider).ask(ARB_WASM, ArbWasm::programVersionCall { program }).await.is_err());

    let address = program.to_string();
    let activated = ["activate", "--address", &address];
    let activated = cargo_stylus("session-recorder", &[activated.as_slice(), &to_node].concat()).ok();

    assert!(activated.contains("successfully activated contract"), "{activated}");
    let version = ask(&node.provider, ARB_WASM, ArbWasm::programVersionCall { program }).await;
    assert_eq!(version, ask(&node.provider, ARB_WASM, ArbWasm::stylusVersionCall {}).await);
}

#[tokio::test]
async fn cargo_stylus_trace_reads_what_a_call_asked_of_the_chain() {
    let node = Node::start();
    let calculator = deploy(&node, "reward-calculator", &[A, B, "1"]).await;
    let url = node.handle.url();
    let signer: PrivateKeySigner = key().parse().unwrap();
    let signing = ProviderBuilder::new().wallet(signer).connect(&url).await.unwrap();
    let call = TransactionRequest::default().to(calculator).input(Views::weightCall {}.abi_encode().into());
    let sent = signing.send_transaction(call).await.unwrap();
    let hash = sent.get_receipt().await.unwrap().transaction_hash.to_string();

    let native = ["trace", "--use-native-tracer", "--tx", &hash, "--endpoint", &url];
    let steps: serde_json::Value = serde_json::from_str(&cargo_stylus("reward-calculator", &native).ok()).unwrap();

    let names: Vec<&str> = steps.as_array().unwrap().iter().map(|step| step["name"].as_str().unwrap()).collect();
    assert_eq!((names.first(), names.last()), (Some(&"user_entrypoint"), Some(&"user_returned")));
    let loaded = steps.as_array().unwrap().iter().find(|step| step["name"] == "storage_load_bytes32").unwrap();
    assert!(loaded["startInk"].as_u64() > loaded["endInk"].as_u64(), "{loaded}");
    // Its own tracer in JavaScript is refused by name.
    let scripted = cargo_stylus("reward-calculator", &["trace", "--tx", &hash, "--endpoint", &url]);
    assert!(scripted.failed().contains("is not supported"));
}

#[test]
fn cargo_stylus_export_abi_prints_each_contract_as_a_solidity_interface() {
    for (contract, function) in [
        ("session-recorder", "function record(bytes32 session_id) external returns (uint64)"),
        ("stake-alignment", "function stakeOf(address subnet, address staker) external view returns (uint128, uint64)"),
        ("reward-calculator", "function preview(address subnet) external view returns (RewardBreakdown"),
        ("reward-distributor", "function claim(address subnet) external returns (uint256, uint256)"),
    ] {
        let abi = cargo_stylus(contract, &["export-abi", "--contract", contract]).ok();

        assert!(abi.contains("pragma solidity"), "{contract}: {abi}");
        assert!(abi.contains(function), "{contract}: {abi}");
    }
}
