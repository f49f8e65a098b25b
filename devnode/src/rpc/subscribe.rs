//! `eth_subscribe`: a websocket is told what is new.

use super::answer::Failure;
use super::module::Module;
use super::params::{Args, Session};
use super::watch;
use crate::chain::{Chain, Watch};
use alloy::primitives::U64;
use serde_json::json;

/// The most blocks that one round of notifications is about.
const BLOCKS_AT_ONCE: u64 = 256;

pub(crate) fn register(module: &mut Module) {
    module.method(&["eth_subscribe"], 2, |chain, args| {
        let session = session(args)?;
        let watch = wanted(args)?;
        Ok(U64::from(chain.watch(watch, Some(session))?))
    });
    module.method(&["eth_unsubscribe"], 1, |chain, args| {
        let session = session(args)?;
        if !chain.unwatch(args.number()?, Some(session)) {
            return Err(Failure::refused("subscription not found"));
        }
        Ok(true)
    });
}

fn session(args: &Args) -> Result<Session, Failure> {
    args.session().ok_or_else(|| Failure::method("notifications not supported: subscribe over a websocket"))
}

fn wanted(args: &mut Args) -> Result<Watch, Failure> {
    let kind: String = args.required()?;
    match kind.as_str() {
        "newHeads" => args.none().map(|()| Watch::Heads),
        "logs" => watch::logs(args.optional()?.unwrap_or_default()),
        "newPendingTransactions" => Ok(Watch::Transactions { full: args.optional()?.unwrap_or(false) }),
        _ => Err(Failure::method(format!(
            "no \"{kind}\" subscription in eth namespace: there are newHeads, logs and newPendingTransactions"
        ))),
    }
}

/// Notifications for a session; `None` once it has been told everything.
pub(super) fn news(chain: &mut Chain, session: Session) -> Option<Vec<String>> {
    let mut notifications = Vec::new();
    let mut is_done = true;
    for id in chain.subscriptions(session) {
        let Ok((watch, blocks)) = chain.poll(id, Some(session), BLOCKS_AT_ONCE) else {
            continue;
        };
        is_done &= blocks.is_empty();
        let subscription = U64::from(id);
        for result in blocks.flat_map(|number| watch::news(chain, &watch, number)) {
            let params = json!({"subscription": subscription, "result": result});
            notifications.push(json!({"jsonrpc": "2.0", "method": "eth_subscription", "params": params}).to_string());
        }
    }
    (!is_done).then_some(notifications)
}
