//! The Rust that compiles the tool: what rustup lacks, a closed network, Debian's, none.

use super::machine::Machine;

/// The parts that a complete toolchain has.
const PARTS: [&str; 5] = ["cargo", "rust-src", "rustfmt", "clippy", "rust-std-wasm32-unknown-unknown"];

/// A machine with rustup, whose toolchain has these parts.
fn with_rustup(parts: &[&str]) -> Machine {
    let machine = Machine::whole();
    machine.bring("rustup");
    machine.mark("parts", &parts.join("\n"));
    machine
}

#[test]
fn rustup_is_asked_for_what_the_toolchain_lacks_and_only_then() {
    let complete = with_rustup(&PARTS);
    assert_eq!(complete.run(&["demo"]).code, Some(0));
    assert!(complete.log().iter().all(|line| line.starts_with("cargo build")));
    let asks = "rustup toolchain install 1.95.0 --no-self-update --profile minimal --component rust-src \
        --component rustfmt --component clippy --target wasm32-unknown-unknown";
    for (parts, lacks) in [
        (&PARTS[..4], " wasm32-unknown-unknown"),
        (&["cargo", "rustfmt", "rust-std-wasm32-unknown-unknown"], " rust-src clippy"),
        (&[], " rust-src rustfmt clippy wasm32-unknown-unknown"),
    ] {
        let machine = with_rustup(parts);

        let ended = machine.run(&["demo"]);

        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.errors.contains(&format!("Rust 1.95.0, of which this is missing here:{lacks}\n")), "{ended:?}");
        assert!(!ended.output.contains("speaks") && ended.errors.contains("rustup speaks\n"), "{ended:?}");
        assert_eq!(machine.log(), [asks, "cargo build in clone, auto-install on"]);
    }
}

#[test]
fn on_a_closed_network_what_is_installed_compiles_and_rustup_is_not_asked_at_every_call() {
    let machine = with_rustup(&PARTS[..4]);
    machine.mark("closed", "");

    let ended = machine.run(&["demo"]);

    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.errors.contains("mrc53: rustup cannot add it (see above): going on with what is there\n"));
    assert_eq!(machine.log()[1..], ["cargo build in clone, auto-install 0"]);
}

#[test]
fn where_rustup_has_none_debians_is_taken_that_lies_behind_it() {
    let machine = with_rustup(&[]);
    machine.mark("closed", "");
    std::fs::create_dir(machine.path("debian")).unwrap();
    std::fs::rename(machine.path("bin/cargo"), machine.path("debian/cargo")).unwrap();
    machine.script("bin/cargo", "exit 1");
    let both = [machine.path("bin"), machine.path("debian")].map(|folder| folder.display().to_string()).join(":");

    let ended = machine.run_as("clone/mrc53", "clone", &[("PATH", &both)], &["demo"]);

    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(machine.log().last().unwrap(), "cargo build in clone, auto-install 0");
}

#[test]
fn where_rustup_has_none_and_cannot_download_debians_is_installed() {
    let machine = with_rustup(&[]);
    machine.mark("closed", "");
    std::fs::rename(machine.path("bin/cargo"), machine.path("repository/cargo")).unwrap();

    let ended = machine.run(&["demo"]);

    assert_eq!(ended.code, Some(0), "{ended:?}");
    let why = "installing with apt-get: rustc-web cargo-web rust-web-src rustfmt-web rust-web-clippy lld-22 (Rust 1.95 or later)\n";
    assert!(ended.errors.contains(why), "{ended:?}");
}

#[test]
fn a_machine_without_a_recent_rust_is_told_the_one_command() {
    let bare = Machine::with(&["apt-get", "id"]);
    let old = Machine::with(&["apt-get", "id"]);
    old.script("bin/cargo", "echo 'cargo 1.94.1 (old)'");
    for machine in [bare, old] {
        let ended = machine.run(&["demo"]);

        let says =
            "mrc53: no Rust 1.95 or later here; run `curl -sSf https://sh.rustup.rs | sh -s -- -y`, then this again\n";
        assert_eq!((ended.code, ended.output.as_str(), ended.errors.as_str()), (Some(1), "", says));
        assert_eq!(machine.log(), Vec::<String>::new());
    }
}

#[test]
fn the_rust_that_the_installer_has_just_put_there_is_found() {
    let machine = Machine::whole();
    std::fs::create_dir_all(machine.path("home/.cargo/bin")).unwrap();
    std::fs::rename(machine.path("bin/cargo"), machine.path("home/.cargo/bin/cargo")).unwrap();

    assert_eq!(machine.run(&["demo"]).code, Some(0));
}

#[test]
fn continuous_integration_takes_debians_rust_where_there_is_none() {
    let machine = Machine::with(&["apt-get", "id"]);

    let ended = machine.run_as("clone/.ci/run", "clone", &[], &[]);

    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(
        ended
            .errors
            .contains("rustc-web cargo-web rust-web-src rustfmt-web rust-web-clippy lld-22 (Rust 1.95 or later);")
    );
}
