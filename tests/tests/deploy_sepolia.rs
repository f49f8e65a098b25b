//! Arbitrum Sepolia, as far as it can be had on one machine: a devnode of its chain id, with a token and a Diamond at
//! the published addresses, the book of the clone, and a key with ether. Nothing is edited.

use alloy::primitives::{Address, U256, address};
use alloy::signers::local::PrivateKeySigner;
use mrc53_abi::SessionRecorder;
use mrc53_abi::doubles::artifacts;
use mrc53_console::workspace::Workspace;
use mrc53_devnode::config::Config;
use mrc53_suite::contract::Contract;

use crate::asking::ask;
use crate::deploy_support::Ground;

/// The example of Ethereum's Web3 Secret Storage Definition, whose password is `testpassword`, and its account.
const KEYSTORE: &str = r#"{"crypto": {"cipher": "aes-128-ctr",
    "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
    "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
    "kdf": "pbkdf2", "kdfparams": {"c": 262144, "dklen": 32, "prf": "hmac-sha256",
    "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
    "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
    "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}"#;
const KEYSTORE_ACCOUNT: Address = address!("008aeeda4d805471df9b2a5b0f38a0c3bcba786b");

/// The chain, with what Morpheus has there, and the book as the clone brings it.
async fn sepolia() -> Ground {
    let ground = Ground::of("arbitrum-sepolia", &Config { chain_id: 421_614, ..Config::ephemeral() });
    let book = Workspace::find().unwrap().path("deployments/421614.json");
    std::fs::copy(book, ground.folder.path().join("421614.json")).unwrap();
    let [token, diamond] = artifacts().unwrap();
    let inputs = ground.book().inputs;
    ground.put_code(inputs.token.unwrap().address, token.deployed_bytecode).await;
    ground.put_code(inputs.diamond.unwrap().address, diamond.deployed_bytecode).await;
    ground
}

/// A key with one ether, in hex.
async fn funded(ground: &Ground) -> String {
    let key = PrivateKeySigner::random();
    ground.put_ether(key.address(), U256::from(10).pow(U256::from(18))).await;
    format!("{}", key.to_bytes())
}

#[tokio::test]
async fn the_book_of_the_clone_and_a_key_with_ether_are_enough() {
    let ground = sepolia().await;
    let key = funded(&ground).await;

    let ended = ground.tool_with(&[("MRC53_PRIVATE_KEY", &key)], &[]);

    assert!(!ended.output.contains(&key[2..]) && !ended.errors.contains(&key[2..]));
    ended.ok();
    let book = ground.book();
    let names: Vec<_> = book.contracts.iter().map(|record| record.contract.as_str()).collect();
    assert_eq!(names, ["stake-alignment", "session-recorder", "reward-calculator", "reward-distributor"]);
    let diamond = book.inputs.diamond.clone().unwrap();
    assert!(diamond.verified && book.inputs.token.as_ref().unwrap().verified);
    assert_eq!(diamond.source, "published by Morpheus");
    let provider = ground.provider();
    let recorder = book.address(Contract::SessionRecorder).unwrap();
    assert_eq!(ask(&provider, recorder, SessionRecorder::sourceCall {}).await, diamond.address);
}

#[tokio::test]
async fn a_keystore_signs_with_its_password_from_the_environment() {
    let ground = sepolia().await;
    ground.put_ether(KEYSTORE_ACCOUNT, U256::from(10).pow(U256::from(18))).await;
    let folder = tempfile::tempdir().unwrap();
    let keystore = folder.path().join("key.json");
    std::fs::write(&keystore, KEYSTORE).unwrap();
    let words = ["--keystore", keystore.to_str().unwrap(), "--json"];

    let wrong = ground.tool_with(&[("MRC53_KEYSTORE_PASSWORD", "another password")], &words);
    let right = ground.tool_with(&[("MRC53_KEYSTORE_PASSWORD", "testpassword")], &words);

    let wrong = wrong.failed(2);
    assert!(wrong.contains("key.json: wrong password: MRC53_KEYSTORE_PASSWORD takes the one"), "{wrong}");
    let report = right.json();
    assert_eq!(report["sender"].as_str().unwrap().parse::<Address>().unwrap(), KEYSTORE_ACCOUNT);
    assert!(report["contracts"].as_array().unwrap().iter().all(|it| it["transaction"].is_string()), "{report}");
}

#[tokio::test]
async fn without_a_key_it_says_where_one_can_come_from() {
    let ground = sepolia().await;

    let errors = ground.tool(&[]).failed(2);

    assert!(errors.contains("--keystore") && errors.contains("MRC53_PRIVATE_KEY"), "{errors}");
}
