//! Every packed word of the ledgers with its fields, to be filled and read by number.
//!
//! A word is taken apart without `..`: a field that is missing here does not compile.

use mrc53_ledger::{
    account::{AccountWord, MAX_OWED_WEI},
    checkpoint::{Checkpoint, MAX_TOTAL_STAKE_WEI},
    growth::GrowthWord,
    level::Level,
    minimum::{DatedMinimum, Minimum},
    registration::Registration,
    schedule::CalculatorWord,
    session::SessionWord,
    settings::Settings,
    terms::Terms,
    totals::TotalsWord,
    usage::{Usage, UsageWord, DAYS_PER_WORD, MAX_SECONDS, MAX_SESSIONS},
};
use mrc53_maths::{FEE_PRECISION, U256};

/// A field of a word.
pub(crate) struct Field {
    pub(crate) name: String,
    /// The values that it may have.
    pub(crate) least: U256,
    pub(crate) most: U256,
}

/// A packed word.
pub(crate) struct Word {
    pub(crate) name: &'static str,
    pub(crate) fields: Vec<Field>,
    /// The word of these values, one for each field.
    pub(crate) pack: fn(&[U256]) -> [u8; 32],
    /// The values of a word, one for each field.
    pub(crate) unpack: fn([u8; 32]) -> Vec<U256>,
}

/// What a field holds, as a number.
trait Cell {
    fn number(self) -> U256;
    fn of(number: U256) -> Self;
}

macro_rules! integer_cells {
    ($($integer:ty),+) => {$(
        impl Cell for $integer {
            fn number(self) -> U256 {
                U256::from(self)
            }
            fn of(number: U256) -> Self {
                Self::try_from(number).expect("within the field's type")
            }
        }
    )+};
}
integer_cells!(u16, u32, u64, u128);

impl Cell for bool {
    fn number(self) -> U256 {
        U256::from(u8::from(self))
    }
    fn of(number: U256) -> Self {
        number != U256::ZERO
    }
}

impl Cell for [u8; 20] {
    fn number(self) -> U256 {
        U256::from_be_slice(&self)
    }
    fn of(number: U256) -> Self {
        let bytes = number.to_be_bytes::<32>();
        core::array::from_fn(|at| bytes[12 + at])
    }
}

const ADDRESS: [u8; 20] = [0xff; 20];

fn field(name: impl Into<String>, least: impl Cell, most: impl Cell) -> Field {
    Field { name: name.into(), least: least.number(), most: most.number() }
}

/// A word whose fields are public: each with the most that it may hold.
macro_rules! word {
    ($word:ident { $($field:ident: $most:expr),+ $(,)? }) => {
        Word {
            name: stringify!($word),
            fields: vec![$(Field { name: stringify!($field).into(), least: U256::ZERO, most: $most.number() }),+],
            pack: |values| {
                let [$($field),+] = *values else { panic!("a value for each field") };
                $word { $($field: Cell::of($field)),+ }.to_bytes()
            },
            unpack: |bytes| {
                let $word { $($field),+ } = $word::from_bytes(bytes);
                vec![$($field.number()),+]
            },
        }
    };
}

/// All of them but `VoidedDays`, which has 256 fields of one bit.
pub(crate) fn words() -> Vec<Word> {
    vec![
        word!(AccountWord { accumulator: u128::MAX, owed: MAX_OWED_WEI, next: u16::MAX }),
        checkpoint(),
        word!(GrowthWord { before: u128::MAX, increment: u128::MAX }),
        level(),
        word!(DatedMinimum { amount: MAX_TOTAL_STAKE_WEI, from_day: u16::MAX }),
        word!(Minimum {
            amount: MAX_TOTAL_STAKE_WEI,
            next_amount: MAX_TOTAL_STAKE_WEI,
            next_day: u16::MAX,
            since_day: u16::MAX,
            history_len: u16::MAX,
        }),
        word!(Registration { receiver: ADDRESS, fee: FEE_PRECISION }),
        word!(CalculatorWord { calculator: ADDRESS, from_day: u32::MAX }),
        word!(SessionWord { subnet: ADDRESS, booked_until: u64::MAX, is_complete: true }),
        word!(Settings { token: ADDRESS, lock_seconds: u32::MAX, staking_paused: true }),
        word!(Terms {
            alignment: ADDRESS,
            first_day: u32::MAX,
            calculators: u32::MAX,
            settling_paused: true,
            claiming_paused: true,
        }),
        word!(TotalsWord { credited: u128::MAX, paid: u128::MAX }),
        usage(),
    ]
}

