// Reads the scenario's file, writes it, and follows it as it changes.
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes. A larger scenario file is a mistake. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * How often the file, which is small, is read, in milliseconds. Notifications of the file system do not work on network drives and
 * container mounts, nor after an editor has replaced the file with a new one.
 */
const INTERVAL = 200;

/** Why the file cannot be used. */
export class ScenarioError extends Error {}

/** @param {string} path @returns {Promise<string>} Rejects with a {@link ScenarioError}. */
export async function readScenarioFile(path) {
  let file;
  try {
    // Opening a pipe would wait for its other end.
    const found = await stat(path);
    if (!found.isFile())
      throw new ScenarioError(`is ${found.isDirectory() ? 'a folder' : 'no ordinary file'}; a scenario is a file, in JSON or TOML`);
    file = await open(path);
    return await readText(file);
  } catch (error) {
    if (error instanceof ScenarioError) throw error;
    if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new ScenarioError('is not UTF-8; save it as UTF-8');
    throw new ScenarioError(`cannot be read: ${error.message}`);
  } finally {
    await file?.close();
  }
}

/**
 * Why {@link replaceFile} will fail, so that the console can say so before anybody edits. The permissions of a file do not keep it from
 * being replaced, but a file that is read-only is meant to stay.
 * @param {string} path @returns {Promise<'read-only' | 'folder' | undefined>}
 */
export async function unwritable(path) {
  const place = await realpath(path);
  if (((await stat(place)).mode & 0o222) === 0) return 'read-only';
  return access(dirname(place), constants.W_OK).then(
    () => undefined,
    () => 'folder',
  );
}

/** Puts a new file in the old one's place, so that nobody ever reads a half of it. A link stays a link. */
export async function replaceFile(path, text) {
  const place = await realpath(path);
  const aside = `${place}.${process.pid}.${Date.now().toString(36)}.new`;
  try {
    const file = await open(aside, 'wx', (await stat(place)).mode & 0o7777);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, place);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/**
 * The reported size of a file can be wrong or can change, so the bytes read are what is limited.
 * @param {Pick<import('node:fs/promises').FileHandle, 'read'>} file
 */
export async function readText(file) {
  const parts = [];
  for (let length = 0; ;) {
    const part = Buffer.alloc(Math.min(64 * 1024, MAX_BYTES + 1 - length));
    const { bytesRead } = await file.read(part, 0, part.length, null);
    if (bytesRead === 0) return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
    length += bytesRead;
    if (length > MAX_BYTES) throw new ScenarioError(`is longer than ${MAX_BYTES} bytes, the most that a scenario may have`);
    parts.push(part.subarray(0, bytesRead));
  }
}

/**
 * Calls `onChange` with each new content of the file, or with the reason why it cannot be read.
 * @param {string} path
 * @param {string} text Its content when it was first read.
 * @param {(read: { text: string } | { error: ScenarioError }) => void} onChange
 * @returns {() => void} Stops.
 */
export function followScenarioFile(path, text, onChange) {
  let known = text;
  let last = text;
  let stopped = false;
  let timer = setTimeout(look, INTERVAL).unref();

  async function look() {
    const read = await readScenarioFile(path).then(
      (content) => ({ text: content }),
      (error) => ({ error }),
    );
    if (stopped) return;
    const seen = 'text' in read ? read.text : `\0${read.error.message}`;
    // The content must be the same twice in a row, so that an editor has time to finish writing.
    if (seen === last && seen !== known) {
      known = seen;
      onChange(read);
    }
    last = seen;
    timer = setTimeout(look, INTERVAL).unref();
  }

  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
