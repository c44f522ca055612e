// All that a form shows, from the first question to the thanks. What is filled in lives in the page alone.

import { canProve, prove } from "../static/asking/proving.js";
import { longest, textCode } from "./answering.js";
import { element } from "./element.js";
import { kindOf, newKey, request } from "./intake.js";
import { Paging } from "./paging.js";

const WRITTEN = ["text", "long_text"];

/** One form and one response to it. `title` is the heading that gets the focus when the form opens. */
export class Questionnaire {
  /**
   * Args:
   *   instrument: what is asked, as the intake describes it.
   *   language: see `language.js`.
   *   context: {address, sent, speakIn}: of the intake, what goes with every response, and what gives another
   *     language.
   *   tell: gives the host page an event.
   */
  constructor(instrument, language, context, tell) {
    Object.assign(this, { instrument, language, context, tell });
    this.key = newKey();
    this.title = element("h2", { tabindex: -1 });
    this.node = element("div", { class: "form" });
    this.draw();
  }

  /** Make all that is shown, in the language of now, with nothing filled in. */
  draw() {
    const { instrument, language } = this;
    this.paging = new Paging(instrument, language, fromAddress(instrument));
    this.title.replaceChildren(language.of(instrument.title));
    this.introduction = element("p", {}, language.of(instrument.introduction));
    this.alert = element("div", { role: "alert", class: "alert", ...language.mark });
    this.forward = this.button("send", { type: "submit" });
    this.back = this.button("back", { class: "second", click: () => this.turn(this.paging.before) });
    const [submit, update] = [(event) => this.onSubmit(event), () => this.update()];
    this.form = element("form", { novalidate: true, submit, input: update, change: update },
      trap(language), ...this.paging.sections, element("div", { class: "buttons" }, this.forward, this.back));
    this.screen = element("div", {});
    Object.assign(this.node, { lang: language.shown, dir: language.direction });
    this.chooser = this.languages();
    const below = [this.title, this.chooser, this.screen, clearance(instrument, language)];
    this.node.replaceChildren(...below.filter(Boolean));
    this.ask();
  }

  /** Make the choice among the languages of the form. */
  languages() {
    const { language } = this;
    const button = (name) => {
      const isShown = name === language.shown && "true";
      const chosen = { lang: name, "aria-current": isShown, click: () => this.speak(name) };
      return element("button", { type: "button", ...chosen }, nameOf(name));
    };
    const { languages } = this.instrument;
    const label = { role: "group", "aria-label": language.say("languages"), lang: language.mark.lang };
    return element("div", { class: "languages", ...label }, ...languages.map(button));
  }

