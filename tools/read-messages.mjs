/** Read the messages of a gettext file: a map from the English text to {plural, told: every form}.
 *  Messages with a context (msgctxt) are other messages, which the embed never asks for: they are left out. */
export function readMessages(text) {
  const messages = new Map();
  for (const block of text.split(/\n\s*\n/)) {
    const found = { told: [] };
    let put = () => {};
    let english = "";
    for (const line of block.split("\n")) {
      const [, keyword, quoted] = /^(?:(msg\w+(?:\[\d+\])?)\s+)?(".*")\s*$/.exec(line) ?? [];
      if (!quoted) continue;
      if (keyword) put = putter(keyword);
      put(JSON.parse(quoted));
    }
    if (english && !/^#,.*\bfuzzy\b|^msgctxt\b/m.test(block)) messages.set(english, found);

    function putter(keyword) {
      if (keyword === "msgid") return (piece) => (english += piece);
      if (keyword === "msgid_plural") return (piece) => (found.plural = (found.plural ?? "") + piece);
      const index = Number(/\d+/.exec(keyword)?.[0] ?? 0);
      return (piece) => (found.told[index] = (found.told[index] ?? "") + piece);
    }
  }
  return messages;
}
