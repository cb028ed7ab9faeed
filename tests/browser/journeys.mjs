// A reader's journeys through the desk in Debian's Chromium, with a screenshot of each stop and an axe run over every page.
//   node journeys.mjs http://127.0.0.1:PORT FOLDER-FOR-SCREENSHOTS
// The desk shows a ledger of the codebook's episodes and has a reviewer `ann` with the password of PASSWORD. INGEST is a command that
// brings a new article into the ledger; without it the journey that waits for one is left out.
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { execSync } from "node:child_process";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [desk, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
const faults = [];

/** A window of its own for a journey; whatever a page reports to its console is a fault. */
async function journey(name, options, walk) {
  // axe is put into the page by the test, which the desk's own policy rightly forbids.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  const isFault = (message) => message.type() === "error" && !/status of 404/.test(message.text());
  page.on("console", (message) => isFault(message) && faults.push(`${name}: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${name}: ${error}`));
  const stop = async (at) => {
    await page.screenshot({ path: `${folder}/${name}-${at}.png`, fullPage: true });
    await accessible(page, `${name}-${at}`);
  };
  try {
    await walk(page, stop);
    console.log(`ok   ${name}`);
  } catch (error) {
    faults.push(`${name}: ${error}`);
    await page.screenshot({ path: `${folder}/${name}-failed.png`, fullPage: true });
  }
  await context.close();
}

async function accessible(page, at) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  for (const { id, impact, nodes } of found.violations) {
    if (impact === "serious" || impact === "critical") {
      faults.push(`${at}: axe ${impact} ${id}: ${nodes.map((node) => node.target).slice(0, 3).join(" | ")}`);
    }
  }
}

await journey("verdict", {}, async (page, stop) => {
  await page.goto(`${desk}/?on=2018-01-25`);
  await page.getByRole("heading", { name: "How they stand" }).waitFor();
  await stop("desk");
  await page.goto(`${desk}/pair/KOR/PRK?on=2018-01-25`);
  assert.match(await page.locator(".verdict").first().innerText(), /thaw/);
  await stop("pair");
  await page.locator(".cite").first().click();
  const cited = page.locator("#report-1");
  assert.ok(await cited.isVisible());
  await cited.locator(".code a").first().click();
  await page.locator("blockquote mark.trigger, blockquote mark[class~=trigger]").first().waitFor();
  await stop("event");
  await page.getByRole("link", { name: /^Why/ }).click();
  await page.getByRole("heading", { name: "Parse" }).waitFor();
  await stop("why");
  await page.goBack();
  await page.locator("section[aria-labelledby=sentence] a").first().click();
  await page.locator("a.coded").first().waitFor();
  await stop("article");
});

await journey("live", {}, async (page, stop) => {
  if (!process.env.INGEST) return;
  await page.goto(`${desk}/pair/KOR/PRK`);
  const place = page.getByRole("status");
  assert.equal(await place.innerText(), "");
  execSync(process.env.INGEST);
  await place.getByText(/new reports?\./).waitFor({ timeout: 15_000 });
  await stop("told");
  await place.getByRole("link", { name: "Show" }).click();
  await page.getByText("Envoys of the two Koreas", { exact: false }).first().waitFor();
});

await journey("calendar", {}, async (page, stop) => {
  await page.goto(`${desk}/agenda?month=2018-01&on=2018-01-25`);
  await page.getByRole("heading", { name: "January 2018" }).waitFor();
  await stop("month");
  await page.locator("a.pin").first().click();
  await page.getByRole("heading", { name: "Its life" }).waitFor();
  await stop("contact");
  const calendar = await page.request.get(`${desk}/pair/KOR/PRK.ics?on=2018-01-25`);
  assert.match(await calendar.text(), /BEGIN:VEVENT/);
});

await journey("overview", {}, async (page, stop) => {
  for (const at of ["matrix?days=3650", "network?days=3650", "map?days=3650", "events?type=CONSULT", "actor/KOR", "sources", "about", "reviews", "compare/KOR-PRK/USA-CUB", "ask?q=How+are+South+Korea+and+North+Korea%3F"]) {
    const response = await page.goto(`${desk}/${at}`);
    assert.equal(response.status(), 200, at);
    await stop(at.replace(/\W+/g, "-"));
  }
});

await journey("correct", {}, async (page, stop) => {
  await page.goto(`${desk}/sign-in`);
  await page.getByLabel("Name").fill("ann");
  await page.getByLabel("Password").fill(process.env.PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "ann" }).waitFor();
  await page.goto(`${desk}/events?actor=KOR&type=CONSULT`);
  await page.locator(".code a").first().click();
  await page.getByText("Say so").click();
  await page.getByRole("radio", { name: "wrong" }).check();
  await page.getByLabel("Type").selectOption("SUPPORT");
  await page.getByLabel("Why").fill("Praise, not a meeting.");
  await stop("form");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("should be type SUPPORT").waitFor();
  await page.getByLabel("Your note").fill("Seen <b>twice</b>.");
  await page.getByRole("button", { name: "Keep the note" }).click();
  await page.getByText("Seen <b>twice</b>.").waitFor();
  await stop("kept");
});

