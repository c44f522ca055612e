// Compiles the style sheet, copies the fonts and images it uses, and cuts fonts to the letters that the style sheet
// names for them. What gains by it is packed beside itself, for servers to send as it is. Run by `npm run build`.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as sass from "sass";
import cutFont from "subset-font";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const uswds = join(root, "node_modules/@uswds/uswds");
const target = join(root, "hearback/ui/static/ui/built");
const part = ".western.woff2";
// Kerning, ligatures, accents in their places, and figures of equal width.
const featuresOfFonts = ["calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum"];
const usedByTemplates = ["images/us_flag_small.png", "images/icon-dot-gov.svg", "images/icon-https.svg"];

function usedByStyles(css) {
  const addresses = [...css.matchAll(/url\(["']?([^"')]+)["']?\)/g)].map((match) => match[1]);
  return addresses.filter((address) => !address.startsWith("data:"));
}

function sourceOf(address) {
  const source = join(uswds, "dist", address.replace(/^images\//, "img/"));
  if (!existsSync(source)) throw new Error(`The style sheet uses ${address}, which the design system does not hold.`);
  return source;
}

// The letters of a range as style sheets write it, like "U+20-7E, U+131".
function lettersOf(range) {
  return range.split(",").flatMap((piece) => {
    const [first, last = first] = piece.trim().replace("U+", "").split("-").map((code) => parseInt(code, 16));
    return Array.from({ length: last - first + 1 }, (_, step) => String.fromCodePoint(first + step));
  }).join("");
}

async function putFont(css, address) {
  const face = css.split("@font-face").find((text) => text.includes(address));
  const letters = lettersOf(face.match(/unicode-range:([^;}]+)/)[1]);
  const whole = readFileSync(sourceOf(address.replace(part, ".woff2")));
  const options = { targetFormat: "woff2", keepFeatures: featuresOfFonts, noHinting: true };
  writeFileSync(join(target, address), await cutFont(whole, letters, options));
}

function pack(file) {
  const whole = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(whole, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(whole));
}

const started = Date.now();
const { css } = sass.compile(join(root, "hearback/ui/styles/hearback.scss"), {
  loadPaths: [join(uswds, "packages")],
  style: "compressed",
  quietDeps: true,
});

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
writeFileSync(join(target, "hearback.css"), css);
const parts = new Set([...usedByStyles(css), ...usedByTemplates]);
for (const address of parts) {
  mkdirSync(dirname(join(target, address)), { recursive: true });
  if (address.endsWith(part)) await putFont(css, address);
  else copyFileSync(sourceOf(address), join(target, address));
}
for (const file of ["hearback.css", ...parts].filter((name) => /\.(css|svg)$/.test(name))) pack(join(target, file));

const kilobytes = (gzipSync(css).length / 1024).toFixed(1);
console.log(`hearback.css: ${kilobytes} kB compressed, ${parts.size} fonts and images, ${Date.now() - started} ms`);
