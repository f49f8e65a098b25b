//! A bar for each run: what every kind of subnet was paid, and what stays in the pool.

use mrc53_simulation::runs::{Plan, Run};
use plotters::prelude::{Rectangle, Text};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::super::text;
use super::paper::{Drawn, INK, Paper, UNPAID, chart, colour, legend, letters, mor, number};

/// How many labels stand below each other.
const MOST_LABELS: usize = 20;
/// How much of its room a bar leaves free above and below.
const GAP: f64 = 0.15;

pub(super) fn draw(root: &Paper<'_>, plan: &Plan, runs: &[Run]) -> Drawn {
    let most = runs.iter().map(|run| run.emitted).max().unwrap_or_default();
    let rows = f64::from(u32::try_from(runs.len()).unwrap_or(u32::MAX));
    let labels: Vec<String> = runs.iter().enumerate().map(|(row, run)| label(plan, row, run)).collect();
    let widest = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
    let left = u32::try_from(widest).unwrap_or_default().saturating_mul(7).clamp(40, 360) + 16;
    let mut chart = chart(root, left, 40).build_cartesian_2d(0.0..mor(most).max(1.0), rows..0.0)?;
    chart
        .configure_mesh()
        .disable_y_axis()
        .disable_y_mesh()
        .light_line_style(UNPAID.mix(0.0))
        .x_desc("MOR")
        .x_label_formatter(&|place| number(*place))
        .label_style(letters(13))
        .axis_style(INK)
        .draw()?;

    // A label for every bar, or for every so many of them where they would stand on each other.
    let every = runs.len().div_ceil(MOST_LABELS).max(1);
    let mut top = 0.0;
    for ((run, label), row) in runs.iter().zip(&labels).zip(0..) {
        let bar = |from: u128, to: u128, colour: plotters::style::RGBColor| {
            Rectangle::new([(mor(from), top + GAP), (mor(to), top + 1.0 - GAP)], colour.filled())
        };
        let mut paid = 0;
        for (group, kind) in run.groups.iter().zip(0..) {
            chart.draw_series([bar(paid, paid + group.earned.paid, colour(kind))])?;
            paid += group.earned.paid;
        }
        chart.draw_series([bar(paid, run.emitted, UNPAID)])?;
        if row % every == 0 {
            let (x, y) = chart.backend_coord(&(0.0, top + 0.5));
            root.draw(&Text::new(label.clone(), (x - 8, y), letters(13).pos(Pos::new(HPos::Right, VPos::Center))))?;
        }
        top += 1.0;
    }
    let groups = runs.first().map(|run| run.groups.clone()).unwrap_or_default();
    let mut names: Vec<_> = groups.into_iter().zip(0..).map(|(group, kind)| (group.name, colour(kind))).collect();
    names.push(("stays in the pool".into(), UNPAID));
    legend(root, &names)
}

/// Strains by their number, other runs by what was set.
fn label(plan: &Plan, row: usize, run: &Run) -> String {
    match (plan, row) {
        (Plan::Stress(_), 1..) => format!("no. {row}"),
        _ => text::label(run),
    }
}
