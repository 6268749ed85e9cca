#!/usr/bin/env node
import { Composed } from './composed.mjs';
import { drills } from './drills/drills.mjs';
import { startEngine } from './engine.mjs';
import { freePort } from './free-port.mjs';
import { everyMs, Load, shopAsks } from './load/load.mjs';
import { signIn } from './load/sign-in.mjs';
import { table } from './report.mjs';

/** Enough for every replica to have work, and no test of how much this machine can do. */
const clients = 4;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !drills.some((drill) => drill.name === name));
if (unknown.length > 0) {
  console.error(`There is no drill ${unknown.join(', ')}. All of them: ${drills.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

const engine = await startEngine();
const composed = new Composed({ project: 'portico-drills', port: await freePort(), httpPort: await freePort(), env: engine.env });
try {
  console.error('Starting the topology …');
  await composed.up();
  const outcomes = [];
  for (const drill of drills.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    console.error(`${drill.name}: ${drill.title}`);
    // Anew each time: the shop's issuer forgets its keys when it ends.
    const askOf = shopAsks({ token: await composed.token('eve', 'desktop'), session: await signIn(composed, 'ann') });
    const begun = performance.now();
    const tally = await new Load(composed, askOf, clients).during(() => drill.incident(composed));
    outcomes.push({ drill, tally, seconds: (performance.now() - begun) / 1_000 });
    console.error(`  ${tally.sent} sent, ${tally.answered} answered, ${tally.degraded} of them degraded, ${tally.failed} failed ${JSON.stringify(tally.failures)}`);
  }
  console.log(`${clients} clients, each with a request every ${everyMs} ms, or as soon as it is answered.\n\n${table(outcomes)}`);
} catch (error) {
  // Before what follows can hide it.
  console.error(error);
  process.exitCode = 1;
} finally {
  await composed.down();
  await engine.close();
}
