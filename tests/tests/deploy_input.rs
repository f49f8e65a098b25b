//! `cargo mrc53 deploy` on input that cannot work: named, with exit code 2, before anything is sent or written.

use alloy::primitives::utils::parse_ether;
use alloy::primitives::{Address, Bytes, U256, address, bytes};
use alloy::signers::local::PrivateKeySigner;
use mrc53_abi::arbitrum::STYLUS_DEPLOYER;
use mrc53_abi::doubles::artifacts;
use mrc53_console::failure::exit_code;
use mrc53_deploy::goal::Wishes;
use mrc53_devnode::config::{Config, DEV_ACCOUNT};
use mrc53_node::keys::Signer;
use mrc53_suite::contract::Contract;

use crate::deploy_support::Ground;

/// A token of 6 decimals: its code answers every call with 6. PUSH1 6, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
const SIX_DECIMALS: Bytes = bytes!("60065f5260205ff3");
/// Where tests put what they make up.
const SOMEWHERE: Address = address!("00000000000000000000000000000000000000A1");

/// The ground with a real token and Diamond as inputs of its network.
async fn settled() -> (Ground, Address, Address) {
    let mut ground = Ground::new();
    let [token, diamond] = artifacts().unwrap();
    let (token, diamond) = (ground.put(token).await, ground.put(diamond).await);
    set_inputs(&mut ground, token, diamond);
    (ground, token, diamond)
}

fn set_inputs(ground: &mut Ground, token: Address, diamond: Address) {
    ground.set_network(&format!("[inputs]\ntoken = \"{token}\"\ndiamond = \"{diamond}\""));
}

/// What is said of `wishes`; nothing has been sent or written for them.
async fn refused(ground: &Ground, wishes: &Wishes) -> String {
    let sent = ground.sent().await;
    let error = ground.deploy(wishes).await.unwrap_err();
    assert_eq!(exit_code(&error), 2, "{error:#}");
    assert_eq!(ground.sent().await, sent);
    assert_eq!(std::fs::read_dir(ground.folder.path()).unwrap().count(), 0);
    format!("{error:#}")
}

#[tokio::test]
async fn named_inputs_are_used_and_nothing_stands_in_for_them() {
    let (ground, token, diamond) = settled().await;

    let done = ground.deploy(&Wishes::default()).await.unwrap();

    assert_eq!(done.deployed(), ["stake-alignment", "session-recorder", "reward-calculator", "reward-distributor"]);
    let inputs = ground.book().inputs;
    assert_eq!([inputs.token.unwrap().address, inputs.diamond.unwrap().address], [token, diamond]);
}

#[test]
fn another_chain_than_the_networks_is_refused_with_both_ids() {
    let ground = Ground::of("local", &Config { chain_id: 7, ..Config::ephemeral() });

    let errors = ground.tool(&[]).failed(2);

    assert!(errors.contains("wrong chain") && errors.contains("chain 7") && errors.contains("412346"), "{errors}");
}

#[test]
fn a_key_that_is_none_is_refused_and_not_repeated() {
    let ground = Ground::new();

    let errors = ground.tool_with(&[("MRC53_PRIVATE_KEY", "0xsecret")], &[]).failed(2);

    assert!(errors.contains("MRC53_PRIVATE_KEY") && !errors.contains("secret"), "{errors}");
}

#[tokio::test]
async fn too_little_ether_is_refused_with_what_is_missing() {
    let ground = Ground::new();
    let key = PrivateKeySigner::random();
    let wishes = Wishes::default();
    let signer = Signer::Key(key.clone());
    let mut connection = ground.connect(None, &signer).await.unwrap();
    let prepared = mrc53_deploy::prepare(&mut connection, crate::suite_support::programs(), key.address(), &wishes);
    let need = prepared.await.unwrap().plan.need_wei;
    ground.put_ether(key.address(), need / U256::from(2)).await;

    let error = ground.deploy_as(&signer, None, &wishes).await.unwrap_err();

    assert_eq!(exit_code(&error), 1);
    let words = error.to_string();
    let (_, missing) = words.rsplit_once(": ").unwrap();
    let missing = parse_ether(missing.strip_suffix(" more").unwrap()).unwrap();
    assert_eq!(missing, need - need / U256::from(2), "{words}");
    assert!(std::fs::read_dir(ground.folder.path()).unwrap().next().is_none());
}

#[tokio::test]
async fn a_token_without_code_is_refused() {
    let (mut ground, _, diamond) = settled().await;
    set_inputs(&mut ground, SOMEWHERE, diamond);

    let words = refused(&ground, &Wishes::default()).await;

    assert!(words.contains(&format!("token {SOMEWHERE} has no code")), "{words}");
}

