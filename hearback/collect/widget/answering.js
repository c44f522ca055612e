// What is shown and what is wrong, before the server says so. The mirror of instruments/answering.py.

import { asNumber, asText, holds } from "./conditions.js";

export const OTHER_LENGTH = 500;
const EMAIL = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/;
const PHONE = /^\+?[\p{Nd}\s().-]{5,}((x|ext\.?)\s*\p{Nd}{1,6})?$/iu;
const LENGTHS = { text: 1000, long_text: 10000, email: 254, phone: 40, hidden: 1000 };

/** Name the field that says what else, beside a choice that asks for it. */
export const textCode = (question) => `${question.code}.text`;

/** Give the most characters that an answer in writing may have. */
export const longest = (question) => question.max_length || LENGTHS[question.type];

/**
 * Check what a person filled in so far.
 *
 * Returns the answers to the questions that are shown, the codes of those questions, and what is wrong as
 * {question, kind, values}. An answer that is wrong is none, so questions that wait for it stay hidden.
 */
export function accept(questions, given) {
  const answers = {};
  const shown = [];
  const problems = [];
  for (const question of questions) {
    if (!holds(question.show_when, answers)) continue;
    shown.push(question.code);
    const problem = take(question, given, answers);
    if (problem) problems.push(problem);
  }
  return { answers, shown, problems };
}

function take(question, given, answers) {
  const raw = plain(given[question.code]);
  if (raw === undefined || raw === "" || (Array.isArray(raw) && !raw.length)) {
    return question.required ? { question: question.code, kind: "required" } : null;
  }
  const [answer, kind, values] = check(question, raw);
  if (kind) return { question: question.code, kind, values };
  answers[question.code] = answer;
  return takeText(question, given, answers);
}

function takeText(question, given, answers) {
  const code = textCode(question);
  const chosen = [].concat(answers[question.code]);
  const asks = (question.choices || []).some((one) => one.asks_text && chosen.includes(one.code));
  const text = plain(given[code]);
  if (!asks || !text) return null;
  const [answer, kind, values] = written(text, OTHER_LENGTH);
  if (kind) return { question: code, kind, values };
  answers[code] = answer;
  return null;
}

function check(question, raw) {
  if (question.type === "multiple") return checkChoices(question, [].concat(raw));
  if (question.choices && question.choices.length) return checkChoice(question, raw);
  if (question.type === "number") return checkNumber(question, raw);
  if (question.type === "date") return checkDate(question, raw);
  const found = written(raw, longest(question));
  if (found[1]) return found;
  if (question.type === "email" && !EMAIL.test(raw)) return [, "not_an_email"];
  if (question.type === "phone" && !isPhone(raw)) return [, "not_a_phone"];
  return found;
}

const has = (question, code) => question.choices.some((one) => one.code === code);

function checkChoice(question, raw) {
  return has(question, raw) ? [raw] : [, "not_a_choice"];
}

function checkChoices(question, raw) {
  if (!raw.every((code) => has(question, code))) return [, "not_a_choice"];
  const chosen = question.choices.map(({ code }) => code).filter((code) => raw.includes(code));
  const limit = question.max_choices;
  return limit && chosen.length > limit ? [, "too_many_choices", { limit }] : [chosen];
}

function written(text, limit) {
  const found = [...text].length;
  return found > limit ? [, "too_long", { limit, found }] : [text];
}

function checkNumber(question, raw) {
  const number = asNumber(raw);
  const { at_least: least, at_most: most } = question;
  if (!Number.isFinite(number)) return [, "not_a_number"];
  if (number < least) return [, "too_small", { limit: asText(least) }];
  if (number > most) return [, "too_big", { limit: asText(most) }];
  return [number];
}

function checkDate(question, raw) {
  const { earliest, latest } = question;
  const day = /^\d{4}-\d\d-\d\d$/.test(raw) ? new Date(`${raw}T00:00Z`) : NaN;
  if (isNaN(day) || !day.toISOString().startsWith(raw)) return [, "not_a_date"];
  if (earliest && raw < earliest) return [, "too_early", { limit: earliest }];
  if (latest && raw > latest) return [, "too_late", { limit: latest }];
  return [raw];
}

function isPhone(text) {
  const digits = (text.match(/\p{Nd}/gu) || []).length;
  return PHONE.test(text) && digits >= 5 && digits <= 21;
}

function plain(raw) {
  return typeof raw === "string" ? raw.replace(/\r\n/g, "\n").replace(/\0/g, "").trim() : raw;
}
