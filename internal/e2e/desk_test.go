package e2e_test

// ready is true of a desk that shows what is typed and its pages.
const ready = `document.querySelector("#editor input, #editor textarea, #editor button") && document.querySelector("#pages svg")`