#[tokio::test]
async fn a_token_of_six_decimals_is_refused() {
    let (mut ground, _, diamond) = settled().await;
    ground.put_code(SOMEWHERE, SIX_DECIMALS).await;
    set_inputs(&mut ground, SOMEWHERE, diamond);

    let words = refused(&ground, &Wishes::default()).await;

    assert!(words.contains("has 6 decimals"), "{words}");
}

#[tokio::test]
async fn a_token_that_does_not_say_its_decimals_is_refused() {
    let (mut ground, _, diamond) = settled().await;
    set_inputs(&mut ground, diamond, diamond);

    let words = refused(&ground, &Wishes::default()).await;

    assert!(words.contains("does not answer decimals()"), "{words}");
}

#[tokio::test]
async fn a_diamond_without_code_is_refused() {
    let (mut ground, token, _) = settled().await;
    set_inputs(&mut ground, token, SOMEWHERE);

    let words = refused(&ground, &Wishes::default()).await;

    assert!(words.contains(&format!("Diamond {SOMEWHERE} has no code")), "{words}");
}

#[tokio::test]
async fn a_diamond_without_the_two_views_is_refused() {
    let (mut ground, token, _) = settled().await;
    set_inputs(&mut ground, token, token);

    let words = refused(&ground, &Wishes::default()).await;

    assert!(words.contains("does not answer getSession(bytes32)"), "{words}");
}

#[tokio::test]
async fn a_diamond_that_answers_a_session_of_another_length_is_refused() {
    let (mut ground, token, _) = settled().await;
    ground.put_code(SOMEWHERE, SIX_DECIMALS).await;
    set_inputs(&mut ground, token, SOMEWHERE);

    let words = refused(&ground, &Wishes::default()).await;

    assert!(words.contains("with 32 bytes, not 416"), "{words}");
}

#[tokio::test]
async fn the_diamonds_own_funding_account_is_no_compute_pool() {
    let (mut ground, token, harness) = settled().await;
    let payer = address!("00000000000000000000000000000000000000F1");
    ground.put_code(SOMEWHERE, with_funding_account(harness, payer)).await;
    set_inputs(&mut ground, token, SOMEWHERE);

    let words = refused(&ground, &Wishes { compute_pool: Some(payer), ..Wishes::default() }).await;

    assert!(words.contains("funding account"), "{words}");
}

/// A Diamond whose calls the code at `facet` answers, but for `getFundingAccount()`, which is `payer`.
fn with_funding_account(facet: Address, payer: Address) -> Bytes {
    let code: Vec<&[u8]> = vec![
        // If the selector is getFundingAccount(), on to the answer.
        &[0x5f, 0x35, 0x60, 0xe0, 0x1c, 0x63, 0x77, 0x5c, 0x37, 0x27, 0x14, 0x60, 0x35, 0x57],
        // The call as it came, by delegatecall.
        &[0x36, 0x5f, 0x5f, 0x37, 0x5f, 0x5f, 0x36, 0x5f, 0x73],
        facet.as_slice(),
        &[0x5a, 0xf4, 0x50, 0x3d, 0x5f, 0x5f, 0x3e, 0x3d, 0x5f, 0xf3],
        // The answer.
        &[0x5b, 0x73],
        payer.as_slice(),
        &[0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3],
    ];
    code.concat().into()
}

#[tokio::test]
async fn neither_the_diamond_nor_the_token_is_a_compute_pool() {
    let (ground, token, diamond) = settled().await;

    for pool in [token, diamond, Address::ZERO] {
        let words = refused(&ground, &Wishes { compute_pool: Some(pool), ..Wishes::default() }).await;

        assert!(words.contains("the compute pool"), "{words}");
    }
}

