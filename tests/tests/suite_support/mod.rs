//! The whole suite on a devnode of its own, its book in a folder of its own, and the tool run against them as a user
//! runs it in a shell.

mod said;

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use alloy::primitives::{Address, B256, U256, keccak256};
use alloy::providers::Provider;
use alloy::signers::local::PrivateKeySigner;
use alloy::sol_types::SolCall;
use mrc53_abi::doubles;
use mrc53_abi::{DiamondHarness, MorToken, StakeAlignment};
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use mrc53_devnode::chain::addresses::ARBOS_STATE;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{ChainHandle, Devnode, Handle};
use mrc53_node::book::{self, Book, Input, Record};
use mrc53_node::profile::Network;
use mrc53_stage::chain::Chain;
use mrc53_stage::scenario::names;
use mrc53_stage::suite::{Construction, Sessions, Suite};
use mrc53_stage::{deploy, travel};
use mrc53_suite::contract::Contract;
use mrc53_suite::terms::Weight;
use mrc53_wasm::{Artifact, Source};
use serde_json::Value;

/// 2025-02-21 00:00:00 UTC, and its day.
pub(crate) const MIDNIGHT: u64 = 1_740_096_000;
pub(crate) const TODAY: u32 = 20_140;
pub(crate) const HOUR: u64 = 3_600;
pub(crate) const DAY: u64 = 86_400;
/// One MOR in wei.
pub(crate) const MOR: u128 = 1_000_000_000_000_000_000;

/// The suite with the protocol's settings, deployed on [`MIDNIGHT`], owned and paid for by the dev account, its first
/// day [`TODAY`]; the Compute pool is [`names::pool_key`].
pub(crate) struct Stand {
    pub(crate) chain: Chain,
    pub(crate) token: Address,
    pub(crate) diamond: Address,
    pub(crate) suite: Suite,
    pub(crate) folder: tempfile::TempDir,
    node: Handle,
}

/// How a run of the tool ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) output: String,
    /// Standard error.
    pub(crate) errors: String,
}

impl Ended {
    /// Standard output of a run that must have succeeded.
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}\n{}", self.output, self.errors);
        self.output
    }

    /// Standard output of a run that must have succeeded, as JSON.
    pub(crate) fn json(self) -> Value {
        let output = self.ok();
        let said = serde_json::from_str(&output).unwrap_or_else(|error| panic!("{error}: {output}"));
        require_snake_case(&said);
        said
    }

    /// Standard error of a run that must have ended with exit code `code`.
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}\n{}", self.output, self.errors);
        self.errors
    }
}

/// Holds every key of `said`, however deep, to the style of the tool's JSON; a key with a slash is data, a staker of a
/// subnet by their names.
pub(crate) fn require_snake_case(said: &Value) {
    match said {
        Value::Object(fields) => {
            for (key, value) in fields {
                let is_snake = key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_/".contains(c));
                assert!(is_snake, "`{key}` is not in snake_case: {said}");
                require_snake_case(value);
            }
        }
        Value::Array(values) => values.iter().for_each(require_snake_case),
        _ => {}
    }
}

/// The contracts, built once for all tests of a file.
pub(crate) fn programs() -> &'static [Artifact] {
    static PROGRAMS: OnceLock<Vec<Artifact>> = OnceLock::new();
    let source = Source::from_environment().unwrap();
    PROGRAMS.get_or_init(|| mrc53_wasm::build(&Workspace::find().unwrap(), source, &Contract::ALL).unwrap())
}

/// The tool's binary, built from this clone.
pub(crate) fn tool() -> &'static PathBuf {
    static TOOL: OnceLock<PathBuf> = OnceLock::new();
    TOOL.get_or_init(|| {
        let root = Workspace::find().unwrap().root().to_owned();
        let words = ["build", "--quiet", "--locked", "--manifest-path=scripts/Cargo.toml", "--package=mrc53"];
        assert!(Command::new("cargo").args(words).current_dir(root).status().unwrap().success());
        // A test's binary lies in `deps`, beside which cargo puts what it is asked for.
        let beside = std::env::current_exe().unwrap();
        beside.ancestors().nth(2).unwrap().join("mrc53")
    })
}

/// Runs the tool with `words`; no key, node or folder comes from the environment.
pub(crate) fn run(words: &[&str]) -> Ended {
    run_with(&[], words)
}

