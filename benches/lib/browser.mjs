// Chromium, with a new context for every sample, so that nothing is cached, compiled or warm from the previous one.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const FLAGS = ['--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** Milliseconds after which a sample has failed. */
const LIMIT = 120_000;

export async function launch() {
  const found = (process.env.PATH ?? '').split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  const executablePath = [process.env.CHROMIUM, ...found, MAC].find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium found: set CHROMIUM to its path');
  const browser = await chromium.launch({ executablePath, args: FLAGS, chromiumSandbox: process.getuid?.() !== 0 });
  /** Opens the address in a new context, and calls `measure` with the page in the iframe, or with the page if there is none. */
  const once = async (url, measure) => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(LIMIT);
      await page.goto(url, { waitUntil: 'load' });
      await page.evaluate(() => window.opened);
      const frame = page.frames()[1] ?? page.mainFrame();
      return await within(measure(frame, context), url);
    } finally {
      await context.close();
    }
  };
  return {
    version: `Chromium ${browser.version()}`,
    close: () => browser.close(),

    /** Takes a sample. A failed one is repeated once: in a long run, a browser or a library loses a message now and then. */
    async sample(url, measure) {
      try {
        return await once(url, measure);
      } catch (error) {
        console.error(`\n${url} is tried again after: ${error.message}`);
        return once(url, measure);
      }
    },
  };
}

function within(promise, url) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${url}: no result after ${LIMIT / 1000} s`)), LIMIT);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
