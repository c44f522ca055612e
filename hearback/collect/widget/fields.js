// One question on the page: what is shown, what was filled in, what is wrong with it.

import { longest, OTHER_LENGTH, textCode } from "./answering.js";
import { element } from "./element.js";

const SVG = "http://www.w3.org/2000/svg";
const THUMB = "M2 10h4v11H2zM8 10l4-8c2 0 3 1 3 3l-1 4h6c1.3 0 2 1 1.8 2.3l-1.6 8c-.2 1-1 1.7-2 1.7H8z";
const INPUT = { email: "email", phone: "tel", date: "date" };
const COMPLETED = { email: "email", phone: "tel" };

/**
 * Make the field of a question. `language` says words: see `language.js`.
 *
 * Returns {node, value(), text(), wrong(message), focus()}; the node holds the answer as long as it lives.
 */
export function field(question, language) {
  const isList = question.type === "region";
  return question.choices && question.choices.length && !isList
    ? choiceField(question, language)
    : plainField(question, language, isList);
}

function choiceField(question, language) {
  const type = question.type === "multiple" ? "checkbox" : "radio";
  const parts = around(question, language, "fieldset", "legend");
  const inputs = [];
  const choices = element("div", { class: "choices" });
  let other = null;
  for (const choice of question.choices) {
    const id = `q-${question.code}-${choice.code}`;
    const required = question.required && type === "radio";
    const shared = { id, type, name: question.code, required, "aria-invalid": "false" };
    const input = element("input", { ...shared, value: choice.code });
    inputs.push(input);
    choices.append(
      element("div", { class: "choice" }, input,
        element("label", { for: id },
          question.type === "thumbs" && thumb(choice.code), element("span", {}, language.of(choice.words)))));
    if (choice.asks_text) {
      const made = otherField(question, choice, language);
      other = other || made;
      choices.append(made.node);
      made.follows = input;
    }
  }
  parts.node.append(parts.help, parts.problem, choices);
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const update = () => other && (other.node.hidden = !other.follows.checked);
  update();
  parts.node.addEventListener("change", update);
  return {
    node: parts.node,
    value: () => (type === "checkbox" ? chosen() : chosen()[0]),
    text: () => other && other.input.value,
    wrong: (message) => {
      parts.wrong(message, parts.node);
      for (const input of inputs) input.setAttribute("aria-invalid", String(Boolean(message)));
    },
    focus: () => (inputs.find((input) => input.checked) || inputs[0]).focus(),
  };
}

function thumb(code) {
  const [picture, path] = ["svg", "path"].map((tag) => document.createElementNS(SVG, tag));
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  if (code === "0") picture.setAttribute("class", "down");
  path.setAttribute("d", THUMB);
  picture.append(path);
  return picture;
}

function otherField(question, choice, language) {
  const id = `q-${question.code}-${choice.code}-text`;
  const input = element("input", { id, name: textCode(question), maxlength: OTHER_LENGTH });
  const label = element("label", { for: id }, language.own("else"));
  return { input, node: element("div", { class: "other" }, label, input) };
}

function plainField(question, language, isList) {
  const parts = around(question, language, "div", "label");
  const id = `q-${question.code}`;
  parts.title.setAttribute("for", id);
  const shared = { id, name: question.code, "aria-required": question.required && "true" };
  const input = isList ? list(question, language, shared) : box(question, shared);
  parts.node.append(parts.help, parts.problem, input);
  parts.wrong("", input);
  return {
    node: parts.node,
    value: () => input.value,
    text: () => null,
    wrong: (message) => parts.wrong(message, input),
    focus: () => input.focus(),
  };
}

function list(question, language, shared) {
  const none = element("option", { value: "", ...language.mark }, language.say("choose"));
  const select = element("select", shared, none);
  for (const choice of question.choices) {
    select.append(element("option", { value: choice.code }, language.text(choice.words)));
  }
  return select;
}

function box(question, shared) {
  const limits = { ...shared, maxlength: longest(question), autocomplete: COMPLETED[question.type] };
  if (question.type === "long_text") return element("textarea", { ...limits, rows: 5 });
  const inputmode = question.type === "number" && "decimal";
  return element("input", { ...limits, type: INPUT[question.type] || "text", inputmode });
}

/** Make what stands around every question: its words, help, and a place for what is wrong. */
function around(question, language, tag, titleTag) {
  const optional =
    !question.required && element("span", { class: "optional", ...language.mark }, `(${language.say("optional")})`);
  const title = element(titleTag, { class: "words" }, language.of(question.words), " ", optional);
  const help = element("p", { class: "help", id: `h-${question.code}` }, language.of(question.help));
  const problem = element("p", { class: "problem", id: `e-${question.code}`, ...language.mark });
  const node = element(tag, { class: `ask ${question.type}` }, title);
  help.hidden = !help.textContent;
  const wrong = (message, described) => {
    problem.textContent = message;
    problem.hidden = !message;
    node.classList.toggle("wrong", Boolean(message));
    if (described !== node) described.setAttribute("aria-invalid", String(Boolean(message)));
    const ids = [help, problem].filter((one) => !one.hidden).map((one) => one.id);
    if (ids.length) described.setAttribute("aria-describedby", ids.join(" "));
    else described.removeAttribute("aria-describedby");
  };
  wrong("", node);
  if (tag === "div") node.removeAttribute("aria-describedby");
  return { node, title, help, problem, wrong };
}
