//! What lies between runs at random.

/// Of a hundred runs the fifth, the middle one and the ninety-fifth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quantiles {
    /// 5 % of the values are at most that.
    pub five: u128,
    /// Half of the values are at most that.
    pub half: u128,
    /// 95 % of the values are at most that.
    pub ninety_five: u128,
}

/// The quantiles of `values`: of n in order the one numbered ⌈n·q⌉, so that each is a value that came up.
#[must_use]
pub fn quantiles(mut values: Vec<u128>) -> Quantiles {
    values.sort_unstable();
    let at = |hundredths: usize| {
        let number = (values.len() * hundredths).div_ceil(100).max(1);
        values.get(number - 1).copied().unwrap_or_default()
    };
    Quantiles { five: at(5), half: at(50), ninety_five: at(95) }
}

/// How many values lie where between the least and the most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// The least value.
    pub least: u128,
    /// The most.
    pub most: u128,
    /// How many lie in each of so many equal parts from the least to the most; the most lies in the last.
    pub counts: Vec<u128>,
}

impl Histogram {
    /// Sorts `values`, each below 2^100, into `bins` parts; all lie in the first where they are the same.
    #[must_use]
    pub fn of(values: &[u128], bins: usize) -> Self {
        let least = values.iter().copied().min().unwrap_or_default();
        let most = values.iter().copied().max().unwrap_or_default();
        let mut counts = vec![0; bins];
        for value in values {
            let part = ((value - least).saturating_mul(bins as u128)).checked_div(most - least).unwrap_or_default();
            let number = usize::try_from(part).unwrap_or(bins).min(bins.saturating_sub(1));
            if let Some(count) = counts.get_mut(number) {
                *count += 1;
            }
        }
        Self { least, most, counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_came_up() {
        let of = |values: &[u128]| quantiles(values.to_vec());
        assert_eq!(of(&(1..=100).rev().collect::<Vec<_>>()), Quantiles { five: 5, half: 50, ninety_five: 95 });
        assert_eq!(of(&[7]), Quantiles { five: 7, half: 7, ninety_five: 7 });
        assert_eq!(of(&[3, 1, 2]), Quantiles { five: 1, half: 2, ninety_five: 3 });
        assert_eq!(of(&[]), Quantiles::default());
    }

    #[test]
    fn every_value_lies_in_one_part() {
        let counts = |values: &[u128]| Histogram::of(values, 4).counts;
        assert_eq!(counts(&[10, 11, 12, 13, 14]), [1, 1, 1, 2]);
        assert_eq!([counts(&[7, 7]), counts(&[])], [[2, 0, 0, 0], [0; 4]]);
    }
}
