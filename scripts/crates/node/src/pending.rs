//! Calls as the next transaction would meet the chain.
//!
//! A chain that makes its blocks for transactions stands still between them: at its latest block it is still the time
//! of the last one, while a transaction sent now is mined, and an estimate made, at the time of now. What a keeper asks
//! (which days are final, how much a session has served) must be asked at that time, or it finds nothing to do. So a
//! call for which no block was named is made at the pending block.

use alloy::rpc::json_rpc::{Request, RequestPacket, SerializedRequest};
use serde_json::Value;

/// `request` with every call at the latest block made at the pending one.
#[must_use]
pub fn instead_of_latest(request: RequestPacket) -> RequestPacket {
    each(request, |params| match params.get(1) {
        None => {
            params.push("pending".into());
            true
        }
        Some(_) => replaced(params, "latest", "pending"),
    })
}

/// `request` with every call at the pending block made at the latest one, for a node that knows none to come.
#[must_use]
pub fn instead_of_pending(request: RequestPacket) -> RequestPacket {
    each(request, |params| replaced(params, "pending", "latest"))
}

/// Puts `to` in the place of the block `from`; false if another is named.
fn replaced(params: &mut [Value], from: &str, to: &str) -> bool {
    let Some(block) = params.get_mut(1).filter(|block| *block == from) else { return false };
    *block = to.into();
    true
}

/// `request` with the parameters of its calls as `change` leaves them; it says whether it changed anything.
fn each(request: RequestPacket, change: impl Fn(&mut Vec<Value>) -> bool) -> RequestPacket {
    let one = |request: SerializedRequest| match request.method() {
        "eth_call" => changed(&request, &change).unwrap_or(request),
        _ => request,
    };
    match request {
        RequestPacket::Single(single) => RequestPacket::Single(one(single)),
        RequestPacket::Batch(all) => RequestPacket::Batch(all.into_iter().map(one).collect()),
    }
}

fn changed(request: &SerializedRequest, change: impl Fn(&mut Vec<Value>) -> bool) -> Option<SerializedRequest> {
    let mut params: Vec<Value> = serde_json::from_str(request.params()?.get()).ok()?;
    change(&mut params).then(|| Request { meta: request.meta().clone(), params }.serialize().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use alloy::rpc::json_rpc::{Id, RequestMeta};
    use serde_json::json;

    use super::*;

    fn by(turn: fn(RequestPacket) -> RequestPacket, method: &'static str, params: Value) -> Value {
        let request = Request { meta: RequestMeta::new(method.into(), Id::Number(7)), params };
        let RequestPacket::Single(request) = turn(RequestPacket::Single(request.serialize().unwrap())) else {
            panic!("one request became many")
        };
        serde_json::from_str(request.serialized().get()).unwrap()
    }

    fn asked(method: &'static str, params: Value) -> Value {
        by(instead_of_latest, method, params)
    }

    #[test]
    fn where_there_is_no_pending_block_calls_at_it_are_made_at_the_latest() {
        assert_eq!(by(instead_of_pending, "eth_call", json!([{}, "pending"]))["params"], json!([{}, "latest"]));
        for (method, params) in [
            ("eth_call", json!([{}])),
            ("eth_call", json!([{}, "0x10"])),
            ("eth_getTransactionCount", json!(["0x1", "pending"])),
        ] {
            assert_eq!(by(instead_of_pending, method, params.clone())["params"], params);
        }
    }

    #[test]
    fn a_call_at_the_latest_block_or_none_is_made_at_the_pending_one() {
        for params in [json!([{"to": "0x1"}]), json!([{"to": "0x1"}, "latest"])] {
            let asked = asked("eth_call", params);
            assert_eq!(asked["params"], json!([{"to": "0x1"}, "pending"]));
            assert_eq!((&asked["id"], &asked["method"]), (&json!(7), &json!("eth_call")));
        }
        let overrides = json!({"0x2": {"code": "0x"}});
        assert_eq!(asked("eth_call", json!([{}, "latest", overrides]))["params"], json!([{}, "pending", overrides]));
    }

    #[test]
    fn a_call_at_a_block_of_its_own_and_other_questions_stay_as_they_are() {
        for (method, params) in [
            ("eth_call", json!([{}, "0x10"])),
            ("eth_call", json!([{}, {"blockHash": "0x10"}])),
            ("eth_getBlockByNumber", json!(["latest", false])),
            ("eth_getCode", json!(["0x1", "latest"])),
        ] {
            assert_eq!(asked(method, params.clone())["params"], params);
        }
    }
}
