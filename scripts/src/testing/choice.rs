//! Which steps are run: all, or those that somebody names.

use super::amount::Amount;
use super::steps::steps;
use mrc53_console::failure::BadInput;

/// Some steps, or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice(Option<Vec<usize>>);

impl Choice {
    /// The steps of this `amount` that `asked` names, each by its number from 1 on, its title or a part of the title that no other step
    /// has, in letters of either case; all where nothing is asked. They are run in their own order, each once.
    ///
    /// # Errors
    /// [`BadInput`] with the list of steps if one names no step, or several.
    pub(crate) fn of(asked: &[String], amount: Amount) -> Result<Self, BadInput> {
        if asked.is_empty() {
            return Ok(Self(None));
        }
        asked.iter().map(|step| named(step, amount)).collect::<Result<_, _>>().map(|places| Self(Some(places)))
    }

    /// Whether nothing was left out by choice.
    pub(super) fn is_all(&self) -> bool {
        self.0.is_none()
    }

    /// Whether the step at `place`, from 0 on, is run.
    pub(super) fn has(&self, place: usize) -> bool {
        self.0.as_ref().is_none_or(|places| places.contains(&place))
    }
}

/// The place of the step that `asked` names.
fn named(asked: &str, amount: Amount) -> Result<usize, BadInput> {
    let refusal = |who| refusal(asked, who, amount);
    let titles: Vec<_> = steps(amount).iter().map(|step| step.title.to_lowercase()).collect();
    if let Ok(number) = asked.parse::<usize>() {
        return (1..=titles.len()).contains(&number).then(|| number - 1).ok_or_else(|| refusal("no step has"));
    }
    let asked_for = asked.to_lowercase();
    if let Some(place) = titles.iter().position(|title| *title == asked_for) {
        return Ok(place);
    }
    let mut places = (0..titles.len()).filter(|place| titles[*place].contains(&asked_for));
    match (places.next(), places.next()) {
        (Some(place), None) => Ok(place),
        (Some(_), Some(_)) => Err(refusal("several steps have")),
        (None, _) => Err(refusal("no step has")),
    }
}

fn refusal(asked: &str, who: &str, amount: Amount) -> BadInput {
    let all = steps(amount)
        .iter()
        .enumerate()
        .map(|(place, step)| format!("{} {}", place + 1, step.title))
        .collect::<Vec<_>>();
    BadInput::new(format!("--only {asked:?}: {who} that number or part of a title; there are {}", all.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AMOUNT: Amount = Amount::Change;

    fn chosen(asked: &[&str]) -> Result<Vec<usize>, String> {
        let asked: Vec<String> = asked.iter().map(|step| (*step).to_owned()).collect();
        let choice = Choice::of(&asked, AMOUNT).map_err(|error| error.to_string())?;
        Ok((0..steps(AMOUNT).len()).filter(|place| choice.has(*place)).map(|place| place + 1).collect())
    }

    #[test]
    fn a_step_is_named_by_number_by_title_or_by_a_part_that_no_other_has() {
        for (place, step) in steps(AMOUNT).iter().enumerate() {
            assert_eq!(chosen(&[step.title]), Ok(vec![place + 1]));
            assert_eq!(chosen(&[&(place + 1).to_string()]), Ok(vec![place + 1]));
        }
        assert_eq!(chosen(&["LEMMAS"]), Ok(vec![7]));
    }

    #[test]
    fn what_is_done_by_night_alone_is_chosen_by_night_alone_and_is_the_last() {
        let (asked, last) = (["fuzzer".to_owned()], steps(Amount::Night).len() - 1);

        assert!(Choice::of(&asked, Amount::Night).is_ok_and(|choice| choice.has(last) && !choice.has(last - 1)));
        assert!(Choice::of(&asked, Amount::Change).is_err());
    }

    #[test]
    fn several_are_run_in_their_own_order_and_each_once_and_none_asked_are_all() {
        assert_eq!(chosen(&["lemmas", "2", "7"]), Ok(vec![2, 7]));
        assert_eq!(chosen(&[]), Ok((1..=steps(AMOUNT).len()).collect()));
        assert!(Choice::of(&[], AMOUNT).is_ok_and(|choice| choice.is_all()));
        assert!(Choice::of(&["1".to_owned()], AMOUNT).is_ok_and(|choice| !choice.is_all()));
    }

    #[test]
    fn what_names_no_step_or_several_is_refused_with_the_list() {
        let last = steps(AMOUNT).len();
        for (asked, says) in [
            ("0", "no step has"),
            (&*(last + 1).to_string(), "no step has"),
            ("-1", "no step has"),
            ("everything", "no step has"),
            ("format", "several steps have"),
            ("", "several steps have"),
        ] {
            let refusal = chosen(&[asked]).unwrap_err();

            let start = format!(
                "--only {asked:?}: {says} that number or part of a title; there are 1 format of the contracts; "
            );
            assert!(refusal.starts_with(&start) && refusal.contains(&format!("; {last} ")), "{refusal}");
        }
    }
}
