//! What an author of scenarios writes how often. Each has a taste of its own: rare things meet more often where one
//! author loves them, and others leave them out, than where all write the same.

use fastrand::Rng;

use crate::op::Op;

/// How often each verb is written, of about a hundred, by an author without a taste.
const USUAL: [(&str, u32); Op::VERBS.len()] = [
    ("register", 2),
    ("set_receiver", 2),
    ("set_fee", 3),
    ("stake", 14),
    ("withdraw", 9),
    ("open", 16),
    ("close", 4),
    ("record", 20),
    ("record_many", 4),
    ("settle", 9),
    ("claim", 4),
    ("claim_stake", 9),
    ("fund", 2),
    ("allow", 2),
    ("pause", 1),
    ("unpause", 3),
    ("set_min_subnet_stake", 1),
    ("schedule_calculator", 2),
    ("void", 1),
];

/// Without these nothing comes of a scenario.
const ALWAYS: [&str; 5] = ["stake", "open", "record", "settle", "claim_stake"];

/// An author's taste.
pub(super) struct Mix {
    weights: Vec<(&'static str, u32)>,
    /// One event in so many lets a day or two pass.
    pub(super) events_per_day: u8,
}

impl Mix {
    /// Any taste: each verb never, as usual, or several times as often.
    pub(super) fn any(rng: &mut Rng) -> Self {
        let taste = |(verb, usual)| {
            let times: &[u32] = if ALWAYS.contains(&verb) { &[1, 1, 2] } else { &[0, 1, 1, 2, 8] };
            (verb, usual * times[rng.usize(0..times.len())])
        };
        let weights = USUAL.into_iter().map(taste).collect();
        Self { weights, events_per_day: [30, 30, 8][rng.usize(0..3)] }
    }

    /// The next verb.
    pub(super) fn verb(&self, rng: &mut Rng) -> &'static str {
        let mut at = rng.u32(0..self.weights.iter().map(|(_, weight)| weight).sum());
        for (verb, weight) in &self.weights {
            if at < *weight {
                return verb;
            }
            at -= weight;
        }
        unreachable!("`at` is below the sum of the weights")
    }
}
