// Finding by the beginnings of words, without regard to case and accents: the same rules as search/matching.py.

const MOST_WORDS = 12;
const WHOLE_TITLE = 1000;
const BEGINS_TITLE = 15;
const WORTH = { title: [60, 40], where: [12, 8], text: [3, 2] }; // of a whole word, and of one that begins so

/** Take a text apart into words without case and accents, in their order. */
export const wordsOf = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Take the signposts of an index apart into words, once for many questions. */
export const prepared = (index) =>
  index.signposts.map(([kind, title, address, where, text]) => ({
    signpost: { kind, title, address, where, text },
    title: wordsOf(title),
    where: [...new Set(wordsOf(where))],
    text: [...new Set(wordsOf(text))],
  }));

/** Give the signposts that hold a word beginning with each word of the question, the best first. */
export function found(things, question) {
  const asked = wordsOf(question).slice(0, MOST_WORDS);
  if (!asked.length) return [];
  const ranked = [];
  for (const thing of things) {
    const score = scoreOf(thing, asked);
    if (score) ranked.push([score, thing]);
  }
  return ranked.sort(inOrder).map(([, thing]) => thing.signpost);
}

function scoreOf(thing, asked) {
  let total = 0;
  for (const word of asked) {
    const worth = worthOf(thing, word);
    if (!worth) return 0;
    total += worth;
  }
  const title = thing.title.join(" ");
  const question = asked.join(" ");
  if (title === question) return total + WHOLE_TITLE;
  return total + (title.startsWith(question) ? BEGINS_TITLE : 0);
}

function worthOf(thing, word) {
  for (const [place, [whole, part]] of Object.entries(WORTH)) {
    if (thing[place].includes(word)) return whole;
    if (thing[place].some((one) => one.startsWith(word))) return part;
  }
  return 0;
}

function inOrder([score, one], [otherScore, other]) {
  return (
    otherScore - score ||
    one.signpost.kind - other.signpost.kind ||
    compare(one.title.join(" "), other.title.join(" ")) ||
    compare(one.signpost.address, other.signpost.address)
  );
}

const compare = (one, other) => (one < other ? -1 : Number(one > other));
