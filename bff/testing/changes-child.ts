import { appendFileSync } from 'node:fs';
import { openLedger } from '#bff/audit/ledger.ts';
import { audited } from '#bff/pipeline/audited.ts';
import { nodeClock } from '#bff/node-world.ts';
import { openStore } from '#bff/store/open-store.ts';
import { anIntent } from './audit.ts';
import { digest, listedLog } from './world.ts';

/**
 * Runs changes one after the other until it is killed; their effect is a line in a file, their acknowledgement a line on
 * stdout. `stallAt` stops for ever right after the effect of that change. `unguarded` writes its rows only afterwards.
 */
const [file = '', effects = '', first = '0', stallAt = '', mode = ''] = process.argv.slice(2);
const store = await openStore({ file, clock: nodeClock });
const ledger = await openLedger({ rows: store.ledger, clock: nodeClock, digest, log: listedLog(), mask: (text) => text, isOwner: true });
const stayAlive = setInterval(() => undefined, 60_000);

const effect = async (name: string, n: number): Promise<void> => {
  appendFileSync(effects, `${name}\n`);
  if (String(n) !== stallAt) return;
  process.stdout.write('stalled\n');
  await new Promise(() => undefined);
};
for (let n = 0; n < 1_000; n += 1) {
  const name = `change-${Number(first) + n}`;
  const intent = anIntent({ resource: { kind: 'agent', id: name, name: null } });
  if (mode === 'unguarded') await effect(name, n);
  await audited(
    ledger,
    { intent, secret: false },
    () => ({}),
    () => (mode === 'unguarded' ? Promise.resolve() : effect(name, n)),
  );
  process.stdout.write(`${name}\n`);
}
clearInterval(stayAlive);