  /** Go on in another language; what is filled in stays. */
  speak(name) {
    if (this.isBusy) return;
    const { at } = this.paging;
    const before = [...this.form.elements];
    this.language = this.context.speakIn(name);
    this.draw();
    [...this.form.elements].forEach((field, index) => {
      Object.assign(field, { value: before[index].value, checked: before[index].checked });
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    this.paging.turn(at);
    this.update();
    this.chooser.querySelector("[aria-current]").focus();
  }

  button(word, attributes) {
    return element("button", { type: "button", ...this.language.mark, ...attributes }, this.language.say(word));
  }

  /** Show the questions. */
  ask() {
    this.alert.textContent = "";
    this.screen.replaceChildren(this.introduction, this.alert, this.form);
    this.chooser.hidden = this.instrument.languages.length < 2;
    this.update();
  }

  update() {
    const { paging } = this;
    paging.update();
    this.introduction.hidden = !this.introduction.textContent || paging.at > 0;
    this.back.hidden = paging.before === undefined;
    this.forward.textContent = this.language.say(paging.after === undefined ? "send" : "next");
  }

  turn(to) {
    this.alert.textContent = "";
    this.paging.turn(to);
    this.update();
    (this.paging.heading || this.title).focus();
    this.tell("page", { page: to + 1, pages: this.paging.pages.length });
  }

  async onSubmit(event) {
    event.preventDefault();
    const { paging } = this;
    const { answers, shown, problems } = paging.accept();
    const here = problems.filter((one) => paging.pageOf(one.question) <= paging.at);
    this.alert.textContent = "";
    paging.wrong(here);
    if (here.length) this.showProblems(here);
    else if (paging.after !== undefined) this.turn(paging.after);
    else await this.busy(() => this.finish(answers, shown));
  }

  /** Do one thing at a time: a second press while the first is under way does nothing. */
  async busy(work) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.node.setAttribute("aria-busy", "true");
    try {
      await work();
    } finally {
      this.node.removeAttribute("aria-busy");
      this.isBusy = false;
    }
  }

  /** Send; where something is masked, first show what will be kept. */
  async finish(answers, shown) {
    const { homepage } = this.form.elements;
    const message = {
      key: this.key, language: this.language.shown, answers, homepage: homepage.value, ...this.context.sent,
    };
    const isWritten = ({ type, code }) => WRITTEN.includes(type) && code in answers;
    const isMaskable = (one) => shown.includes(one.code) && (isWritten(one) || textCode(one) in answers);
    if (this.paging.questions.some(isMaskable)) {
      const reply = await request(`${this.context.address}/preview`, message);
      if (reply.status !== 200) return this.failed(reply);
      const changed = Object.entries(reply.body.answers).filter(([code, text]) => text !== answers[code]);
      if (changed.length) return this.review(changed.map(([, text]) => text), message);
    }
    await this.send(message);
  }

  review(texts, message) {
    const { language } = this;
    const heading = element("h3", { tabindex: -1, ...language.mark }, language.say("masked"));
    const change = () => {
      this.ask();
      this.title.focus();
    };
    this.chooser.hidden = true;
    this.screen.replaceChildren(
      heading,
      element("p", language.mark, language.say("kept")),
      ...texts.map((text) => element("blockquote", { dir: "auto" }, text)),
      this.alert,
      element("div", { class: "buttons" },
        this.button("send", { click: () => this.busy(() => this.send(message)) }),
        this.button("change", { class: "second", click: change })));
    heading.focus();
    this.tell("page", { page: "review", pages: this.paging.pages.length });
  }

  async send(message, tries = 0) {
    this.alert.textContent = "";
    if (!tries) this.tell("submitted");
    const reply = await request(this.context.address, message);
    const { challenge } = reply.body.error || {};
    if (challenge) return this.challenged(challenge, message, tries);
    if (reply.status !== 200 && reply.status !== 201) return this.failed(reply);
    this.tell("accepted", { version: reply.body.version });
    this.end("thanks", this.language.of(this.instrument.thanks) || this.language.own("thanks"));
  }

  /** Do the work that is asked for; where the browser cannot, or it did not help, wait instead. */
  async challenged({ token, bits, seconds }, message, tries) {
    if (!canProve() || tries > 1) return this.hold(token, seconds, message);
    const told = element("p", { role: "status", ...this.language.mark }, this.language.say("checking"));
    this.screen.append(told);
    const proof = await prove(token, bits);
    told.remove();
    await this.send({ ...message, proof }, tries + 1);
  }

  hold(token, seconds, message) {
    const { language } = this;
    const heading = element("h3", { tabindex: -1, ...language.mark }, language.say("step"));
    const told = element("p", { role: "status", ...language.mark }, language.say("wait", { count: seconds }));
    const proved = { ...message, proof: token };
    this.screen.replaceChildren(heading, told, this.alert,
      element("div", { class: "buttons" },
        this.button("send", { click: () => this.busy(() => this.send(proved, 2)) })));
    this.chooser.hidden = true;
    heading.focus();
    setTimeout(() => (told.textContent = language.say("now")), seconds * 1000);
  }

  /** Say what went wrong; what was filled in stays. */
  failed(reply) {
    const { status, body } = reply;
    const problems = (body.error && body.error.problems) || [];
    const isRefused = status >= 400 && status < 500 && status !== 429;
    const questions = problems.map((one) => one.question);
    this.tell(isRefused ? "refused" : "error", { kind: kindOf(reply), questions });
    if (status === 410) return this.end("over", this.language.own("closed"));
    if (status === 409) return this.end("over", this.language.own("before"));
    if (problems.length) {
      this.ask();
      return this.showProblems(problems);
    }
    this.alert.textContent = this.language.say("later");
    for (const one of this.screen.querySelectorAll("button:not(.second)")) {
      one.textContent = this.language.say("again");
    }
  }

  showProblems(problems) {
    const { paging } = this;
    const first = paging.wrong(problems);
    if (first && paging.pageOf(first) !== paging.at) this.turn(paging.pageOf(first));
    this.alert.textContent = this.language.say("wrong");
    if (first) paging.fieldOf(first).focus();
  }

  end(kind, words) {
    const last = element("p", { role: "status", class: kind, tabindex: -1 }, words);
    this.chooser.hidden = true;
    this.screen.replaceChildren(last);
    last.focus();
  }
}

/** Give what a language calls itself; its tag where the browser does not know it. */
function nameOf(language) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language);
  } catch {
    return language;
  }
}

/** Make a field that no person sees or reaches; whoever fills it in is a program. */
function trap(language) {
  const input = element("input", { id: "homepage", name: "homepage", tabindex: -1, autocomplete: "off" });
  const label = element("label", { for: "homepage" }, language.own("trap"));
  return element("div", { class: "trap", "aria-hidden": "true" }, label, input);
}

/** Read hidden context from the address of the host page; what is too long is cut, as nobody asked can mend it. */
function fromAddress(instrument) {
  const parameters = new URLSearchParams(location.search);
  const found = {};
  for (const question of instrument.pages.flatMap((page) => page.questions)) {
    const { type, code, from_address: name } = question;
    const value = type === "hidden" && (parameters.get(code) ?? parameters.get(name || code));
    if (!value) continue;
    const letters = [...value];
    const limit = longest(question);
    if (letters.length > limit) console.warn(`hearback: "${code}" was cut to ${limit} characters`);
    found[code] = letters.slice(0, limit).join("");
  }
  return found;
}

function clearance({ clearance: cleared }, language) {
  if (!cleared) return null;
  const minutes = cleared.burden_minutes;
  const own = [
    language.say("cleared", { number: cleared.control_number, day: language.day(cleared.expires_on) }),
    language.say("minutes", { count: Math.ceil(minutes), shown: language.number(minutes) }),
  ].join(" ");
  return element("div", { class: "clearance" }, element("p", language.mark, own),
    element("p", {}, language.of(cleared.statement), " ",
      element("bdi", {}, `${cleared.agency}, ${cleared.contact}`)));
}
