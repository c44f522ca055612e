// Builds the embed: one script, with its styles and words, named by its content. Run by `npm run build-widget`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { ENGLISH } from "../hearback/collect/widget/words.js";
import { readMessages } from "./read-messages.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "hearback/collect/widget");
const locale = join(root, "hearback/collect/locale");
const target = join(root, "hearback/collect/static/embed");

// The widget's words in one language, in the order of the table; what has a plural is a list of its forms.
function wordsOf(language, messages) {
  return Object.values(ENGLISH).map((text) => {
    const found = messages.get(text);
    const isThere = found?.told.length && found.told.every(Boolean);
    if (!isThere) console.warn(`The embed says in English, as ${language} has no words for it: ${text}`);
    if (!isThere) return found?.plural ? [text, found.plural] : text;
    return found.plural ? found.told : found.told[0];
  });
}

function translations() {
  const all = {};
  for (const language of readdirSync(locale).sort()) {
    const file = join(locale, language, "LC_MESSAGES/django.po");
    if (!existsSync(file)) continue;
    const messages = readMessages(readFileSync(file, "utf8"));
    all.en ??= Object.values(ENGLISH).map((text) => {
      const plural = messages.get(text)?.plural;
      return plural ? [text, plural] : text;
    });
    all[language] = wordsOf(language, messages);
  }
  return all;
}

const started = Date.now();
const styles = readFileSync(join(source, "widget.css"), "utf8");
const css = await transform(styles, { loader: "css", minify: true });
const made = await build({
  entryPoints: [join(source, "main.js")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  write: false,
  legalComments: "none",
  define: { STYLES: JSON.stringify(css.code.trim()), TRANSLATIONS: JSON.stringify(translations()) },
});

const script = Buffer.from(made.outputFiles[0].contents);
const name = `${createHash("sha256").update(script).digest("hex").slice(0, 20)}.js`;
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
writeFileSync(join(target, name), script);
writeFileSync(join(target, `${name}.gz`), gzipSync(script, { level: 9 }));
writeFileSync(join(target, `${name}.br`), brotliCompressSync(script));
const kilobytes = (gzipSync(script, { level: 9 }).length / 1024).toFixed(1);
console.log(`${name}: ${kilobytes} kB compressed, ${Date.now() - started} ms`);