/// The same with `variables` in the environment.
pub(crate) fn run_with(variables: &[(&str, &str)], words: &[&str]) -> Ended {
    let inherited = [
        "MRC53_PRIVATE_KEY",
        "MRC53_NETWORK",
        "MRC53_RPC_URL",
        "MRC53_BASE_RPC_URL",
        "MRC53_ETHEREUM_RPC_URL",
        "MRC53_DEPLOYMENTS",
    ];
    let mut command = Command::new(tool());
    for name in inherited {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).args(words).output().unwrap();
    let ended = Ended {
        code: output.status.code().unwrap(),
        output: String::from_utf8(output.stdout).unwrap(),
        errors: String::from_utf8(output.stderr).unwrap(),
    };
    if words.contains(&"--json") {
        said::hold(words, &ended.output);
    }
    ended
}

/// What a book has of a contract that it did not see deployed, on the chain with this id where it is another than its own.
pub(crate) fn record(contract: &str, chain_id: Option<u64>, address: Address, code_hash: B256) -> Record {
    Record {
        contract: contract.into(),
        chain_id,
        address,
        wasm_hash: None,
        code_hash,
        abi_hash: None,
        constructor: Vec::new(),
        commit: None,
        transaction: None,
        block: None,
        toolchain: None,
    }
}

impl Stand {
    /// With the Diamond harness as the session source.
    pub(crate) async fn new() -> Self {
        Self::around(async |chain| {
            let [_, harness] = doubles::artifacts().unwrap();
            deploy::evm(chain, "DiamondHarness", harness.bytecode).await.unwrap().address
        })
        .await
    }

    /// With the session source that `diamond` deploys.
    pub(crate) async fn around(diamond: impl AsyncFnOnce(&Chain) -> Address) -> Self {
        let config = Config { genesis_timestamp: Some(MIDNIGHT), ..Config::ephemeral() };
        let node = Devnode::start(&config).unwrap();
        let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
        let others =
            [names::pool_key()].into_iter().chain(["atlas", "borealis", "alice", "bob"].map(names::account_key));
        let chain = Chain::connect(&node.url(), key, others).await.unwrap();

        let [token, _] = doubles::artifacts().unwrap();
        let token = deploy::evm(&chain, "MorToken", token.bytecode).await.unwrap().address;
        let diamond = diamond(&chain).await;
        let settings = book::Settings {
            grace_days: 3,
            lock_seconds: 7 * DAY,
            min_subnet_stake_wei: U256::from(10_000 * MOR),
            weight: Weight::Seconds,
            first_day: TODAY,
            window_days: None,
        };
        let made = Construction {
            token,
            sessions: Sessions::Here(diamond),
            pool: names::pool_key().address(),
            owner: chain.main,
            settings,
        };
        let progress = Progress::start("deploying");
        let (suite, _) = Suite::deploy(&chain, programs(), &made, None, &progress).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let stand = Self { chain, token, diamond, suite, folder, node };
        stand.write_book(&made).await;
        stand
    }

    /// Writes down where the suite stands, as `deploy` does.
    async fn write_book(&self, made: &Construction) {
        let mut book = Book::new(&Network::find("local").unwrap());
        let input = |address| Some(Input { address, source: "test".into(), verified: true });
        book.inputs = book::Inputs {
            token: input(self.token),
            diamond: input(self.diamond),
            compute_pool: input(made.pool),
            owner: input(made.owner),
            ..book::Inputs::default()
        };
        book.settings = Some(made.settings);
        let suite = &self.suite;
        for (contract, address) in [
            ("stake-alignment", suite.alignment),
            ("session-recorder", suite.recorder),
            ("reward-calculator", suite.calculator),
            ("reward-distributor", suite.distributor),
        ] {
            let code = self.chain.provider.get_code_at(address).await.unwrap();
            book.contracts.push(record(contract, None, address, keccak256(code)));
        }
        book.save(self.folder.path()).unwrap();
    }

    /// The node's address.
    pub(crate) fn url(&self) -> String {
        self.node.url()
    }

    /// The chain itself, without a server between.
    pub(crate) const fn node(&self) -> &ChainHandle {
        self.node.chain()
    }

    /// Runs the tool's verb `words[0]` against this node and book.
    pub(crate) fn tool(&self, words: &[&str]) -> Ended {
        let (url, folder) = (self.url(), self.folder.path().to_str().unwrap().to_owned());
        run(&[words, &["--network", "local", "--rpc-url", &url, "--deployments", &folder]].concat())
    }

    /// Lets the next block have the timestamp `at`.
    pub(crate) async fn at(&self, at: u64) {
        travel::set_next(&self.chain, at).await.unwrap();
    }

    /// Lets the chain stand at `at`: mines an empty block then.
    pub(crate) async fn travel(&self, at: u64) {
        self.at(at).await;
        let _: Value = self.chain.provider.raw_request("evm_mine".into(), ()).await.unwrap();
    }

    /// Sends a call that must succeed from `from`.
    pub(crate) async fn call(&self, from: Address, to: Address, call: impl SolCall) {
        self.chain.must("a step of the test", from, to, call.abi_encode()).await.unwrap();
    }

