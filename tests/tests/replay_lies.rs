//! A node that lies about sessions or blocks, and an honest one that is asked after it into the same folder: the first is
//! refused, and nothing of it makes a liar of the second.

use mrc53_stage::scenario::names;
use serde_json::{Value, json};

use crate::proxy_support::{Fate, asked, before};
use crate::sessions_support::{Served, rewards};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

/// `getSession`, and the words of its answer.
const GET_SESSION: &str = "0x39b240bd";
const OPENED_AT: usize = 7;
const ENDS_AT: usize = 8;
const CLOSED_AT: usize = 9;

/// An address of the node of `served` that answers `words` where it is asked for the session called `name`.
fn lying(served: &Served, name: &'static str, words: Vec<(usize, u128)>) -> String {
    let url = served.url();
    before(&served.url(), move |request| {
        if request.is_array() {
            return Fate::Refuse("no batches");
        }
        let data = request["params"][0]["input"].as_str().unwrap_or_default();
        if !(data.starts_with(GET_SESSION) && data.ends_with(&names::session_id(name).to_string()[2..])) {
            return Fate::PassOn;
        }
        let mut answer = asked(&url, request).as_str().unwrap().to_owned();
        for (word, value) in &words {
            let start = 2 + 64 * word;
            answer.replace_range(start..start + 64, &format!("{value:064x}"));
        }
        Fate::Answer(json!(answer))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_gives_a_session_times_it_cannot_have_is_refused_and_the_next_one_is_not() {
    let served = Served::new().await;
    let days = |url: &str, cache: &str| served.replay_days(url, cache, TODAY, TODAY + 2);
    let wanted = rewards(days(&served.url(), "honest").json());
    let at = |hours: u64| u128::from(MIDNIGHT + hours * HOUR);
    // It opened at 4 h, ends at 6 h, and was closed at 5 h.
    for (number, (name, words, says)) in [
        ("second", vec![(ENDS_AT, at(3))], "it ends before it opens"),
        ("second", vec![(CLOSED_AT, at(3))], "it is closed before it opens"),
        ("second", vec![(ENDS_AT, 1 << 100)], "no such time"),
        ("second", vec![(OPENED_AT, 1 << 100)], "no such time"),
        ("second", vec![(CLOSED_AT, at(24 * 30))], "that was still to come as it was read"),
        ("second", vec![(CLOSED_AT, 0)], "which by getSession was never closed"),
        ("second", vec![(OPENED_AT, 5)], "which opened at 5: not on the day of that block"),
        // Within the days that were asked for, and on another than its block's.
        ("second", vec![(OPENED_AT, at(3) - u128::from(DAY))], "not on the day of that block"),
        ("over-after", vec![(OPENED_AT, at(25)), (ENDS_AT, at(27))], "not on the day of that block"),
        ("second", vec![(CLOSED_AT, at(25))], "not on the day of that block"),
        // On the day of its block, and before or behind what happened in others.
        ("second", vec![(OPENED_AT, at(2) - 1)], "blocks are in the order of their times"),
        ("second", vec![(CLOSED_AT, at(23) + 1)], "blocks are in the order of their times"),
    ]
    .into_iter()
    .enumerate()
    {
        let cache = format!("cache {number}");
        let said = days(&lying(&served, name, words), &cache).failed(2);
        let id = names::session_id(name).to_string();
        assert!(said.contains(&format!("session {id}")) && said.contains(says), "{number}: {said}");
        assert!(said.contains("nothing of this run is kept, name another node with --rpc-url\n"), "{number}: {said}");
        assert_eq!(rewards(days(&served.url(), &cache).json()), wanted, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_lies_about_a_session_that_was_open_is_refused_and_what_was_checked_stays() {
    let served = Served::new().await;
    let now = MIDNIGHT + 2 * DAY;
    served.open("running", "atlas", now + HOUR, now + 9 * DAY).await;
    served.travel(now + DAY).await;
    let days = |url: &str| served.replay_days(url, "cache", TODAY, TODAY + 3);
    let wanted = days(&served.url()).json();
    let said = days(&lying(&served, "running", vec![(ENDS_AT, 7)])).failed(2);
    assert!(said.contains("it ends before it opens"), "{said}");
    assert!(said.contains("or a node did that ") && said.contains("or another folder with --cache\n"), "{said}");
    assert_eq!(days(&served.url()).json(), wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_gives_blocks_other_times_is_refused_and_the_next_one_is_not() {
    let served = Served::new().await;
    let wanted = served.of_file();
    // The first opening of the day as if it were of the day before, and the first of the next as if it were of this one.
    for (number, (true_time, said_time)) in
        [(MIDNIGHT + HOUR, MIDNIGHT - 1), (MIDNIGHT + 26 * HOUR, MIDNIGHT + 24 * HOUR - 1)].into_iter().enumerate()
    {
        let url = served.url();
        let liar = before(&served.url(), move |request| {
            if request["method"] != "eth_getBlockByNumber" {
                return Fate::PassOn;
            }
            let mut block = asked(&url, request);
            if block["timestamp"] == json!(format!("{true_time:#x}")) {
                block["timestamp"] = json!(format!("{said_time:#x}"));
            }
            Fate::Answer(block)
        });
        let cache = format!("cache {number}");
        let said = served.replay(&liar, &cache).failed(2);
        assert!(said.contains("not on the day of that block"), "{number}: {said}");
        assert_eq!(rewards(served.replay(&served.url(), &cache).json()), wanted, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_is_not_blamed_for_what_another_said_whose_run_was_not_finished() {
    let served = Served::new().await;
    let url = served.url();
    // It leaves an opening out, and does not come to sessions.
    let liar = before(&served.url(), move |request| {
        let of_second = |log: &Value| log["topics"][2] == names::session_id("second").to_string();
        match request["method"].as_str() {
            Some("eth_getLogs") => {
                let mut logs = asked(&url, request);
                logs.as_array_mut().unwrap().retain(|log| !of_second(log));
                Fate::Answer(logs)
            }
            Some("eth_call") if request["params"][0]["input"].as_str().unwrap().starts_with(GET_SESSION) => {
                Fate::Refuse("execution aborted")
            }
            _ if request.is_array() => Fate::Refuse("no batches"),
            _ => Fate::PassOn,
        }
    });
    served.replay(&liar, "cache").failed(1);
    assert_eq!(rewards(served.replay(&served.url(), "cache").json()), served.of_file());
}
