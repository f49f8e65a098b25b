//! Sessions of the public snapshot of Base: an SQL dump that `SQLite` reads, of which the table `sessions` is read.
//!
//! Columns are found by the names that `CREATE TABLE sessions` or `INSERT INTO sessions(…)` gives them, so their order is
//! free. Of a row, the values that are needed stand there as text, a number or NULL; others may be any expression. Every
//! statement ends with `;` and a transaction that begins is committed: else the file is cut off.

use sqlite3_parser::dialect::TokenType::{TK_COMMA, TK_DOT, TK_LP, TK_MINUS, TK_NULL, TK_RP, TK_SEMI};

pub use super::dump_error::DumpError;
use super::sessions::{Sessions, Told, shown};
use super::words::{Word, Words};

/// The columns that are read.
const COLUMNS: [&str; 5] = ["id", "provider", "opened_at", "ends_at", "closed_at"];
/// The one that may be missing or NULL: it is while a session is open.
const CLOSED_AT: usize = 4;
/// Words with which a statement begins that changes no row.
const HARMLESS: [&str; 9] =
    ["PRAGMA", "BEGIN", "COMMIT", "END", "ANALYZE", "SAVEPOINT", "RELEASE", "REINDEX", "VACUUM"];
/// Words with which one begins that does.
const CHANGING: [&str; 7] = ["CREATE", "INSERT", "REPLACE", "DROP", "UPDATE", "DELETE", "ALTER"];
/// With which a constraint of a table begins, where a column could.
const CONSTRAINTS: [&str; 5] = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

/// Whether `text` begins as SQL.
#[must_use]
pub fn is_sql(text: &str) -> bool {
    let first = Words::of(text).next().ok().flatten();
    first.is_some_and(|word| HARMLESS.iter().chain(&CHANGING).any(|verb| word.is(verb)))
}

/// Reads the sessions of the dump `sql`.
///
/// # Errors
/// [`DumpError`] with the row, or the line of a statement.
pub fn read(sql: &str) -> Result<Sessions, DumpError> {
    let mut dump = Dump { words: Words::of(sql), columns: None, sessions: Sessions::default(), row: 0, is_open: false };
    while let Some(verb) = dump.words.next()? {
        dump.statement(verb)?;
    }
    if dump.is_open {
        return Err(dump.words.wrong("the transaction that begins in it is not committed: the file is not whole"));
    }
    dump.columns.map(|_| dump.sessions).ok_or(DumpError::NoTable)
}

struct Dump<'a> {
    words: Words<'a>,
    /// Of the table, once it is made.
    columns: Option<Vec<String>>,
    sessions: Sessions,
    /// Rows that were begun.
    row: usize,
    /// Whether a transaction is.
    is_open: bool,
}

/// A value of a row.
#[derive(Clone, Copy)]
enum Value<'a> {
    /// Nothing stands there.
    None,
    One(Word<'a>),
    Computed,
}

impl<'a> Dump<'a> {
    fn statement(&mut self, verb: Word<'a>) -> Result<(), DumpError> {
        if verb.kind == TK_SEMI {
            return Ok(());
        }
        let Some(known) = HARMLESS.iter().chain(&CHANGING).find(|known| verb.is(known)) else {
            return Err(self.words.wrong("no statement of a dump begins so"));
        };
        match *known {
            "CREATE" => self.create(),
            "INSERT" | "REPLACE" => self.insert(),
            "DROP" | "UPDATE" | "DELETE" | "ALTER" => self.change(known),
            verb => {
                match verb {
                    "BEGIN" => self.is_open = true,
                    "COMMIT" | "END" => self.is_open = false,
                    _ => {}
                }
                let next = self.words.need()?;
                self.words.skip(next)
            }
        }
    }