    /// Deploys a contract of this runtime code, at most 255 bytes.
    pub(crate) async fn contract(&self, runtime: &[u8]) -> Address {
        // PUSH1 length, DUP1, PUSH1 9, PUSH0, CODECOPY, PUSH0, RETURN: nine bytes, then the code.
        let header = [0x60, u8::try_from(runtime.len()).unwrap(), 0x80, 0x60, 9, 0x5f, 0x39, 0x5f, 0xf3];
        let initcode = [&header[..], runtime].concat().into();
        deploy::evm(&self.chain, "a contract of the test", initcode).await.unwrap().address
    }

    /// Marks the program with this code as activated for Stylus version 1, as an upgrade of the chain to version 2
    /// leaves it: the first two bytes of its row.
    pub(crate) async fn outdate(&self, code_hash: B256) {
        let row = U256::from_be_bytes(keccak256([b"programs".as_slice(), code_hash.as_slice()].concat()).0);
        let provider = &self.chain.provider;
        let mut word = provider.get_storage_at(ARBOS_STATE, row).await.unwrap().to_be_bytes::<32>();
        assert_eq!(word[..2], [0, 2]);
        word[..2].copy_from_slice(&[0, 1]);
        let set = (ARBOS_STATE, row, B256::from(word));
        let _: Value = provider.raw_request("anvil_setStorageAt".into(), set).await.unwrap();
    }

    /// Gives the account called `name` ether.
    pub(crate) async fn fund(&self, name: &str) -> Address {
        let address = names::address(name);
        let ether = U256::from(10_u64).pow(U256::from(18));
        self.chain.send(self.chain.main, address.into(), [].into(), ether).await.unwrap();
        address
    }

    /// Registers the subnet called `name`, itself its receiver, with a fee of 0, and stakes `mor` MOR toward it from
    /// `staker`.
    pub(crate) async fn subnet(&self, name: &str, staker: &str, mor: u128) -> Address {
        let (subnet, staker) = (self.fund(name).await, self.fund(staker).await);
        let register = StakeAlignment::registerSubnetCall { subnet, receiver: subnet, fee: U256::ZERO };
        self.call(subnet, self.suite.alignment, register).await;
        let amount = U256::from(mor) * U256::from(MOR);
        self.call(self.chain.main, self.token, MorToken::mintCall { to: staker, value: amount }).await;
        let approve = MorToken::approveCall { spender: self.suite.alignment, value: U256::MAX };
        self.call(staker, self.token, approve).await;
        self.call(staker, self.suite.alignment, StakeAlignment::stakeCall { subnet, amount }).await;
        subnet
    }

    /// Registers `number` subnets without stake, as anybody can.
    pub(crate) async fn register_many(&self, number: u64) -> Vec<Address> {
        let provider = &self.chain.provider;
        let _: Value = provider.raw_request("anvil_autoImpersonateAccount".into(), [true]).await.unwrap();
        let subnets: Vec<Address> =
            (1..=number).map(|it| Address::left_padding_from(&(it << 32).to_be_bytes())).collect();
        for subnet in &subnets {
            let ether = U256::from(10_u64).pow(U256::from(18));
            let _: Value = provider.raw_request("anvil_setBalance".into(), (subnet, ether)).await.unwrap();
            let register = StakeAlignment::registerSubnetCall { subnet: *subnet, receiver: *subnet, fee: U256::ZERO };
            let data = alloy::primitives::Bytes::from(register.abi_encode());
            let call = serde_json::json!({"from": subnet, "to": self.suite.alignment, "data": data});
            let _: B256 = provider.raw_request("eth_sendTransaction".into(), [call]).await.unwrap();
        }
        subnets
    }

    /// Opens the session called `name` on `subnet` until `ends_at`.
    pub(crate) async fn open(&self, name: &str, subnet: Address, ends_at: u64) -> B256 {
        let session_id = names::session_id(name);
        let open =
            DiamondHarness::openSessionCall { sessionId: session_id, provider: subnet, endsAt: u128::from(ends_at) };
        self.call(self.chain.main, self.diamond, open).await;
        session_id
    }

    /// Mints `mor` MOR to the Compute pool and lets the distributor take it.
    pub(crate) async fn fill_pool(&self, mor: u128) {
        let pool = names::pool_key().address();
        let ether = U256::from(10_u64).pow(U256::from(18));
        self.chain.send(self.chain.main, pool.into(), [].into(), ether).await.unwrap();
        let value = U256::from(mor) * U256::from(MOR);
        self.call(self.chain.main, self.token, MorToken::mintCall { to: pool, value }).await;
        self.call(pool, self.token, MorToken::approveCall { spender: self.suite.distributor, value }).await;
    }
}
