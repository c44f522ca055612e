// Whether a question is shown. The mirror of instruments/conditions.py: tests run both on one table of cases.

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const ENDLESS = /^[+-]?inf(inity)?$/i;

/** Say whether a condition is met by the answers of the questions that were shown. */
export function holds(condition, answers) {
  if (!condition) return true;
  if (condition.question !== undefined) return passes(condition, answers[condition.question]);
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  return !(condition.none || []).some((part) => holds(part, answers));
}

function passes(test, answer) {
  if (test.answered !== undefined) return (answer !== undefined) === test.answered;
  if (answer === undefined) return false;
  if (test.is_any_of) {
    const given = Array.isArray(answer) ? answer : [typeof answer === "number" ? asText(answer) : answer];
    return given.some((one) => test.is_any_of.includes(one));
  }
  const number = Array.isArray(answer) ? answer.length : asNumber(answer);
  const { at_least: least = -Infinity, at_most: most = Infinity } = test;
  return number >= least && number <= most;
}

/** Write a number as the server does, all its digits there: 5, 1234567, 0.5, 1e-07. */
export function asText(number) {
  if (Number.isInteger(number)) return String(BigInt(number));
  return Math.abs(number) < 1e-4 ? number.toExponential().replace(/e-(\d)$/, "e-0$1") : String(number);
}

/** Read a number as the server does, in the digits of any script; NaN where there is none. */
export function asNumber(text) {
  const plain = String(text).trim().replace(/\p{Nd}/gu, asDigit).replace(/(\d)_(?=\d)/g, "$1");
  if (ENDLESS.test(plain)) return plain[0] === "-" ? -Infinity : Infinity;
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

// Unicode puts ten digits in a row that begins at ...0 or at ...6; a row that begins at ...6 ends at ...F.
function asDigit(letter) {
  const code = letter.codePointAt(0);
  const begins = /\p{Nd}/u.test(String.fromCodePoint(code | 15)) ? 6 : 0;
  return String((code & 15) - begins);
}
