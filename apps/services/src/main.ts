import { EnvironmentError, readEnvironment } from './environment.js';
import { PortTakenError } from './server/port-taken-error.js';
import { startShop, type RunningShop } from './start-shop.js';

/** How long a stop may take before the process ends anyway. */
const stopMs = 1_500;

try {
  const shop = await startShop(readEnvironment(process.argv.slice(2), process.env));
  const width = Math.max(...Object.keys(shop.urls).map((name) => name.length));
  for (const [name, url] of Object.entries(shop.urls)) process.stdout.write(`${name.padEnd(width)}  ${url}\n`);
  process.once('SIGTERM', () => stop(shop));
  process.once('SIGINT', () => stop(shop));
} catch (error) {
  const foreseen = error instanceof PortTakenError || error instanceof EnvironmentError;
  process.stderr.write(`${foreseen ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

function stop(shop: RunningShop): void {
  setTimeout(() => process.exit(0), stopMs).unref();
  void shop.close().then(() => process.exit(0));
}
