//! `cargo mrc53 safe`: what the owner of the suite does, as a batch for a Safe or sent with the owner's key.

use std::path::PathBuf;

use alloy::primitives::{Address, U256};
use anyhow::{Error, Result};
use clap::{Args, Subcommand};
use mrc53_acts::safe::acts::Act;
use mrc53_acts::safe::bundle::{self, Bundle};
use mrc53_acts::safe::plan::{Named, Plan};
use mrc53_console::amounts;
use mrc53_console::days;
use mrc53_console::failure::BadInput;
use mrc53_console::show;
use mrc53_keeper::programs::callable;
use mrc53_node::connection::Connection;
use mrc53_node::follow::{self, Change};
use mrc53_node::keys::Signer;
use mrc53_node::sender::{Sender, Transaction, Unsigned};
use serde_json::{Value, json};

use super::network::NetworkArgs;
use super::owned::{Owned, Pausable};
use super::sending::{SendingArgs, require_local};

/// Examples of all acts.
const EXAMPLES: &str = "\
Examples:
  cargo mrc53 safe transfer-ownership --to 0x… --network arbitrum-sepolia
  cargo mrc53 safe accept-ownership --network arbitrum-sepolia
  cargo mrc53 safe pause claiming --network arbitrum-sepolia
  cargo mrc53 safe schedule-calculator --calculator 0x… --from-day 2026-11-12 --network arbitrum-sepolia --out next.json
  cargo mrc53 safe min-stake --mor 12000 --network local --send

The file goes into the Safe's Transaction Builder. Nothing is sent without --send; after it the book has the new owner or pool.";

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct SafeArgs {
    #[command(subcommand)]
    act: ActArgs,
}

#[derive(Debug, Subcommand)]
enum ActArgs {
    /// Offer the ownership to another account, which has to take it; or call the offer off.
    #[command(
        after_help = "Examples:\n  cargo mrc53 safe transfer-ownership --to 0x… --network arbitrum-sepolia\n  cargo mrc53 safe transfer-ownership --call-off --network arbitrum-sepolia"
    )]
    TransferOwnership {
        /// Who may take it: an account that can sign.
        #[arg(long, value_name = "ADDRESS", required_unless_present = "call_off")]
        to: Option<Address>,
        /// Call off what was offered and not taken yet.
        #[arg(long, conflicts_with = "to")]
        call_off: bool,
        /// Of this contract [default: of both].
        #[arg(long, value_enum)]
        contract: Option<Owned>,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Take the ownership that was offered with `transfer-ownership`.
    #[command(after_help = "Example:\n  cargo mrc53 safe accept-ownership --network arbitrum-sepolia")]
    AcceptOwnership {
        /// Of this contract [default: each that offers it].
        #[arg(long, value_enum)]
        contract: Option<Owned>,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Let another calculator count, from a day at least 8 days ahead.
    #[command(
        after_help = "Example:\n  cargo mrc53 safe schedule-calculator --calculator 0x… --from-day 2026-11-12 --network arbitrum-sepolia"
    )]
    ScheduleCalculator {
        /// Where it stands.
        #[arg(long, value_name = "ADDRESS")]
        calculator: Address,
        /// The first UTC day it counts for, as 2026-11-12 or 20769 (unix / 86400).
        #[arg(long, value_name = "DAY", value_parser = days::parse)]
        from_day: u32,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Stop new stakes, settling or claiming.
    #[command(after_help = "Example:\n  cargo mrc53 safe pause claiming --network arbitrum-sepolia")]
    Pause {
        #[arg(value_enum)]
        what: Pausable,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Go on with new stakes, settling or claiming.
    #[command(after_help = "Example:\n  cargo mrc53 safe unpause claiming --network arbitrum-sepolia")]
    Unpause {
        #[arg(value_enum)]
        what: Pausable,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Let days that are not settled yet settle at zero, for good.
    #[command(
        after_help = "Example:\n  cargo mrc53 safe void-days --from 2026-11-12 --to 2026-11-19 --network arbitrum-sepolia"
    )]
    VoidDays {
        /// The first UTC day voided, as 2026-11-12 or 20769 (unix / 86400).
        #[arg(long, value_name = "DAY", value_parser = days::parse)]
        from: u32,
        /// The first day that is not; to void all that will come, the day after the emission's last.
        #[arg(long, value_name = "DAY", value_parser = days::parse)]
        to: u32,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Let another account pay rewards.
    #[command(after_help = "Example:\n  cargo mrc53 safe set-pool --pool 0x… --network arbitrum-sepolia")]
    SetPool {
        /// The account; it has to approve the distributor, so no contract of the suite, token or Diamond.
        #[arg(long, value_name = "ADDRESS")]
        pool: Address,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Announce another minimum subnet stake.
    #[command(after_help = "Example:\n  cargo mrc53 safe min-stake --mor 12000 --network arbitrum-sepolia")]
    MinStake {
        /// MOR, as `12000` or `0.5`; with 0 any subnet with stake counts.
        #[arg(long, value_name = "MOR", value_parser = amounts::mor, allow_negative_numbers = true)]
        mor: U256,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Let the Diamond book sessions as they are closed; its owner signs.
    #[command(
        after_help = "Examples:\n  cargo mrc53 safe set-recorder --network arbitrum-sepolia\n  cargo mrc53 safe set-recorder --off --network arbitrum-sepolia"
    )]
    SetRecorder {
        /// The recorder, which must read this Diamond [default: the book's].
        #[arg(long, value_name = "ADDRESS")]
        recorder: Option<Address>,
        /// Name none: closing is what it was without the hook.
        #[arg(long, conflicts_with = "recorder")]
        off: bool,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Let the Diamond's books count what distributors have paid; its owner signs.
    #[command(
        after_help = "Examples:\n  cargo mrc53 safe set-distributors --network arbitrum-sepolia\n  cargo mrc53 safe set-distributors --off --network arbitrum-sepolia"
    )]
    SetDistributors {
        /// A distributor; may be repeated [default: all of the book, those that were replaced too].
        #[arg(long = "distributor", value_name = "ADDRESS")]
        distributors: Vec<Address>,
        /// Name none: the books are what they were before.
        #[arg(long, conflicts_with = "distributors")]
        off: bool,
        #[command(flatten)]
        how: HowArgs,
    },
    /// Try a cut's file, or its rollback, on the Diamond; or execute it with the owner's key, on local chains.
    #[command(
        after_help = "Examples:\n  cargo mrc53 safe execute cut.rollback.json --network arbitrum-sepolia\n  cargo mrc53 safe execute cut.rollback.json --network local --send"
    )]
    Execute {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        how: SendsArgs,
    },
}

