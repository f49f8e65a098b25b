//! Nodes and folders from which real days cannot be had: each refused in a line, and what was read before is intact.

use alloy::primitives::B256;
use mrc53_stage::scenario::names;
use serde_json::{Value, json};

use crate::proxy_support::{Fate, asked, before};
use crate::sessions_support::{Served, files, heard, listening, rewards};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY, run, run_with};

const OPENED: &str = "0x2bd7c890baf595977d256a6e784512c873ac58ba612b4895dbb7f784bfbf4839";
const CLOSED: &str = "0x337fbb0a41a596db800dc836595a57815f967185e3596615c646f2455ac3914a";

/// What a liar does to events.
type Change = Box<dyn Fn(&mut Vec<Value>) + Send + Sync>;

/// An address of the node of `served` whose events are as `change` leaves them.
fn lying(served: &Served, change: impl Fn(&mut Vec<Value>) + Send + Sync + 'static) -> String {
    let url = served.url();
    before(&served.url(), move |request| {
        if request["method"] != "eth_getLogs" {
            return Fate::PassOn;
        }
        let mut logs = asked(&url, request);
        change(logs.as_array_mut().unwrap());
        Fate::Answer(logs)
    })
}

/// Whether `log` is the event `topic` of the session called `name`.
fn is_event(log: &Value, topic: &str, name: &str) -> bool {
    log["topics"][0] == topic && log["topics"][2] == names::session_id(name).to_string()
}

