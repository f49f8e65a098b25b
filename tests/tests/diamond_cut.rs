//! `cargo mrc53 diamond-cut` on a devnode with a diamond of the library that the Compute Diamond is made of: what its
//! files do when the owner executes them, and what is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use alloy::primitives::{Address, Bytes, Selector, U256};
use alloy::providers::Provider;
use alloy::signers::local::PrivateKeySigner;
use alloy::sol;
use mrc53_abi::doubles::SolidityArtifact;
use mrc53_acts::diamond::reader::DiamondViews;
use mrc53_console::workspace::Workspace;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_stage::chain::Chain;
use mrc53_stage::deploy;
use mrc53_stage::scenario::names;
use serde_json::Value;

use crate::asking::ask;
use crate::suite_support::{Ended, run};

/// What every facet of this library has besides its own functions, and the diamond answers itself.
const SKIPPED: [&str; 4] = ["--skip", "owner()", "--skip", "DIAMOND_OWNABLE_STORAGE_SLOT()"];

sol! {
    function renounceOwnership() external;
}

/// A diamond without facets, owned by the dev account; `alice` deploys facets.
struct Stage {
    chain: Chain,
    diamond: Address,
    folder: tempfile::TempDir,
    node: Handle,
}

fn artifact(name: &str) -> PathBuf {
    Workspace::find().unwrap().path(&format!("tests/solidity/artifacts/{name}.json"))
}

fn load(name: &str) -> SolidityArtifact {
    serde_json::from_str(&std::fs::read_to_string(artifact(name)).unwrap()).unwrap()
}

/// The functions of a facet without those in [`SKIPPED`].
fn functions(name: &str) -> BTreeSet<Selector> {
    let abi = load(name).abi;
    let own = abi.functions().filter(|function| !SKIPPED.contains(&function.signature().as_str()));
    own.map(alloy::json_abi::Function::selector).collect()
}

impl Stage {
    async fn new() -> Self {
        let node = Devnode::start(&Config::ephemeral()).unwrap();
        let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
        let chain = Chain::connect(&node.url(), key, []).await.unwrap();
        let diamond = load("ComputeDiamond").bytecode;
        let diamond = deploy::evm(&chain, "ComputeDiamond", diamond).await.unwrap().address;
        let ether = U256::from(10_u64).pow(U256::from(18));
        chain.send(chain.main, names::address("alice").into(), Bytes::new(), ether).await.unwrap();
        Self { chain, diamond, folder: tempfile::tempdir().unwrap(), node }
    }

    /// With `MarketFacet` and `SessionFacet` cut in by the tool; returns where they stand.
    async fn with_facets() -> (Self, [Address; 2]) {
        let stage = Self::new().await;
        let mut facets = [Address::ZERO; 2];
        for (place, name) in facets.iter_mut().zip(["MarketFacet", "SessionFacet"]) {
            let said = stage.cut(name, &SKIPPED).json();
            *place = said["facet"].as_str().unwrap().parse().unwrap();
            stage.execute(&said["cut"]).await;
        }
        (stage, facets)
    }

    /// Runs the tool with the facet `name`, to be deployed by it.
    fn cut(&self, name: &str, words: &[&str]) -> Ended {
        self.run(name, &[&["--deploy-facet"], words].concat())
    }

    fn run(&self, name: &str, words: &[&str]) -> Ended {
        self.run_on(self.diamond, &artifact(name), words)
    }

    fn run_on(&self, diamond: Address, facet: &Path, words: &[&str]) -> Ended {
        let (url, diamond, folder) = (self.node.url(), diamond.to_string(), self.folder.path().to_str().unwrap());
        let out = self.out();
        let fixed = ["diamond-cut", "--facet", facet.to_str().unwrap(), "--diamond", &diamond];
        let place = ["--network", "local", "--rpc-url", &url, "--deployments", folder];
        let key = names::account_key("alice").to_bytes().to_string();
        run(&[&fixed, words, &place, &["--private-key", &key], &["--out", out.to_str().unwrap(), "--json"]].concat())
    }