#[tokio::test]
async fn a_contract_of_this_suite_or_another_is_no_compute_pool_wherever_it_is_named() {
    let (mut ground, token, diamond) = settled().await;
    // One that still has to be deployed, and one that stands in another book.
    let planned = ground.plan(&Wishes::default()).await.unwrap().plan.steps[0].address;
    let other = std::mem::replace(&mut ground.folder, tempfile::tempdir().unwrap());
    ground.deploy(&Wishes { salt: Some("other".into()), ..Wishes::default() }).await.unwrap();
    let foreign = ground.book();
    ground.folder = other;
    let foreign = foreign.contracts.iter().map(|it| (it.address, format!("the {} of another suite", it.contract)));
    let own = (planned, "the suite's own stake-alignment".to_owned());

    for (pool, name) in foreign.chain([own, (STYLUS_DEPLOYER, "the StylusDeployer".to_owned())]) {
        let flag = refused(&ground, &Wishes { compute_pool: Some(pool), ..Wishes::default() }).await;
        ground
            .set_network(&format!("[inputs]\ntoken = \"{token}\"\ndiamond = \"{diamond}\"\ncompute_pool = \"{pool}\""));
        let file = refused(&ground, &Wishes::default()).await;
        set_inputs(&mut ground, token, diamond);

        for (words, source) in [(flag, "--compute-pool"), (file, "network profile here")] {
            let said = format!("the compute pool {pool} ({source}) is {name}, which can approve nobody");
            assert!(words.contains(&said), "{words}");
        }
    }
}

#[tokio::test]
async fn what_can_own_nothing_is_no_owner() {
    let (ground, token, diamond) = settled().await;

    for (owner, name) in [(Address::ZERO, "the zero address"), (token, "the token"), (diamond, "the Diamond")] {
        let words = refused(&ground, &Wishes { owner: Some(owner), ..Wishes::default() }).await;

        assert!(words.contains(&format!("the owner {owner} (--owner) is {name}, which can own nothing")), "{words}");
    }
}

#[tokio::test]
async fn what_a_constructor_refuses_is_said_with_what_it_would_take() {
    for (setting, words) in [
        (
            "lock_seconds = 86399",
            "stake-alignment cannot be constructed: a lock of 86399 s is shorter than 86400 s, a day",
        ),
        (
            "lock_seconds = 31536001",
            "stake-alignment cannot be constructed: a lock of 31536001 s is longer than 31536000 s, a year",
        ),
        (
            "min_subnet_stake_wei = \"154742504910672534362390528\"",
            "stake-alignment cannot be constructed: a minimum stake of 154742504.910672534362390528 MOR is more than the \
             154742504.910672534362390527 MOR that can be staked at all",
        ),
        ("grace_days = 91", "session-recorder cannot be constructed: a grace of 91 days is longer than 90"),
    ] {
        let mut ground = Ground::new();
        ground.set_network(&format!("[settings]\n{setting}"));

        assert_eq!(refused(&ground, &Wishes::default()).await, words);
    }
}

#[tokio::test]
async fn a_chain_without_the_deployer_is_refused_before_value_is_lost_to_it() {
    let ground = Ground::new();
    ground.put_code(STYLUS_DEPLOYER, Bytes::new()).await;

    let words = refused(&ground, &Wishes::default()).await;

    assert!(words.contains("no StylusDeployer"), "{words}");
}

#[tokio::test]
async fn book_and_profile_that_name_different_tokens_are_refused_with_both() {
    let (mut ground, token, diamond) = settled().await;
    ground.deploy(&Wishes::default()).await.unwrap();
    set_inputs(&mut ground, SOMEWHERE, diamond);

    let error = ground.deploy(&Wishes::default()).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    let words = error.to_string();
    assert!(words.contains(&token.to_string()) && words.contains(&SOMEWHERE.to_string()), "{words}");
}

#[tokio::test]
async fn a_contract_of_the_book_that_is_not_on_the_chain_is_named() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let alignment = ground.book().address(Contract::StakeAlignment).unwrap();
    ground.put_code(alignment, Bytes::new()).await;
    let mut book = ground.book();
    book.contracts.iter_mut().filter(|it| it.is(Contract::StakeAlignment)).for_each(|it| it.address = SOMEWHERE);
    book.save(ground.folder.path()).unwrap();

    let error = ground.deploy(&Wishes::default()).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    assert!(error.to_string().contains(&SOMEWHERE.to_string()), "{error}");
}

#[test]
fn a_key_on_the_command_line_is_refused_for_a_public_network() {
    let ground = Ground::of("arbitrum-sepolia", &Config { chain_id: 421_614, ..Config::ephemeral() });

    let errors = ground.tool(&["--private-key", &format!("{:064x}", 1)]).failed(2);

    assert!(errors.contains("--keystore"), "{errors}");
}

#[test]
fn a_public_network_is_never_given_stand_ins() {
    let ground = Ground::of("arbitrum-sepolia", &Config { chain_id: 421_614, ..Config::ephemeral() });

    let errors = ground.tool(&["--unsigned-from", &DEV_ACCOUNT.to_string()]).failed(2);

    assert!(errors.contains("has no code on arbitrum-sepolia"), "{errors}");
}
