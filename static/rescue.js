// What is shown when the program has stopped: it goes no further with what it may have got wrong, and gives the stored
// data as a file. It needs nothing of the program, which may not even have started.
const PREFIX = "holdfast/";
let shown = false;

/** Whether an error means that the program has stopped. */
function isStop(error) {
  return error instanceof WebAssembly.RuntimeError;
}

/** All stored texts by key: those of local storage, and those of the second copy that it lacks. */
async function stored() {
  const texts = {};
  try {
    for (let index = 0; index < localStorage.length; index++) {
      const key = localStorage.key(index);
      if (key.startsWith(PREFIX)) texts[key] = localStorage.getItem(key);
    }
  } catch { /* blocked: there is the second copy */ }
  try {
    const second = await secondCopy();
    for (const [key, text] of second) if (!(key in texts)) texts[key] = text;
  } catch { /* missing: there is the first */ }
  return texts;
}

function secondCopy() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("holdfast");
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onsuccess = () => {
      const store = opening.result.transaction("texts").objectStore("texts");
      const found = [];
      const cursor = store.openCursor();
      cursor.onerror = () => reject(cursor.error);
      cursor.onsuccess = () => {
        if (!cursor.result) return resolve(found);
        found.push([cursor.result.key, cursor.result.value]);
        cursor.result.continue();
      };
    };
  });
}

function element(name, text, attributes = {}) {
  const it = Object.assign(document.createElement(name), attributes);
  it.textContent = text;
  return it;
}

/** Puts the page in the place of everything. */
export function rescue() {
  if (shown) return;
  shown = true;
  const save = element("button", "Save what is stored as a file", { type: "button", className: "primary", id: "rescue-save" });
  const reload = element("button", "Reload", { type: "button", onclick: () => location.reload() });
  const said = element("p", "", { className: "note" });
  said.setAttribute("role", "status");
  save.onclick = async () => {
    const texts = await stored();
    const file = new Blob([JSON.stringify(texts, null, 1)], { type: "application/json" });
    const link = element("a", "", { href: URL.createObjectURL(file), download: "holdfast-stored.json" });
    link.click();
    URL.revokeObjectURL(link.href);
    const count = Object.keys(texts).length;
    said.textContent = count === 0 ? "Nothing is stored in this browser." : "Saved. Drop the file on Holdfast to restore it.";
  };
  const page = element("main", "", { id: "main", className: "rescue", tabIndex: -1 });
  const told = element("div", "");
  told.setAttribute("role", "alert");
  const actions = element("p", "", { className: "dialog-actions" });
  actions.append(save, reload);
  told.append(
    element("h1", "Holdfast has stopped"),
    element("p", "Something in it went wrong, so it goes no further. What the page called saved is still stored in this "
      + "browser. Save it as a file to be sure, then reload."),
  );
  page.append(told, actions, said);
  document.body.replaceChildren(page);
  page.focus();
}

addEventListener("error", (event) => { if (isStop(event.error)) rescue(); });
addEventListener("unhandledrejection", (event) => { if (isStop(event.reason)) rescue(); });
