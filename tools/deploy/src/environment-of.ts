import { ofKind, type KubernetesDocument } from './document.js';
import { secretsOf, type ExpectedSecrets } from './rules/references.js';

/** Where the secrets of an app are mounted. */
const mount = '/run/portico/';

/** Values of the kind that is wanted, by the key of the secret; what is rendered has none that works. */
const samples: Readonly<Record<string, string>> = {
  'redis-url': 'redis://:sample@redis:6379',
  'session-transaction-key': 'A'.repeat(43),
  'access-key': 'A'.repeat(43),
};

/** What a container is started with, as its app reads it. */
export interface Environment {
  /** Files that stand for a secret are replaced by a sample of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Files that are named and that nothing mounts. */
  readonly faults: readonly string[];
}

/** The variables of a workload's first container: from ConfigMaps, Secrets, and its pod. */
export function environmentOf(workload: KubernetesDocument, documents: readonly KubernetesDocument[], expected: ExpectedSecrets): Environment {
  const { containers, volumes = [] } = workload['spec'].template.spec;
  const [{ envFrom = [], env = [] }] = containers;
  const given: Record<string, string> = {};
  for (const { configMapRef } of envFrom) Object.assign(given, ofKind(documents, 'ConfigMap').find(({ metadata }) => metadata.name === configMapRef.name)?.['data']);
  for (const { name, value, valueFrom } of env) given[name] = value ?? (valueFrom.secretKeyRef ? samples[valueFrom.secretKeyRef.key] : `${workload.metadata.name}-7d4b9c8f6d-x2x4z`);

  const keysOf = (name: string): readonly string[] => Object.keys(ofKind(documents, 'Secret').find(({ metadata }) => metadata.name === name)?.['data'] ?? {}).concat([...(expected.get(name) ?? [])]);
  const mounted = new Set(secretsOf({ ...workload, spec: { volumes } }).flatMap(({ name }) => keysOf(name)));
  const faults: string[] = [];
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const key = value.startsWith(mount) ? value.slice(mount.length) : undefined;
    if (key !== undefined && !mounted.has(key)) faults.push(`${name} names ${value}, which nothing mounts`);
    const sample = key === undefined ? undefined : samples[key];
    if (sample !== undefined && name.endsWith('_FILE')) result[name.slice(0, -'_FILE'.length)] = sample;
    else result[name] = value;
  }
  return { env: result, faults };
}
