//! What every chart is drawn on and with: size, letters, colours, and amounts as places on an axis.

use mrc53_console::show::grouped;
use plotters::chart::{ChartBuilder, LabelAreaPosition};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::{DrawingBackend, RGBColor, Rectangle, SVGBackend, Text, WHITE};
use plotters::style::{Color, IntoFont, TextStyle};

/// Pixels.
pub(super) const WIDTH: u32 = 960;
pub(super) const HEIGHT: u32 = 480;
/// Above it lies the title.
pub(super) const TOP: u32 = 44;
/// Below it lies the legend.
pub(super) const LEGEND: u32 = 36;

pub(super) type Paper<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>>;

/// Eight colours that those who see no red or no green tell apart.
const COLOURS: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(213, 94, 0),
    RGBColor(240, 228, 66),
    RGBColor(0, 0, 0),
];
/// What is paid to all together.
pub(super) const PAID: RGBColor = RGBColor(106, 81, 163);
/// What is not paid.
pub(super) const UNPAID: RGBColor = RGBColor(221, 221, 221);
/// Lines and letters.
pub(super) const INK: RGBColor = RGBColor(40, 40, 40);

pub(super) fn colour(number: usize) -> RGBColor {
    COLOURS[number % COLOURS.len()]
}

pub(super) fn letters(size: u32) -> TextStyle<'static> {
    ("sans-serif", size).into_font().color(&INK)
}

/// White, with the title.
pub(super) fn prepare(root: &Paper<'_>, title: &str) -> Drawn {
    root.fill(&WHITE)?;
    root.draw(&Text::new(title.to_owned(), (16, 14), letters(16)))
}

/// Names with their colours, from left to right, as many as there is room for.
pub(super) fn legend(root: &Paper<'_>, names: &[(String, RGBColor)]) -> Drawn {
    let (mut left, top) = (24, pixels(HEIGHT - LEGEND) + 12);
    for (name, colour) in names {
        if left > pixels(WIDTH) - 160 {
            return root.draw(&Text::new("and others".to_owned(), (left, top), letters(13)));
        }
        root.draw(&Rectangle::new([(left, top), (left + 12, top + 12)], colour.filled()))?;
        root.draw(&Text::new(name.clone(), (left + 18, top), letters(13)))?;
        // A letter of that size is about seven pixels wide.
        left += 40 + 7 * i32::try_from(name.chars().count()).unwrap_or_default();
    }
    Ok(())
}

/// The room between title and legend.
pub(super) fn chart<'a, 'b>(root: &'a Paper<'b>, left: u32, bottom: u32) -> ChartBuilder<'a, 'b, SVGBackend<'b>> {
    let mut chart = ChartBuilder::on(root);
    chart
        .margin_top(TOP)
        .margin_bottom(LEGEND)
        .margin_right(32)
        .set_label_area_size(LabelAreaPosition::Left, left)
        .set_label_area_size(LabelAreaPosition::Bottom, bottom);
    chart
}

/// MOR of wei, as a place on an axis.
#[allow(clippy::cast_precision_loss, reason = "an amount on its way to people's eyes")]
pub(super) fn mor(wei: u128) -> f64 {
    wei as f64 / 1e18
}

/// An axis' number in words: `1,000,000`.
pub(super) fn number(place: f64) -> String {
    grouped(&format!("{place:.0}"))
}

/// A number of pixels, which are few.
pub(super) fn pixels(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
