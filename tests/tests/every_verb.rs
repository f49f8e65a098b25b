//! What stands in the way of all verbs alike: another chain than the book's, no node, programs that have expired. Each is
//! said in one sentence by every verb, and none ends with exit code 0.

use alloy::primitives::Address;
use mrc53_devnode::config::Config;
use mrc53_devnode::node::Devnode;
use mrc53_stage::scenario::names;

use crate::keeper_support::{FINAL, settled, stand};
use crate::suite_support::{DAY, Ended, MIDNIGHT, Stand, run};

/// A line of words for every verb that meets a chain, in each of the ways in which it asks it.
fn verbs() -> Vec<Vec<String>> {
    let (atlas, session) = (names::address("atlas").to_string(), names::session_id("s").to_string());
    let facet = concat!(env!("CARGO_MANIFEST_DIR"), "/solidity/artifacts/DiamondHarness.json");
    let account = Address::with_last_byte(7).to_string();
    let (atlas, session, account) = (atlas.as_str(), session.as_str(), account.as_str());
    let lines = [
        vec!["status"],
        vec!["status", "--check"],
        vec!["status", "--subnet", atlas],
        vec!["settle"],
        vec!["settle", "--subnet", atlas, "--dry-run"],
        vec!["claim"],
        vec!["claim", "--subnet", atlas, "--staker", atlas],
        vec!["record", "--all-open"],
        vec!["record", "--session", session],
        vec!["register", "--subnet", atlas, "--receiver", account, "--fee", "20%", "--dry-run"],
        vec!["set-fee", "--subnet", atlas, "--fee", "5%"],
        vec!["set-receiver", "--subnet", atlas, "--receiver", account],
        vec!["stake", "--subnet", atlas, "--mor", "5"],
        vec!["withdraw", "--subnet", atlas, "--all", "--dry-run"],
        vec!["keepalive"],
        vec!["keepalive", "--dry-run"],
        vec!["cache"],
        vec!["safe", "transfer-ownership", "--to", account],
        vec!["safe", "accept-ownership"],
        vec!["safe", "set-recorder"],
        vec!["safe", "set-distributors", "--off"],
        vec!["safe", "execute", "pause.json"],
        vec!["safe", "schedule-calculator", "--calculator", account, "--from-day", "2026-11-12"],
        vec!["safe", "pause", "claiming"],
        vec!["safe", "unpause", "staking", "--dry-run"],
        vec!["safe", "void-days", "--from", "2026-11-12", "--to", "2026-11-13"],
        vec!["safe", "set-pool", "--pool", account],
        vec!["safe", "min-stake", "--mor", "5"],
        vec!["diamond-cut", "--facet", facet, "--facet-address", account],
        vec!["register", "--subnet", atlas, "--receiver", account, "--fee", "20%"],
        vec!["set-fee", "--subnet", atlas, "--fee", "10%", "--dry-run"],
        vec!["set-receiver", "--subnet", atlas, "--receiver", account],
        vec!["stake", "--subnet", atlas, "--mor", "120000"],
        vec!["withdraw", "--subnet", atlas, "--all"],
        vec!["deploy", "--dry-run"],
    ];
    lines.iter().map(|words| words.iter().map(|word| (*word).to_owned()).collect()).collect()
}

/// The commands that the help of `words` lists.
fn listed(words: &[&str]) -> Vec<String> {
    let help = run(&[words, &["--help"]].concat()).ok();
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let lines = commands.lines().take_while(|line| line.starts_with("  "));
    // A longer description goes on further to the right.
    let names = lines.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).filter(|name| name != "help").collect()
}

#[test]
fn every_verb_and_act_that_meets_a_chain_is_tried_here() {
    let elsewhere = [
        "build",
        "demo",
        "devnode",
        "test",
        "emission",
        "credits",
        "replay",
        "set-subnet",
        "simulate",
        "attack",
        "interfaces",
        "evidence",
        // They meet three chains: base/pipeline.
        "relay",
        "prove",
    ];
    let tried = |words: &[&str]| verbs().iter().any(|line| line.iter().zip(words).all(|(one, other)| one == other));
    let verbs = listed(&[]);
    assert!(verbs.len() > elsewhere.len() && elsewhere.iter().all(|verb| verbs.iter().any(|it| it == verb)));
    for verb in verbs.iter().filter(|verb| !elsewhere.contains(&verb.as_str())) {
        assert!(tried(&[verb]), "{verb}");
    }
    for act in listed(&["safe"]) {
        assert!(tried(&["safe", &act]), "safe {act}");
    }
}