fn checkpoint_fields() -> Vec<Field> {
    vec![
        field("balance", 0_u128, MAX_TOTAL_STAKE_WEI),
        field("stake_seconds", 0_u128, MAX_TOTAL_STAKE_WEI * 86_400),
        field("day", 0_u16, u16::MAX),
    ]
}

fn checkpoint_of(values: &[U256]) -> Checkpoint {
    Checkpoint { balance: Cell::of(values[0]), stake_seconds: Cell::of(values[1]), day: Cell::of(values[2]) }
}

fn values_of(Checkpoint { balance, stake_seconds, day }: Checkpoint) -> Vec<U256> {
    vec![balance.number(), stake_seconds.number(), day.number()]
}

fn checkpoint() -> Word {
    Word {
        name: "Checkpoint",
        fields: checkpoint_fields(),
        pack: |values| checkpoint_of(values).to_bytes(),
        unpack: |bytes| values_of(Checkpoint::from_bytes(&bytes)),
    }
}

/// A checkpoint and two fields behind it.
fn level() -> Word {
    let mut fields = checkpoint_fields();
    fields.extend([field("history_len", 0_u16, u16::MAX), field("mark", 0_u32, u32::MAX)]);
    Word {
        name: "Level",
        fields,
        pack: |values| {
            let checkpoint = checkpoint_of(values);
            Level { checkpoint, history_len: Cell::of(values[3]), mark: Cell::of(values[4]) }.to_bytes()
        },
        unpack: |bytes| {
            let Level { checkpoint, history_len, mark } = Level::from_bytes(bytes);
            [values_of(checkpoint), vec![history_len.number(), mark.number()]].concat()
        },
    }
}

fn usage() -> Word {
    let day = |k: u32| {
        [
            field(format!("seconds of day {k}"), 0_u64, MAX_SECONDS),
            field(format!("sessions of day {k}"), 0_u32, MAX_SESSIONS),
        ]
    };
    Word {
        name: "UsageWord",
        fields: (0..DAYS_PER_WORD).flat_map(day).collect(),
        pack: |values| {
            let days = (0..).zip(values.chunks(2));
            let usage = |pair: &[U256]| Usage { seconds: Cell::of(pair[0]), sessions: Cell::of(pair[1]) };
            let add = |word: UsageWord, (day, pair)| word.with_added(day, usage(pair)).expect("within the fields");
            days.fold(UsageWord::default(), add).to_bytes()
        },
        unpack: |bytes| {
            let days = (0..DAYS_PER_WORD).map(|day| UsageWord::from_bytes(bytes).day(day));
            days.flat_map(|Usage { seconds, sessions }| [seconds.number(), sessions.number()]).collect()
        },
    }
}

/// The bits of `word` that change with `field`, as a number.
pub(crate) fn mask(word: &Word, field: usize) -> U256 {
    let mut values: Vec<U256> = word.fields.iter().map(|field| field.most).collect();
    let full = U256::from_be_bytes((word.pack)(&values));
    let range = word.fields[field].least..=word.fields[field].most;
    let powers = (0..256_usize).map(|bit| U256::from(1) << bit).filter(|power| range.contains(power));
    powers.chain([*range.start()]).fold(U256::ZERO, |mask, value| {
        values[field] = value;
        mask | U256::from_be_bytes((word.pack)(&values)) ^ full
    })
}

/// The values at the ends and around the middle of a field's range.
pub(crate) fn edges(field: &Field) -> Vec<U256> {
    let one = U256::from(1);
    let middle = field.most >> 1_usize;
    let mut edges = vec![field.least, field.least + one, middle, middle + one, field.most - one, field.most];
    edges.retain(|edge| (field.least..=field.most).contains(edge));
    edges.sort_unstable();
    edges.dedup();
    edges
}
