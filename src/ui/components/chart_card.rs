//! A chart with its title, its one-line summary and the same numbers as a table.

use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;

use crate::charts::palette::Palette;
use crate::charts::spec::{ChartSpec, Table};
use crate::ui::effects::{canvas, screen};

/// Properties of [`ChartCard`].
#[derive(Properties, PartialEq)]
pub struct ChartCardProps {
    /// What the chart says.
    pub spec: ChartSpec,
    /// Whether the screen is dark.
    pub dark: bool,
}

/// The chart.
#[component]
pub fn ChartCard(props: &ChartCardProps) -> Html {
    let node = use_node_ref();
    let size = use_state(|| (0, 0));
    let open = use_state(|| false);
    {
        let (node, size) = (node.clone(), size.clone());
        use_effect_with((), move |()| {
            let watch = screen::watch_size(&node, move |now| size.set(now));
            move || drop(watch)
        });
    }
    {
        let node = node.clone();
        use_effect_with((props.spec.clone(), props.dark, *size), move |(spec, dark, size)| {
            if let Some(element) = node.cast::<HtmlCanvasElement>() {
                canvas::draw_chart(&element, *size, spec, if *dark { &Palette::DARK } else { &Palette::LIGHT });
            }
        });
    }
    let on_toggled = {
        let open = open.clone();
        move |event: Event| open.set(event.target_unchecked_into::<Element>().has_attribute("open"))
    };
    let spec = &props.spec;
    html! {
        <figure class="chart" id={format!("chart-{}", spec.id)}>
            // The panels carry their titles in the picture; this one is for those who go by headings.
            <figcaption class="visually-hidden"><h3>{ format!("{}, {}", spec.title, spec.unit) }</h3></figcaption>
            <canvas ref={node} role="img" aria-label={spec.summary.clone()} />
            <details ontoggle={on_toggled}>
                <summary>{ "Numbers" }<span class="visually-hidden">{ format!(" of {}", spec.title) }</span></summary>
                if *open {
                    <p class="note">{ spec.summary.clone() }</p>
                    { table(&spec.table) }
                }
            </details>
        </figure>
    }
}

fn table(table: &Table) -> Html {
    let row = |cells: &Vec<String>| {
        let cell = |(index, text): (usize, &String)| {
            if index == 0 {
                html! { <th scope="row">{ text.clone() }</th> }
            } else {
                html! { <td>{ text.clone() }</td> }
            }
        };
        html! { <tr>{ for cells.iter().enumerate().map(cell) }</tr> }
    };
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label={table.caption.clone()}>
            <table class="numbers">
                <caption>{ table.caption.clone() }</caption>
                <thead><tr>{ for table.headings.iter().map(|text| html! { <th scope="col">{ text.clone() }</th> }) }</tr></thead>
                <tbody>{ for table.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
