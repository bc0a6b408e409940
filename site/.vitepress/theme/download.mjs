/** Offers a page of the playground as a project in a ZIP archive. */
import { strToU8, zipSync } from 'fflate';
import { projectOf } from '../../playground/project.mjs';

const NAME = 'juzi-sidebar';

/** @param {string} folder The playground's, as an absolute URL. @param {{ html: string, script: string }} source */
export async function downloadProject(folder, source) {
  const starter = await (await fetched(`${folder}starter.json`)).json();
  const { texts, copies } = projectOf(source, starter);
  const files = Object.fromEntries(Object.entries(texts).map(([path, text]) => [`${NAME}/${path}`, strToU8(text)]));
  const copied = Object.entries(copies).map(async ([path, from]) => {
    files[`${NAME}/${path}`] = new Uint8Array(await (await fetched(folder + from)).arrayBuffer());
  });
  await Promise.all(copied);
  const url = URL.createObjectURL(new Blob([zipSync(files)], { type: 'application/zip' }));
  Object.assign(document.createElement('a'), { href: url, download: `${NAME}.zip` }).click();
  // The browser may read it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {string} url */
async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
}
