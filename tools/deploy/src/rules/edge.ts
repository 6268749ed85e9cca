import { nameOf, ofKind, podLabels, selects, workloads, type KubernetesDocument } from '../document.js';

/** A path that is open to the outside. */
export interface OpenPath {
  readonly from: KubernetesDocument;
  readonly host: string;
  readonly path: string;
  readonly exact: boolean;
  readonly service: string;
  /** By name or number. */
  readonly port: string | number;
}

/** Paths that are for the inside alone, by the component of their app. */
const inside: Readonly<Record<string, readonly string[]>> = {
  bff: ['/metrics', '/health/live', '/health/ready', '/openapi.json', '/docs'],
  identity: ['/health', '/openapi.json', '/__faults', '/__requests'],
  push: ['/metrics', '/health', '/api/v1/hubs'],
};

interface IngressPath {
  readonly path: string;
  readonly pathType: string;
  readonly backend: { readonly service: { readonly name: string; readonly port: { readonly name: string } } };
}

/** Every path that leads from the outside to a service. */
export function openPaths(documents: readonly KubernetesDocument[]): OpenPath[] {
  const ingresses = ofKind(documents, 'Ingress').flatMap((from) =>
    from['spec'].rules.flatMap(({ host, http }: { host: string; http: { paths: IngressPath[] } }) =>
      http.paths.map(({ path, pathType, backend: { service } }) => ({ from, host, path, exact: pathType === 'Exact', service: service.name, port: service.port.name })),
    ),
  );
  const routes = ofKind(documents, 'HTTPRoute').flatMap((from) =>
    from['spec'].rules.flatMap(({ matches = [], backendRefs = [] }: { matches?: { path: { type: string; value: string } }[]; backendRefs?: { name: string; port: number }[] }) =>
      backendRefs.flatMap(({ name, port }) => matches.flatMap(({ path }) => from['spec'].hostnames.map((host: string) => ({ from, host, path: path.value, exact: path.type === 'Exact', service: name, port })))),
    ),
  );
  return [...ingresses, ...routes];
}

/** Paths that lead nowhere, or to what is for the inside; pods behind them that the edge does not reach; hosts without TLS. */
export function edgeFaults(documents: readonly KubernetesDocument[]): string[] {
  const open = openPaths(documents);
  const secured = (host: string, { kind, ['spec']: spec }: KubernetesDocument): boolean => kind === 'HTTPRoute' ? spec.parentRefs.every((ref: { sectionName: string }) => ref.sectionName === 'https') : spec.tls.some(({ hosts }: { hosts: string[] }) => hosts.includes(host));
  const listeners = ofKind(documents, 'Gateway').flatMap(({ metadata, spec }) => spec.listeners.map(({ name }: { name: string }) => `${metadata.name}/${name}`));
  return [
    ...(open.length > 0 ? [] : ['nothing is open to the outside']),
    ...open.flatMap(({ from, host, path, exact, service, port }) => {
      const target = ofKind(documents, 'Service').find(({ metadata }) => metadata.name === service);
      const found = target?.['spec'].ports.some((each: { name: string; port: number }) => each.name === port || each.port === port);
      const pods = workloads(documents).filter((workload) => target && selects({ matchLabels: target['spec'].selector }, podLabels(workload)));
      const closed = inside[target?.metadata.labels?.['app.kubernetes.io/component'] ?? ''] ?? [];
      const covered = closed.filter((each) => (exact ? each === path : `${each}/`.startsWith(`${path}/`.replace('//', '/'))));
      return [
        ...(found ? [] : [`${nameOf(from)} leads to ${service}:${port}, which is not there`]),
        ...(covered.length === 0 ? [] : [`${nameOf(from)} opens ${covered.join(', ')} of ${service}`]),
        ...(pods.every((pod) => podLabels(pod)['portico.example/edge'] === 'true') ? [] : [`${nameOf(from)} leads to ${service}, which the edge may not reach`]),
        ...(secured(host, from) ? [] : [`${nameOf(from)} answers for ${host} without TLS`]),
      ];
    }),
    ...ofKind(documents, 'HTTPRoute').flatMap((route) => route['spec'].parentRefs.filter((ref: { name: string; sectionName: string }) => !listeners.includes(`${ref.name}/${ref.sectionName}`)).map(() => `${nameOf(route)} hangs on a listener that is not there`)),
    ...ofKind(documents, 'Ingress').filter(({ spec }) => spec.ingressClassName === undefined).map((ingress) => `${nameOf(ingress)} is nobody's: it has no class`),
  ];
}
