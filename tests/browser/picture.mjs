// The picture of the desk in the README, from the ledger of `detente demo`:
//   detente demo demo.db && detente serve --ledger demo.db --read-only &
//   node tests/browser/picture.mjs http://127.0.0.1:8080/pair/IRN/SAU docs/desk.png
import { chromium } from "playwright-core";

const [address, file] = process.argv.slice(2);
const flags = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
const page = await browser.newPage({ viewport: { width: 1120, height: 960 } });
await page.goto(address);
await page.screenshot({ path: file });
await browser.close();
