// Loads the search when its box is first used. From a folder without a server no script can read the index:
// there the box leads to the lists below it.
{
  const box = document.getElementById("search-box");
  const start = () =>
    import("./searching.js").then(({ begin }) => begin(box.form)).catch(() => {}); // the form asks the server
  if (location.protocol !== "file:") {
    if (document.activeElement === box || new URLSearchParams(location.search).get("q")) start();
    else box.addEventListener("focus", start, { once: true });
  }
}
