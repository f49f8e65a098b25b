//! The command line: verbs and flags.

#[cfg(test)]
mod address_tests;
mod attack;
mod cache;
mod claim;
mod credits;
mod csv;
mod demo;
mod deploy;
mod devnode;
mod diamond_cut;
mod emission;
mod evidence;
mod interfaces;
mod keepalive;
mod network;
mod owned;
mod prove;
mod record;
mod register;
mod relay;
mod replay;
mod safe;
mod sending;
mod set_fee;
mod set_receiver;
mod set_subnet;
mod settle;
mod simulate;
mod span;
mod stake;
mod staking;
mod status;
mod test;
mod toolchain;
mod withdraw;

use std::any::TypeId;
use std::ffi::OsStr;
use std::process::ExitCode;

use alloy::primitives::Address;
use anyhow::Result;
use clap::builder::Resettable;
use clap::{Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand};
use mrc53_console::addresses;
use mrc53_console::failure::{self, EXIT_BAD_INPUT, exit_code};
use mrc53_console::workspace::Workspace;
use mrc53_node::url::without_secrets;
use mrc53_node::words;
use mrc53_suite::contract::Contract;
use toolchain::ToolchainArgs;

/// Said by the help of every verb that says nothing more exact.
const EXIT_CODES: &str =
    "Exit codes: 0 done, 1 not done and may pass by itself (run it again), 2 never without another input.";

/// Builds, rehearses, deploys, operates and tests the MRC-53 compute rewards suite.
#[derive(Debug, Parser)]
#[command(name = "mrc53", bin_name = "cargo mrc53", version, propagate_version = true, after_help = failure::EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Build the contracts to wasm that is ready to activate, and show their sizes and hashes.
    Build(BuildArgs),
    /// Play a scenario with the real contracts on a devnode, or on three, and show what everybody earned.
    Demo(demo::DemoArgs),
    /// Run a local Arbitrum-like chain until Ctrl-C.
    Devnode(devnode::DevnodeArgs),
    /// Run everything that must hold: format, lints, tests, wasm sizes, end to end; or one step of it.
    Test(test::TestArgs),
    /// Put the suite onto a network: whatever is missing there, and nothing else.
    Deploy(deploy::DeployArgs),
    /// Show everything that can be read of the suite on a chain, and what is wrong with it.
    Status(status::StatusArgs),
    /// Book what sessions have served and is not booked yet.
    Record(record::RecordArgs),
    /// Send the newest valid root of Base from Ethereum to Arbitrum.
    Relay(relay::RelayArgs),
    /// Open roots of Base on Arbitrum, and prove by them what subnets have hosted there.
    Prove(prove::ProveArgs),
    /// Credit the final days of subnets to operators and stakers.
    Settle(settle::SettleArgs),
    /// Pay what is owed to operators, or to a staker, from the Compute pool.
    Claim(claim::ClaimArgs),
    /// Register a compute subnet, once and for good, with its receiver and fee.
    Register(register::RegisterArgs),
    /// Stake MOR toward a subnet.
    Stake(stake::StakeArgs),
    /// Take stake back once its lock has ended.
    Withdraw(withdraw::WithdrawArgs),
    /// Lower a subnet's fee, for good.
    SetFee(set_fee::SetFeeArgs),
    /// Set who is paid a subnet's operator's part.
    SetReceiver(set_receiver::SetReceiverArgs),
    /// Name the account under which a provider's sessions on Base are booked.
    SetSubnet(set_subnet::SetSubnetArgs),
    /// Keep the programs active on the chain: prolong or activate again what needs it.
    Keepalive(keepalive::KeepaliveArgs),
    /// Show which programs are in the chain's cache, and put the others there.
    Cache(cache::CacheArgs),
    /// Do what only the owner may: as a batch for a Safe, or sent with the owner's key.
    Safe(Box<safe::SafeArgs>),
    /// Compute the cut that brings a facet into the Diamond, and write it down for a Safe with its inverse.
    DiamondCut(Box<diamond_cut::DiamondCutArgs>),
    /// Show what MOR's five pools emit, by which clock, and what stake earns and needs.
    Emission(emission::EmissionArgs),
    /// Reckon the inference credits of a builder subnet, and the stake that a target needs.
    Credits(credits::CreditsArgs),
    /// Say what days of sessions that were served would have paid.
    Replay(replay::ReplayArgs),
    /// Simulate a market of subnets by a file or a preset: once, swept, compared, at random, or under stress.
    Simulate(simulate::SimulateArgs),
    /// Price attacks: what they cost in MOR·days, locked MOR and gas, and what they take from honest subnets.
    Attack(Box<attack::AttackArgs>),
    /// Write the contracts' Solidity interfaces, or check that they are up to date.
    Interfaces(interfaces::InterfacesArgs),
    /// Measure what the contracts' tests are worth: which faults they notice, which code they run.
    Evidence(evidence::EvidenceArgs),
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  cargo mrc53 build --json\n  cargo mrc53 build --verify")]
struct BuildArgs {
    /// Build once more, from nothing and in another folder, and fail unless every byte is the same.
    #[arg(long)]
    verify: bool,
    /// Print a JSON list instead of a table.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    toolchain: ToolchainArgs,
}

