//! A bar chart as text: what it shows stands in a table beside it, too.
use super::html::escaped;
use serde::{Deserialize, Serialize};

/// A bar chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartView {
    /// What it shows.
    pub title: String,
    /// The same in a sentence, for whoever does not see it.
    pub description: String,
    /// The greatest value that a bar can have.
    pub most: i64,
    /// The bars, from the top.
    pub bars: Vec<BarView>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarView {
    /// What it stands for.
    pub label: String,
    /// Its value.
    pub value: i64,
    /// Its value in words.
    pub words: String,
}

/// The width of the picture, in its own units.
const WIDTH: i64 = 320;
/// How much of that a bar fills at most.
const LONGEST: i64 = 270;
/// The height of a bar with its label.
const ROW: i64 = 34;
/// How many characters of a label are shown.
const LABEL: usize = 44;

fn shortened(label: &str) -> String {
    let mut short: String = label.chars().take(LABEL).collect();
    if short.len() < label.len() {
        short.push('…');
    }
    short
}

fn bar((place, bar): (i64, &BarView), most: i64) -> String {
    let top = place * ROW;
    let length = if most > 0 { (bar.value.clamp(0, most) * LONGEST) / most } else { 0 };
    format!(
        "<text x=\"0\" y=\"{}\">{}</text><rect class=\"track\" x=\"0\" y=\"{}\" width=\"{LONGEST}\" height=\"10\" rx=\"3\"/><rect x=\"0\" y=\"{}\" width=\"{length}\" height=\"10\" rx=\"3\"/><text x=\"{}\" y=\"{}\">{}</text>",
        top + 12,
        escaped(&shortened(&bar.label)),
        top + 17,
        top + 17,
        LONGEST + 8,
        top + 26,
        escaped(&bar.words),
    )
}

/// The chart as a picture with a name and a description; the name of this one on its page tells it from others.
pub fn html(chart: &ChartView, name: &str) -> String {
    let ChartView { title, description, most, bars } = chart;
    let rows: String = (0..).zip(bars).map(|row| bar(row, *most)).collect();
    let height = i64::try_from(bars.len()).unwrap_or_default() * ROW;
    format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{name}-title\" aria-describedby=\"{name}-desc\" viewBox=\"0 0 {WIDTH} {height}\"><title id=\"{name}-title\">{}</title><desc id=\"{name}-desc\">{}</desc>{rows}</svg>",
        escaped(title),
        escaped(description),
    )
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    /// Fails when a label could end its element, or a bar is longer than its track.
    #[test]
    fn a_chart_has_a_name_and_bars_as_long_as_their_values() {
        let bars = [("</text><script>", 500), ("Half", 250), ("Beyond", 900)];
        let bars = bars.map(|(label, value)| BarView { label: label.to_owned(), value, words: value.to_string() });
        let chart = ChartView { title: "A & B".to_owned(), description: "C".to_owned(), most: 500, bars: bars.into() };
        let html = html(&chart, "chart-0");
        assert!(
            html.contains("role=\"img\"") && html.contains("<title id=\"chart-0-title\">A &amp; B</title>"),
            "{html}"
        );
        assert!(!html.contains("<script>"), "{html}");
        for length in ["width=\"270\" height=\"10\" rx=\"3\"/><text", "width=\"135\" height=\"10\" rx=\"3\"/><text"] {
            assert!(html.contains(length), "{length}: {html}");
        }
        assert!(!html.contains("width=\"486\""));
    }
}
