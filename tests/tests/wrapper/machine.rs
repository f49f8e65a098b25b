//! A bare machine that is none: a clone in a folder, and a PATH with nothing but what every Debian has and stand-ins for
//! apt-get, sudo, id, rustup, cargo and what they install. Each stand-in writes its words into a log.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What every Debian has of what the wrapper calls.
const BASICS: [&str; 12] =
    ["chmod", "dirname", "env", "find", "mkdir", "mv", "readlink", "rm", "sed", "touch", "tr", "true"];
/// Files of the clone that the wrapper reads, and `.ci/run`, which calls it.
const FILES: [&str; 6] =
    ["mrc53", ".ci/run", ".cargo/config.toml", "README.md", "rust-toolchain.toml", "scripts/Cargo.toml"];
/// Where Debian has what the machine is made of.
const OF_DEBIAN: [&str; 2] = ["/usr/bin", "/bin"];

/// Stand-ins by their names. `$MACHINE` is the folder of the machine; what is in it by name says how it is.
const STAND_INS: [(&str, &str); 11] = [
    (
        "apt-get",
        r#"
        echo "apt-get $*" >>"$MACHINE/log"; echo "apt-get speaks, proxy ${http_proxy-none}"
        if [ -e "$MACHINE/offline" ]; then echo "E: Failed to fetch"; exit 100; fi
        [ "$1" = install ] || exit 0
        for word; do case $word in
            gcc) put cc ;; libc6-dev) : >"$MACHINE/libc6-dev" ;; libssl-dev) : >"$MACHINE/libssl-dev" ;;
            nodejs) put node ;; cargo-web) put cargo ;; pkg-config | npm | z3 | chromium) put "$word" ;;
        esac; done"#,
    ),
    (
        "sudo",
        r#"
        [ "$1" = -n ] || exit 3
        shift; if [ -e "$MACHINE/asks" ]; then echo "sudo: a password is required" >&2; exit 1; fi
        echo "sudo $1" >>"$MACHINE/log"; unset http_proxy; exec "$@""#,
    ),
    ("id", r#"[ "$1" = -u ] && if [ -e "$MACHINE/user" ]; then echo 1000; else echo 0; fi"#),
    (
        "rustup",
        r#"
        if [ "$1" = component ]; then
            for part in $(sed "s/$/-x86_64-unknown-linux-gnu/" "$MACHINE/parts"); do echo "$part"; done; exit
        fi
        echo "rustup $*" >>"$MACHINE/log"; echo "rustup speaks"
        if [ -e "$MACHINE/closed" ]; then exit 1; fi
        printf '%s\n' cargo rust-src rustfmt clippy rust-std-wasm32-unknown-unknown >"$MACHINE/parts""#,
    ),
    (
        "cargo",
        r#"
        if [ "$1" = --version ]; then echo "cargo 1.95.0 (a stand-in)"; exit; fi
        echo "cargo $1 in $PWD, auto-install ${RUSTUP_AUTO_INSTALL-on}" >>"$MACHINE/log"
        echo "   Compiling mrc53" >&2
        if [ -e "$MACHINE/broken" ]; then exit 101; fi
        mkdir -p scripts/target/debug; tool=$PWD/scripts/target/debug/mrc53
        printf '#!/bin/sh\n. "$MACHINE/as-tool"\n' >"$tool"; chmod +x "$tool"
        echo '{"reason":"compiler-artifact","executable":null,"fresh":false}'
        echo "{\"reason\":\"compiler-artifact\",\"executable\":\"$tool\",\"fresh\":false}""#,
    ),
    ("cc", r#"[ -e "$MACHINE/libc6-dev" ]"#),
    ("pkg-config", r#"[ -e "$MACHINE/libssl-dev" ]"#),
    ("node", ""),
    ("npm", ""),
    ("z3", ""),
    ("chromium", ""),
];
/// Stands in for the tool: says who and where it is and its words, and ends as `EXIT` says.
const TOOL: &str = r#"printf '%s' "$$ in $PWD:"; printf ' <%s>' "$@"; echo; exit "${EXIT-0}""#;

/// A machine and the clone on it.
pub(crate) struct Machine {
    folder: tempfile::TempDir,
}

/// How a run of the wrapper ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) output: String,
    pub(crate) errors: String,
    pub(crate) process: u32,
}

impl Machine {
    /// A machine of root's with nothing but these programs, each as its package brings it.
    pub(crate) fn with(programs: &[&str]) -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["bin", "repository", "clone/scripts", "clone/.ci", "clone/.cargo", "elsewhere"] {
            std::fs::create_dir_all(machine.path(folder)).unwrap();
        }
        for file in FILES {
            std::fs::copy(root().join(file), machine.path("clone").join(file)).unwrap();
        }
        for name in BASICS {
            let real = OF_DEBIAN.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.exists()).unwrap();
            symlink(real, machine.path("bin").join(name)).unwrap();
        }
        let put = r#"put() { mv "$MACHINE/repository/$1" "$MACHINE/bin/$1"; }"#;
        for (name, script) in STAND_INS {
            machine.script(&format!("repository/{name}"), &format!("{put}\n{script}"));
        }
        machine.script("as-tool", TOOL);
        for name in programs {
            machine.bring(name);
        }
        machine
    }

    /// A machine with everything that compiling takes.
    pub(crate) fn whole() -> Self {
        let machine = Self::with(&["cargo", "cc", "pkg-config", "apt-get", "id"]);
        machine.mark("libc6-dev", "");
        machine.mark("libssl-dev", "");
        machine
    }

    /// Installs a program.
    pub(crate) fn bring(&self, name: &str) {
        std::fs::rename(self.path("repository").join(name), self.path("bin").join(name)).unwrap();
    }

    /// Says how the machine is, or changes a file of the clone.
    pub(crate) fn mark(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn unmark(&self, name: &str) {
        std::fs::remove_file(self.path(name)).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// Writes a script.
    pub(crate) fn script(&self, name: &str, text: &str) {
        self.mark(name, &format!("#!/bin/sh\n{text}\n"));
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// What the stand-ins were called with, one after the other; it starts anew.
    pub(crate) fn log(&self) -> Vec<String> {
        let log = self.path("log");
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        let _ = std::fs::remove_file(log);
        text.replace(&self.path("").display().to_string(), "").lines().map(str::to_owned).collect()
    }

    /// Runs the clone's wrapper in the clone.
    pub(crate) fn run(&self, words: &[&str]) -> Ended {
        self.run_as("clone/mrc53", "clone", &[], words)
    }

    /// Runs `program` in `folder` with `variables`.
    pub(crate) fn run_as(&self, program: &str, folder: &str, variables: &[(&str, &str)], words: &[&str]) -> Ended {
        let mut command = Command::new(self.path(program));
        command.args(words).current_dir(self.path(folder)).env_clear();
        command.env("PATH", self.path("bin")).env("MACHINE", self.path("")).env("HOME", self.path("home"));
        let child = command.envs(variables.iter().copied());
        let child = child.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::piped());
        let child = child.stderr(std::process::Stdio::piped()).spawn().unwrap();
        let process = child.id();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: status.code(), output: text(stdout), errors: text(stderr), process }
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