/// Reads the process's arguments, runs the verb and says how it went, by the exit code that [`failure::EXIT_CODES`] explains.
#[must_use]
pub(crate) fn run() -> ExitCode {
    let cli = command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let error = match cli {
        Ok(cli) => match cli.verb.run() {
            Ok(()) => return ExitCode::SUCCESS,
            Err(error) => error,
        },
        Err(error) => return refused(&error),
    };
    eprintln!("error: {}", without_secrets(&words::of(&error)));
    ExitCode::from(exit_code(&error))
}

/// Says why the arguments are none, or the help that was asked for. What was typed is repeated without secrets.
fn refused(error: &clap::Error) -> ExitCode {
    let words = error.render().to_string();
    let shown = without_secrets(&words);
    if shown == words {
        error.exit();
    }
    eprint!("{shown}");
    ExitCode::from(EXIT_BAD_INPUT)
}

/// The command line, with the exit codes below every verb.
fn command() -> Command {
    with_strict_addresses(with_environment(with_exit_codes(Cli::command())))
}

/// What comes from the environment is not shown in the help, for it may be a secret, and an empty variable counts as
/// none.
fn with_environment(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let is_empty = |name: &OsStr| std::env::var_os(name).is_some_and(|value| value.is_empty());
        let arg = if arg.get_env().is_some_and(is_empty) { arg.env(Resettable::Reset) } else { arg };
        arg.hide_env_values(true)
    });
    command.mut_subcommands(with_environment)
}

/// Every argument and option that is an address is read strictly, whichever verb it belongs to.
fn with_strict_addresses(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let is_address = arg.get_value_parser().type_id() == TypeId::of::<Address>();
        if is_address { arg.value_parser(addresses::read) } else { arg }
    });
    command.mut_subcommands(with_strict_addresses)
}

fn with_exit_codes(command: Command) -> Command {
    let said = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let command = match said {
        said if said.contains("Exit codes") => command,
        said if said.is_empty() => command.after_help(EXIT_CODES),
        said => command.after_help(format!("{said}\n\n{EXIT_CODES}")),
    };
    command.mut_subcommands(with_exit_codes)
}

