//! Plays a scenario on the model and reports what came of it.

use num_bigint::BigUint;

use crate::report::{Amounts, EventResult, Report};
use crate::scenario::Scenario;
use crate::settlement::Account;
use crate::world::Model;

/// Plays every event in order; a refused one is reported and the play goes on.
#[must_use]
pub fn play(scenario: &Scenario) -> Report {
    let mut model = Model::new(scenario);
    let events = scenario.events.iter().enumerate().map(|(index, event)| {
        let error = model.apply(event.at, &event.op).err().map(|refusal| refusal.to_string());
        EventResult { index, ok: error.is_none(), error }
    });
    let events = events.collect();
    Report {
        days: model.days().to_vec(),
        credited: amounts(&model, |account| model.settlement().paid_wei(account) + model.owed(account)),
        paid: amounts(&model, |account| model.settlement().paid_wei(account)),
        events,
    }
}

/// An amount of every registered subnet's operator and of every staker there ever was.
fn amounts(model: &Model, wei: impl Fn(&Account) -> BigUint) -> Amounts {
    let operator = |name: &String| (name.clone(), wei(&Account::Operator(name.clone())));
    let staker =
        |(subnet, staker): (String, String)| (format!("{subnet}/{staker}"), wei(&Account::Staker(subnet, staker)));
    Amounts {
        operators: model.stakes().subnets().iter().map(|subnet| operator(&subnet.name)).collect(),
        stakers: model.stakes().pairs().into_iter().map(staker).collect(),
    }
}
