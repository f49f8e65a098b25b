//! Simulations as a picture: the course of a single run, bars for several, and how runs at random are spread.

mod bars;
mod course;
mod paper;
mod spread;

use anyhow::{Result, anyhow};
use mrc53_simulation::runs::Plan;
use plotters::prelude::{IntoDrawingArea, SVGBackend};

use super::simulation::Simulation;
use paper::{HEIGHT, Paper, WIDTH};

/// The picture, drawn the same way each time: the same runs give the same bytes.
pub(super) fn of(simulation: &Simulation) -> Result<String> {
    let mut text = String::new();
    let root = SVGBackend::with_string(&mut text, (WIDTH, HEIGHT)).into_drawing_area();
    let title = simulation.title.as_deref().unwrap_or(&simulation.name);
    draw(simulation, &root, title).map_err(|error| anyhow!("the chart of {}: {error}", simulation.name))?;
    drop(root);
    Ok(text.trim_end().to_owned())
}

fn draw(simulation: &Simulation, root: &Paper<'_>, title: &str) -> paper::Drawn {
    paper::prepare(root, title)?;
    match (&simulation.plan, simulation.runs.as_slice()) {
        (Plan::Random(_), runs) => spread::draw(root, runs)?,
        (_, [run]) if run.spans.len() > 1 => course::draw(root, &run.spans)?,
        (plan, runs) => bars::draw(root, plan, runs)?,
    }
    root.present()
}
