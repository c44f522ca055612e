// Lets Lighthouse judge pages as on a throttled phone; prints one JSON row a page. Run by `hearback bench lighthouse`.
// Usage: node tools/lighthouse.mjs CHROMIUM ADDRESS...
import lighthouse from "lighthouse";
import * as launcher from "chrome-launcher";

const [chromePath, ...addresses] = process.argv.slice(2);
const chromeFlags = ["--headless=new", "--no-sandbox"];

for (const address of addresses) {
  const chrome = await launcher.launch({ chromePath, chromeFlags });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, output: "json", logLevel: "silent" });
    const points = Object.values(lhr.categories).map(({ id, score }) => [id, score === null ? null : Math.round(score * 100)]);
    const short = Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs)
      .filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9);
    const value = (id) => lhr.audits[id].numericValue ?? null;
    console.log(JSON.stringify({
      path: new URL(address).pathname,
      ...Object.fromEntries(points),
      largest_paint_ms: value("largest-contentful-paint"),
      blocked_ms: value("total-blocking-time"),
      shift: value("cumulative-layout-shift"),
      speed_of_machine: lhr.environment.benchmarkIndex,
      short: [...new Set(short.map(({ id }) => id))],
    }));
  } finally {
    chrome.kill();
  }
}