    /// Where the tool is told to write.
    fn out(&self) -> PathBuf {
        self.folder.path().join("cut.json")
    }

    /// Executes the bundle that the tool said it wrote, from the account it is made for.
    async fn execute(&self, said: &Value) {
        let bundle = std::fs::read_to_string(said["file"].as_str().unwrap()).unwrap();
        let bundle: Value = serde_json::from_str(&bundle).unwrap();
        let from: Address = bundle["meta"]["createdFromSafeAddress"].as_str().unwrap().parse().unwrap();
        for transaction in bundle["transactions"].as_array().unwrap() {
            let to: Address = transaction["to"].as_str().unwrap().parse().unwrap();
            let data: Bytes = transaction["data"].as_str().unwrap().parse().unwrap();
            self.chain.must("a transaction of the bundle", from, to, data).await.unwrap();
        }
    }

    /// What stands where.
    async fn loupe(&self) -> BTreeMap<Address, BTreeSet<Selector>> {
        let facets = ask(&self.chain.provider, self.diamond, DiamondViews::facetsCall {}).await;
        facets.into_iter().map(|facet| (facet.facetAddress, facet.functionSelectors.into_iter().collect())).collect()
    }
}

fn signatures(functions: &Value) -> BTreeSet<&str> {
    functions.as_array().unwrap().iter().map(|function| function["signature"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_that_replace_nothing_are_added() {
    let (stage, [market, session]) = Stage::with_facets().await;

    let expected = [(market, functions("MarketFacet")), (session, functions("SessionFacet"))].into();
    assert_eq!(stage.loupe().await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_takes_over_every_function_and_the_rollback_gives_them_back() {
    let (stage, [market, session]) = Stage::with_facets().await;
    let before = stage.loupe().await;

    let said = stage.cut("SessionFacetWithHook", &[&SKIPPED[..], &["--replace-facet", &session.to_string()]].concat());
    let said = said.json();
    stage.execute(&said["cut"]).await;

    let hooked: Address = said["facet"].as_str().unwrap().parse().unwrap();
    let expected = [(market, functions("MarketFacet")), (hooked, functions("SessionFacetWithHook"))].into();
    assert_eq!(stage.loupe().await, expected);
    assert!(signatures(&said["gained"]).contains("setSessionRecorder(address)"));
    assert!(signatures(&said["moved"]).contains("closeSession(bytes,bytes)"));
    assert_eq!(said["lost"], Value::Array(Vec::new()));

    stage.execute(&said["rollback"]).await;
    assert_eq!(stage.loupe().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_function_is_lost_unless_each_is_named() {
    let (stage, [_, session]) = Stage::with_facets().await;
    let session = session.to_string();
    let left_out = [&SKIPPED[..], &["--skip", "getSession(bytes32)", "--replace-facet", &session]].concat();

    let why = stage.cut("SessionFacetWithHook", &left_out).failed(2);
    assert!(why.contains("getSession(bytes32) 0x39b240bd") && why.contains("--drop"), "{why}");
    assert!(!why.contains("closeSession"), "{why}");

    let said = stage.cut("SessionFacetWithHook", &[&left_out[..], &["--drop", "0x39b240bd"]].concat()).json();
    assert_eq!(signatures(&said["lost"]), ["getSession(bytes32)"].into());
    let before = stage.loupe().await;
    stage.execute(&said["cut"]).await;
    let get_session: Selector = "0x39b240bd".parse().unwrap();
    assert!(stage.loupe().await.values().all(|functions| !functions.contains(&get_session)));

    stage.execute(&said["rollback"]).await;
    assert_eq!(stage.loupe().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_of_a_facet_that_stays_is_not_taken() {
    let (stage, [_, session]) = Stage::with_facets().await;

    let why = stage.cut("SessionFacetWithHook", &SKIPPED).failed(2);

    assert!(why.contains(&format!("closeSession(bytes,bytes) 0x42f77a31 at {session}")), "{why}");
    assert!(why.contains("--replace-facet"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_diamond_answers_itself_is_not_cut_in() {
    let stage = Stage::new().await;

    let why = stage.cut("SessionFacet", &[]).failed(2);
    assert!(why.contains("owner() 0x8da5cb5b") && why.contains("DIAMOND_OWNABLE_STORAGE_SLOT()"), "{why}");
    assert!(!why.contains("getSession"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interface_names_the_functions_to_cut_in() {
    let stage = Stage::new().await;
    let interface = stage.folder.path().join("interface.json");
    let get_bid = load("MarketFacet").abi.function("getBid").unwrap()[0].clone();
    std::fs::write(&interface, serde_json::to_string(std::slice::from_ref(&get_bid)).unwrap()).unwrap();

    let said = stage.cut("MarketFacet", &["--interface", interface.to_str().unwrap()]).json();
    stage.execute(&said["cut"]).await;

    let standing: Vec<_> = stage.loupe().await.into_values().collect();
    assert_eq!(standing, [BTreeSet::from([get_bid.selector()])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_facet_is_deployed_once_however_often_the_tool_runs() {
    let stage = Stage::new().await;

    let first = stage.cut("MarketFacet", &SKIPPED).json();
    let second = stage.cut("MarketFacet", &SKIPPED).json();

    assert!(first["facet_deployment"]["transaction"].is_string(), "{first}");
    assert_eq!(second["facet_deployment"], Value::Null);
    assert_eq!((&first["facet"], &first["data"]), (&second["facet"], &second["data"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_facet_that_stands_there_already_has_nothing_to_do() {
    let (stage, [market, _]) = Stage::with_facets().await;

    let market = market.to_string();
    let words = [&SKIPPED[..], &["--facet-address", &market]].concat();
    std::fs::remove_file(stage.out()).unwrap();
    let said = stage.run("MarketFacet", &words).json();
    assert_eq!((&said["sent"], &said["data"], &said["cut"]), (&false.into(), &Value::Null, &Value::Null));
    assert!(!stage.out().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owners_key_executes_the_cut_and_the_same_command_then_has_nothing_to_do() {
    let (stage, [market, session]) = Stage::with_facets().await;
    let session = session.to_string();
    let dev = DEV_PRIVATE_KEY.to_string();
    let words = [&SKIPPED[..], &["--replace-facet", &session, "--deploy-facet", "--send"]].concat();
    let as_owner = |words: &[&str]| {
        let (url, diamond, folder) =
            (stage.node.url(), stage.diamond.to_string(), stage.folder.path().to_str().unwrap());
        let (facet, out) = (artifact("SessionFacetWithHook"), stage.out());
        let fixed = ["diamond-cut", "--facet", facet.to_str().unwrap(), "--diamond", &diamond, "--rpc-url", &url];
        let place = ["--deployments", folder, "--network", "local", "--private-key", &dev];
        run(&[&fixed[..], words, &place, &["--out", out.to_str().unwrap()]].concat())
    };

    let other_key = stage.run("SessionFacetWithHook", &words).failed(2);
    let dry: Value = as_owner(&[&words[..], &["--dry-run", "--json"]].concat()).json();
    let untouched = stage.loupe().await;
    let said = as_owner(&[&words[..], &["--json"]].concat()).json();
    let cut = stage.loupe().await;
    let again = as_owner(&words).ok();
    let unsent = as_owner(&[&SKIPPED[..], &["--replace-facet", &session, "--deploy-facet"]].concat()).ok();

    assert!(other_key.contains("only") && other_key.contains("can cut it"), "{other_key}");
    assert!(dry["sent"] == false && dry["cut_transaction"]["transaction"].is_null(), "{dry}");
    assert_eq!(
        untouched,
        [(market, functions("MarketFacet")), (session.parse().unwrap(), functions("SessionFacet"))].into()
    );
    assert!(said["sent"] == true && said["cut_transaction"]["transaction"].is_string(), "{said}");
    let hooked: Address = said["facet"].as_str().unwrap().parse().unwrap();
    assert_eq!(cut, [(market, functions("MarketFacet")), (hooked, functions("SessionFacetWithHook"))].into());
    assert!(again.contains("nothing to do") && unsent.contains("nothing to do"), "{again}{unsent}");
    // The tool has sent for the same account, whose nonce the old connection remembers.
    let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
    let chain = Chain::connect(&stage.node.url(), key, []).await.unwrap();
    let stage = Stage { chain, ..stage };
    stage.execute(&said["rollback"]).await;
    assert_eq!(stage.loupe().await, untouched);
}

#[test]
fn a_cut_of_a_public_diamond_is_never_sent() {
    let node = Devnode::start(&Config { chain_id: 421_614, ..Config::ephemeral() }).unwrap();
    let facet = artifact("MarketFacet");
    let words = ["diamond-cut", "--facet", facet.to_str().unwrap(), "--deploy-facet", "--send", "--dry-run"];

    let why = run(&[&words[..], &["--network", "arbitrum-sepolia", "--rpc-url", &node.url()]].concat()).failed(2);

    assert!(why.contains("--send executes a cut on local chains only"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_facet_and_what_says_no_place_is_refused_in_words() {
    let stage = Stage::new().await;
    let readme = Workspace::find().unwrap().path("README.md");

    let no_place = stage.run("MarketFacet", &SKIPPED).failed(2);
    let no_facet = stage.run_on(stage.diamond, &readme, &["--deploy-facet"]).failed(2);
    let unsent = stage.run("MarketFacet", &["--facet-address", "0x0000000000000000000000000000000000000009"]);

    assert!(no_place.contains("--facet-address") && no_place.contains("--deploy-facet"), "{no_place}");
    let readme = readme.display();
    assert!(no_facet.contains(&format!("{readme}: no compiled contract: an artifact of Hardhat")), "{no_facet}");
    assert!(!no_facet.contains("line 1"), "{no_facet}");
    assert!(unsent.failed(2).contains("no contract at"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_the_facets_code_is_refused() {
    let (stage, [_, session]) = Stage::with_facets().await;
    let at = |address: Address| {
        stage.run("MarketFacet", &[&SKIPPED[..], &["--facet-address", &address.to_string()]].concat()).failed(2)
    };

    assert!(at(Address::with_last_byte(9)).contains("no contract"));
    assert!(at(session).contains("another contract"));
    assert!(at(stage.diamond).contains("another contract"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_diamond_is_refused_by_name() {
    let (stage, [market, _]) = Stage::with_facets().await;
    let words = [&SKIPPED[..], &["--deploy-facet"]].concat();

    let nobody = stage.run_on(Address::with_last_byte(9), &artifact("SessionFacet"), &words).failed(2);
    assert!(nobody.contains("no contract"), "{nobody}");
    let facet = stage.run_on(market, &artifact("SessionFacet"), &words).failed(2);
    assert!(facet.contains("does not answer facets()"), "{facet}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diamond_that_nobody_owns_cannot_be_cut() {
    let stage = Stage::new().await;
    let renounce = alloy::sol_types::SolCall::abi_encode(&renounceOwnershipCall {});
    stage.chain.must("renouncing", stage.chain.main, stage.diamond, renounce).await.unwrap();

    assert!(stage.cut("MarketFacet", &SKIPPED).failed(2).contains("nobody owns"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_deploys_and_writes_nothing() {
    let stage = Stage::new().await;

    let said = stage.cut("MarketFacet", &[&SKIPPED[..], &["--dry-run"]].concat()).json();

    let facet: Address = said["facet"].as_str().unwrap().parse().unwrap();
    assert!(stage.chain.provider.get_code_at(facet).await.unwrap().is_empty());
    assert!(said["facet_deployment"]["would_use_gas"].as_u64().unwrap() > 0 && said["cut"].is_null(), "{said}");
    assert!(!stage.out().exists());
}
