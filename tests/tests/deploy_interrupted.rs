//! `cargo mrc53 deploy` broken off: whatever went wrong, and wherever, running it again ends with the same suite.

use std::sync::atomic::Ordering;

use alloy::primitives::Address;
use alloy::providers::Provider;
use futures::future::join_all;
use mrc53_console::failure::exit_code;
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use mrc53_deploy::execute::carry_out;
use mrc53_deploy::goal::Wishes;
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_node::book::Book;
use mrc53_suite::contract::Contract;

use crate::deploy_support::{ALL, Ground, dev};
use crate::dying_node::{Loses, counting, dying_at, dying_at_transaction};
use crate::proxy_support::{Fate, before, first};
use crate::suite_support::{DAY, MIDNIGHT, TODAY, run};

/// The contracts in the book, each with its address, in the order in which they were written down.
fn contracts(book: &Book) -> Vec<(&str, Address)> {
    book.contracts.iter().map(|record| (record.contract.as_str(), record.address)).collect()
}

/// Where everything stands after a deployment that nothing disturbs.
async fn undisturbed() -> Book {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    ground.book()
}

#[tokio::test]
async fn a_node_that_dies_before_a_transaction_is_named_and_the_next_run_goes_on_from_there() {
    let whole = undisturbed().await;
    let rounds = (0..ALL.len()).map(async |arrived| {
        let ground = Ground::new();
        let proxy = dying_at_transaction(&ground.node.url(), Loses::Request, arrived + 1);

        let error = ground.deploy_as(&dev(), Some(&proxy), &Wishes::default()).await.unwrap_err();

        assert_eq!(exit_code(&error), 1, "{error:#}");
        let words = format!("{error:#}");
        assert!(words.contains(ALL[arrived]) && words.contains(&proxy) && words.contains("once more"), "{words}");
        assert_eq!(contracts(&ground.book()), contracts(&whole)[..arrived]);

        let next = ground.deploy(&Wishes::default()).await.unwrap();

        assert_eq!(next.deployed(), ALL[arrived..]);
        assert_eq!(contracts(&ground.book()), contracts(&whole));
    });
    join_all(rounds).await;
}

#[tokio::test]
async fn a_transaction_whose_answer_got_lost_is_found_by_the_next_run_and_not_sent_twice() {
    let whole = undisturbed().await;
    let rounds = (1..=ALL.len()).map(async |arrived| {
        let ground = Ground::new();
        let proxy = dying_at_transaction(&ground.node.url(), Loses::Answer, arrived);

        ground.deploy_as(&dev(), Some(&proxy), &Wishes::default()).await.unwrap_err();

        assert_eq!(contracts(&ground.book()), contracts(&whole)[..arrived - 1]);
        let next = ground.deploy(&Wishes::default()).await.unwrap();
        assert_eq!(next.deployed(), ALL[arrived..]);
        assert_eq!(contracts(&ground.book()), contracts(&whole));
        assert_eq!(ground.sent().await, ALL.len() as u64);
    });
    join_all(rounds).await;
}

#[tokio::test]
async fn a_node_that_dies_at_any_request_leaves_a_book_that_the_next_run_completes() {
    let ground = Ground::new();
    let (proxy, requests) = counting(&ground.node.url());
    ground.deploy_as(&dev(), Some(&proxy), &Wishes::default()).await.unwrap();
    let whole = ground.book();
    let requests = requests.load(Ordering::SeqCst);
    let rounds = (1..=requests).step_by(requests / 8).map(async |request| {
        let ground = Ground::new();
        let proxy = dying_at(&ground.node.url(), Loses::Answer, request);

        let error = ground.deploy_as(&dev(), Some(&proxy), &Wishes::default()).await.unwrap_err();

        assert!(format!("{error:#}").contains(&proxy), "{error:#}");
        let book = ground.book();
        assert_eq!(contracts(&book), contracts(&whole)[..book.contracts.len()]);
        ground.deploy(&Wishes::default()).await.unwrap();
        assert_eq!(contracts(&ground.book()), contracts(&whole));
        assert_eq!(ground.sent().await, ALL.len() as u64);
    });
    join_all(rounds).await;
}

