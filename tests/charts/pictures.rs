//! Pictures to look at: `HOLDFAST_PICTURES=folder cargo test --test charts pictures -- --ignored`; without the
//! variable they go to the folder for temporary files.

use holdfast::charts::draw::suggested_height;
use holdfast::charts::palette::Palette;

use crate::cases::all;
use crate::svg::draw_svg;

#[test]
#[ignore = "writes pictures for people to look at"]
fn pictures() {
    let folder = std::env::var_os("HOLDFAST_PICTURES").map_or_else(std::env::temp_dir, std::path::PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    for case in all() {
        for chart in case.charts() {
            for (theme, palette) in [("light", Palette::LIGHT), ("dark", Palette::DARK)] {
                for width in [300_u32, 330, 640, 1000] {
                    let height = suggested_height(&chart, f64::from(width)) as u32;
                    let svg = draw_svg(&chart, &palette, width, height);
                    let name = format!("{}-{}-{theme}-{width}.svg", case.name.replace(' ', "_"), chart.id);
                    std::fs::write(folder.join(name), svg).unwrap();
                }
            }
        }
    }
}
