// Copies the fonts that PDFs are set in: of the design system, and one for the scripts that it lacks. Run by
// `npm run build-fonts`.
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "hearback/ui/fonts");
const system = "@uswds/uswds/packages/uswds-core/src/assets/fonts/public-sans";
const fonts = [
  `${system}/PublicSans-Regular.ttf`,
  `${system}/PublicSans-SemiBold.ttf`,
  "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
];

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const font of fonts) copyFileSync(join(root, "node_modules", font), join(target, basename(font)));
console.log(`${fonts.length} fonts for PDFs`);
