//! The way from Base as `status` shows it.

use serde_json::{Value, json};

use super::super::relay::ethereum::GAME_TYPE;
use super::three::{COVERS_FOUR_DAYS, COVERS_TODAY, Three};
use crate::suite_support::{DAY, TODAY};

/// What `status` has of it, and its problems and notices.
fn shown(three: &Three) -> (Value, String, String) {
    let page = three.keeper(&["status", "--json"]).json();
    let lines = |what: &str| {
        let lines = page[what].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    };
    (page["pipeline"].clone(), lines("problems"), lines("notices"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_shows_roots_coverage_and_what_is_unproven_until_when() {
    let three = Three::new().await;
    three.host(three.atlas, TODAY).await;
    let (before, ..) = shown(&three);
    assert_eq!((&before["last_covered_day"], &before["opened"]), (&Value::Null, &Value::Null));
    let proposed = three.relayed(COVERS_TODAY).await;
    let (arrived, _, notices) = shown(&three);
    assert_eq!(arrived["unopened"], json!([proposed.root]));
    assert!(notices.contains("1 root of Base arrived and not opened"), "{notices}");
    three.keeper(&["prove"]).ok();

    let (open, problems, notices) = shown(&three);

    assert_eq!((&open["unopened"], &open["opened"]["root"]), (&json!([]), &json!(proposed.root)));
    assert_eq!((&open["last_covered_day"], &open["games"]["valid"]["address"]), (&json!(TODAY), &json!(proposed.game)));
    let unproven = &open["unproven"][0];
    assert_eq!((&unproven["day"], &unproven["session_seconds"]), (&json!(TODAY), &json!(3_600)));
    assert_eq!(unproven["state"], "not_before");
    let final_from = unproven["final_from"].as_u64().unwrap();
    assert!(!problems.contains("are not proven"), "{problems}");
    // Alice's stake is locked for seven days, then all of it can go.
    assert!(!notices.contains("others can withdraw"), "{notices}");
    three.stand.travel(final_from - DAY).await;
    let (_, problems, notices) = shown(&three);
    assert!(problems.contains("3600 s on 2025-02-21 are not proven, and lost from 2025-03-04"), "{problems}");
    assert!(
        notices.contains("others can withdraw 20000 of its 20000 MOR today, and it would lack 10000 MOR"),
        "{notices}"
    );
    three.keeper(&["prove", "--now"]).ok();
    let (proven, problems, _) = shown(&three);
    assert_eq!(proven["unproven"], json!([]));
    assert!(!problems.contains("are not proven"), "{problems}");
    assert!(three.tool(&["status"]).ok().contains("The way from Base"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_of_a_type_that_was_never_seen_and_days_without_a_valid_one_ring() {
    let three = Three::new().await;
    three.travel(COVERS_FOUR_DAYS).await;
    three.propose(COVERS_FOUR_DAYS).await;
    let (_, problems, _) = shown(&three);
    assert!(!problems.contains("game"), "{problems}");
    three.travel(COVERS_FOUR_DAYS + 3 * DAY + 122).await;
    three.open_game(COVERS_FOUR_DAYS + 3 * DAY + 122, GAME_TYPE + 1).await;

    let (_, problems, _) = shown(&three);

    assert!(problems.contains(&format!("Base proposes games of type {}", GAME_TYPE + 1)), "{problems}");
    assert!(problems.contains("no game of Base has become valid since 2025-02-28 00:02:01 UTC"), "{problems}");
}