    fn create(&mut self) -> Result<(), DumpError> {
        let mut word = self.words.need()?;
        if word.is("TEMP") || word.is("TEMPORARY") {
            word = self.words.need()?;
        }
        if word.is("TRIGGER") {
            return self.skip_trigger();
        }
        if !word.is("TABLE") {
            return self.words.skip(word);
        }
        let word = self.words.need()?;
        let is_optional = word.is("IF");
        let (is_sessions, after) = self.table(word, &["IF", "NOT", "EXISTS"])?;
        if !is_sessions || (is_optional && self.columns.is_some()) {
            return self.words.skip(after);
        }
        if self.columns.is_some() {
            return Err(self.words.wrong("the table `sessions` is made a second time"));
        }
        if after.kind != TK_LP {
            return Err(self.words.wrong("the table `sessions` is made without columns"));
        }
        let columns = self.columns()?;
        Places::of(&columns, COLUMNS.len())?;
        self.columns = Some(columns);
        let next = self.words.need()?;
        self.words.skip(next)
    }

    /// The names of the columns, behind their `(`.
    fn columns(&mut self) -> Result<Vec<String>, DumpError> {
        let (mut names, mut depth, mut begins) = (Vec::new(), 0_u32, true);
        loop {
            let word = self.words.need()?;
            if begins && !CONSTRAINTS.iter().any(|it| word.is(it)) {
                names.push(word.unquoted().into_owned());
            }
            begins = word.kind == TK_COMMA && depth == 0;
            match word.kind {
                TK_LP => depth += 1,
                TK_RP if depth == 0 => return Ok(names),
                TK_RP => depth -= 1,
                TK_SEMI => return Err(self.words.wrong("a `;` stands before the `)` of columns")),
                _ => {}
            }
        }
    }

    /// A trigger has statements of its own, up to its END.
    fn skip_trigger(&mut self) -> Result<(), DumpError> {
        let (mut cases, mut is_ended) = (0_u32, false);
        loop {
            let word = self.words.need()?;
            if is_ended && word.kind == TK_SEMI {
                return Ok(());
            }
            is_ended = word.is("END") && cases == 0;
            cases = if word.is("CASE") { cases + 1 } else { cases.saturating_sub(u32::from(word.is("END"))) };
        }
    }

    /// Whether the table that is named from `word` on, behind `before`, is `sessions`; and the word after it.
    fn table(&mut self, mut word: Word<'a>, before: &[&str]) -> Result<(bool, Word<'a>), DumpError> {
        while before.iter().any(|it| word.is(it)) {
            word = self.words.need()?;
        }
        let (mut name, mut after, mut is_main) = (word, self.words.need()?, true);
        if after.kind == TK_DOT {
            is_main = name.unquoted().eq_ignore_ascii_case("main");
            name = self.words.need()?;
            after = self.words.need()?;
        }
        Ok((is_main && name.unquoted().eq_ignore_ascii_case("sessions"), after))
    }

    /// Rows that are there already may not change: what they were is not known any more.
    fn change(&mut self, verb: &str) -> Result<(), DumpError> {
        let word = self.words.need()?;
        if verb == "DROP" && !word.is("TABLE") {
            return self.words.skip(word);
        }
        let before = ["TABLE", "FROM", "IF", "EXISTS", "OR", "ROLLBACK", "ABORT", "REPLACE", "FAIL", "IGNORE"];
        let (is_sessions, after) = self.table(word, &before)?;
        if is_sessions && verb == "DROP" && self.row == 0 {
            self.columns = None;
        } else if is_sessions {
            return Err(self.words.wrong(&format!("{verb} changes the table `sessions`: write a fresh dump of it")));
        }
        self.words.skip(after)
    }

    fn insert(&mut self) -> Result<(), DumpError> {
        let word = self.words.need()?;
        let before = ["INTO", "OR", "ROLLBACK", "ABORT", "REPLACE", "FAIL", "IGNORE"];
        let (is_sessions, mut after) = self.table(word, &before)?;
        if !is_sessions {
            return self.words.skip(after);
        }
        let columns = self.columns.as_ref().ok_or(DumpError::NoTable)?;
        let all = Places::of(columns, COLUMNS.len())?;
        let places = if after.kind == TK_LP {
            let named = self.columns()?;
            after = self.words.need()?;
            Places::of(&named, CLOSED_AT)?
        } else {
            all
        };
        if !after.is("VALUES") {
            return Err(self.words.wrong("rows of `sessions` stand behind VALUES"));
        }
        loop {
            self.row += 1;
            let row = self.row;
            let last = self.row_in(&places).map_err(|error| match error {
                DumpError::Statement { fault, .. } => DumpError::Malformed { row, fault },
                error => error,
            })?;
            if last.kind != TK_COMMA {
                return self.words.skip(last);
            }
        }
    }