/// The last line, which is the error's.
fn error(said: &str) -> &str {
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
    let last = said.trim_end().lines().last().unwrap();
    assert!(last.starts_with("error: "), "{said}");
    last
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_leaves_events_out_is_refused_and_another_is_asked_for_them_again() {
    let served = Served::new().await;
    let wanted = served.of_file();
    let opening = |name: &str| format!("session {}", names::session_id(name));
    let without = |gone: fn(&Value) -> bool| -> Change { Box::new(move |logs| logs.retain(|log| !gone(log))) };
    let cases: [(Change, String); 6] = [
        // Of a session that was closed: its closing is there.
        (without(|log| is_event(log, OPENED, "closed")), format!("{} of", opening("closed"))),
        (without(|log| is_event(log, CLOSED, "second")), format!("{} was closed", opening("second"))),
        // All of a session of a provider that is known by others, in the middle and the last of its list.
        (
            without(|log| log["topics"][2] == names::session_id("second").to_string()),
            format!("{} of", opening("second")),
        ),
        (without(|log| is_event(log, OPENED, "over-after")), format!("{} of", opening("over-after"))),
        // Of another provider.
        (
            Box::new(|logs| {
                let it = logs.iter_mut().find(|log| is_event(log, OPENED, "second"));
                it.unwrap()["topics"][3] = json!(names::address("borealis").into_word().to_string());
            }),
            format!("{} is not in the list of {}", opening("second"), names::address("borealis")),
        ),
        // Of another time than the blocks'.
        (
            Box::new(|logs| {
                if let Some(mut log) = logs.first().cloned().filter(|log| log["topics"][0] == OPENED) {
                    log["topics"][2] = json!(names::session_id("later").to_string());
                    logs.push(log);
                }
            }),
            format!("{}, which opened", opening("later")),
        ),
    ];
    for (number, (change, says)) in cases.into_iter().enumerate() {
        let cache = format!("cache {number}");
        let said = served.replay(&lying(&served, change), &cache).failed(2);
        let error = error(&said);
        assert!(error.contains(&says) && error.contains("name another node with --rpc-url"), "{number}: {error}");
        assert_eq!(rewards(served.replay(&served.url(), &cache).json()), wanted, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_held_against_the_lists_survives_a_node_that_lies_later() {
    let served = Served::new().await;
    served.replay(&served.url(), "cache").ok();
    let wide = |url: &str| served.replay_days(url, "cache", TODAY, TODAY + 2);
    let liar = lying(&served, |logs| logs.retain(|log| !is_event(log, OPENED, "later")));
    assert!(error(&wide(&liar).failed(2)).contains("no SessionOpened"));

    let (url, asked) = listening(&served.url());
    assert_eq!(rewards(served.replay(&url, "cache").json()), served.of_file());
    assert!(!heard(&asked).0.iter().any(|method| method == "eth_getLogs"));
    assert_eq!(wide(&served.url()).json()["providers"][1]["sessions"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_other_blocks_contracts_and_sessions_are_refused() {
    let served = Served::new().await;
    for (key, value, says) in [
        ("blockNumber", json!("0xffff"), "with one of block 65535"),
        ("blockNumber", Value::Null, "with one that no block has"),
        ("removed", json!(true), "with one that the chain has taken back"),
        ("address", json!("0x0000000000000000000000000000000000000007"), "with another event"),
        ("topics", json!([CLOSED]), "with another event"),
        ("topics", json!([OPENED, B256::ZERO, B256::with_last_byte(9), B256::ZERO]), "getSession knows nothing"),
    ] {
        let liar = lying(&served, move |logs| {
            if let Some(log) = logs.first_mut() {
                log[key] = value.clone();
            }
        });
        let said = served.replay(&liar, "cache").failed(2);
        assert!(error(&said).contains(says), "{key}: {said}");
    }
    assert_eq!(rewards(served.replay(&served.url(), "cache").json()), served.of_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_without_old_blocks_or_events_or_with_odd_answers_is_said() {
    let served = Served::new().await;
    let replay = |fate: fn(&Value) -> Fate| served.replay(&before(&served.url(), fate), "cache");
    // The days begin with the chain: no block is before them.
    let said = replay(|request| match &request["params"][0] {
        Value::String(block) if block == "0x0" || block == "0x1" => Fate::KnowNothing,
        _ => Fate::PassOn,
    });
    assert!(error(&said.failed(2)).contains("does not have block 1: name a node with --rpc-url that keeps the blocks"));
    let said = replay(|request| match request["method"].as_str() {
        Some("eth_getLogs") => Fate::Refuse("history has been pruned for this block"),
        _ => Fate::PassOn,
    });
    assert!(error(&said.failed(1)).contains("another node may answer: the node says: history has been pruned"));
    let said = replay(|request| match request["method"].as_str() {
        Some("eth_getLogs") => Fate::Answer(json!("none")),
        _ => Fate::PassOn,
    });
    assert!(error(&said.failed(1)).contains("not of the kind that was asked for"));
    // A call that answers nothing: of a batch, and then alone.
    let said = replay(|request| match (request.is_array(), request["method"].as_str()) {
        (true, _) => Fate::Refuse("no batches"),
        (_, Some("eth_call")) if request["params"][0]["input"].as_str().unwrap().starts_with("0x39b240bd") => {
            Fate::Answer(json!("0x"))
        }
        _ => Fate::PassOn,
    });
    assert!(error(&said.failed(1)).contains("nothing answers getSession(bytes32)"));
    assert_eq!(rewards(served.replay(&served.url(), "cache").json()), served.of_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_cannot_be_read_are_refused_before_anything_is_kept() {
    let served = Served::new().await;
    let days = |from: &str, to: &str| {
        let cache = served.folder.path().join("none");
        let (url, diamond) = (served.url(), served.diamond.to_string());
        let place = ["--rpc-url", &url, "--diamond", &diamond, "--cache", cache.to_str().unwrap()];
        run(&[&["replay", "--from", from, "--to", to], &place[..]].concat())
    };
    for (from, to, says) in [
        ("2025-02-21", "2025-02-21", "no day lies between"),
        ("2025-02-22", "2025-02-21", "no day lies between"),
        ("2024-02-07", "2025-02-21", "comes before the emission"),
        ("2025-02-21", "2040-01-30", "comes after the emission"),
    ] {
        assert!(error(&days(from, to).failed(2)).contains(says), "{from} {to}");
    }
    assert!(!served.folder.path().join("none").exists());
    let early = days("2025-02-22", "2025-02-24").failed(1);
    assert!(error(&early).contains("day 20142 (2025-02-23) is not over there: block "), "{early}");
    let none = days("2024-06-01", "2024-06-02").failed(2);
    assert!(error(&none).contains("has no session on chain 412346 from 19875 (2024-06-01)"), "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_impossible_times_is_refused_by_its_id() {
    let served = Served::new().await;
    let url = served.url();
    let liar = before(&served.url(), move |request| {
        let data = request["params"][0]["input"].as_str().unwrap_or_default();
        if request.is_array() {
            return Fate::Refuse("no batches");
        }
        if !(data.starts_with("0x39b240bd") && data.ends_with(&names::session_id("second").to_string()[2..])) {
            return Fate::PassOn;
        }
        // The word of `closedAt`, ahead of when it opened.
        let (answer, start) = (asked(&url, request), 2 + 64 * 9);
        let text = answer.as_str().unwrap();
        Fate::Answer(json!(format!("{}{:064x}{}", &text[..start], MIDNIGHT + HOUR, &text[start + 64..])))
    });
    let said = served.replay(&liar, "cache").failed(2);
    let id = names::session_id("second");
    assert!(
        error(&said).contains(&format!("session {id}: opened at ")) && said.contains("closed before it opens"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_something_else_is_refused_and_left_as_it_is() {
    let served = Served::new().await;
    served.replay(&served.url(), "cache").ok();
    let folder = served.folder.path();
    let before = files(&folder.join("cache"));
    let other = served.chain.main.to_string();
    let at = |url: &str, diamond: &str, cache: &str| {
        let cache = folder.join(cache);
        let place = ["--rpc-url", url, "--diamond", diamond, "--cache", cache.to_str().unwrap()];
        run(&[&["replay", "--from", "2025-02-21", "--to", "2025-02-22"], &place[..]].concat())
    };
    let (url, diamond) = (served.url(), served.diamond.to_string());
    let said = at(&url, &other, "cache").failed(2);
    assert!(error(&said).contains(&format!("it is of chain 412346 and the Diamond {diamond}, not of ")), "{said}");

    // Another chain with the same id, and the Diamond where it was.
    let anew = Served::nothing().await;
    let said = at(&anew.url(), &diamond, "cache").failed(1);
    assert!(error(&said).contains("is not over there"), "{said}");
    assert_eq!(files(&folder.join("cache")), before);

    std::fs::create_dir(folder.join("mine")).unwrap();
    std::fs::write(folder.join("mine/poem.txt"), "roses").unwrap();
    std::fs::write(folder.join("file"), "").unwrap();
    for (cache, says) in
        [("mine", "poem.txt lies there"), ("file", "it is no folder"), ("file/below", "it is no folder")]
    {
        assert!(error(&at(&url, &diamond, cache).failed(2)).contains(says), "{cache}");
    }
    assert_eq!(files(&folder.join("mine")).len(), 1);

    let lock = std::fs::File::open(folder.join("cache/lock")).unwrap();
    lock.lock().unwrap();
    assert!(error(&at(&url, &diamond, "cache").failed(1)).contains("another run reads into "));
    drop(lock);
    std::fs::write(folder.join("cache/source.json"), "{").unwrap();
    assert!(error(&at(&url, &diamond, "cache").failed(2)).contains("source.json: it is none that this tool writes"));
    let source = before.iter().find(|(name, _)| name == "source.json").unwrap();
    std::fs::write(folder.join("cache/source.json"), &source.1).unwrap();
    std::fs::write(folder.join("cache/sessions.jsonl"), "x\n{}\n").unwrap();
    assert!(error(&at(&url, &diamond, "cache").failed(2)).contains("sessions.jsonl: line 1 is none"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_that_began_anew_is_told_from_the_one_that_was_read() {
    let served = Served::new().await;
    served.replay(&served.url(), "cache").ok();
    let anew = Served::nothing().await;
    for hour in 0..20 {
        anew.travel(MIDNIGHT + hour * HOUR).await;
    }
    anew.travel(MIDNIGHT + 2 * DAY).await;
    assert_eq!(anew.diamond, served.diamond);
    let said = served.replay(&anew.url(), "cache").failed(2);
    assert!(error(&said).contains("another chain of that id, or one that began anew"), "{said}");
    assert_eq!(rewards(served.replay(&served.url(), "cache").json()), served.of_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_diamond_and_what_is_not_said_enough_is_refused() {
    let served = Served::new().await;
    let url = served.url();
    let days = ["--from", "2025-02-21", "--to", "2025-02-22"];
    let cache = served.folder.path().join("cache");
    let refused = |words: &[&str]| {
        let cache = ["--cache", cache.to_str().unwrap()];
        run(&[&["replay"], words, &cache].concat()).failed(2)
    };
    let account = "0x0000000000000000000000000000000000000007";
    let node = ["--rpc-url", &url];
    let said = refused(&[&node[..], &["--diamond", account], &days].concat());
    assert!(error(&said).contains("has no code on chain 412346"), "{said}");
    for (words, says) in [
        (&[&days[..]].concat(), "name a FILE, a node by --rpc-url and its --diamond"),
        (&[&node[..], &days].concat(), "name a FILE, a node by --rpc-url and its --diamond"),
        (&["--diamond", account, "--rpc-url", &url, "--from", "2025-02-21"].to_vec(), "--from and --to have to name"),
        (&[&["--network", "arbitrum-sepolia"], &node[..], &days].concat(), "wrong chain: "),
    ] {
        let said = refused(words);
        assert!(error(&said).contains(says), "{words:?}: {said}");
    }
    let exported = [("MRC53_RPC_URL", url.as_str()), ("MRC53_NETWORK", "")];
    let by_variable = [&["replay", "--diamond", account], &days[..], &["--cache", cache.to_str().unwrap()]].concat();
    assert!(error(&run_with(&exported, &by_variable).failed(2)).contains("has no code on chain 412346"));
    let both = refused(&["sessions.jsonl", "--rpc-url", &url]);
    assert!(both.contains("cannot be used with"), "{both}");
    // What is exported for other verbs stands in no file's way.
    let said = run_with(&exported, &["replay", "/nowhere"]).failed(2);
    assert!(said.contains("/nowhere: there is no such file"), "{said}");
}
