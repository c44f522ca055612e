// The language of one form on one page: what the form says in it, and what the widget itself says.

import { element } from "./element.js";
import { direction, ownLanguage } from "./languages.js";
import { speaker } from "./words.js";

/**
 * Speak a language.
 *
 * Args:
 *   shown: the language of the answers.
 *   first: the language in which the form has every text.
 *   translations: the widget's words by language.
 */
export function speak(shown, first, translations) {
  const own = ownLanguage(shown, Object.keys(translations));
  const isForeign = own !== shown.split("-")[0].toLowerCase();
  const mark = isForeign ? { lang: own, dir: direction(own) } : {};
  const say = speaker(own, translations);
  const text = (words) => (words && (words[shown] || words[first])) || "";
  return {
    shown,
    direction: direction(shown),
    /** Attributes of what the widget says, where that is in another language than the form. */
    mark,
    say,
    text,
    /** Give the widget's words as a node that tells its language. */
    own: (name, values) => (isForeign ? element("span", mark, say(name, values)) : say(name, values)),
    /** Give the form's words as a node; one that is not translated tells its language. */
    of: (words) =>
      words && !words[shown] && words[first]
        ? element("span", { lang: first, dir: "auto" }, words[first])
        : text(words),
    number: (number) => number.toLocaleString(own, { maximumFractionDigits: 1 }),
    day: (day) => new Date(day).toLocaleDateString(own, { dateStyle: "long", timeZone: "UTC" }),
  };
}
