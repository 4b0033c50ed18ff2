// Starts the app. The page's policy allows no inline script, so this is a file of its own.
import { rescue } from "./rescue.js";
const here = document.querySelector("script[data-js]");
try {
  const { default: init } = await import(new URL(here.dataset.js, document.baseURI).href);
  await init({ module_or_path: new URL(here.dataset.wasm, document.baseURI) });
  dispatchEvent(new CustomEvent("TrunkApplicationStarted"));
  // The styles of what is not on the first screen are beside the program.
  const later = document.createElement("link");
  later.rel = "stylesheet";
  later.href = new URL("later.css", new URL(here.dataset.js, document.baseURI)).href;
  document.head.append(later);
} catch (error) {
  rescue();
  throw error;
}