#[tokio::test]
async fn a_lost_book_is_written_again_from_what_stands_there() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let (book, sent) = (ground.book(), ground.sent().await);
    std::fs::remove_file(ground.folder.path().join("412346.json")).unwrap();

    let next = ground.deploy(&Wishes::default()).await.unwrap();

    assert_eq!(next.deployed(), [""; 0]);
    assert_eq!(ground.sent().await, sent);
    assert_eq!(contracts(&ground.book()), contracts(&book));
    assert_eq!(ground.book().settings, book.settings);
}

#[tokio::test]
async fn a_book_lost_on_an_earlier_day_is_written_again_once_the_first_day_is_named() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let book = ground.book();
    std::fs::remove_file(ground.folder.path().join("412346.json")).unwrap();
    let _: serde_json::Value = ground.provider().raw_request("evm_mine".into(), [MIDNIGHT + 2 * DAY]).await.unwrap();
    let sent = ground.sent().await;
    let distributor = book.address(Contract::RewardDistributor).unwrap();

    // Today's, and any other that is named: one that pays from the first day on stands there.
    for first_day in [None, Some(TODAY + 1), Some(TODAY + 2)] {
        let error = ground.deploy(&Wishes { first_day, ..Wishes::default() }).await.unwrap_err();
        assert_eq!(exit_code(&error), 2);
        let owner = DEV_ACCOUNT;
        let flags = format!("--first-day {TODAY} --owner {owner} --compute-pool {owner}");
        assert!(error.to_string().contains(&flags), "{error}");
        assert!(error.to_string().contains(&distributor.to_string()), "{error}");
    }
    assert_eq!(ground.sent().await, sent);
    assert!(ground.book().contracts.is_empty());

    let wishes = Wishes { first_day: Some(TODAY), ..Wishes::default() };
    let next = ground.deploy(&wishes).await.unwrap();

    assert_eq!(next.deployed(), [""; 0]);
    assert_eq!(contracts(&ground.book()), contracts(&book));
}

#[tokio::test]
async fn a_book_lost_is_noticed_where_every_address_would_be_another_one_unless_a_second_suite_is_meant() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let distributor = ground.book().address(Contract::RewardDistributor).unwrap();
    std::fs::remove_file(ground.folder.path().join("412346.json")).unwrap();
    let sent = ground.sent().await;
    let other = Wishes { owner: Some(Address::repeat_byte(0x0a)), ..Wishes::default() };

    let error = ground.deploy(&other).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    let says = format!("stands at {distributor}, pays this token");
    assert!(error.to_string().contains(&says), "{error}");
    assert!(error.to_string().contains(&format!("--owner {DEV_ACCOUNT}")), "{error}");
    assert_eq!(ground.sent().await, sent);
    let second = Wishes { salt: Some("second".into()), ..other };
    assert!(ground.deploy(&second).await.unwrap().deployed().contains(&"reward-distributor"));
}

#[tokio::test]
async fn where_a_node_does_not_search_for_a_suite_none_is_deployed_unless_somebody_knows_that_none_stands() {
    let ground = Ground::new();
    let refusing = first("eth_getLogs", usize::MAX, || Fate::Refuse("query exceeds max block range"));
    let proxy = before(&ground.node.url(), refusing);
    let folder = ground.folder.path().to_str().unwrap();
    let here = ["deploy", "--network", "local", "--rpc-url", &proxy, "--deployments", folder];

    let plan = run(&[&here[..], &["--dry-run"]].concat());

    let line = plan.output.lines().find(|line| line.starts_with("not known")).unwrap();
    assert!(line.contains("no book here knows"), "{line}");
    assert!(line.contains("(the node says: query exceeds max block range (-32005))"), "{line}");
    assert!(plan.failed(2).contains("--yes-none-stands"));
    assert!(ground.tool(&["--dry-run", "--json"]).json()["unsearched"].is_null());
    let known = Wishes { none_stands: true, ..Wishes::default() };
    assert_eq!(ground.deploy_as(&dev(), Some(&proxy), &known).await.unwrap().deployed(), ALL);
}