await journey("subscribe", {}, async (page, stop) => {
  await page.goto(`${desk}/sign-in`);
  await page.getByLabel("Name").fill("ann");
  await page.getByLabel("Password").fill(process.env.PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.goto(`${desk}/subscriptions`);
  await page.getByLabel(/^Narrowed by/).fill("actor=RUS&with=USA");
  await page.getByLabel("Deliver to").fill("https://hooks.example.org/desk");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByText("It is shown this once").waitFor();
  await page.goto(`${desk}/subscriptions`);
  await page.getByText("https://hooks.example.org/desk").waitFor();
  await stop("list");
  const feed = await page.request.get(`${desk}/pair/KOR/PRK.atom`);
  assert.match(await feed.text(), /<entry>/);
});

await journey("keyboard", {}, async (page, stop) => {
  await page.goto(`${desk}/`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "ask");
  await page.keyboard.type("North Korea");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "North Korea" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.getByRole("heading", { name: "Agenda" }).waitFor();
  await stop("agenda");
  // From a verdict to the sentence that proves it, and a word on its code, without a mouse.
  await page.goto(`${desk}/pair/KOR/PRK?on=2018-01-25`);
  await tabTo(page, ".cite");
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#report-\d+$/);
  await page.goto(page.url());
  await tabTo(page, "li:target .code a");
  await page.keyboard.press("Enter");
  await page.locator("blockquote mark[class~=trigger]").first().waitFor();
  await tabTo(page, "details.correct summary");
  await page.keyboard.press("Enter");
  await tabTo(page, "input[name=verdict]");
  await page.keyboard.press("Space");
  await stop("correct");
  await tabTo(page, "details.correct button");
  await page.keyboard.press("Enter");
  await page.getByText(/^guest/, { exact: false }).first().waitFor();
});

/** Presses Tab until something that fits has the focus. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 400; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`no Tab leads to ${selector}`);
}

await journey("phone", { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true }, async (page, stop) => {
  for (const [at, path] of [["desk", "/?on=2018-01-25"], ["pair", "/pair/KOR/PRK?on=2018-01-25"], ["month", "/agenda?month=2018-01"], ["events", "/events"], ["matrix", "/matrix?days=3650"], ["map", "/map?days=3650"], ["network", "/network?days=3650"], ["actor", "/actor/KOR"], ["about", "/about"], ["sources", "/sources"], ["reviews", "/reviews"], ["event", await first(page, "/events", ".code a")], ["article", await first(page, "/events", ".from a")]]) {
    await page.goto(desk + path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - 390);
    assert.ok(over <= 0, `${path} is ${over} pixels too wide`);
    await stop(at);
  }
});

await journey("dark", { colorScheme: "dark" }, async (page, stop) => {
  for (const [at, path] of [["desk", "/?on=2018-01-25"], ["pair", "/pair/KOR/PRK?on=2018-01-25"], ["matrix", "/matrix?days=3650"], ["map", "/map?days=3650"], ["network", "/network?days=3650"], ["month", "/agenda?month=2018-01&on=2018-01-25"], ["events", "/events?type=CONSULT"], ["actor", "/actor/KOR"], ["event", await first(page, "/events", ".code a")], ["article", await first(page, "/events", ".from a")], ["compare", "/compare/KOR-PRK/USA-CUB"], ["sign-in", "/sign-in"], ["fault", "/event/nothing"]]) {
    await page.goto(desk + path);
    await stop(at);
  }
});

/** The address of the first link of a kind on a page. */
async function first(page, path, link) {
  await page.goto(desk + path);
  return page.locator(link).first().getAttribute("href");
}

await journey("without-scripts", { javaScriptEnabled: false }, async (page) => {
  await page.goto(`${desk}/pair/KOR/PRK?on=2018-01-25`);
  await page.getByRole("heading", { name: "The reports that prove it" }).waitFor();
  await page.screenshot({ path: `${folder}/without-scripts.png` });
});

await journey("policy", { bypassCSP: false }, async (page) => {
  // What an article might smuggle in would not run: the policy of the page forbids it.
  await page.goto(`${desk}/`);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.smuggled = true";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => globalThis.smuggled), undefined);
  faults.splice(0, faults.length, ...faults.filter((fault) => !/^policy: .*Content.Security.Policy/i.test(fault)));
});

await browser.close();
faults.forEach((fault) => console.error(`FAULT ${fault}`));
process.exitCode = faults.length ? 1 : 0;
