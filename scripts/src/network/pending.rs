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
    match request {
        RequestPacket::Single(one) => RequestPacket::Single(at_pending(one)),
        RequestPacket::Batch(all) => RequestPacket::Batch(all.into_iter().map(at_pending).collect()),
    }
}

fn at_pending(request: SerializedRequest) -> SerializedRequest {
    if request.method() != "eth_call" {
        return request;
    }
    changed(&request).unwrap_or(request)
}

/// None if the call names another block than the latest.
fn changed(request: &SerializedRequest) -> Option<SerializedRequest> {
    let mut params: Vec<Value> = serde_json::from_str(request.params()?.get()).ok()?;
    match params.get(1) {
        None => params.push("pending".into()),
        Some(block) if block == "latest" => params[1] = "pending".into(),
        Some(_) => return None,
    }
    Request { meta: request.meta().clone(), params }.serialize().ok()
}

#[cfg(test)]
mod tests {
    use alloy::rpc::json_rpc::{Id, RequestMeta};
    use serde_json::json;

    use super::*;

    fn asked(method: &'static str, params: Value) -> Value {
        let request = Request { meta: RequestMeta::new(method.into(), Id::Number(7)), params };
        let RequestPacket::Single(request) = instead_of_latest(RequestPacket::Single(request.serialize().unwrap()))
        else {
            panic!("one request became many")
        };
        serde_json::from_str(request.serialized().get()).unwrap()
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
