// Which language to show, and which way it is written. The mirror of languages.py.

const RIGHT_TO_LEFT = /^(ar|arc|dv|fa|ha|he|khw|ks|ku|ps|sd|ug|ur|yi)$/;

const family = (language) => language.split("-")[0].toLowerCase();

/** Choose the first wanted language that the form has, or one of the same family; else its first. */
export function bestLanguage(languages, wanted) {
  for (const language of wanted) {
    const exact = languages.find((one) => one.toLowerCase() === language.toLowerCase());
    const found = exact || languages.find((one) => family(one) === family(language));
    if (found) return found;
  }
  return languages[0];
}

/** Give `rtl` or `ltr`. */
export const direction = (language) => (RIGHT_TO_LEFT.test(family(language)) ? "rtl" : "ltr");

/** Give the language of the widget's own words that fits; English where there is none. */
export function ownLanguage(language, spoken) {
  return spoken.includes(family(language)) ? family(language) : "en";
}
