// The box of the search: reads the index once, and shows what is found while somebody types.

import { found, meant, prepared } from "./finding.js";

const MOST_SHOWN = 50;
const LONGEST_TEXT = 160;
const PAUSE = 400; // milliseconds after the last key, so that a screen reader hears one sentence

/** Take over a form whose page has the places `hits`, `results`, `by-kind`, `by-letter` and `search-said`. */
export async function begin(form) {
  const page = new Page(form);
  form.elements.q.addEventListener("input", () => page.ask());
  form.addEventListener("submit", (event) => page.submit(event));
  document.addEventListener("keydown", (event) => page.move(event));
  const wanted = new URLSearchParams(location.search).get("q");
  if (wanted && !form.elements.q.value) form.elements.q.value = wanted; // a page that no server answered
  await page.read();
}

class Page {
  constructor(form) {
    this.form = form;
    this.box = form.elements.q;
    this.index = document.getElementById("search-index");
    this.hits = document.getElementById("hits");
    this.results = document.getElementById("results");
    this.said = document.getElementById("search-said");
    this.meant = document.getElementById("search-meant");
    this.kinds = form.dataset.kinds.split("|");
    this.lists = [...document.querySelectorAll("[data-list]")];
    this.shown = this.hits.children.length || this.said.textContent.trim() ? this.question() : "";
  }

  question() {
    return this.box.value.trim().split(/\s+/).join(" ");
  }

  async read() {
    if (this.question() !== this.shown) this.say(this.form.dataset.reading);
    try {
      const index = await readIndex(this.index.href);
      this.things = prepared(index, document.documentElement.lang);
    } catch {
      this.failed = true;
    }
    this.ask();
  }

  ask() {
    const question = this.question();
    if (question === this.shown && !this.failed) return;
    if (this.failed) this.say(question && this.form.dataset.failed);
    else if (!this.things) this.say(question && this.form.dataset.reading);
    else this.show(question);
  }

  show(question) {
    this.shown = question;
    const hits = found(this.things, question);
    this.hits.replaceChildren(...hits.slice(0, MOST_SHOWN).map((hit) => this.line(hit)));
    this.results.hidden = !hits.length;
    for (const list of this.lists) list.hidden = Boolean(hits.length);
    this.offer(question && !hits.length ? meant(this.things, question) : undefined);
    history.replaceState(null, "", question ? `?${new URLSearchParams({ q: question })}` : location.pathname);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.say(question && this.words(question, hits.length)), PAUSE);
  }

  words(question, n) {
    const { none, one, many, some } = this.form.dataset;
    const words = n > MOST_SHOWN ? some : [none, one][n] ?? many;
    return words.replace("{n}", n).replace("{shown}", MOST_SHOWN).replace("{q}", () => question);
  }

  // Where nothing is found, what may have been meant; it is asked like any other question.
  offer(words) {
    const link = this.meant.querySelector("a");
    this.meant.hidden = !words;
    link.textContent = words ?? "";
    link.href = `?${new URLSearchParams({ q: words ?? "" })}`;
  }

  say(words) {
    this.said.textContent = words;
  }

  submit(event) {
    if (!this.things) return; // the server answers, or the page leads to its lists
    event.preventDefault();
    this.ask();
  }

  line({ kind, title, address, where, text, isOwn }) {
    const said = isOwn ? (element) => element : inEnglish;
    const link = said(made("a", "", title));
    link.href = this.addressOf(address);
    const heading = made("h2", "hit__title");
    heading.append(link);
    const note = made("p", "note", this.kinds[kind]);
    if (where) {
      const dot = made("span", "", "·");
      dot.ariaHidden = "true";
      note.append(" ", dot, " ", inEnglish(made("span", "", where)));
    }
    const item = made("li", "hit");
    item.append(heading, note);
    if (text) item.append(said(made("p", "small", shortened(text))));
    return item;
  }

  // The site may lie anywhere, in any language, and where it is read as files each page is named by its file.
  addressOf(address) {
    const target = new URL(address, new URL("..", this.form.action));
    if (new URL(this.form.action).pathname.endsWith("/index.html") && target.pathname.endsWith("/"))
      target.pathname += "index.html";
    return target.href;
  }

  // Arrows lead through the results, Escape back to the box.
  move(event) {
    const links = [...this.hits.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (event.altKey || event.ctrlKey || event.metaKey || (here < 0 && document.activeElement !== this.box)) return;
    const next = { ArrowDown: links[here + 1], ArrowUp: here < 0 ? undefined : (links[here - 1] ?? this.box) }[event.key];
    const target = event.key === "Escape" && here >= 0 ? this.box : next;
    if (!target) return;
    event.preventDefault();
    target.focus();
  }
}

/** Read the index, whether or not the web server has unpacked it on the way. */
async function readIndex(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return JSON.parse(new TextDecoder().decode(bytes));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked).json();
}

/** Mark what a release says as English on a page in another language. */
function inEnglish(element) {
  if (document.documentElement.lang !== "en") element.lang = "en";
  if (document.documentElement.dir === "rtl") element.dir = "ltr";
  return element;
}

function made(name, kind, text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.textContent = text;
  return element;
}

/** Cut a long text after a word, as the server does. */
function shortened(text) {
  if ([...text].length <= LONGEST_TEXT) return text;
  const begun = [...text].slice(0, LONGEST_TEXT);
  const end = begun.lastIndexOf(" ");
  return `${begun.slice(0, end < 0 ? -1 : end).join("").replace(/[,;:–\- ]+$/, "")}…`;
}