#[derive(Args, Debug)]
struct HowArgs {
    #[command(flatten)]
    sends: SendsArgs,
    /// The file to write [default: `mrc53/safe/<ACT>.json` in `target`].
    #[arg(long, value_name = "FILE", conflicts_with = "send")]
    out: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct SendsArgs {
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
    /// Send it with the owner's key.
    #[arg(long)]
    send: bool,
}

/// What becomes of a plan that is not sent.
enum Else {
    /// A file is written: here, or where such files go.
    Written(Option<PathBuf>),
    /// It was read from one.
    WasWritten,
}

impl ActArgs {
    fn split(self) -> (Act, SendsArgs, Else) {
        let (act, how) = match self {
            Self::TransferOwnership { to, contract, how, .. } => {
                (Act::TransferOwnership { contract: contract.map(Into::into), to }, how)
            }
            Self::AcceptOwnership { contract, how } => (Act::AcceptOwnership(contract.map(Into::into)), how),
            Self::ScheduleCalculator { calculator, from_day, how } => {
                (Act::ScheduleCalculator { calculator, from_day }, how)
            }
            Self::Pause { what, how } => (Act::Pause(what.into()), how),
            Self::Unpause { what, how } => (Act::Unpause(what.into()), how),
            Self::VoidDays { from, to, how } => (Act::VoidDays { from_day: from, to_day: to }, how),
            Self::SetPool { pool, how } => (Act::SetPool(pool), how),
            Self::MinStake { mor, how } => (Act::MinStake(mor), how),
            Self::SetRecorder { recorder, off, how } => {
                (Act::SetRecorder(named(recorder.into_iter().collect(), off)), how)
            }
            Self::SetDistributors { distributors, off, how } => (Act::SetDistributors(named(distributors, off)), how),
            Self::Execute { file, how } => return (Act::Execute(file), how, Else::WasWritten),
        };
        (act, how.sends, Else::Written(how.out))
    }
}

fn named(these: Vec<Address>, off: bool) -> Named {
    match these.is_empty() {
        _ if off => Named::Nobody,
        true => Named::OfTheBook,
        false => Named::These(these),
    }
}

/// What became of a plan.
enum Outcome {
    Nothing,
    Written(PathBuf, Box<Bundle>),
    Sent(Sending),
}

impl Outcome {
    fn is_sent(&self) -> bool {
        matches!(self, Self::Sent(sending) if sending.calls.iter().any(|done| done["sent"] == true))
    }
}

/// The calls that were sent or shown, as far as they went.
struct Sending {
    calls: Vec<Value>,
    unsigned: Vec<Unsigned>,
    failure: Option<Error>,
}

pub(super) fn run(args: SafeArgs) -> Result<()> {
    let (act, how, or_else) = args.act.split();
    tokio::runtime::Runtime::new()?.block_on(act_on(&act, &how, or_else))
}

async fn act_on(act: &Act, how: &SendsArgs, or_else: Else) -> Result<()> {
    let (signer, mut connection) = how.sending.connect_if(how.send, &how.network).await?;
    if matches!(act, Act::Execute(_)) {
        require_local(how.send, &connection)?;
    }
    callable::require(&connection, act.calls()).await?;
    let plan = act.plan(&connection).await?;
    let outcome = match signer {
        Some(signer) => send(&connection, signer, &plan, how.sending.dry_run).await?,
        None => match or_else {
            Else::Written(out) if !how.sending.dry_run => write(&connection, &plan, out)?,
            _ => Outcome::Nothing,
        },
    };
    // What was sent is told of, whatever becomes of the book.
    // What somebody else has changed meanwhile stays a difference, and an alarm.
    let followed = if outcome.is_sent() && act.changes_the_book() {
        follow::follow(&mut connection).await
    } else {
        Ok(Vec::new())
    };
    let (changes, failure) = followed.map_or_else(|error| (Vec::new(), Some(error)), |changes| (changes, None));
    let unsigned = if let Outcome::Sent(sending) = &outcome { sending.unsigned.as_slice() } else { &[] };
    how.sending.print(&show(&plan, &outcome, &changes), &report(&plan, &outcome, &changes), unsigned)?;
    if let Some(failure) = failure {
        return Err(failure.context("the book does not follow; `cargo mrc53 deploy` lets it"));
    }
    match outcome {
        Outcome::Sent(Sending { failure: Some(failure), .. }) => Err(failure),
        _ => Ok(()),
    }
}

fn write(connection: &Connection, plan: &Plan, out: Option<PathBuf>) -> Result<Outcome> {
    let path = out.map_or_else(|| bundle::default_path(&plan.name), Ok)?;
    let bundle = Bundle::new(
        &format!("MRC-53: {}", plan.name),
        &plan.summary,
        connection.network.chain_id,
        plan.from,
        &plan.calls,
    )?;
    bundle.write(&path)?;
    Ok(Outcome::Written(path, Box::new(bundle)))
}

async fn send(connection: &Connection, signer: Signer, plan: &Plan, dry_run: bool) -> Result<Outcome> {
    if signer.address() != plan.from {
        let (key, from) = (signer.address(), plan.from);
        return Err(
            BadInput::new(format!("the key is of {key}, and only {from} can do this: it signs the file")).into()
        );
    }
    let sender = Sender::new(connection, signer, dry_run);
    let mut sending = Sending { calls: Vec::new(), unsigned: Vec::new(), failure: None };
    for call in &plan.calls {
        let transaction = Transaction { what: call.words(), to: call.to, value: U256::ZERO, data: call.data.clone() };
        match sender.send(&transaction).await {
            Ok(sent) => {
                let mut done = sent.json();
                done["call"] = json!(call.words());
                sending.calls.push(done);
            }
            Err(error) if sending.calls.is_empty() => return Err(error),
            Err(error) => {
                sending.failure = Some(error);
                break;
            }
        }
    }
    sending.unsigned = sender.unsigned();
    Ok(Outcome::Sent(sending))
}

fn report(plan: &Plan, outcome: &Outcome, changes: &[Change]) -> Value {
    let none: &[Value] = &[];
    let (file, checksum, transactions) = match outcome {
        Outcome::Nothing => (Value::Null, Value::Null, none),
        Outcome::Written(path, bundle) => (json!(path), json!(bundle.checksum()), none),
        Outcome::Sent(sending) => (Value::Null, Value::Null, sending.calls.as_slice()),
    };
    let calls: Vec<Value> =
        plan.calls.iter().map(|call| json!({ "to": call.to, "call": call.words(), "data": call.data })).collect();
    json!({
        "act": plan.name, "summary": plan.summary, "from": plan.from, "calls": calls,
        "file": file, "checksum": checksum, "sent": outcome.is_sent(), "transactions": transactions,
        "book_changes": changes,
    })
}

fn show(plan: &Plan, outcome: &Outcome, changes: &[Change]) -> String {
    let mut lines = vec![plan.summary.clone(), String::new(), format!("from      {}", plan.from)];
    lines.extend(plan.calls.iter().map(|call| format!("call      {} of {}", call.words(), call.to)));
    match outcome {
        Outcome::Nothing => {
            lines.push("accepted  when tried on the chain's latest state; nothing was written or sent".into());
        }
        Outcome::Written(path, bundle) => {
            lines.push("accepted  when tried on the chain's latest state".into());
            lines.push(format!("checksum  {}", bundle.checksum()));
            lines.push(format!("file      {}", show::path(path)));
        }
        Outcome::Sent(sending) => lines.extend(sending.calls.iter().map(|done| match done["transaction"].as_str() {
            Some(hash) => format!("sent      {hash}: {} gas", done["gas"]),
            None if done["would_use_gas"].is_null() => "written   to standard output, unsigned".into(),
            None => format!("accepted  with {} gas; nothing was sent", done["would_use_gas"]),
        })),
    }
    lines.extend(changes.iter().map(|change| format!("book      {change}")));
    lines.join("\n")
}
