//! The transactions of a plan: sent one after the other, or only shown.

use anyhow::{Error, Result};
use mrc53_node::sender::{Refused, Sender, Sent};

use super::plan::Plan;
use super::refusal::in_words;

/// A transaction of the plan, and what became of it.
#[derive(Debug)]
pub struct Step {
    /// What it does.
    pub what: String,
    /// What became of it; none where it was not sent.
    pub sent: Option<Sent>,
}

/// Sends the transactions of `plan`, and says why it ended early if it did.
///
/// # Errors
/// As [`Sender::send`], if nothing was sent before.
pub async fn carry_out(sender: &Sender<'_>, plan: &Plan) -> Result<(Vec<Step>, Option<Error>)> {
    let mut steps: Vec<Step> = Vec::new();
    for transaction in &plan.transactions {
        let what = transaction.what.clone();
        if sender.is_dry_run() && !steps.is_empty() {
            steps.push(Step { what, sent: None });
            continue;
        }
        match sender.send(transaction).await {
            Ok(sent) => steps.push(Step { what, sent: Some(sent) }),
            Err(error) => {
                let error = explained(sender, plan, error).await?;
                if steps.is_empty() {
                    return Err(error);
                }
                // What was sent before it stands: an allowance that nothing has used, too.
                let rest = plan.transactions.iter().skip(steps.len());
                let rest: Vec<Step> = rest.map(|it| Step { what: it.what.clone(), sent: None }).collect();
                steps.extend(rest);
                return Ok((steps, Some(error)));
            }
        }
    }
    Ok((steps, None))
}

/// What the contract refused since it was tried, in words; other errors as they are.
async fn explained(sender: &Sender<'_>, plan: &Plan, error: Error) -> Result<Error> {
    match error.downcast_ref::<Refused>() {
        Some(Refused { what, data, mined: None, .. }) => in_words(sender.connection(), what, &plan.before, data).await,
        _ => Ok(error),
    }
}
