/**
 * Makes the pictures of the messages guide from the playground: `node site/pictures.mjs`, after `./build.sh site`. They are in the
 * repository, because a build has no browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { launch } from '../tests/npm/workshop.mjs';
import { dist, docs } from './lib/places.mjs';
import { serveSite } from './lib/static-server.mjs';

const TYPES = ['text', 'image', 'video', 'file', 'news', 'miniprogram'];
/** The folder of a language's pictures, and the address of its playground. */
const LANGUAGES = [
  ['en', ''],
  ['zh', 'zh/'],
];

const { url, close } = await serveSite(dist);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1400, height: 1100 }, deviceScaleFactor: 1 });
context.setDefaultTimeout(120_000);
for (const [language, path] of LANGUAGES)
  for (const type of TYPES) {
    const folder = `${docs}public/images/${language}`;
    mkdirSync(folder, { recursive: true });
    const page = await context.newPage();
    await page.goto(`${url}${path}playground.html#${type}`);
    const console = page.frameLocator('[data-testid=console]');
    await console.frameLocator('#frame').locator('#out').filter({ hasText: 'ok' }).waitFor();
    // The inspector takes room that the conversation needs here.
    await console.getByTestId('dock-toggle').click();
    const bubble = console.locator('[data-testid=message]').last();
    await bubble.scrollIntoViewIfNeeded();
    await page.waitForTimeout(1500);
    // The card of a file shows the server that the file comes from. In a real console that is the page's, not this one.
    await bubble.evaluate((element) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) texts.currentNode.nodeValue = texts.currentNode.nodeValue.replaceAll(location.host, 'page.example');
    });
    const png = await bubble.screenshot({ type: 'png' });
    const box = await bubble.boundingBox();
    writeFileSync(`${folder}/message-${type}.webp`, await toWebp(page, png));
    process.stdout.write(`${language} ${type} ${Math.round(box.width)}×${Math.round(box.height)}\n`);
    await page.close();
  }
await browser.close();
await close();

/** Encodes the picture with Chromium. @param {import('playwright-core').Page} page @param {Buffer} png */
async function toWebp(page, png) {
  const address = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.6);
  }, png.toString('base64'));
  return Buffer.from(address.split(',')[1], 'base64');
}
