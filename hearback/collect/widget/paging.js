// The questions of a form on its pages: which are shown now, what is filled in, what is wrong.

import { accept, textCode } from "./answering.js";
import { element } from "./element.js";
import { field } from "./fields.js";

const asked = (code) => code.replace(/\.text$/, "");

/** All fields of a form. In steps one page is shown at a time, otherwise all below one another. */
export class Paging {
  constructor(instrument, language, hidden) {
    this.language = language;
    this.hidden = hidden;
    this.questions = instrument.pages.flatMap((page) => page.questions);
    const seen = this.questions.filter((one) => one.type !== "hidden");
    this.fields = new Map(seen.map((one) => [one.code, field(one, language)]));
    const inSteps = instrument.delivery && instrument.delivery.steps;
    this.pages = inSteps ? instrument.pages.map((page) => [page]) : [instrument.pages];
    this.sections = this.pages.map((parts) => element("div", {}, ...parts.map((part) => this.nodeOf(part))));
    this.at = 0;
    this.update();
  }

  nodeOf(part) {
    const words = this.language.of(part.title);
    const shown = part.questions.filter((one) => this.fields.has(one.code));
    const nodes = shown.map((one) => this.fields.get(one.code).node);
    return element("div", {}, words && element("h3", { tabindex: -1 }, words), ...nodes);
  }

  /** Give {answers, shown, problems} of what is filled in: see `answering.js`. */
  accept() {
    const given = { ...this.hidden };
    for (const question of this.questions) {
      const shown = this.fields.get(question.code);
      if (!shown) continue;
      given[question.code] = shown.value();
      if (shown.text()) given[textCode(question)] = shown.text();
    }
    return accept(this.questions, given);
  }

  /** Show what the answers so far ask for. */
  update() {
    const { shown } = this.accept();
    for (const [code, one] of this.fields) one.node.hidden = !shown.includes(code);
    this.sections.forEach((section, index) => {
      for (const part of section.children) part.hidden = !hasQuestion(part);
      section.hidden = index !== this.at;
    });
  }

  isAsked(index) {
    return [...this.sections[index].children].some(hasQuestion);
  }

  get before() {
    return [...this.sections.keys()].filter((index) => index < this.at && this.isAsked(index)).pop();
  }

  get after() {
    return [...this.sections.keys()].find((index) => index > this.at && this.isAsked(index));
  }

  turn(to) {
    this.at = to;
    this.update();
  }

  get heading() {
    return this.sections[this.at].querySelector("h3");
  }

  /** Give the field of a question, also by the name of what was written beside its choices. */
  fieldOf(code) {
    return this.fields.get(asked(code));
  }

  pageOf(code) {
    const holds = (part) => part.questions.some((one) => one.code === asked(code));
    return this.pages.findIndex((parts) => parts.some(holds));
  }

  /** Say at each question what is wrong; gives the code of the first that a person sees. */
  wrong(problems) {
    for (const one of this.fields.values()) one.wrong("");
    const seen = problems.filter((one) => this.fieldOf(one.question));
    for (const { question, kind, values, message } of seen) {
      this.fieldOf(question).wrong(this.language.say(kind, values) || message);
    }
    return seen.length ? seen[0].question : null;
  }
}

function hasQuestion(part) {
  return [...part.children].some((child) => child.classList.contains("ask") && !child.hidden);
}
