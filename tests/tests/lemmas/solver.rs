//! The files of the lemmas, and z3 to answer them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is read before each lemma.
pub(crate) const FUNCTIONS: &str = "code.smt2";
/// After how many seconds z3 gives up on a whole file; a question has its own limit in [`FUNCTIONS`].
const LIMIT: &str = "-T:300";

/// One file of questions.
#[derive(Debug)]
pub(crate) struct Lemma {
    /// The file without `.smt2`.
    pub(crate) name: String,
    /// What it is, then the questions.
    pub(crate) questions: String,
    /// The right answers, in the order of the questions.
    pub(crate) expected: Vec<String>,
}

/// A question that was not answered as it must be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The lemma.
    pub(crate) name: String,
    /// Which of its questions, from 1.
    pub(crate) question: usize,
    /// The right answer and what z3 said, if anything.
    pub(crate) expected: Option<String>,
    pub(crate) said: Option<String>,
}

impl Lemma {
    /// The questions that z3 answers wrongly with `functions` before them.
    pub(crate) fn wrong(&self, functions: &str) -> Vec<Wrong> {
        let said = z3(&format!("{functions}{}", self.questions));
        let all = 0..self.expected.len().max(said.len());
        let wrong = all.filter(|at| self.expected.get(*at) != said.get(*at));
        wrong
            .map(|at| Wrong {
                name: self.name.clone(),
                question: at + 1,
                expected: self.expected.get(at).cloned(),
                said: said.get(at).cloned(),
            })
            .collect()
    }
}

/// What z3 says to a text: its lines, but for a complaint that an answer is not the one that the text expects.
pub(crate) fn z3(text: &str) -> Vec<String> {
    let mut z3 = Command::new("z3")
        .args(["-in", LIMIT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("z3 cannot be run: {error}"));
    z3.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = z3.wait_with_output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().filter(|line| !line.contains("check annotation")).map(str::to_owned).collect()
}

/// The functions of the code.
pub(crate) fn functions() -> String {
    read(&folder().join(FUNCTIONS))
}

/// Every lemma, in the order of their names.
pub(crate) fn lemmas() -> Vec<Lemma> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| !path.ends_with(FUNCTIONS)).collect();
    files.sort();
    let lemma = |path: &PathBuf| {
        let questions = read(path);
        let expected = questions.lines().filter_map(|line| line.strip_prefix("(set-info :status ")?.strip_suffix(')'));
        let expected: Vec<String> = expected.map(str::to_owned).collect();
        assert_eq!(expected.len(), questions.matches("(check-sat)").count(), "{}", path.display());
        Lemma { name: path.file_stem().unwrap().to_string_lossy().into_owned(), expected, questions }
    };
    files.iter().map(lemma).collect()
}

fn folder() -> PathBuf {
    root().join("calculator/lemmas")
}

/// The root of the clone.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
