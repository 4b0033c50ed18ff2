//! Scripts and styles without comments, blanks and long names, and all styles in one file: about 4 kB less for a phone to
//! fetch.

use crate::error::{Problem, Result};
use crate::process;
use crate::project::Project;
use crate::setup::SiteTools;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// What is packed, by the ending of its file.
const PACKED: [&str; 2] = ["js", "css"];

/// How the page asks for a style, before and after its file's name.
const STYLE: (&str, &str) = (r#"<link rel="stylesheet" href="./"#, r#""/>"#);

/// Packs every script and style of the site, in place; the styles become one.
pub fn site(project: &Project, tools: &SiteTools, dist: &Path) -> Result<()> {
    join_styles(dist)?;
    for file in files_below(dist)? {
        if file.extension().is_some_and(|ending| PACKED.iter().any(|packed| ending == *packed)) {
            let mut minify = tools.command("esbuild", project)?;
            minify.args(["--minify", "--log-level=error", "--allow-overwrite"]).arg(&file);
            let mut place = std::ffi::OsString::from("--outfile=");
            place.push(&file);
            process::run_quietly(minify.arg(place))?;
        }
    }
    Ok(())
}

/// Puts the page's styles into one file, in their order, named after what is in it.
fn join_styles(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let text = fs::read_to_string(&page).map_err(Problem::file(&page))?;
    let (mut styles, mut hash) = (String::new(), DefaultHasher::new());
    for name in style_names(&text) {
        let file = dist.join(name);
        styles.push_str(&fs::read_to_string(&file).map_err(Problem::file(&file))?);
        fs::remove_file(&file).map_err(Problem::file(&file))?;
    }
    styles.hash(&mut hash);
    let name = format!("style-{:016x}.css", hash.finish());
    let file = dist.join(&name);
    fs::write(&file, styles).map_err(Problem::file(&file))?;
    fs::write(&page, with_one_style(&text, &name)).map_err(Problem::file(&page))
}

/// The files of the page's styles, in their order.
fn style_names(page: &str) -> Vec<&str> {
    page.split(STYLE.0).skip(1).filter_map(|rest| rest.split_once(STYLE.1)).map(|(name, _)| name).collect()
}

/// The page with `name` in place of all its styles.
fn with_one_style(page: &str, name: &str) -> String {
    let link = |name: &str| format!("{}{name}{}", STYLE.0, STYLE.1);
    let names = style_names(page);
    let once = names.iter().skip(1).fold(page.to_owned(), |page, name| page.replace(&link(name), ""));
    names.first().map_or(once.clone(), |first| once.replace(&link(first), &link(name)))
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(Problem::file(folder))? {
        let path = entry.map_err(Problem::file(folder))?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_styles_become_one_in_the_place_of_the_first() {
        let page = r#"<p><link rel="stylesheet" href="./a-1.css"/> <link rel="stylesheet" href="./b-2.css"/></p>"#;
        assert_eq!(style_names(page), ["a-1.css", "b-2.css"]);
        assert_eq!(with_one_style(page, "style.css"), r#"<p><link rel="stylesheet" href="./style.css"/> </p>"#);
        assert_eq!(with_one_style("<p></p>", "style.css"), "<p></p>");
    }
}
