// The embed: one script tag asks people on a page that belongs to somebody else. See docs/embed.md.

import { dialogFor } from "./dialog.js";
import { element } from "./element.js";
import { kindOf, request } from "./intake.js";
import { speak } from "./language.js";
import { bestLanguage } from "./languages.js";
import { Questionnaire } from "./questionnaire.js";
import { isDrawn, isLeftAlone, leaveAlone } from "./sampling.js";

/* global STYLES, TRANSLATIONS: put in by tools/build-widget.mjs */

const KEPT_INSIDE = ["keydown", "keypress", "keyup", "input", "change"];
const script = document.currentScript;
if (script && script.dataset.form) whenReady(() => begin(script, script.dataset));

/** Wait until the page is there and the browser has nothing better to do. */
function whenReady(run) {
  const whenIdle = window.requestIdleCallback || setTimeout;
  const soon = () => whenIdle(run, { timeout: 2000 });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", soon, { once: true });
  else soon();
}

async function begin(script, data) {
  const { form, mode = "inline" } = data;
  const tell = teller(script, { form, mode });
  const place = placeOf(script, mode, data.target);
  if (!place) {
    console.warn(`hearback: nothing on this page is "${data.target || ""}", where form "${form}" should be`);
    return tell("error", { kind: "no_target" });
  }
  if (mode === "button") place.hidden = true;
  if (isLeftAlone(form)) return;
  const origin = (data.intake || new URL(script.src).origin).replace(/\/$/, "");
  const address = `${origin}/intake/${encodeURIComponent(form)}`;
  const reply = await request(address);
  if (reply.status !== 200) return tell("error", { kind: kindOf(reply) });
  const { instrument, version } = reply.body;
  const { ask_one_in: oneIn = 1, ask_again_after_days: days = 0 } = instrument.delivery || {};
  if (!isDrawn(oneIn)) return;

  const wanted = [data.lang, document.documentElement.lang, ...navigator.languages].filter(Boolean);
  let language;
  const speakIn = (name) => (language = speak(name, instrument.languages[0], TRANSLATIONS));
  speakIn(bestLanguage(instrument.languages, wanted));
  let isOver = false;
  const told = (name, detail) => {
    if (name === "accepted") {
      isOver = !days;
      leaveAlone(form, days);
    }
    tell(name, detail);
  };
  const make = () => {
    isOver = false;
    const sent = { ...sentWith(data), version };
    return new Questionnaire(instrument, language, { address, sent, speakIn }, told);
  };
  show(mode, place, data, { make, isOver: () => isOver, language, tell: told, instrument });
  tell("ready", { version, language: language.shown });
}

/** Say how and where people are asked, as the web team wrote it. */
function sentWith({ channel = "website", place = "", campaign = "" }) {
  return { channel, place: place.slice(0, 200), campaign: campaign.slice(0, 200) };
}

/** Find what the form goes into or behind; null where the page has no such place. */
function placeOf(script, mode, target) {
  if (mode === "modal") return document.body;
  if (target) return document.querySelector(target);
  return mode === "inline" && document.body.contains(script) ? script : null;
}

/** Put the form where the mode says: into the page, or behind a button. */
function show(mode, place, data, { make, isOver, language, tell, instrument }) {
  const { outside, inside } = isolated(language);
  if (mode === "inline") {
    inside.append(make().node);
    if (data.target) place.append(outside);
    else place.after(outside);
    return;
  }
  let opener = place;
  if (mode === "modal") {
    const words = data.label || language.of(instrument.title);
    opener = element("button", { type: "button", "aria-haspopup": "dialog" }, words);
    inside.append(element("section", { class: "launcher", "aria-label": opener.textContent }, opener));
  } else {
    opener.setAttribute("aria-haspopup", "dialog");
    opener.hidden = false;
  }
  inside.append(dialogFor(opener, make, isOver, language, tell));
  document.body.append(outside);
}

/** Make a place that the styles of the host do not reach, nor its keyboard shortcuts. */
function isolated(language) {
  const outside = document.createElement("div");
  const root = outside.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  const inside = element("div", { lang: language.shown, dir: language.direction, class: "frame" });
  root.append(inside);
  for (const name of KEPT_INSIDE) root.addEventListener(name, (event) => event.stopPropagation());
  return { outside, inside };
}

/** Make what gives the host page events; none of them holds an answer. */
function teller(script, about) {
  return (name, detail) =>
    (script.isConnected ? script : document).dispatchEvent(
      new CustomEvent(`hearback:${name}`, { bubbles: true, detail: { ...about, ...detail } }));
}
