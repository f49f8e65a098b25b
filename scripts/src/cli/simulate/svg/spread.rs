//! Runs at random: how many of them paid how much, with the quantiles.

use mrc53_simulation::runs::{Histogram, Run, quantiles};
use plotters::prelude::{PathElement, Rectangle, Text};
use plotters::style::Color;

use super::paper::{Drawn, INK, Paper, UNPAID, chart, colour, legend, letters, mor, number};

/// How many bars.
const BINS: usize = 40;

pub(super) fn draw(root: &Paper<'_>, runs: &[Run]) -> Drawn {
    let paid: Vec<u128> = runs.iter().map(|run| run.paid).collect();
    let spread = Histogram::of(&paid, BINS);
    let (least, most) = (mor(spread.least), mor(spread.most).max(mor(spread.least) + 1.0));
    let highest = spread.counts.iter().copied().max().unwrap_or_default().max(1);
    let height = |count: u128| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let mut chart = chart(root, 80, 40).build_cartesian_2d(least..most, 0.0..height(highest) * 1.1)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(UNPAID.mix(0.0))
        .bold_line_style(UNPAID)
        .x_desc("MOR paid to all")
        .y_desc("runs")
        .x_label_formatter(&|place| number(*place))
        .y_label_formatter(&|place| number(*place))
        .label_style(letters(13))
        .axis_style(INK)
        .draw()?;
    let width = (most - least) / height(BINS as u128);
    let mut left = least;
    for count in &spread.counts {
        chart.draw_series([Rectangle::new([(left, 0.0), (left + width, height(*count))], colour(0).filled())])?;
        left += width;
    }
    let all = quantiles(paid);
    for (value, name) in [(all.five, "5 %"), (all.half, "half"), (all.ninety_five, "95 %")] {
        let place = mor(value);
        chart.draw_series([PathElement::new([(place, 0.0), (place, height(highest) * 1.05)], INK)])?;
        let (x, y) = chart.backend_coord(&(place, height(highest) * 1.09));
        root.draw(&Text::new(name.to_owned(), (x + 4, y), letters(13)))?;
    }
    legend(root, &[(format!("{} runs", runs.len()), colour(0))])
}
