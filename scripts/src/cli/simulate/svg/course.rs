//! The course of a single run: what is divided a day, and what is paid of it.

use mrc53_console::show::date;
use mrc53_simulation::runs::Span;
use plotters::prelude::Polygon;
use plotters::style::Color;

use super::paper::{Drawn, INK, Paper, UNPAID, chart, colour, legend, letters, mor, number};

pub(super) fn draw(root: &Paper<'_>, spans: &[Span]) -> Drawn {
    let from = spans.first().map_or(0, |span| span.from.0);
    let to = spans.last().map_or(1, |span| span.to.0);
    let a_day = |wei: u128, span: &Span| mor(wei / u128::from((span.to.0 - span.from.0).max(1)));
    let most = spans.iter().map(|span| a_day(span.emission, span)).fold(1.0, f64::max);
    let mut chart = chart(root, 80, 40).build_cartesian_2d(f64::from(from)..f64::from(to), 0.0..most * 1.05)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(UNPAID.mix(0.0))
        .bold_line_style(UNPAID)
        .y_desc("MOR a day")
        .y_label_formatter(&|place| number(*place))
        .x_label_formatter(&|place| day(*place))
        .label_style(letters(13))
        .axis_style(INK)
        .draw()?;
    // Steps: a span's mean stands over all of its days.
    let area = |wei: fn(&Span) -> u128| {
        let steps = spans.iter().flat_map(|span| {
            let height = a_day(wei(span), span);
            [(f64::from(span.from.0), height), (f64::from(span.to.0), height)]
        });
        let corners = [(f64::from(to), 0.0), (f64::from(from), 0.0)];
        steps.chain(corners).collect::<Vec<_>>()
    };
    chart.draw_series([Polygon::new(area(|span| span.emission), UNPAID.filled())])?;
    chart.draw_series([Polygon::new(area(|span| span.paid), colour(0).filled())])?;
    legend(root, &[("paid".into(), colour(0)), ("stays in the pool".into(), UNPAID)])
}

/// An axis' day as a date.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the axis ends at the last day")]
fn day(place: f64) -> String {
    date(place.max(0.0) as u32)
}