    /// Adds a row, and gives the word behind it.
    fn row_in(&mut self, places: &Places) -> Result<Word<'a>, DumpError> {
        if self.words.need()?.kind != TK_LP {
            return Err(self.words.wrong("a row begins with `(`"));
        }
        let (mut values, mut count, mut is_last) = ([None; 5], 0, false);
        while !is_last {
            let value;
            (value, is_last) = self.value()?;
            if let Some(column) = places.at.iter().position(|place| *place == Some(count)) {
                values[column] = Some(value);
            }
            count += 1;
        }
        if count != places.count {
            return Err(self.words.wrong(&format!("{count} values for {} columns", places.count)));
        }
        let after = self.words.need()?;
        self.add(values)?;
        Ok(after)
    }

    /// The next value, and whether it is a row's last.
    fn value(&mut self) -> Result<(Value<'a>, bool), DumpError> {
        let (mut value, mut depth) = (Value::None, 0_u32);
        loop {
            let word = self.words.need()?;
            match word.kind {
                TK_RP | TK_COMMA if depth == 0 => return Ok((value, word.kind == TK_RP)),
                TK_SEMI => return Err(self.words.wrong("a `;` stands before its `)`")),
                TK_LP => depth += 1,
                TK_RP => depth -= 1,
                _ => {}
            }
            value = match value {
                Value::None if !matches!(word.kind, TK_LP | TK_MINUS) => Value::One(word),
                _ => Value::Computed,
            };
        }
    }

    fn add(&mut self, values: [Option<Value<'a>>; 5]) -> Result<(), DumpError> {
        let said = |column: usize| {
            let name = COLUMNS[column];
            match values[column] {
                None if column == CLOSED_AT => Ok(None),
                Some(Value::One(word)) if word.kind == TK_NULL && column == CLOSED_AT => Ok(None),
                Some(Value::One(word)) if word.kind == TK_NULL => Err(self.words.wrong(&format!("{name} is NULL"))),
                Some(Value::One(word)) => match word.said() {
                    Some(text) => Ok(Some(text)),
                    None => Err(self.words.wrong(&format!("{name} is no text and no number"))),
                },
                Some(Value::Computed) => Err(self.words.wrong(&format!("{name} is no plain value"))),
                None | Some(Value::None) => Err(self.words.wrong(&format!("{name} has no value"))),
            }
        };
        let time = |column: usize| match said(column)? {
            None => Ok(0),
            Some(text) => text
                .parse()
                .map_err(|_| self.words.wrong(&format!("`{}` is no time in {}", shown(&text), COLUMNS[column]))),
        };
        let times = [time(2)?, time(3)?, time(4)?];
        let (id, provider) = (said(0)?.unwrap_or_default(), said(1)?.unwrap_or_default());
        self.sessions.add(&Told { id: &id, provider: &provider, times })?;
        Ok(())
    }
}

/// Where in a row the columns stand that are read.
struct Places {
    at: [Option<usize>; 5],
    /// How many values a row has.
    count: usize,
}

impl Places {
    /// Among `names`; the first `needed` of the columns have to be there.
    fn of(names: &[String], needed: usize) -> Result<Self, DumpError> {
        let at = COLUMNS.map(|column| names.iter().position(|name| name.eq_ignore_ascii_case(column)));
        match at.iter().zip(COLUMNS).take(needed).find(|(place, _)| place.is_none()) {
            Some((_, column)) => Err(DumpError::NoColumn(column)),
            None => Ok(Self { at, count: names.len() }),
        }
    }
}
