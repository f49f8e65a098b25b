//! Bookings: simulated, sent many at a time, and read back from what the recorder reports.
//!
//! A batch that would book less than its sessions have is taken apart: what the recorder skips in a batch, because its
//! answer costs more than a batch gives it, goes alone, and what it refuses alone too is not sent. All of this may be
//! repeated, by anybody, at any time: a second booking books nothing. A session that only loses something is sent too:
//! the recorder then drops it for good, with an event, and nobody finds it again.

use std::collections::VecDeque;

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::rpc::types::TransactionReceipt;
use alloy::sol_types::{SolCall, SolEvent};
use anyhow::Result;
use mrc53_abi::SessionRecorder::{
    DaysPassedOver, RecordSkipped, SecondsDropped, SessionBooked, recordCall, recordManyCall,
};
use mrc53_abi::refusal::Refusals;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_node::no_value::NoValue;
use mrc53_node::patience;
use mrc53_node::sender::{Refused, Sender, Sent, TooMuchGas, Transaction};
use mrc53_node::sent::{ends_run, mined_in_vain};
use mrc53_node::words;

use super::eligible::{EligibleDays, PassedOver};
use super::report::{Line, Outcome, Report};
use super::site::Site;

/// A session that has something to book, or that has lost something.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its id.
    pub session_id: B256,
    /// Its subnet.
    pub subnet: Address,
    /// On which days that counts.
    pub eligible: EligibleDays,
    /// Seconds that can be booked.
    pub new_seconds: u64,
    /// Seconds that come too late, on days that counted.
    pub lost_seconds: u64,
    /// Days before those that can be booked on which its subnet was not eligible.
    pub passed_over: Vec<PassedOver>,
}

impl Candidate {
    fn line(&self, outcome: Outcome) -> Line {
        Line { session_id: self.session_id, subnet: self.subnet, outcome }
    }

    /// Whether recording it books nothing and says what it has lost.
    fn only_loses(&self) -> bool {
        self.new_seconds == 0
    }

    fn planned(&self) -> Outcome {
        let Self { new_seconds, lost_seconds, .. } = *self;
        if self.only_loses() {
            return Outcome::TooLate { lost_seconds, transaction: None };
        }
        Outcome::Planned { new_seconds, lost_seconds, passed_over: self.passed_over.clone() }
    }
}

/// Sends bookings.
#[derive(Debug)]
pub struct Batcher<'a> {
    site: &'a Site,
    sender: &'a Sender<'a>,
    refusals: Refusals,
}

/// What to do with a batch, before it is sent.
struct Plan {
    /// What goes in one transaction.
    together: Vec<Candidate>,
    /// What has to be looked at alone.
    alone: Vec<Candidate>,
    /// What needs no transaction.
    lines: Vec<Line>,
}

/// Whether another batch may go through where this one does not.
fn is_of_the_batch(error: &anyhow::Error) -> bool {
    error.is::<Refused>() || error.is::<TooMuchGas>()
}

impl<'a> Batcher<'a> {
    /// For the recorder of `site`, on whose chain `sender` sends.
    ///
    /// # Errors
    /// Fails if the errors of this build are malformed.
    pub fn new(site: &'a Site, sender: &'a Sender<'a>) -> Result<Self> {
        Ok(Self { site, sender, refusals: Refusals::all()? })
    }

    /// Books `candidates`, at most `size` in a transaction, and adds a line for each to `report`.
    ///
    /// # Errors
    /// [`NoEther`](mrc53_node::sender::NoEther) if the sender has too little and nothing has been sent yet. Whatever
    /// else fails is in the report.
    pub async fn record(&self, candidates: Vec<Candidate>, size: usize, report: &mut Report) -> Result<()> {
        if candidates.is_empty() {
            return Ok(());
        }
        let all = candidates.len();
        let progress = Progress::start(format!("recording {}", count(all, "session")));
        let mut batches: VecDeque<Vec<Candidate>> = candidates.chunks(size).map(<[_]>::to_vec).collect();
        let mut given_up = None;
        while let Some(batch) = batches.pop_front() {
            let left: usize = batch.len() + batches.iter().map(Vec::len).sum::<usize>();
            progress.detail(format!("{} of {all}", all - left));
            if let Some(reason) = &given_up {
                let reason = format!("not tried after this: {reason}");
                report.lines.extend(batch.iter().map(|one| one.line(Outcome::Failed { reason: reason.clone() })));
                continue;
            }
            match patience::again(async || self.step(&batch, report).await).await {
                Ok(alone) => batches.extend(alone.into_iter().map(|one| vec![one])),
                Err(error) if ends_run(&error) && report.transactions.is_empty() => return Err(error),
                // The chain's limits are below this batch: halves may fit.
                Err(error) if is_of_the_batch(&error) && batch.len() > 1 => {
                    let in_vain = mined_in_vain(&error);
                    report.transactions.extend(in_vain.map(|(hash, _)| hash));
                    report.gas += in_vain.map_or(0, |(_, gas)| gas);
                    let (first, second) = batch.split_at(batch.len() / 2);
                    batches.push_front(second.to_vec());
                    batches.push_front(first.to_vec());
                }
                Err(error) if is_of_the_batch(&error) => {
                    report
                        .lines
                        .extend(batch.iter().map(|one| one.line(Outcome::Refused { reason: error.to_string() })));
                }
                Err(error) => {
                    let reason = words::of(&error);
                    report.lines.extend(batch.iter().map(|one| one.line(Outcome::Failed { reason: reason.clone() })));
                    given_up = Some(reason);
                }
            }
        }
        progress.done(format!("went through {}", count(all, "session")));
        Ok(())
    }

