//! What was done, for people and as JSON.

use alloy::primitives::B256;
use alloy::primitives::utils::format_ether;
use mrc53_console::show::{date, moment};
use mrc53_node::sender::Sent;
use serde_json::{Value, json};

use crate::games::find::Found;
use crate::games::game::Claim;
use crate::relay::{Cost, Ticket};

/// One run.
#[derive(Debug)]
pub struct Report {
    /// Whether nothing is ever sent.
    pub dry_run: bool,
    /// The game whose root it is about.
    pub claim: Claim,
    /// The time of its block, unix seconds.
    pub header_time: u64,
    /// The last day that it covers; none if it covers none.
    pub last_covered_day: Option<u32>,
    /// What is newer, and why it is not valid; none where a game was named.
    pub newer: Option<Found>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a root.
#[derive(Debug)]
pub enum Outcome {
    /// `UsageProofs` has it.
    Arrived,
    /// It covers no day that is not covered already.
    AddsNothing {
        /// The last day that is.
        covered_to: u32,
    },
    /// It was sent and has not arrived.
    UnderWay {
        /// By this transaction on Ethereum.
        transaction: B256,
    },
    /// It was sent now, or would be.
    Sent {
        /// Its way.
        ticket: Ticket,
        /// What that costs.
        cost: Cost,
        /// What became of the transaction on Ethereum.
        sent: Sent,
    },
}

impl Report {
    /// For people.
    #[must_use]
    pub fn text(&self) -> String {
        let Claim { game, root, block } = self.claim;
        let covers =
            self.last_covered_day.map_or_else(|| "no day".to_owned(), |day| format!("days up to {}", date(day)));
        let mut lines = vec![
            format!("root     {root}"),
            format!("game     {} of {}", game.address, moment(game.created_at)),
            format!("block    {block} of Base, {}; it covers {covers}", moment(self.header_time)),
        ];
        if let Outcome::Sent { ticket, cost, sent } = &self.outcome {
            lines.push(format!(
                "cost     {} ether for the ticket, {} ether prepaid for {} gas on Arbitrum; what is too much goes to {}",
                format_ether(cost.submission),
                format_ether(cost.prepaid),
                ticket.gas_limit,
                ticket.refund
            ));
            match sent {
                Sent::Mined(receipt) => {
                    lines.push(format!("sent     {} ({} gas on Ethereum)", receipt.transaction_hash, receipt.gas_used));
                    lines.push(self.outcome.words(root));
                }
                Sent::Predicted { gas } => lines.push(format!("would be sent, with {gas} gas on Ethereum")),
                Sent::Unsigned(_) => lines.push("written down for somebody else to sign".into()),
            }
        } else {
            lines.push(self.outcome.words(root));
        }
        let reasons = self.newer.as_ref().map(Found::reasons).unwrap_or_default();
        lines.extend(reasons.into_iter().map(|reason| format!("newer    {reason}")));
        lines.join("\n")
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let (state, sent, ticket) = match &self.outcome {
            Outcome::Arrived => ("arrived", None, None),
            Outcome::AddsNothing { .. } => ("adds_nothing", None, None),
            Outcome::UnderWay { .. } => ("under_way", None, None),
            Outcome::Sent { ticket, cost, sent } => (
                match sent {
                    Sent::Mined(_) => "sent",
                    Sent::Predicted { .. } | Sent::Unsigned(_) => "would_send",
                },
                Some(sent),
                Some(json!({
                    "refund": ticket.refund,
                    "gas_limit": ticket.gas_limit,
                    "max_fee_per_gas_wei": ticket.max_fee_per_gas.to_string(),
                    "submission_wei": cost.submission.to_string(),
                    "prepaid_wei": cost.prepaid.to_string(),
                    "value_wei": cost.value().to_string(),
                })),
            ),
        };
        let sent_before = match &self.outcome {
            Outcome::UnderWay { transaction } => Some(transaction),
            _ => None,
        };
        let sending = sent.map_or_else(
            || json!({ "sent": false, "transaction": null, "gas": null, "would_use_gas": null }),
            Sent::json,
        );
        let mut value = json!({
            "dry_run": self.dry_run,
            "state": state,
            "root": self.claim.root,
            "game": self.claim.game,
            "block": self.claim.block,
            "header_time": self.header_time,
            "last_covered_day": self.last_covered_day,
            "ticket": ticket,
            "sent_before": sent_before,
            "newer": self.newer.as_ref().map_or(&[][..], |found| &found.newer),
        });
        if let (Value::Object(all), Value::Object(more)) = (&mut value, sending) {
            all.extend(more);
        }
        value
    }
}
