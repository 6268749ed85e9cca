import { readBff, readPush, readServices } from '../apps.js';
import { nameOf, ofKind, type KubernetesDocument } from '../document.js';
import { environmentOf } from '../environment-of.js';
import { openPaths } from './edge.js';
import type { ExpectedSecrets } from './references.js';

/** Longest end of a BFF beyond drain and grace, in ms: `closeGateway` promises it. */
const windUpMs = 2_000;

/** What apps would refuse of the environment that they are given, and where it does not fit what is around them. */
export function settingFaults(documents: readonly KubernetesDocument[], expected: ExpectedSecrets): string[] {
  const hosts = new Set(openPaths(documents).map(({ host, service }) => `${service} https://${host}`));
  const services = new Set(ofKind(documents, 'Service').flatMap(({ metadata, spec }) => spec.ports.map(({ port }: { port: number }) => `${metadata.name}:${port}`)));
  const isThere = (address: string): boolean => {
    const { hostname, port } = new URL(address);
    return services.has(`${hostname}:${port || 80}`);
  };
  const issuers = new Set<string | undefined>();
  const faults = ofKind(documents, 'Deployment').flatMap((deployment) => {
    const { name } = deployment.metadata;
    const { spec } = deployment['spec'].template;
    const [container] = spec.containers;
    const { env, faults: found } = environmentOf(deployment, documents, expected);
    const faultsHere = [...found];
    const demand = (holds: boolean, what: string): void => void (holds || faultsHere.push(what));
    const listens = (port: number | undefined): void => demand(container.ports[0].containerPort === port, `it listens on ${port}, not on ${container.ports[0].containerPort}`);
    const endsIn = (longestMs: number): void => demand(spec.terminationGracePeriodSeconds * 1_000 >= longestMs + 1_000 * (container.lifecycle?.preStop?.sleep?.seconds ?? 0), `it may need ${longestMs} ms to end, and gets less`);
    try {
      switch (deployment['spec'].template.metadata.labels['app.kubernetes.io/component']) {
        case 'bff': {
          const { port, auth, shutdown, services: called, session, dpop } = readBff(name, env);
          issuers.add(auth.issuer);
          listens(port);
          endsIn(shutdown.drainMs + shutdown.graceMs + windUpMs);
          const { publicOrigin } = session ?? dpop;
          demand(hosts.has(`${name} ${publicOrigin}`), `the edge does not know it as ${publicOrigin}`);
          for (const { instances } of Object.values(called)) for (const instance of instances) demand(isThere(instance), `it calls ${instance}, which is not there`);
          break;
        }
        case 'push': {
          const { port, graceMs, endpoint } = readPush(env);
          listens(port);
          endsIn(graceMs + windUpMs);
          demand(hosts.has(`${name} ${endpoint}`), `the edge does not know it as ${endpoint}`);
          break;
        }
        default: {
          const { ports, serviceTokens } = readServices(container.args, env);
          demand(container.args.length === 1 && container.args[0] === name, `it runs as ${container.args}`);
          issuers.add(serviceTokens.issuer);
          listens(ports[name]);
          for (const [variable, value] of Object.entries(env)) if (value.startsWith('http://')) demand(isThere(value), `${variable} leads to ${value}, which is not there`);
        }
      }
      demand(env['HOST'] === '0.0.0.0', 'it listens for its own pod alone');
    } catch (error) {
      faultsHere.push((error as Error).message);
    }
    return faultsHere.map((fault) => `${nameOf(deployment)}: ${fault}`);
  });
  return issuers.size === 1 ? faults : [...faults, `the apps do not agree on the issuer: ${[...issuers].join(', ')}`];
}
