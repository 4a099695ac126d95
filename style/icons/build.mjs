// Writes sprite.svg from names.txt and the npm package lucide-static (ISC).
// Run: npm install --no-save lucide-static && node style/icons/build.mjs
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const icons = process.env.LUCIDE_ICONS ?? join(here, "../../node_modules/lucide-static/icons");
// Names that Lucide changed.
const newName = { "circle-help": "circle-question-mark", filter: "funnel" };

const names = readFileSync(join(here, "names.txt"), "utf8")
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line && !line.startsWith("#"));

const symbol = (name) => {
  const file = join(icons, `${newName[name] ?? name}.svg`);
  if (!existsSync(file)) throw new Error(`Lucide has no symbol "${name}"`);
  const body = readFileSync(file, "utf8").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
  const lines = body.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${lines}</symbol>`;
};

// Lucide ends here; the mark of Noticed is our own: an eye that sees a spark.
const mark =
  '<symbol id="i-noticed" viewBox="0 0 32 32">' +
  '<path d="M2.5 16C6 9.5 10.7 6.5 16 6.5S26 9.5 29.5 16C26 22.5 21.3 25.5 16 25.5S6 22.5 2.5 16Z" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round"/>' +
  '<path d="M16 9.3C16.7 13.6 18.4 15.3 22.7 16 18.4 16.7 16.7 18.4 16 22.7 15.3 18.4 13.6 16.7 9.3 16 13.6 15.3 15.3 13.6 16 9.3Z" fill="var(--spark)"/>' +
  "</symbol>";

const sprite = `<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" aria-hidden="true" focusable="false" class="sprite">
${[mark, ...new Set(names.map(symbol))].join("\n")}
</svg>
`;
writeFileSync(join(here, "sprite.svg"), sprite);
