// Finding by the beginnings of words, without regard to case and accents: the same rules as search/matching.py.

const MOST_WORDS = 12;
const WHOLE_TITLE = 1000;
const BEGINS_TITLE = 15;
const WORTH = { title: [60, 40], where: [12, 8], text: [3, 2] }; // of a whole word, and of one that begins so

/** Take a text apart into words without case and accents, in their order. */
export const wordsOf = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Take the signposts of an index apart into words, once for many questions; what is ours in another language. */
export const prepared = (index, language) => {
  const own = index.tongues?.[language] ?? {};
  return index.signposts.map(([kind, title, address, where, text]) => {
    const [name, words] = own[address] ?? [title, text];
    return {
      signpost: { kind, title: name, address, where, text: words, isOwn: address in own },
      title: wordsOf(name),
      where: [...new Set(wordsOf(where))],
      text: [...new Set(wordsOf(words))],
    };
  });
};

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

const SHORTEST = 4; // letters of a word that is put right

/** Give the question with its unknown words put right by names that are there, as search/near.py does. */
export function meant(things, question) {
  const names = new Map();
  for (const { title, where } of things)
    for (const word of new Set([...title, ...where])) names.set(word, (names.get(word) ?? 0) + 1);
  const asked = wordsOf(question).slice(0, MOST_WORDS);
  const right = asked.map((word) => (beginsOne(things, word) ? word : nearest(names, word)));
  const guess = right.join(" ");
  if (right.includes(undefined) || guess === asked.join(" ")) return undefined;
  return found(things, guess).length ? guess : undefined;
}

function isNear(one, other) {
  let same = 0;
  while (same < Math.min(one.length, other.length) && one[same] === other[same]) same += 1;
  const [a, b] = [one.slice(same), other.slice(same)];
  const swapped = a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || swapped;
}

const beginsOne = (things, word) =>
  things.some(({ title, where, text }) => [title, where, text].some((part) => part.some((one) => one.startsWith(word))));

function nearest(names, word) {
  if (word.length < SHORTEST) return undefined;
  const near = [...names].filter(([name]) => isNear(word, name));
  return near.sort(([one, n], [other, m]) => m - n || compare(one, other))[0]?.[0];
}
