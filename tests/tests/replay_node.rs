//! Real days from a node: the same as from a file of their sessions, each thing asked once, through whatever ends a run.

use mrc53_stage::scenario::names;
use serde_json::{Value, json};

use crate::dying_node::{Loses, dying_at};
use crate::proxy_support::{Fate, before, limit_blocks};
use crate::sessions_support::{Served, heard, listening, rewards};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY, run, run_with};

#[tokio::test(flavor = "multi_thread")]
async fn the_sessions_of_a_chain_are_paid_as_the_same_sessions_of_a_file() {
    let served = Served::new().await;
    let said = served.replay(&served.url(), "cache").json();
    let chain = &said["chain"];
    assert_eq!((&said["sha256"], &chain["chain_id"]), (&Value::Null, &json!(412_346)));
    assert_eq!(chain["diamond"], served.diamond.to_string());
    assert!(chain["from_block"].as_u64().unwrap() < chain["to_block"].as_u64().unwrap(), "{chain}");
    assert_eq!(rewards(said), served.of_file());

    // The cache's own file of sessions is one that is replayed as it lies there.
    let file = served.folder.path().join("cache/sessions.jsonl");
    let (from, to) = (TODAY.to_string(), (TODAY + 1).to_string());
    let seconds = |said: &Value| -> u64 {
        said["days"].as_array().unwrap().iter().map(|day| day["seconds"].as_u64().unwrap()).sum()
    };
    let of_cache = run(&["replay", file.to_str().unwrap(), "--json", "--from", &from, "--to", &to]).json();
    assert_eq!(seconds(&of_cache), seconds(&served.of_file()));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_see_chain_diamond_and_blocks() {
    let served = Served::new().await;
    let (cache, diamond) = (served.folder.path().join("cache"), served.diamond.to_string());
    let place = ["--rpc-url", &served.url(), "--diamond", &diamond, "--cache", cache.to_str().unwrap()];
    let text = run(&[&["replay", "--from", "2025-02-21", "--to", "2025-02-22"], &place[..]].concat()).ok();
    assert!(text.contains(&format!("chain   412346, Diamond {diamond}, blocks 0 to the beginning of ")), "{text}");
    // However long sessions may have been: from the first second that there is.
    let ever = ["--max-session-days", "36500"];
    let same = run(&[&["replay", "--from", "2025-02-21", "--to", "2025-02-22"], &place[..], &ever].concat()).ok();
    assert_eq!(same, text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_asks_for_nothing_that_it_has_and_again_for_what_was_open() {
    let served = Served::new().await;
    let now = MIDNIGHT + 2 * DAY;
    served.open("running", "atlas", now + HOUR, now + 9 * HOUR).await;
    served.travel(now + DAY).await;
    served.open("still running", "atlas", now + DAY + HOUR, now + 3 * DAY + HOUR).await;
    served.travel(now + 2 * DAY).await;
    let (url, asked) = listening(&served.url());
    let days = (TODAY, TODAY + 4);
    let first = served.replay_days(&url, "cache", days.0, days.1).json();
    let (methods, sessions) = heard(&asked);
    assert!(methods.iter().any(|method| method == "eth_getLogs"));
    assert!(sessions.contains(&names::session_id("running")));

    let second = served.replay_days(&url, "cache", days.0, days.1).json();
    let (methods, sessions) = heard(&asked);
    let few = ["eth_chainId", "eth_blockNumber", "eth_getBlockByNumber", "eth_getBlockByNumber", "eth_call"];
    assert_eq!((methods, sessions), (few.map(str::to_owned).to_vec(), vec![names::session_id("still running")]));
    assert_eq!(first, second);

    served.close("still running", now + 2 * DAY + HOUR).await;
    served.replay_days(&url, "cache", days.0, days.1).json();
    assert_eq!(heard(&asked).1, [names::session_id("still running")]);
    let last = served.replay_days(&url, "cache", days.0, days.1).json();
    assert_eq!((heard(&asked).0, last), (few[..4].iter().map(|it| (*it).to_owned()).collect(), first));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_days_ask_for_the_blocks_that_are_missing_alone() {
    let served = Served::new().await;
    let (url, asked) = listening(&served.url());
    let to_block = |said: &Value| said["chain"]["to_block"].as_u64().unwrap();
    let first = to_block(&served.replay(&url, "cache").json());
    asked.lock().unwrap().clear();
    served.replay_days(&url, "cache", TODAY, TODAY + 2).json();
    let all = asked.lock().unwrap().clone();
    let logs: Vec<&Value> = all.iter().filter(|request| request["method"] == "eth_getLogs").collect();
    assert_eq!((logs.len(), &logs[0]["params"][0]["fromBlock"]), (1, &json!(format!("{first:#x}"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_loses_its_node_anywhere_goes_on_where_it_was() {
    let served = Served::new().await;
    let mut failures = 0;
    for fatal in 1.. {
        let loses = if fatal % 2 == 0 { Loses::Answer } else { Loses::Request };
        let ended = served.replay(&dying_at(&served.url(), loses, 3 * fatal), "cache");
        if ended.code == 0 {
            assert_eq!(rewards(ended.json()), served.of_file());
            break;
        }
        assert!(ended.failed(1).contains("no node answers at "));
        failures += 1;
    }
    assert!(failures >= 3, "{failures}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_killed_as_it_reads_sessions_reads_no_event_again() {
    let served = Served::new().await;
    // Whoever asks for sessions waits for ever.
    let url = before(&served.url(), |request| {
        let asks =
            |call: &Value| call["params"][0]["input"].as_str().is_some_and(|data| data.starts_with("0x39b240bd"));
        if request.as_array().is_some_and(|all| all.iter().any(asks)) {
            std::thread::park();
        }
        Fate::PassOn
    });
    let mut command = served.command(&url, "cache");
    let mut run = command.args(["--to", "2025-02-22"]).stderr(std::process::Stdio::null()).spawn().unwrap();
    let blocks = served.folder.path().join("cache/blocks.jsonl");
    while !std::fs::read_to_string(&blocks).is_ok_and(|text| text.contains("\"read\"") && text.ends_with('\n')) {
        assert!(run.try_wait().unwrap().is_none());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    run.kill().unwrap();
    run.wait().unwrap();

    let (url, asked) = listening(&served.url());
    assert_eq!(rewards(served.replay(&url, "cache").json()), served.of_file());
    assert!(!heard(&asked).0.iter().any(|method| method == "eth_getLogs"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_run_left_of_a_line_is_cut_off_and_read_again() {
    let served = Served::new().await;
    let wanted = rewards(served.replay(&served.url(), "cache").json());
    for (file, left) in [("blocks.jsonl", 20), ("sessions.jsonl", 1), ("blocks.jsonl", 700), ("sessions.jsonl", 300)] {
        let path = served.folder.path().join("cache").join(file);
        let text = std::fs::read(&path).unwrap();
        std::fs::write(&path, &text[..text.len() - left]).unwrap();
        let ended = served.replay(&served.url(), "cache");
        assert!(ended.errors.contains(&format!("{file}: ")) && ended.errors.contains("are cut off"), "{ended:?}");
        assert_eq!(rewards(ended.json()), wanted);
        assert!(!served.replay(&served.url(), "cache").errors.contains("cut off"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_limits_ranges_and_batches_and_rate_says_the_same() {
    let served = Served::new().await;
    let limit = limit_blocks(3);
    let number = std::sync::atomic::AtomicUsize::new(0);
    let url = before(&served.url(), move |request| {
        if request.is_array() {
            return Fate::Refuse("batches are not supported");
        }
        match number.fetch_add(1, std::sync::atomic::Ordering::SeqCst) % 12 {
            3 => Fate::Busy,
            7 => Fate::Refuse("project ID request rate exceeded"),
            _ => limit(request),
        }
    });
    assert_eq!(rewards(served.replay(&url, "cache").json()), served.of_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_last_blocks_say_is_left_to_a_later_run() {
    let served = Served::new().await;
    served.open("running", "atlas", MIDNIGHT + 2 * DAY + HOUR, MIDNIGHT + 9 * DAY).await;
    served.travel(MIDNIGHT + 3 * DAY).await;
    served.close("running", MIDNIGHT + 3 * DAY + HOUR).await;
    let behind = |number: &str| {
        let mut command = served.command(&served.url(), "cache");
        let ended = command.args(["--to", "2025-02-24", "--behind", number]).output().unwrap();
        (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
    };
    let closed_at = || {
        let text = std::fs::read_to_string(served.folder.path().join("cache/sessions.jsonl")).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let running = lines.filter(|line| line["id"] == names::session_id("running").to_string());
        running.map(|line| line["closed_at"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    let (code, said) = behind("2");
    assert!(code == Some(1) && said.contains("is not over there: block ") && said.contains(", 2 behind"), "{said}");
    for (number, closed) in [("1", 0), ("0", MIDNIGHT + 3 * DAY + HOUR), ("1", MIDNIGHT + 3 * DAY + HOUR)] {
        assert_eq!((behind(number).0, closed_at()), (Some(0), vec![closed]), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_book_of_a_network_names_node_and_diamond() {
    let served = Served::new().await;
    let folder = served.folder.path();
    let (network, cache) = (folder.join("here.toml"), folder.join("cache"));
    let text = format!(
        "name = \"here\"\nchain_id = 412346\nrpc_url = \"{}\"\n[inputs]\ndiamond = \"{}\"\n",
        served.url(),
        served.diamond
    );
    std::fs::write(&network, text).unwrap();
    let book = ["--deployments", folder.to_str().unwrap()];
    let days = ["--from", "2025-02-21", "--to", "2025-02-22", "--json"];
    let words = [&["replay", "--network", network.to_str().unwrap()], &days[..], &book].concat();
    let said = run(&[&words[..], &["--cache", cache.to_str().unwrap()]].concat()).json();
    assert_eq!(said["chain"]["diamond"], served.diamond.to_string());
    // Where no cache is named, one is kept below the clone's output, for this chain and Diamond.
    let target = folder.join("target");
    assert_eq!(run_with(&[("CARGO_TARGET_DIR", target.to_str().unwrap())], &words).json(), said);
    assert!(target.join(format!("mrc53/sessions/412346-{}/source.json", served.diamond)).exists());
}