#[tokio::test]
async fn where_a_node_does_not_search_for_a_distributor_no_second_one_is_planned_beside_a_suite_that_stands() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    std::fs::remove_file(ground.folder.path().join("412346.json")).unwrap();
    let sent = ground.sent().await;
    let refusing = first("eth_getLogs", usize::MAX, || Fate::Refuse("query exceeds max block range"));
    let proxy = before(&ground.node.url(), refusing);
    let another_day = Wishes { first_day: Some(TODAY + 1), ..Wishes::default() };

    let error = ground.deploy_as(&dev(), Some(&proxy), &another_day).await.unwrap_err();

    assert_eq!(exit_code(&error), 2, "{error:#}");
    assert!(error.to_string().contains("whether a reward-distributor pays by them"), "{error}");
    assert_eq!(ground.sent().await, sent);
}

#[tokio::test]
async fn a_book_lost_before_the_distributor_stood_asks_for_the_first_day() {
    let ground = Ground::new();
    let proxy = dying_at_transaction(&ground.node.url(), Loses::Request, ALL.len());
    ground.deploy_as(&dev(), Some(&proxy), &Wishes::default()).await.unwrap_err();
    std::fs::remove_file(ground.folder.path().join("412346.json")).unwrap();

    let error = ground.deploy(&Wishes::default()).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    assert!(error.to_string().contains("stand on the chain and not in the book"), "{error}");
    assert!(error.to_string().contains("--first-day DAY") && error.to_string().contains("firstDay()"), "{error}");
    let named = ground.deploy(&Wishes { first_day: Some(TODAY), ..Wishes::default() }).await.unwrap();
    assert_eq!(named.deployed(), ["reward-distributor"]);
}

#[tokio::test]
async fn a_run_that_goes_on_a_day_later_keeps_the_first_day_and_with_it_every_address() {
    let whole = undisturbed().await;
    let ground = Ground::new();
    let proxy = dying_at_transaction(&ground.node.url(), Loses::Request, 4);
    ground.deploy_as(&dev(), Some(&proxy), &Wishes::default()).await.unwrap_err();
    let _: serde_json::Value = ground.provider().raw_request("evm_mine".into(), [MIDNIGHT + DAY]).await.unwrap();

    ground.deploy(&Wishes::default()).await.unwrap();

    assert_eq!(contracts(&ground.book()), contracts(&whole));
    assert_eq!(ground.book().settings.unwrap().first_day, TODAY);
}

#[tokio::test]
async fn what_somebody_else_deploys_in_the_meantime_is_taken_over() {
    let ground = Ground::new();
    let planned = ground.plan(&Wishes::default()).await.unwrap();
    let mut connection = ground.connect(None, &dev()).await.unwrap();
    ground.deploy(&Wishes::default()).await.unwrap();
    let book = ground.book();

    let (workspace, progress) = (Workspace::find().unwrap(), Progress::start("deploying"));
    let late = carry_out(&mut connection, &workspace, &dev(), &planned.goal, &planned.plan, &progress).await.unwrap();

    assert!(late.iter().all(|outcome| outcome.transaction.is_none()));
    assert_eq!(contracts(&ground.book()), contracts(&book));
    assert_eq!(ground.sent().await, ALL.len() as u64);
}

#[tokio::test]
async fn a_half_finished_book_is_refused_by_name_and_left_alone() {
    let ground = Ground::new();
    let file = ground.folder.path().join("412346.json");
    std::fs::write(&file, "{\"chainId\": 412346, \"netw").unwrap();

    let errors = ground.tool(&[]).failed(2);

    assert!(errors.contains("412346.json"), "{errors}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "{\"chainId\": 412346, \"netw");
    assert_eq!(ground.sent().await, 0);
}

#[tokio::test]
async fn a_local_chain_that_was_started_anew_starts_its_book_anew() {
    let mut ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let old = ground.book();
    ground.node = Ground::new().node;

    let next = ground.deploy(&Wishes::default()).await.unwrap();

    assert_eq!(next.deployed(), ALL);
    assert_eq!(contracts(&ground.book()), contracts(&old));
}
