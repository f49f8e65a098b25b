//! Sessions into buckets.

use alloy::primitives::B256;
use mrc53_abi::SessionRecorder;

use super::ledger::Ledger;
use crate::suite_support::{DAY, HOUR, TODAY};

pub(crate) async fn measure(mut l: Ledger) -> Ledger {
    let (main, recorder) = (l.stand.chain.main, l.stand.suite.recorder);
    let (subnet, alice) = (l.register("atlas").await, l.provide("alice").await);
    l.stake(subnet, alice, 20_000).await;
    let record = |session| SessionRecorder::recordCall { sessionId: session };

    let first = l.open("first", subnet, DAY / 2).await;
    let second = l.open("second", subnet, DAY / 2).await;
    let running = l.open("running", subnet, DAY / 2).await;
    let crossing = l.open("crossing", subnet, 2 * DAY).await;
    l.wait(HOUR);
    l.close(first).await;
    l.close(second).await;
    l.measure("record, closed, first of all", main, recorder, record(first)).await;
    l.measure("record, closed, first of a session", main, recorder, record(second)).await;
    l.measure("record, running, first of a session", main, recorder, record(running)).await;
    l.wait(HOUR);
    l.measure("record, running, new seconds", main, recorder, record(running)).await;
    l.close(running).await;
    l.measure("record, closed, new seconds", main, recorder, record(running)).await;
    l.measure("record, closed, nothing new", main, recorder, record(running)).await;
    l.wait(DAY);
    l.measure("record, running, first of a session, across midnight", main, recorder, record(crossing)).await;

    for size in [1_usize, 10, 50] {
        let mut sessions: Vec<B256> = Vec::new();
        for number in 0..size {
            sessions.push(l.open(&format!("{number} of {size}"), subnet, HOUR).await);
        }
        l.wait(HOUR / 2);
        let many = || SessionRecorder::recordManyCall { sessionIds: sessions.clone() };
        l.measure(&format!("recordMany of {size:2}, running, first of each"), main, recorder, many()).await;
        l.wait(60);
        l.measure(&format!("recordMany of {size:2}, running, new seconds"), main, recorder, many()).await;
        for session in &sessions {
            l.close(*session).await;
        }
        l.send(main, recorder, many()).await;
        l.measure(&format!("recordMany of {size:2}, closed, nothing new"), main, recorder, many()).await;
    }
    let mut closed: Vec<B256> = Vec::new();
    for number in 0..50 {
        closed.push(l.open(&format!("closed {number}"), subnet, HOUR).await);
    }
    for session in &closed {
        l.close(*session).await;
    }
    let many = SessionRecorder::recordManyCall { sessionIds: closed };
    l.measure("recordMany of 50, closed, first of each", main, recorder, many).await;
    l.view("usageOf", recorder, SessionRecorder::usageOfCall { subnet, day: TODAY }).await;
    l
}
