// Checks every crate in Cargo.lock, as `cargo metadata` describes it, against the rules in deny.toml. cargo-deny reads the same file and
// checks more, but compiling it takes minutes.
//   node scripts/check-crates.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import satisfies from 'spdx-satisfies';
import { parse } from 'smol-toml';

const CRATES_IO = 'registry+https://github.com/rust-lang/crates.io-index';

/** Everything that a crate of the workspace needs, on any system. */
export const readCrates = () => {
  const options = { maxBuffer: 1 << 27, encoding: 'utf8' };
  return JSON.parse(execFileSync('cargo', ['metadata', '--locked', '--all-features', '--format-version', '1'], options)).packages;
};

/** A sentence for each rule that is broken. A rule that this does not know is an error too. */
export function findings(policy, crates) {
  return [
    ...unknownRules(policy),
    ...crates.flatMap((crate) => faultsOf(crate, policy).map((fault) => `${crate.name} ${crate.version}: ${fault}`)),
  ];
}

const KNOWN = {
  graph: ['all-features'],
  licenses: ['allow', 'confidence-threshold', 'exceptions'],
  bans: ['multiple-versions', 'wildcards', 'allow-wildcard-paths', 'deny'],
  sources: ['unknown-registry', 'unknown-git', 'allow-git'],
};
const unknownRules = (policy) =>
  Object.entries(policy).flatMap(([section, rules]) =>
    Object.keys(rules)
      .filter((rule) => !KNOWN[section]?.includes(rule))
      .map((rule) => `deny.toml: scripts/check-crates.mjs does not know [${section}] ${rule}`),
  );

function faultsOf({ name, license, source, dependencies }, { licenses, bans }) {
  const allowed = [...licenses.allow, ...licenses.exceptions.filter(({ crate }) => crate === name).flatMap(({ allow }) => allow)];
  const banned = bans.deny.find(({ crate }) => crate === name);
  return [
    !license ? 'it names no licence' : !isAllowed(license, allowed) && `its licence is ${license}, which deny.toml does not allow`,
    source !== null && source !== CRATES_IO && `it comes from ${source}, not from crates.io`,
    banned && banned.reason,
    ...dependencies.map((of) => source === null && of.req === '*' && !of.path && `it takes any version of ${of.name}`),
  ].filter(Boolean);
}

/** Old crates separate their licences with a slash. */
const isAllowed = (license, allowed) => satisfies(license.replaceAll('/', ' OR '), allowed);

if (fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  const crates = readCrates();
  const found = findings(parse(readFileSync('deny.toml', 'utf8')), crates);
  for (const line of found) console.error(line);
  console.log(`${crates.length} crates, ${found.length} findings`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
