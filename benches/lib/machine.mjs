// The facts about the machine that a reader needs.
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { versionOf } from './contenders.mjs';

export function describeMachine({ browser, started, load, peers, rounds }) {
  const processors = cpus();
  return {
    // At the end the load would come from the run itself, which starts browsers all the time.
    busy: load > processors.length,
    when: started.toISOString().slice(0, 10),
    minutes: Math.max(1, Math.round((Date.now() - started) / 60_000)),
    facts: {
      processor: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'} (${arch()})`,
      memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
      system: `${type()} ${release()}`,
      browser: `${browser.version}, headless`,
      'Node.js': process.version,
      peers: peers.map((name) => `${name} ${versionOf(name)}`).join(', '),
      rounds: Object.entries(rounds)
        .map(([what, count]) => `${what} ${count}`)
        .join(', '),
      load: `${load.toFixed(1)} before the run, ${loadavg()[0].toFixed(1)} at its end (from the run itself)`,
    },
  };
}
