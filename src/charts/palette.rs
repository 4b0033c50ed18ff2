//! The colours of charts: those of `static/css/tokens.css`, since a canvas knows no custom properties.

use plotters::style::RGBColor;

use super::spec::Role;

/// Colours of one theme. Text in [`ink`](Palette::ink), [`soft`](Palette::soft), [`faint`](Palette::faint) and the
/// two people's colours stands out from the card by 4.5 to 1 or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub card: RGBColor,
    /// Titles and what is nobody's.
    pub ink: RGBColor,
    /// Ordinary text.
    pub soft: RGBColor,
    /// Units and today.
    pub faint: RGBColor,
    /// Hairlines.
    pub line: RGBColor,
    /// The seller.
    pub seller: RGBColor,
    /// The company.
    pub company: RGBColor,
    /// The shaded gap; only charts have it.
    pub gap: RGBColor,
}

impl Palette {
    /// On white.
    pub const LIGHT: Palette = Palette {
        card: RGBColor(0xff, 0xff, 0xff),
        ink: RGBColor(0x1d, 0x24, 0x30),
        soft: RGBColor(0x56, 0x60, 0x70),
        faint: RGBColor(0x6b, 0x74, 0x82),
        line: RGBColor(0xe4, 0xdf, 0xd5),
        seller: RGBColor(0xa8, 0x4c, 0x0b),
        company: RGBColor(0x14, 0x50, 0x8c),
        gap: RGBColor(0xf1, 0xe9, 0xd2),
    };
    /// On near black.
    pub const DARK: Palette = Palette {
        card: RGBColor(0x1b, 0x21, 0x2a),
        ink: RGBColor(0xec, 0xef, 0xf3),
        soft: RGBColor(0xb0, 0xb8, 0xc3),
        faint: RGBColor(0x98, 0xa2, 0xaf),
        line: RGBColor(0x2c, 0x34, 0x3f),
        seller: RGBColor(0xf0, 0xa0, 0x5a),
        company: RGBColor(0x7d, 0xb7, 0xf0),
        gap: RGBColor(0x33, 0x2f, 0x1c),
    };

    /// The colour of whoever it is.
    pub const fn of(&self, role: Role) -> RGBColor {
        match role {
            Role::Seller => self.seller,
            Role::Company => self.company,
            Role::Today => self.faint,
            Role::Neutral => self.ink,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast as WCAG 2 defines it.
    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let luminance = |colour: RGBColor| {
            let linear = |byte: u8| {
                let part = f64::from(byte) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
            };
            0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2) + 0.05
        };
        let (one, other) = (luminance(one), luminance(other));
        one.max(other) / one.min(other)
    }

    #[test]
    fn text_can_be_read_in_both_themes() {
        assert!((contrast(RGBColor(255, 255, 255), RGBColor(0, 0, 0)) - 21.0).abs() < 1e-9);
        for palette in [Palette::LIGHT, Palette::DARK] {
            for text in [palette.ink, palette.soft, palette.faint, palette.seller, palette.company] {
                assert!(contrast(text, palette.card) >= 4.5, "{text:?} on {:?}", palette.card);
            }
            assert!(contrast(palette.ink, palette.gap) >= 7.0, "the price on the gap");
            for shape in [palette.seller, palette.company, palette.faint] {
                assert!(contrast(shape, palette.gap) >= 3.0, "{shape:?} on the gap");
            }
        }
    }

    #[test]
    fn the_two_people_differ_in_lightness_in_print() {
        let Palette { seller, company, .. } = Palette::LIGHT;
        assert!(contrast(seller, company) >= 1.4);
    }
}