impl Verb {
    fn run(self) -> Result<()> {
        match self {
            Self::Build(args) => {
                let (workspace, source) = (Workspace::find()?, args.toolchain.source());
                let artifacts = mrc53_wasm::build(&workspace, source, &Contract::ALL)?;
                if args.verify {
                    mrc53_wasm::verify(&workspace, source, &artifacts)?;
                }
                sending::say(&if args.json { mrc53_wasm::json(&artifacts)? } else { mrc53_wasm::table(&artifacts) })?;
                mrc53_wasm::check_sizes(&artifacts)
            }
            Self::Cache(args) => cache::run(&args),
            Self::Demo(args) => demo::run(args),
            Self::Deploy(args) => deploy::run(args),
            Self::Devnode(args) => devnode::run(args),
            Self::DiamondCut(args) => diamond_cut::run(&args),
            Self::Credits(args) => credits::run(&args),
            Self::Emission(args) => emission::run(&args),
            Self::Evidence(args) => evidence::run(&args),
            Self::Replay(args) => replay::run(&args),
            Self::Simulate(args) => simulate::run(&args),
            Self::Attack(args) => attack::run(&args),
            Self::Keepalive(args) => keepalive::run(&args),
            Self::Status(args) => status::run(&args),
            Self::Test(args) => test::run(&args),
            Self::Interfaces(args) => interfaces::run(&args),
            Self::Safe(args) => safe::run(*args),
            Self::Record(args) => record::run(&args),
            Self::Relay(args) => relay::run(&args),
            Self::Prove(args) => prove::run(&args),
            Self::Settle(args) => settle::run(&args),
            Self::Claim(args) => claim::run(&args),
            Self::Register(args) => register::run(&args),
            Self::Stake(args) => stake::run(&args),
            Self::Withdraw(args) => withdraw::run(&args),
            Self::SetFee(args) => set_fee::run(&args),
            Self::SetReceiver(args) => set_receiver::run(&args),
            Self::SetSubnet(args) => set_subnet::run(&args),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every verb and act without verbs below it, with its path.
    pub(super) fn leaves(command: &Command, path: &str) -> Vec<(String, Command)> {
        let path = format!("{path} {}", command.get_name());
        if command.get_subcommands().next().is_none() {
            return vec![(path, command.clone())];
        }
        command.get_subcommands().flat_map(|below| leaves(below, &path)).collect()
    }

    #[test]
    fn every_verb_shows_an_example_and_its_exit_codes() {
        for (path, mut leaf) in leaves(&command(), "cargo") {
            let help = leaf.render_long_help().to_string();
            let (_, after) = help.split_once("Options:").unwrap_or_else(|| panic!("{path}: {help}"));
            assert!(
                after.contains(&format!("{path} ")) || after.contains(&format!("{path}\n")),
                "{path} has no example"
            );
            let codes = after.split_once("Exit codes: 0 ").map(|(_, codes)| codes).unwrap_or_default();
            let says_all = codes.contains(", 1 ") && codes.contains(", 2 never without another input.");
            assert!(says_all, "{path} does not say its exit codes");
        }
    }

    #[test]
    fn the_help_of_the_tool_has_the_table_of_exit_codes() {
        assert!(command().render_help().to_string().contains(failure::EXIT_CODES));
    }

    #[test]
    fn every_option_that_takes_a_day_takes_a_date_and_a_number() {
        let takes_a_day =
            |arg: &&clap::Arg| arg.get_value_names().is_some_and(|names| names.iter().any(|it| it == "DAY"));
        let days = |leaf: &Command| leaf.get_arguments().filter(takes_a_day).cloned().collect::<Vec<_>>();
        let mut options = 0;
        for (path, leaf) in leaves(&command(), "") {
            for arg in days(&leaf) {
                let flag = format!("--{}", arg.get_long().unwrap_or_default());
                // The command alone, without what else it requires.
                let alone = Command::new("it").arg(arg.clone().required(true));
                for text in ["2025-02-21", "20140"] {
                    let matches = alone.clone().try_get_matches_from(["it", &flag, text]).unwrap();
                    assert_eq!(matches.get_one::<u32>(arg.get_id().as_str()), Some(&20_140), "{path} {flag}");
                }
                assert!(alone.clone().try_get_matches_from(["it", &flag, "2025-02-30"]).is_err(), "{path} {flag}");
                options += 1;
            }
        }
        assert_eq!(options, 11, "first-day; from-day, from, to; at, from, to; at; from, to; at");
    }

    #[test]
    fn no_help_shows_what_the_environment_holds() {
        for (path, leaf) in leaves(&command(), "cargo") {
            let shown = leaf.get_arguments().find(|arg| arg.get_env().is_some() && !arg.is_hide_env_values_set());
            assert!(shown.is_none(), "{path}: {shown:?}");
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }
}
