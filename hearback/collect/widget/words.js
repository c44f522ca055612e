// What the widget itself says. The English is that of the hosted page, whose translations the build looks up.

export const ENGLISH = {
  required: "Answer this question.",
  not_a_choice: "Choose one of the answers offered.",
  too_many_choices: "Choose at most {limit}.",
  not_text: "Write text.",
  too_long: "Write at most {limit} characters; this has {found}.",
  not_a_number: "Write a number in digits, such as 12 or 12.5.",
  too_small: "Write a number of at least {limit}.",
  too_big: "Write a number of at most {limit}.",
  not_a_date: "Write a day as year, month and day, such as 2026-09-30.",
  too_early: "Choose a day on or after {limit}.",
  too_late: "Choose a day on or before {limit}.",
  not_an_email: "Write an e-mail address, such as name@example.org.",
  not_a_phone: "Write a phone number with its area code.",
  not_asked: "Not in the form: {found} of the fields sent. It asks: {known}.",
  language: "The form is not in this language.",
  languages: "Language",
  optional: "optional",
  else: "What else?",
  choose: "Choose",
  cleared: "OMB control number %(number)s, expires %(day)s.",
  minutes: "Answering takes about %(shown)s minute.",
  later:
    "Your answers could not be stored just now. They are still on this page: please send them again in a minute.",
  again: "Send again",
  wrong: "Something is missing or cannot be read",
  send: "Send",
  next: "Continue",
  back: "Back",
  close: "Close",
  masked: "We took out what looks like personal information",
  kept: "This is what we will keep. You can send it like this, or change it.",
  change: "Change",
  thanks: "Thank you. Your answers were received.",
  closed: "This form is closed and takes no more answers.",
  step: "One more step",
  wait: "Many answers are coming in just now. Yours are still on this page. Please wait %(count)s second, then press Send.",
  now: "You can send your answers now.",
  checking: "Checking that a person sends this. It takes a few seconds.",
  trap: "Leave this empty",
  before: "Your answers were received when you first sent them, and are kept as they were then.",
};

const ORDER = ["zero", "one", "two", "few", "many", "other"];

/** Make what says a text of the table in a language; `translations` has lists in the order of the table. */
export function speaker(language, translations) {
  const names = Object.keys(ENGLISH);
  const own = translations[language];
  return (name, values = {}) => {
    const found = own[names.indexOf(name)];
    const text = Array.isArray(found) ? found[form(language, values.count)] || found.at(-1) : found;
    return (text || "").replace(/\{(\w+)\}|%\((\w+)\)s/g, (_, a, b) => values[a || b]);
  };
}

function form(language, count) {
  const rules = new Intl.PluralRules(language);
  const has = rules.resolvedOptions().pluralCategories;
  return ORDER.filter((one) => has.includes(one)).indexOf(rules.select(count));
}
