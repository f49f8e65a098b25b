//! Sessions of the real diamond, replayed from a node of its chain.

use serde_json::{Value, json};

use super::compute::{Compute, OPENING};
use crate::proxy_support::{Fate, before};
use crate::suite_support::{DAY, Ended, HOUR, MIDNIGHT};

/// Replays two days from the node at `url` by the stand's book.
fn replay(compute: &Compute, url: &str, cache: &str) -> Ended {
    let folder = compute.folder.path();
    let cache = folder.join(cache).to_str().unwrap().to_owned();
    let place = ["--network", "local", "--rpc-url", url, "--deployments", folder.to_str().unwrap(), "--cache", &cache];
    let words = ["replay", "--json", "--from", "2025-02-21", "--to", "2025-02-23"];
    crate::suite_support::run(&[&words[..], &place].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_the_diamond_are_replayed_and_a_provider_that_is_left_out_is_noticed_by_its_list() {
    let compute = Compute::new().await;
    let closed = compute.open_at(OPENING, 3 * HOUR).await;
    assert!(compute.close_at(OPENING + HOUR, closed).await.status());
    // Never closed, over midnight; and closed after its end.
    compute.open_at(MIDNIGHT + DAY - HOUR, 3 * HOUR).await;
    let late = compute.open_at(MIDNIGHT + DAY + 4 * HOUR, HOUR).await;
    assert!(compute.close_at(MIDNIGHT + DAY + 9 * HOUR, late).await.status());
    compute.travel(MIDNIGHT + 2 * DAY).await;

    let said = replay(&compute, &compute.url(), "cache").json();
    let day = |number: usize| [&said["days"][number]["seconds"], &said["days"][number]["sessions"]];
    // An end is by the stake that is locked, rounded in the Diamond's way.
    assert_eq!(day(0), [&json!(2 * HOUR), &json!(2)], "{said}");
    let seconds = day(1)[0].as_u64().unwrap();
    assert!((3 * HOUR..3 * HOUR + 60).contains(&seconds) && *day(1)[1] == 1, "{said}");
    assert_eq!(said["providers"][0]["provider"], compute.subnet.to_string().to_lowercase());

    // Of a provider all of whose events are left out, the Diamond says that it is active.
    let mute = before(&compute.url(), |request| match request["method"].as_str() {
        Some("eth_getLogs") => Fate::Answer(Value::Array(Vec::new())),
        _ => Fate::PassOn,
    });
    let refused = replay(&compute, &mute, "other").failed(2);
    assert!(refused.contains(&format!("session {closed} of {}", compute.subnet)), "{refused}");
    assert_eq!(replay(&compute, &compute.url(), "other").json(), said);
}
