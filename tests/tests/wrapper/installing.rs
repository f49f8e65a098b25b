//! What the machine lacks: named, with the reason, installed where nobody is asked, or the command for it.

use super::machine::{Machine, root};

/// How it asks apt-get for packages.
const GET: &str = "apt-get install --yes --no-install-recommends";

/// The packages of the one installation in `log`.
fn installed(log: &[String]) -> &str {
    let line = log.iter().find(|line| line.starts_with("apt-get install")).unwrap();
    line.strip_prefix(GET).and_then(|rest| rest.strip_suffix(" -o DPkg::Lock::Timeout=120")).unwrap().trim()
}

#[test]
fn a_bare_machine_is_told_what_it_lacks_and_why_and_gets_it() {
    let machine = Machine::with(&["cargo", "apt-get", "id"]);

    let ended = machine.run(&["demo"]);

    assert_eq!(ended.code, Some(0), "{ended:?}");
    let log = machine.log();
    assert_eq!(log.len(), 3, "{log:?}");
    assert_eq!(log[0], "apt-get update");
    assert_eq!(installed(&log), "gcc libc6-dev pkg-config libssl-dev");
    assert!(log[2].starts_with("cargo build in clone"), "{log:?}");
    let (before, _) = ended.errors.split_once("apt-get speaks").unwrap();
    let why = "installing with apt-get: gcc libc6-dev (the C compiler, which Rust links with); \
        pkg-config libssl-dev (the headers of OpenSSL, which speaks HTTPS)\n";
    assert!(before.ends_with(why), "{before}");
}

#[test]
fn what_only_tests_need_is_installed_for_tests_alone() {
    let machine = Machine::whole();
    for words in [&["demo"][..], &["test", "--list"], &["test", "--help"], &["test", "--rpc-url", "http://it"], &[]] {
        assert_eq!(machine.run(words).code, Some(0));
        assert!(machine.log().iter().all(|line| line.starts_with("cargo")), "{words:?}");
    }

    assert_eq!(machine.run(&["test", "--nightly"]).code, Some(0));

    assert_eq!(installed(&machine.log()), "nodejs npm z3 chromium");
}

#[test]
fn only_what_is_missing_is_installed() {
    for (there, packages) in
        [(&["node", "npm"][..], "z3 chromium"), (&["z3", "chromium"], "nodejs npm"), (&["node", "z3"], "npm chromium")]
    {
        let machine = Machine::whole();
        for program in there {
            machine.bring(program);
        }

        machine.run(&["test"]);

        assert_eq!(installed(&machine.log()), packages);
    }
    for (missing, packages) in [("libc6-dev", "gcc libc6-dev"), ("libssl-dev", "pkg-config libssl-dev")] {
        let machine = Machine::whole();
        machine.unmark(missing);

        machine.run(&["demo"]);

        assert_eq!(installed(&machine.log()), packages);
    }
}

#[test]
fn nothing_is_installed_twice() {
    let machine = Machine::with(&["cargo", "apt-get", "id"]);
    machine.run(&["test"]);
    machine.log();

    let again = machine.run(&["test"]);

    assert_eq!((again.code, again.errors.as_str()), (Some(0), ""));
    assert_eq!(machine.log(), Vec::<String>::new());
}

#[test]
fn sudo_that_asks_for_no_password_installs_and_hands_the_proxy_on() {
    let machine = Machine::with(&["cargo", "apt-get", "id", "sudo"]);
    machine.mark("user", "");

    let ended = machine.run_as("clone/mrc53", "clone", &[("http_proxy", "http://proxy:3128")], &["demo"]);

    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.errors.contains("apt-get speaks, proxy http://proxy:3128\n"), "{ended:?}");
    assert_eq!(installed(&machine.log()), "gcc libc6-dev pkg-config libssl-dev");
}

#[test]
fn who_may_not_install_is_told_one_command_and_nothing_is_done() {
    let command = format!("apt-get update && {GET} pkg-config libssl-dev");
    let with_sudo = command.replace("apt-get", "sudo apt-get");
    for (programs, mark, said) in [
        (&["sudo"][..], "asks", format!("; run `{with_sudo}`, then this again\n")),
        (&[], "user", format!("; run as root `{command}`, then this again\n")),
    ] {
        let machine = Machine::whole();
        for program in programs {
            machine.bring(program);
        }
        for mark in ["user", mark] {
            machine.mark(mark, "");
        }
        machine.unmark("libssl-dev");

        let ended = machine.run(&["demo"]);

        assert_eq!((ended.code, ended.output.as_str()), (Some(1), ""));
        let start = "mrc53: missing here: pkg-config libssl-dev (the headers of OpenSSL, which speaks HTTPS)";
        assert_eq!(ended.errors, format!("{start}{said}"));
        assert_eq!(machine.log(), Vec::<String>::new());
    }
}

#[test]
fn a_machine_without_apt_get_is_told_what_it_lacks() {
    let machine = Machine::with(&["cargo", "id"]);

    let ended = machine.run(&["demo"]);

    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.contains("gcc libc6-dev") && ended.errors.contains("without apt-get"), "{ended:?}");
}

#[test]
fn without_a_network_nothing_is_compiled_and_apt_gets_words_are_shown() {
    let machine = Machine::with(&["cargo", "apt-get", "id"]);
    machine.mark("offline", "");

    let ended = machine.run(&["demo"]);

    assert_eq!((ended.code, ended.output.as_str()), (Some(1), ""));
    assert!(ended.errors.contains("E: Failed to fetch\n"), "{ended:?}");
    let last = ended.errors.lines().last().unwrap();
    assert_eq!(last, "mrc53: apt-get cannot install gcc libc6-dev pkg-config libssl-dev: it says why above");
    assert!(machine.log().iter().all(|line| line.starts_with("apt-get")));
}

#[test]
fn what_apt_get_has_not_brought_is_named() {
    let machine = Machine::with(&["cargo", "id"]);
    machine.script("bin/apt-get", "exit 0");

    let ended = machine.run(&["demo"]);

    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.contains("missing still: gcc libc6-dev (the C compiler"), "{ended:?}");
}

#[test]
fn continuous_integration_runs_the_tests_by_it() {
    let machine = Machine::whole();
    machine.script("as-tool", r#"echo "$* $CI $CARGO_TERM_COLOR $CARGO_INCREMENTAL""#);

    let ended = machine.run_as("clone/.ci/run", "elsewhere", &[], &[]);

    assert_eq!((ended.code, ended.output.as_str()), (Some(0), "test true never 0\n"), "{ended:?}");
    let calls_only_it = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(!calls_only_it.contains("cargo "), "{calls_only_it}");
}
