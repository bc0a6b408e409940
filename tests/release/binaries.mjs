// What the formats of programs say about a binary, read from its bytes.
import { createHash } from 'node:crypto';

/** Whether a Linux binary runs without any library: no program header names an interpreter, which would load them. */
export function isStatic(elf) {
  if (elf.readUInt32BE(0) !== 0x7f454c46) throw new Error('this is no ELF file');
  const [start, size, count] = [Number(elf.readBigUInt64LE(0x20)), elf.readUInt16LE(0x36), elf.readUInt16LE(0x38)];
  const INTERPRETER = 3;
  return !Array.from({ length: count }, (_, i) => elf.readUInt32LE(start + i * size)).includes(INTERPRETER);
}

/** From ELF's and Mach-O's numbers, and PE's, to Node.js's names. */
const MACHINES = { elf: { 62: 'x64', 183: 'arm64' }, macho: { 0x01000007: 'x64', 0x0100000c: 'arm64' }, pe: { 0x8664: 'x64' } };

/** @returns {string} the platform as Node.js names it, such as `linux-x64` */
export function platformOf(binary) {
  if (binary.readUInt32BE(0) === 0x7f454c46) return `linux-${MACHINES.elf[binary.readUInt16LE(0x12)]}`;
  if (binary.readUInt32LE(0) === 0xfeedfacf) return `darwin-${MACHINES.macho[binary.readUInt32LE(4)]}`;
  if (binary.toString('latin1', 0, 2) === 'MZ') return `win32-${MACHINES.pe[binary.readUInt16LE(binary.readUInt32LE(0x3c) + 4)]}`;
  throw new Error('this is no program');
}

/**
 * macOS on Apple silicon kills a program without a valid signature, be it one that names nobody (ad hoc). Checks the hashes of
 * the signature against the file.
 * @returns {number} how many pages it covers; 0 without a signature
 */
export function checkSignature(macho) {
  const signature = loadCommands(macho).find(({ type }) => type === 0x1d);
  if (!signature) return 0;
  const start = macho.readUInt32LE(signature.offset + 8);
  const blobs = Array.from({ length: macho.readUInt32BE(start + 8) }, (_, i) => start + macho.readUInt32BE(start + 12 + i * 8 + 4));
  const directory = blobs.find((offset) => macho.readUInt32BE(offset) === 0xfade0c02);
  const [hashes, pages, limit] = [16, 28, 32].map((at) => macho.readUInt32BE(directory + at));
  const [size, kind] = [macho[directory + 36], macho[directory + 37]];
  const pageSize = 2 ** macho[directory + 39];
  if (kind !== 2 || size !== 32) throw new Error('the signature has other hashes than SHA-256');
  if (limit !== start || pages !== Math.ceil(limit / pageSize)) throw new Error('the signature does not cover the whole file');
  for (let page = 0; page < pages; page += 1) {
    const content = macho.subarray(page * pageSize, Math.min((page + 1) * pageSize, limit));
    const expected = macho.subarray(directory + hashes + page * size, directory + hashes + (page + 1) * size);
    if (!createHash('sha256').update(content).digest().equals(expected)) throw new Error(`page ${page} is not as it was signed`);
  }
  return pages;
}

function loadCommands(macho) {
  const commands = [];
  let offset = 32;
  for (let i = 0; i < macho.readUInt32LE(16); i += 1) {
    commands.push({ type: macho.readUInt32LE(offset), offset });
    offset += macho.readUInt32LE(offset + 4);
  }
  return commands;
}
