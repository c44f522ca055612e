// Shows a question beside its fields while it is typed. Without this script the button does it.
const button = document.querySelector("button[data-preview]");
let waiting;
button?.form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => button.form.requestSubmit(button), 500);
});
