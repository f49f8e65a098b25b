//! The credits for people: seven steps, each with what is wrong or open in it.

use mrc53_console::show::{grouped, named_day};

use super::reckoning::Reckoning;

/// What nobody has verified, or what the seed's formulas leave open.
pub(super) const UNVERIFIED: [&str; 5] = [
    "the 80/20 split is a constant of the gateway: BuildersV4 pays a subnet's whole reward to its admin",
    "step 6 as written leaves the stakers' part out, and forgets that one's own stake enlarges the total",
    "networkShare() of BuildersV4 is set by its owner; an explorer reckoned with 18.6 % instead of 24 %, a share of \
     0.775, seen in May 2026 and not verified",
    "the stake divided by is that of one network, the 24 % are of all networks",
    "a target, a price and the gateway's factor are whatever they are that day: credits do not roll over",
];

/// Step by step.
pub(super) fn of(reckoning: &Reckoning) -> String {
    let Reckoning { assumed, credits, required, cost } = reckoning;
    let share = assumed.network_share;
    let mut lines = vec![
        format!("inference credits on {}, by the gateway's clock", named_day(assumed.day.0)),
        String::new(),
        line(1, "emission of all pools", &format!("{} MOR", number(credits.total_mor))),
        line(2, "Builders, 24 %", &format!("{} MOR at a network share of {share}", number(credits.gross_mor))),
        line(2, "of it stakers, 80 %", &format!("{} MOR", number(credits.stakers_mor))),
        line(2, "of it builders, 20 %", &format!("{} MOR", number(credits.builders_mor))),
        line(3, "share of stake", &percent(credits.share)),
        line(4, "credits", &some(credits.usd_a_day, "USD a day")),
        line(5, "yield, simple, gross", &percent(credits.yearly)),
    ];
    if let Some((target, required)) = required {
        let what = format!("MOR for {} USD a day", number(*target));
        lines.push(line(6, &what, &some(required.as_written, "as the seed writes it")));
        lines.push(line(6, "", &some(required.with_stakers_part, "with the stakers' 80 %")));
        let none = "none: no stake earns the stakers' whole part".to_owned();
        let exact = required.exact.map_or(none, |mor| format!("{} with one's own stake in the total", number(mor)));
        lines.push(line(6, "", &exact));
    }
    if let Some(cost) = cost {
        lines.push(line(7, "cost of the tokens", &format!("{} USD", number(*cost))));
    }
    lines.push(String::new());
    lines.push("Open, or not verified:".into());
    lines.extend(UNVERIFIED.map(|open| format!("- {open}")));
    lines.join("\n")
}

fn line(step: u8, what: &str, value: &str) -> String {
    format!("{step}  {what:<24}  {value}")
}

fn some(value: Option<f64>, unit: &str) -> String {
    value.map_or_else(|| "-".into(), |value| format!("{} {unit}", number(value)))
}

fn percent(part: Option<f64>) -> String {
    part.map_or_else(|| "-".into(), |part| format!("{:.4} %", part * 100.0))
}

/// Two decimals, cut as all amounts are.
fn number(value: f64) -> String {
    grouped(&format!("{:.2}", (value * 100.0).floor() / 100.0))
}