/// Runs `words` with the stand's book against the node at `url`.
fn tool_at(stand: &Stand, url: &str, words: &[String]) -> Ended {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let folder = stand.folder.path().to_str().unwrap();
    run(&[&words[..], &["--network", "local", "--rpc-url", url, "--deployments", folder]].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_chain_without_the_books_contracts_every_verb_says_so_and_none_has_nothing_to_do() {
    let stand = Stand::new().await;
    let other = Devnode::start(&Config { genesis_timestamp: Some(MIDNIGHT), ..Config::ephemeral() }).unwrap();
    // A local chain that began anew begins another book.
    for words in verbs().iter().filter(|words| words[0] != "deploy") {
        let said = tool_at(&stand, &other.url(), words).failed(2);

        let alignment = format!("stake-alignment has no code at {}", stand.suite.alignment);
        assert!(said.contains(&alignment) && said.contains("is this the chain of the book?"), "{words:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_chain_of_another_id_every_verb_says_so() {
    let stand = Stand::new().await;
    let other = Devnode::start(&Config { chain_id: 7, ..Config::ephemeral() }).unwrap();
    for words in verbs() {
        let said = tool_at(&stand, &other.url(), &words).failed(2);

        let wrong = format!("error: wrong chain: {} is on chain 7, local is chain 412346\n", other.url());
        assert!(said.ends_with(&wrong), "{words:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_does_not_answer_may_answer_later() {
    let stand = Stand::new().await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = format!("http://127.0.0.1:{port}");
    // Each tries for some seconds: all at the same time.
    std::thread::scope(|scope| {
        for words in verbs() {
            let (stand, nobody) = (&stand, &nobody);
            scope.spawn(move || {
                let said = tool_at(stand, nobody, &words).failed(1);
                assert!(said.contains(&format!("error: no node answers at {nobody}: ")), "{words:?}: {said}");
            });
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_expiry_every_verb_that_calls_a_program_says_so_and_what_helps() {
    let stand = Stand::new().await;
    stand.subnet("atlas", "alice", 20_000).await;
    stand.travel(MIDNIGHT + 366 * DAY).await;
    for words in verbs() {
        let tried = || tool_at(&stand, &stand.url(), &words);
        match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            // Keeping alive mends it; a diamond is no program of the suite; a suite of this clone is tried in
            // `deploy_again`: this one comes from elsewhere; a file's calls are its own; and one has no hook, which is met
            // first: `diamond/naming` expires the programs of one that has.
            ["keepalive"]
            | ["diamond-cut" | "deploy", ..]
            | ["safe", "execute", _]
            | ["safe", "set-distributors", "--off"] => {}
            // These meet the expiry without a call, and show it.
            ["status"] | ["status", "--subnet", _] | ["keepalive", "--dry-run"] => {
                assert!(tried().ok().contains("EXPIRED"), "{words:?}");
            }
            ["status", "--check"] => assert!(tried().failed(1).contains("EXPIRED on 2026-02-21"), "{words:?}"),
            ["cache"] => assert!(tried().failed(1).contains("4 programs are not active"), "{words:?}"),
            _ => {
                let said = tried().failed(1);
                let words_are = said.contains("error: cannot be called: ") && said.contains(": EXPIRED on 2026-02-21");
                assert!(words_are && said.contains("cargo mrc53 keepalive"), "{words:?}: {said}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_ether_may_have_some_later_and_is_told_how_much_is_missing() {
    let poor = "0x0000000000000000000000000000000000000000000000000000000000000007";
    let refused = |stand: &Stand, words: &[&str]| {
        let said = stand.tool(&[words, &["--private-key", poor]].concat()).failed(1);
        let says_all = said.contains(" has 0.000000000000000000 ether and needs 0.0") && said.ends_with(" more\n");
        assert!(says_all, "{words:?}: {said}");
    };
    let (stand, atlas) = stand().await;
    stand.open("new", atlas, MIDNIGHT + 5 * DAY).await;
    stand.travel(MIDNIGHT + DAY).await;
    refused(&stand, &["record", "--all-open"]);
    stand.travel(FINAL).await;
    refused(&stand, &["settle"]);
    let (stand, _) = settled().await;
    stand.fill_pool(1_000).await;
    refused(&stand, &["claim"]);
    stand.travel(MIDNIGHT + 300 * DAY).await;
    refused(&stand, &["keepalive"]);
}
