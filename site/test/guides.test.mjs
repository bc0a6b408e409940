// The guides of the workbench and the plugin name every call, fault and finding that there is, in the words of the interface.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PRESETS } from '../../www/console/presets.js';
import { serverStrings } from '../../www/console/server-strings.js';
import { strings } from '../../www/console/strings.js';
import { CALLS } from '../../www/lib/catalogue.js';
import { docs, root } from '../lib/places.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const { $defs: scenario } = JSON.parse(read('www/scenarios/scenario.schema.json'));
const overlay = read('vite-plugin/src/overlay.js');
const GUIDES = { en: 'guide/', zh: 'zh/guide/' };
const guide = (language, name) => readFileSync(join(docs, GUIDES[language], `${name}.md`), 'utf8');

/** Each table of a page: its rows as cells, without the head. @param {string} text */
const tablesOf = (text) =>
  (text.match(/(?:^\|.*\n)+/gm) ?? []).map((table) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) => row.slice(1, -1).trim().split(' | ')),
  );
/** @param {string} text */
const codesIn = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
/** The endings of the texts whose keys begin like this. @param {object} texts @param {string} prefix */
const keysOf = (texts, prefix) => Object.keys(texts).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
const sorted = (list) => [...list].sort();

/** Why a call may fail with every fault off. The others are of faults, or of the page. */
const OTHER_CAUSES = ['unknown-api', 'old-console', 'fault', 'owner', 'unsent'];

for (const language of /** @type {const} */ (['en', 'zh'])) {
  const texts = strings[language];
  const text = guide(language, 'workbench');
  const [ignored, calls, single, presets, faults, findings, ...more] = tablesOf(text);
  assert.deepEqual(more, [], 'a table that no test looks at');

  test(`${language}: every reason why a message is ignored has its line`, () => {
    assert.deepEqual(
      ignored.map(([reason]) => reason),
      keysOf(texts, 'reason.').map((key) => texts[`reason.${key}`]),
    );
  });

  test(`${language}: every call has its line, and every cause of a failure is named`, () => {
    const all = new Set(CALLS.flatMap(({ wire }) => wire ?? []));
    assert.deepEqual(sorted(calls.flatMap(([call]) => codesIn(call))), sorted(all));
    const named = calls.map(([, , causes]) => causes ?? '').join();
    for (const why of keysOf(texts, 'why.').filter((one) => !OTHER_CAUSES.includes(one))) {
      assert.ok(named.includes(texts[`why.${why}`]), `the table of calls lacks "${texts[`why.${why}`]}"`);
    }
  });

  test(`${language}: every fault of a single call has its line`, () => {
    const kinds = keysOf(texts, 'faults.how.').filter((kind) => !kind.endsWith('.unit'));
    assert.deepEqual(
      single.map(([how]) => how),
      kinds.map((kind) => texts[`faults.how.${kind}`]),
    );
    const members = single
      .flatMap(([, member]) => codesIn(member))
      .map((code) => /^(errors)\.|^apis\.\w+\.(\w+)/.exec(code)?.slice(1).join('') ?? code);
    assert.deepEqual(sorted(members), sorted(['errors', ...Object.keys(scenario.ApiFaults.properties)]));
  });

  test(`${language}: every preset has its line`, () => {
    assert.deepEqual(
      presets.map(([name, members]) => [name, codesIn(members)]),
      Object.entries(PRESETS).map(([name, members]) => [texts[`faults.preset.${name}`], Object.keys(members)]),
    );
  });

  test(`${language}: every fault has its line, by its name in the panel and in a scenario`, () => {
    const expected = Object.keys(scenario.Faults.properties).filter((name) => name !== 'errors' && name !== 'apis');
    const found = faults.map(([label, member]) => [codesIn(member)[0], label]);
    assert.deepEqual(sorted(found), sorted(expected.map((name) => [name, texts[`faults.${name}`]])));
  });

  test(`${language}: every finding about a page has its line`, () => {
    assert.deepEqual(sorted(findings.flatMap(([name]) => codesIn(name))), sorted(keysOf(texts, 'page.finding.')));
  });

  test(`${language}: what stands in quotation marks is a text of the interface`, () => {
    const known = new Set([...Object.values(texts), 'Hub', 'sidebarHelper']);
    const quoted = language === 'zh' ? /“([^”]+)”/g : /"([^"]+)"/g;
    for (const name of ['workbench', 'vite']) {
      const prose = guide(language, name)
        .replace(/^```[\s\S]*?^```/gm, '')
        .replace(/`[^`]*`/g, '');
      const found = [...prose.matchAll(quoted)].map(([, words]) => words);
      assert.ok(found.length > 1, name);
      const isKnown = (words) => known.has(words) || words.split(' · ').every((part) => overlay.includes(`'${part}'`));
      assert.deepEqual(
        found.filter((words) => !isKnown(words)),
        [],
        name,
      );
    }
  });
}

test('the page on the server and the console lists every finding and every hint', () => {
  const [, findings] = read('docs/workbench-protocol.md').split('## What is wrong with the page');
  const hints = read('docs/workbench-protocol.md').split('| `hint.code` |')[1].split('\n\n')[0];
  const firstCells = (text) => [...text.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(sorted(firstCells(findings)), sorted(keysOf(serverStrings.en, 'page.finding.')));
  assert.deepEqual(sorted(firstCells(hints)), sorted(keysOf(serverStrings.en, 'hub.hint.')));
});

test('the readme of the workbench names every option, and every step of a script', () => {
  const text = read('workbench/README.md');
  const options = [...read('workbench/src/cli.rs').matchAll(/#\[arg\([^\n]*\blong\b[^\n]*\)\]\s+(?:pub )?(\w+):/g)].map(([, name]) => name);
  assert.ok(options.length > 10, options.join());
  for (const name of options.filter((one) => one !== 'verbose')) assert.ok(text.includes(`\`--${name.replaceAll('_', '-')}`), name);
  const { Step } = JSON.parse(read('www/check/script.schema.json')).$defs;
  const steps = Step.oneOf.map(({ required: [name] }) => name);
  assert.deepEqual(
    [...text.matchAll(/^\| `(\w+) = /gm)].map(([, name]) => name),
    steps,
  );
});