    /// Books `batch` in one transaction and returns what has to be looked at alone.
    async fn step(&self, batch: &[Candidate], report: &mut Report) -> Result<Vec<Candidate>> {
        let Plan { together, mut alone, mut lines } = self.plan(batch).await?;
        if !together.is_empty() {
            match self.sender.send(&self.transaction(&together)).await? {
                Sent::Mined(receipt) => {
                    report.transactions.push(receipt.transaction_hash);
                    report.gas += receipt.gas_used;
                    let (booked, skipped) = self.read(&receipt, together);
                    lines.extend(booked);
                    alone.extend(skipped);
                }
                sent => {
                    if let Sent::Predicted { gas } = sent {
                        report.would_use_gas += gas;
                    }
                    lines.extend(together.iter().map(|one| one.line(one.planned())));
                }
            }
        }
        report.lines.extend(lines);
        Ok(alone)
    }

    async fn plan(&self, batch: &[Candidate]) -> Result<Plan> {
        let mut plan = Plan { together: Vec::new(), alone: Vec::new(), lines: Vec::new() };
        if let [one] = batch {
            match self.site.node.reader().ask(self.site.recorder, recordCall { sessionId: one.session_id }).await {
                Ok(0) if !one.only_loses() => plan.lines.push(one.line(Outcome::NothingNew)),
                Ok(_) => plan.together.push(one.clone()),
                Err(NoValue::Refused(data)) => {
                    plan.lines.push(one.line(Outcome::Refused { reason: self.words(&data) }));
                }
                Err(no) => return Err(no.into()),
            }
            return Ok(plan);
        }
        let new_seconds: u64 = batch.iter().map(|one| one.new_seconds).sum();
        if self.would_book(batch).await? >= new_seconds {
            plan.together = batch.to_vec();
            return Ok(plan);
        }
        for one in batch {
            let fits = one.only_loses() || self.would_book(std::slice::from_ref(one)).await? > 0;
            if fits { &mut plan.together } else { &mut plan.alone }.push(one.clone());
        }
        Ok(plan)
    }

    /// Seconds that `batch` would book now in one transaction; 0 if it is refused as a whole.
    async fn would_book(&self, batch: &[Candidate]) -> Result<u64> {
        let call = recordManyCall { sessionIds: batch.iter().map(|one| one.session_id).collect() };
        match self.site.node.reader().ask(self.site.recorder, call).await {
            Ok(seconds) => Ok(seconds),
            Err(NoValue::Refused(_)) => Ok(0),
            Err(no) => Err(no.into()),
        }
    }

    fn transaction(&self, batch: &[Candidate]) -> Transaction {
        let data: Bytes = match batch {
            [one] => recordCall { sessionId: one.session_id }.abi_encode().into(),
            many => recordManyCall { sessionIds: many.iter().map(|one| one.session_id).collect() }.abi_encode().into(),
        };
        let what = format!("record {}", count(batch.len(), "session"));
        Transaction { what, to: self.site.recorder, value: U256::ZERO, data }
    }

    /// What `receipt` says of each session of `batch`, and the sessions that it says were left out.
    fn read(&self, receipt: &TransactionReceipt, batch: Vec<Candidate>) -> (Vec<Line>, Vec<Candidate>) {
        let logs = || receipt.logs().iter().map(|log| &log.inner).filter(|log| log.address == self.site.recorder);
        let booked: Vec<SessionBooked> =
            logs().filter_map(|log| Some(SessionBooked::decode_log(log).ok()?.data)).collect();
        let dropped: Vec<SecondsDropped> =
            logs().filter_map(|log| Some(SecondsDropped::decode_log(log).ok()?.data)).collect();
        let passed: Vec<DaysPassedOver> =
            logs().filter_map(|log| Some(DaysPassedOver::decode_log(log).ok()?.data)).collect();
        let skipped: Vec<RecordSkipped> =
            logs().filter_map(|log| Some(RecordSkipped::decode_log(log).ok()?.data)).collect();
        let (mut lines, mut alone) = (Vec::new(), Vec::new());
        for one in batch {
            let id = one.session_id;
            let of_booked = booked.iter().filter(|event| event.sessionId == id);
            let of_dropped = dropped.iter().filter(|event| event.sessionId == id);
            let booked_seconds = of_booked.map(|event| event.to - event.from).sum();
            let earning = one.eligible.that_earn();
            let lost = of_dropped.map(|it| earning.seconds_of(it.until.saturating_sub(it.droppedSeconds), it.until));
            let lost_seconds = lost.sum();
            let of_passed = passed.iter().filter(|event| event.sessionId == id);
            let passed_over = of_passed.map(|it| PassedOver { from_day: it.fromDay, to_day: it.toDay }).collect();
            let transaction = receipt.transaction_hash;
            match (booked_seconds, lost_seconds) {
                (0, 0) if skipped.iter().any(|event| event.sessionId == id) => alone.push(one),
                (0, 0) => lines.push(one.line(Outcome::NothingNew)),
                (0, _) => lines.push(one.line(Outcome::TooLate { lost_seconds, transaction: Some(transaction) })),
                _ => lines.push(one.line(Outcome::Booked { booked_seconds, lost_seconds, passed_over, transaction })),
            }
        }
        (lines, alone)
    }

    fn words(&self, data: &[u8]) -> String {
        self.refusals.words(data)
    }
}
