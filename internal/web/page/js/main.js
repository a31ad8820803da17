// Begins the page of a folder: the store, then every module that shows something of it.

import { Store } from "./store.js";

const store = new Store();
store.addEventListener("state", () => {
  document.title = store.state.title || store.state.name;
});
store.open().catch((e) => {
  document.getElementById("status").textContent = e.message;
});
