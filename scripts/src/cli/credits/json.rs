//! The credits for machines.

use serde_json::{Value, json};

use super::reckoning::Reckoning;
use super::text;

/// As `docs/json/credits.schema.json` has it.
pub(super) fn of(reckoning: &Reckoning) -> Value {
    let Reckoning { assumed, credits, .. } = reckoning;
    let required = reckoning.required.map(|(target, required)| {
        json!({
            "target_usd": target,
            "as_written_mor": required.as_written,
            "with_stakers_part_mor": required.with_stakers_part,
            "exact_mor": required.exact,
        })
    });
    json!({
        "day": assumed.day.0,
        "own_mor": assumed.own_mor,
        "others_mor": assumed.others_mor,
        "price_usd": assumed.price_usd,
        "factor": assumed.factor,
        "network_share": assumed.network_share,
        "total_mor": credits.total_mor,
        "gross_mor": credits.gross_mor,
        "stakers_mor": credits.stakers_mor,
        "builders_mor": credits.builders_mor,
        "share": credits.share,
        "credits_usd": credits.usd_a_day,
        "apy": credits.yearly,
        "required": required,
        "cost_usd": reckoning.cost,
        "unverified": text::UNVERIFIED,
    })
}
