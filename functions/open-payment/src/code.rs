//! A link as a code to scan (ISO/IEC 18004), drawn as one path.

use qrcode::{Color, QrCode};

/// Light modules around the code, as the standard asks.
const QUIET: usize = 4;

/// A drawing.
pub struct Code {
    /// Its height and width.
    pub side: usize,
    /// The dark modules, as the data of an SVG path.
    pub path: String,
}

impl Code {
    /// Draws `link`; `None` when it is too long for a code.
    pub fn of(link: &str) -> Option<Self> {
        let code = QrCode::new(link).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let dark = colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark);
        let module = |(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
        Some(Self { side: width + 2 * QUIET, path: dark.map(module).collect() })
    }
}
