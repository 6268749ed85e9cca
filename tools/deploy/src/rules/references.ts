import { nameOf, ofKind, workloads, type KubernetesDocument } from '../document.js';

/** A Secret that whoever runs the overlay brings along, and its keys. */
export type ExpectedSecrets = ReadonlyMap<string, ReadonlySet<string>>;

/** Secrets that a document asks for, each with the keys that it names. */
export function secretsOf(document: KubernetesDocument): { readonly name: string; readonly key?: string }[] {
  const found: { name: string; key?: string }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { secretKeyRef, secretName, secret, certificateRefs } = value as Record<string, { name?: string; key?: string } & string> & { certificateRefs?: { name: string }[] };
    found.push(...(certificateRefs ?? []).map(({ name }) => ({ name })));
    if (secretKeyRef) found.push(secretKeyRef as { name: string; key: string });
    if (typeof secretName === 'string') found.push({ name: secretName });
    if (typeof secret?.name === 'string') found.push({ name: secret.name });
    Object.values(value).forEach(visit);
  };
  visit(document['spec']);
  return found;
}

/** References that lead nowhere: to ConfigMaps, Secrets, accounts, roles, and to what is scaled. */
export function referenceFaults(documents: readonly KubernetesDocument[], expected: ExpectedSecrets): string[] {
  const has = (kind: string, name: string): boolean => ofKind(documents, kind).some(({ metadata }) => metadata.name === name);
  const keysOf = (name: string): ReadonlySet<string> | undefined => {
    const rendered = ofKind(documents, 'Secret').find(({ metadata }) => metadata.name === name);
    return rendered ? new Set(Object.keys(rendered['data'])) : expected.get(name);
  };
  const missing = (document: KubernetesDocument, kind: string, name: string | undefined): string[] => (name === undefined || has(kind, name) ? [] : [`${nameOf(document)} refers to ${kind} ${name}, which is not there`]);
  const secrets = documents.flatMap((document) => secretsOf(document).filter(({ name, key }) => !(key === undefined ? keysOf(name) : keysOf(name)?.has(key))).map(({ name, key }) => `${nameOf(document)} refers to Secret ${name}${key === undefined ? '' : `, key ${key}`}, which neither is there nor is expected`));
  return [
    ...secrets,
    ...workloads(documents).flatMap((workload) => {
      const { serviceAccountName, containers, volumes = [] } = workload['spec'].template.spec;
      const settings = containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }: { configMapRef: { name: string } }) => configMapRef.name));
      const files = volumes.flatMap(({ configMap }: { configMap?: { name: string } }) => (configMap ? [configMap.name] : []));
      return [...missing(workload, 'ServiceAccount', serviceAccountName), ...[...settings, ...files].flatMap((name) => missing(workload, 'ConfigMap', name))];
    }),
    ...ofKind(documents, 'StatefulSet').flatMap((set) => missing(set, 'Service', set['spec'].serviceName)),
    ...ofKind(documents, 'HorizontalPodAutoscaler').flatMap((scaler) => missing(scaler, scaler['spec'].scaleTargetRef.kind, scaler['spec'].scaleTargetRef.name)),
    ...ofKind(documents, 'RoleBinding').flatMap((binding) => [...missing(binding, binding['roleRef'].kind, binding['roleRef'].name), ...binding['subjects'].flatMap(({ kind, name }: { kind: string; name: string }) => missing(binding, kind, name))]),
  ];
}
