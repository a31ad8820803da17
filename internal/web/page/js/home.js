// Begins the home page.

import * as api from "./api.js";

// The program stays while a window is there.
setInterval(() => api.get("/api/alive").catch((e) => {
  document.getElementById("status").textContent = e.message;
}), 60000);
