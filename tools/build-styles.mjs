// Compiles the style sheet and copies the fonts and images it uses. Run by `npm run build`.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const uswds = join(root, "node_modules/@uswds/uswds");
const target = join(root, "hearback/ui/static/ui/built");
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
  copyFileSync(sourceOf(address), join(target, address));
}

const kilobytes = (gzipSync(css).length / 1024).toFixed(1);
console.log(`hearback.css: ${kilobytes} kB compressed, ${parts.size} fonts and images, ${Date.now() - started} ms`);
