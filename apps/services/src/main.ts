import { longestEndMs } from './consul/consul-registration.js';
import { EnvironmentError, readEnvironment, type ShopEnvironment } from './environment.js';
import { PortTakenError } from './server/port-taken-error.js';
import { startShop, type RunningShop } from './start-shop.js';

/** How long a stop may take before the process ends anyway, besides what it waits for. */
const stopMs = 1_500;

try {
  const environment = readEnvironment(process.argv.slice(2), process.env);
  const shop = await startShop(environment);
  const width = Math.max(...Object.keys(shop.urls).map((name) => name.length));
  for (const [name, url] of Object.entries(shop.urls)) process.stdout.write(`${name.padEnd(width)}  ${url}\n`);
  process.once('SIGTERM', () => stop(shop, environment));
  process.once('SIGINT', () => stop(shop, environment));
} catch (error) {
  const foreseen = error instanceof PortTakenError || error instanceof EnvironmentError;
  process.stderr.write(`${foreseen ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

function stop(shop: RunningShop, { consul, drainMs }: ShopEnvironment): void {
  setTimeout(() => process.exit(0), stopMs + drainMs + (consul ? longestEndMs : 0)).unref();
  void shop.close().then(() => process.exit(0));
}
