// Whom to ask. The browser keeps one date per form, the first on which to ask again, and nothing else.

const DAY = 86400000;
const name = (form) => `hearback:${form}`;
const date = (moment) => new Date(moment).toISOString().slice(0, 10);

/** Say whether this browser was asked so lately that it is left alone. */
export function isLeftAlone(form) {
  try {
    return date(Date.now()) < localStorage.getItem(name(form));
  } catch {
    return false; // the browser keeps nothing, so nothing is known
  }
}

/** Note that somebody answered, where the form leaves people alone afterwards. */
export function leaveAlone(form, days) {
  try {
    if (days > 0) localStorage.setItem(name(form), date(Date.now() + days * DAY));
  } catch {
    // the browser keeps nothing
  }
}

/** Draw one page view in so many. */
export const isDrawn = (oneIn) => Math.random() * oneIn < 1;
