/** How the server differs from its defaults. */
const settings = {
  // On its own: it asks no other server and is none's client.
  'eureka.client.register-with-eureka': 'false',
  'eureka.client.fetch-registry': 'false',
  'eureka.server.wait-time-in-ms-when-sync-empty': '0',
  // Soon, where its defaults are minutes.
  'eureka.server.response-cache-update-interval-ms': '100',
  // A change that happens while an answer is being written is missing in it, and the answer is kept: for 3 minutes, if nobody says otherwise.
  'eureka.server.response-cache-auto-expiration-in-seconds': '1',
  'eureka.server.eviction-interval-timer-in-ms': '500',
  'eureka.server.enable-self-preservation': 'false',
};

/** Options of the virtual machine: what starts quickly may run slowly. An archive of classes only fits a run with the same ones. */
export const javaOptions = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx256m'];

/**
 * Arguments of the server.
 * @param {number} port
 */
export function eurekaArguments(port) {
  return ['--server.address=127.0.0.1', `--server.port=${port}`, ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)];
}
