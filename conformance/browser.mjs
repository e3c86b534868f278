// Opens a page in Debian's chromium without a network and answers what a reader would trip over.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toolsFolder } from './process.mjs';
import { nodeTools } from './tools.mjs';

const [playwright] = nodeTools;
const load = createRequire(join(toolsFolder, `${playwright.name}-${playwright.version}`, 'package.json'));

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** The least that a phone shows, and a desk. */
const viewports = [
  { width: 320, height: 640 },
  { width: 1440, height: 900 },
];

let started = null;

/** One browser for all pages. */
const browser = () => {
  started ??= load('playwright-core').chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  return started;
};

export const closeBrowser = async () => {
  if (started !== null) await (await started).close();
  started = null;
};

/* What follows runs inside the page. */

/** Texts whose contrast is below WCAG AA: https://www.w3.org/TR/WCAG22/#contrast-minimum */
const faintTexts = (within) => {
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const backdrop = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const box = at.matches('g.node')
        ? getComputedStyle(at.querySelector('.box')).fill
        : getComputedStyle(at).backgroundColor;
      const colour = parse(box);
      if (colour.length === 3 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() === '' || element.closest('script,style,noscript,title,desc,[hidden]') !== null)
      continue;
    const style = getComputedStyle(element);
    const ink = parse(element instanceof SVGElement ? style.fill : style.color);
    const [high, low] = [luminance(ink), luminance(backdrop(element))].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) found.push(`${node.textContent.trim().slice(0, 40)}: contrast ${ratio.toFixed(2)}`);
  }
  return found;
};

/** Texts of the drawing that are wider than their box. */
const wideTexts = () =>
  [...document.querySelectorAll('.place:not([hidden]) g.node')].flatMap((node) => {
    const box = node.querySelector('.box').getBBox();
    return [...node.querySelectorAll('text')].flatMap((text) => {
      const { x, width } = text.getBBox();
      return x + width > box.x + box.width ? [`${text.textContent} is wider than its box`] : [];
    });
  });

/* What follows runs outside and drives it. */

const visible = '.place:not([hidden])';

async function openings(page, found) {
  const box = page.locator(`${visible} g.node.service`).first();
  const name = await box.locator('.name').textContent();
  const details = page.locator('#details');
  const opened = async (how) => {
    if (!(await details.isVisible())) return found(`${name} does not open by ${how}`);
    if ((await page.locator('#details .decision').count()) === 0) found(`${name} opened by ${how} shows no decision`);
    if ((await page.locator('#details-name').textContent()) !== name) found(`${name} opened by ${how} shows another`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (sideways) found(`with ${name} open the page scrolls sideways`);
    // Behind an open panel the rest is dimmed on purpose.
    for (const faint of await page.evaluate(faintTexts, '#details')) found(faint);
    await page.keyboard.press('Escape');
    if (await details.isVisible()) found('Escape does not close what is open');
  };
  await box.click({ timeout: 5000 });
  await opened('a click');
  await box.focus();
  await page.keyboard.press('Enter');
  await opened('Enter');
  if (!(await box.evaluate((element) => document.activeElement === element))) found('focus does not return to the box');
}

async function searching(page, found) {
  const cards = page.locator('.card');
  const before = await cards.count();
  await page.fill('#search', 'no such thing anywhere');
  if ((await cards.count()) !== 0) found('a search for nothing finds something');
  await page.fill('#search', (await page.locator(`${visible} g.node.service .name`).first().textContent()) ?? '');
  const hits = await cards.count();
  if (hits === 0 || hits >= before) found(`a search for a service finds ${hits} of ${before}`);
  await page.fill('#search', '');
}

/** Answers one message for each thing that is wrong. */
export const inspectPage = async (file) => {
  const messages = new Set();
  for (const viewport of viewports) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await (await browser()).newContext({
        viewport,
        colorScheme,
        offline: true,
        reducedMotion: 'reduce',
      });
      const found = (message) => messages.add(`${viewport.width} px, ${colorScheme}: ${message}`);
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(10_000);
        page.on('console', (message) => message.type() === 'error' && found(`console: ${message.text()}`));
        page.on('pageerror', (error) => found(`script: ${error.message}`));
        page.on('request', (request) => {
          if (!/^(?:file|data):/.test(request.url())) found(`asks ${request.url()}`);
        });
        await page.goto(pathToFileURL(file).href);
        for (const tab of await page.locator('.tab').all()) {
          await tab.click();
          if ((await page.locator(visible).count()) !== 1) found('a tab does not show its environment');
          if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
            found('the page scrolls sideways');
          for (const message of [...(await page.evaluate(faintTexts, 'body')), ...(await page.evaluate(wideTexts))])
            found(message);
        }
        await openings(page, found);
        await searching(page, found);
      } catch (error) {
        found(error.message);
      } finally {
        await context.close();
      }
    }
  }
  return [...messages];
};

/** Answers one message for each thing that is wrong with a picture by itself. */
export const inspectPicture = async (file) => {
  const context = await (await browser()).newContext({ offline: true });
  const messages = [];
  try {
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!/^(?:file|data):/.test(request.url())) messages.push(`asks ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    const report = await page.evaluate(() => {
      const broken = document.querySelector('parsererror');
      if (broken !== null) return [`no XML: ${broken.textContent}`];
      const boxes = [...document.querySelectorAll('.node .box')].map((box) => box.getBBox());
      const overlaps = boxes.flatMap((a, index) =>
        boxes
          .slice(index + 1)
          .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
          .map((b) => `boxes overlap at ${b.x}, ${b.y}`),
      );
      const titled =
        document.querySelector('svg > title')?.textContent && document.querySelector('svg > desc')?.textContent;
      return [...overlaps, ...(boxes.length > 0 ? [] : ['no box']), ...(titled ? [] : ['no title or no description'])];
    });
    messages.push(...report);
  } finally {
    await context.close();
  }
  return messages;
};
