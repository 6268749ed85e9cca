import { beforeAll, describe, expect, it } from 'vitest';
import { type KubernetesDocument } from './document.js';
import { expectedSecrets } from './expected-secrets.js';
import { modelFaults } from './model-of.js';
import { realKubectl } from './real-kubectl.js';
import { render } from './render.js';
import { containerFaults } from './rules/containers.js';
import { edgeFaults } from './rules/edge.js';
import { networkPolicyFaults } from './rules/network-policies.js';
import { portFaults } from './rules/ports.js';
import { referenceFaults } from './rules/references.js';
import { rolloutFaults } from './rules/rollouts.js';
import { selectorFaults } from './rules/selectors.js';
import { settingFaults } from './rules/settings.js';
import { unknownFields } from './unknown-fields.js';

/** For rendering and type checking on a busy machine. */
const longMs = 120_000;

// What a breakage changes is as free as YAML is.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Free = any;
type Rule = (documents: readonly KubernetesDocument[]) => readonly string[];

const references: Rule = (documents) => referenceFaults(documents, expectedSecrets());
const settings: Rule = (documents) => settingFaults(documents, expectedSecrets());
const pod = ({ spec }: Free): Free => spec.template.spec;
const container = (workload: Free): Free => pod(workload).containers[0];
const variable = (name: string, value: string | undefined) => ({ data }: Free) => (value === undefined ? delete data[name] : (data[name] = value));

/** Rule, the document that is broken, how, and what the rule says to it. */
const breakages: readonly (readonly [rule: Rule, document: string, breakage: (document: Free) => unknown, fault: string | RegExp])[] = [
  [containerFaults, 'Deployment web-bff', (it) => (container(it).image = 'portico/web-bff:latest'), 'Deployment web-bff: the image portico/web-bff:latest is not pinned'],
  [containerFaults, 'Deployment web-bff', (it) => delete container(it).readinessProbe, 'Deployment web-bff: app has no probes'],
  [containerFaults, 'Deployment catalog', (it) => delete container(it).resources.limits.memory, 'Deployment catalog: app has no limits'],
  [containerFaults, 'Deployment catalog', (it) => delete container(it).securityContext.allowPrivilegeEscalation, 'Deployment catalog: app may gain rights'],
  [containerFaults, 'StatefulSet redis', (it) => (container(it).securityContext.readOnlyRootFilesystem = false), 'StatefulSet redis: redis may write to its image'],
  [containerFaults, 'StatefulSet redis', (it) => (container(it).securityContext.capabilities.add = ['NET_ADMIN']), 'StatefulSet redis: redis keeps capabilities'],
  [containerFaults, 'Deployment push', (it) => (pod(it).securityContext.runAsUser = 0), 'Deployment push: its pods may run as root'],
  [containerFaults, 'Deployment push', (it) => delete pod(it).securityContext.seccompProfile, 'Deployment push: its pods have no seccomp profile'],
  [containerFaults, 'Deployment identity', (it) => delete pod(it).enableServiceLinks, 'Deployment identity: its pods get the variables of services, which apps take for settings'],
  [containerFaults, 'Deployment identity', (it) => delete pod(it).automountServiceAccountToken, 'Deployment identity: its pods get a token of the Kubernetes API that they have no use for, or miss theirs'],

  [selectorFaults, 'Service pricing', (it) => (it.spec.selector['app.kubernetes.io/name'] = 'prices'), 'Service pricing selects no pods'],
  [selectorFaults, 'Service pricing', (it) => (it.spec.selector['app.kubernetes.io/name'] = 'catalog'), 'Service pricing selects Deployment catalog'],
  [selectorFaults, 'Deployment web-bff', (it) => delete it.spec.selector.matchLabels['app.kubernetes.io/name'], 'Deployment web-bff selects Deployment desktop-bff, Deployment mobile-bff, Deployment web-bff'],
  [selectorFaults, 'Deployment web-bff', (it) => (pod(it).topologySpreadConstraints[1].labelSelector.matchLabels = { app: 'web' }), 'Deployment web-bff selects no pods'],
  [selectorFaults, 'PodDisruptionBudget mobile-bff', (it) => (it.spec.selector.matchLabels = {}), /^PodDisruptionBudget mobile-bff selects Deployment basket, /],

  [portFaults, 'Service basket', (it) => (it.spec.ports[0].targetPort = 'web'), 'Service basket leads to the port web, which its pods do not have'],
  [portFaults, 'Deployment reviews', (it) => (container(it).livenessProbe.httpGet.port = 'admin'), 'Deployment reviews is asked at the port admin, which it does not have'],

  [references, 'Deployment web-bff', (it) => (container(it).envFrom[0].configMapRef.name = 'settings'), 'Deployment web-bff refers to ConfigMap settings, which is not there'],
  [references, 'Deployment web-bff', (it) => (pod(it).volumes[0].projected.sources[1].secret.name = 'keys'), 'Deployment web-bff refers to Secret keys, which neither is there nor is expected'],
  [references, 'Deployment push', (it) => (container(it).env[1].valueFrom.secretKeyRef.key = 'url'), /^Deployment push refers to Secret redis-url-\w+, key url, which neither is there nor is expected$/],
  [references, 'Ingress bffs', (it) => (it.spec.tls[0].secretName = 'tls'), 'Ingress bffs refers to Secret tls, which neither is there nor is expected'],
  [references, 'Deployment web-bff', (it) => (pod(it).serviceAccountName = 'nobody'), 'Deployment web-bff refers to ServiceAccount nobody, which is not there'],
  [references, 'RoleBinding bff-reads-endpoints', (it) => (it.roleRef.name = 'reads'), 'RoleBinding bff-reads-endpoints refers to Role reads, which is not there'],
  [references, 'HorizontalPodAutoscaler push', (it) => (it.spec.scaleTargetRef.name = 'bff'), 'HorizontalPodAutoscaler push refers to Deployment bff, which is not there'],
  [references, 'StatefulSet redis', (it) => (it.spec.serviceName = 'cache'), 'StatefulSet redis refers to Service cache, which is not there'],

  [networkPolicyFaults, 'NetworkPolicy nobody', (it) => (it.spec.podSelector = { matchLabels: { 'app.kubernetes.io/component': 'bff' } }), 'no policy refuses what the others do not allow'],
  [networkPolicyFaults, 'NetworkPolicy redis', (it) => (it.spec.podSelector.matchLabels = { app: 'redis' }), 'NetworkPolicy redis concerns no pods'],
  [networkPolicyFaults, 'NetworkPolicy redis', (it) => (it.spec.ingress[0].from[0].podSelector = { matchLabels: { app: 'web' } }), 'NetworkPolicy redis knows nobody as {"matchLabels":{"app":"web"}}'],
  [networkPolicyFaults, 'NetworkPolicy redis', (it) => (it.spec.ingress[0].ports[0].port = 'http'), 'NetworkPolicy redis names the port http, which StatefulSet redis does not have'],
  [networkPolicyFaults, 'NetworkPolicy to-redis', (it) => (it.spec.egress[0].ports[0].port = 'http'), 'NetworkPolicy to-redis names the port http, which StatefulSet redis does not have'],

  [edgeFaults, 'Ingress bffs', (it) => (it.spec.rules[0].http.paths[0].pathType = 'Prefix'), 'Ingress bffs opens /metrics, /health/live, /health/ready, /openapi.json, /docs of web-bff'],
  [edgeFaults, 'Ingress identity', (it) => (it.spec.rules[0].http.paths[1].path = '/__faults'), 'Ingress identity opens /__faults of identity'],
  [edgeFaults, 'Ingress push', (it) => (it.spec.rules[0].http.paths[0].path = '/api'), 'Ingress push opens /api/v1/hubs of push'],
  [edgeFaults, 'Ingress push', (it) => (it.spec.rules[0].http.paths[0].backend.service.port.name = 'web'), 'Ingress push leads to push:web, which is not there'],
  [edgeFaults, 'Ingress push', (it) => (it.spec.rules[0].http.paths[0].backend.service.name = 'catalog'), 'Ingress push leads to catalog, which the edge may not reach'],
  [edgeFaults, 'Ingress push', (it) => delete it.spec.ingressClassName, "Ingress push is nobody's: it has no class"],
  [edgeFaults, 'Ingress push', (it) => (it.spec.tls = []), 'Ingress push answers for push.example.com without TLS'],

  [rolloutFaults, 'Deployment web-bff', (it) => (it.spec.replicas = 2), 'Deployment web-bff: it would fall back to its own number of replicas at each rollout'],
  [rolloutFaults, 'Deployment catalog', (it) => (it.spec.replicas = 2), 'Deployment catalog: it has neither an autoscaler nor exactly one replica'],
  [rolloutFaults, 'Deployment web-bff', (it) => (it.spec.strategy.rollingUpdate.maxUnavailable = 1), 'Deployment web-bff: a rollout takes pods away before their successors are ready'],
  [rolloutFaults, 'Deployment web-bff', (it) => delete pod(it).topologySpreadConstraints, 'Deployment web-bff: its pods may all be on one node'],
  [rolloutFaults, 'PodDisruptionBudget web-bff', (it) => (it.spec.minAvailable = 0), 'Deployment web-bff: a drained node could take all its pods at once'],

  [settings, 'ConfigMap bff-settings', variable('PORTICO_SHUTDOWN_DRAIN', '5000'), /^Deployment web-bff: .*PORTICO_SHUTDOWN_DRAIN: matches no setting; did you mean PORTICO_SHUTDOWN_DRAIN_MS\?/s],
  [settings, 'ConfigMap bff-settings', variable('PORTICO_SHUTDOWN_DRAIN_MS', '45000'), 'Deployment web-bff: it may need 55000 ms to end, and gets less'],
  [settings, 'ConfigMap bff-settings', variable('PORTICO_SERVICES_BASKET_INSTANCES', 'http://baskets'), 'Deployment web-bff: it calls http://baskets, which is not there'],
  [settings, 'ConfigMap bff-settings', variable('PORTICO_SERVICES_BASKET_INSTANCES', undefined), 'Deployment web-bff: it calls http://127.0.0.1:4006, which is not there'],
  [settings, 'ConfigMap bff-settings', variable('PORTICO_AUTH_CLIENT_KEY_FILE', '/run/portico/key.json'), 'Deployment web-bff: PORTICO_AUTH_CLIENT_KEY_FILE names /run/portico/key.json, which nothing mounts'],
  [settings, 'ConfigMap bff-settings', variable('PORTICO_AUTH_ISSUER', 'https://id.example.com'), 'the apps do not agree on the issuer: https://identity.example.com, https://id.example.com'],
  [settings, 'ConfigMap bff-settings', variable('HOST', undefined), 'Deployment web-bff: it listens for its own pod alone'],
  [settings, 'ConfigMap web-settings', variable('PORTICO_SESSION_PUBLIC_ORIGIN', 'https://shop.example.com'), 'Deployment web-bff: the edge does not know it as https://shop.example.com'],
  [settings, 'ConfigMap web-settings', variable('PORTICO_SESSION_TRANSACTION_KEY_FILE', '/run/portico/client-key.json'), /^Deployment web-bff: .*PORTICO_SESSION_TRANSACTION_KEY_FILE cannot be read/s],
  [settings, 'Deployment web-bff', (it) => (container(it).ports[0].containerPort = 3020), 'Deployment web-bff: it listens on 3010, not on 3020'],
  [settings, 'Deployment catalog', (it) => (container(it).args = ['pricing']), 'Deployment catalog: it runs as pricing'],
  [settings, 'ConfigMap service-settings', variable('CATALOG_PORT', 'tcp://10.0.0.1:80'), 'Deployment catalog: CATALOG_PORT must be a whole number from 0 to 65535, not "tcp://10.0.0.1:80"'],
  [settings, 'ConfigMap identity-settings', variable('MOBILE_BFF_JWKS_URI', 'http://mobile/bff/jwks'), 'Deployment identity: MOBILE_BFF_JWKS_URI leads to http://mobile/bff/jwks, which is not there'],
  [settings, 'ConfigMap push-settings', variable('PORTICO_PUSH_ENDPOINT', 'https://live.example.com'), 'Deployment push: the edge does not know it as https://live.example.com'],
  [settings, 'ConfigMap push-settings', variable('PORTICO_PUSH_GRACE_MS', '60000'), 'Deployment push: it may need 62000 ms to end, and gets less'],
];

/** The same, of what only the overlay gateway-api has. */
const gatewayBreakages: typeof breakages = [
  [edgeFaults, 'HTTPRoute web-bff', (it) => (it.spec.rules[0].matches[0].path.type = 'PathPrefix'), 'HTTPRoute web-bff opens /metrics, /health/live, /health/ready, /openapi.json, /docs of web-bff'],
  [edgeFaults, 'HTTPRoute web-bff', (it) => (it.spec.rules[0].backendRefs[0].port = 3010), 'HTTPRoute web-bff leads to web-bff:3010, which is not there'],
  [edgeFaults, 'HTTPRoute web-bff', (it) => (it.spec.parentRefs[0].sectionName = 'http'), 'HTTPRoute web-bff answers for web.example.com without TLS'],
  [edgeFaults, 'HTTPRoute to-https', (it) => (it.spec.parentRefs[0].sectionName = 'plain'), 'HTTPRoute to-https hangs on a listener that is not there'],
  [references, 'Gateway portico', (it) => (it.spec.listeners[1].tls.certificateRefs[0].name = 'tls'), 'Gateway portico refers to Secret tls, which neither is there nor is expected'],
];

const overlays = [
  { overlay: 'kubernetes-discovery', breakages },
  { overlay: 'gateway-api', breakages: gatewayBreakages },
];

describe.skipIf(realKubectl.absent)(`the rules, tried on what is rendered by ${realKubectl.title}`, () => {
  const rendered = new Map<string, readonly KubernetesDocument[]>();
  const documentsOf = (overlay: string): readonly KubernetesDocument[] => rendered.get(overlay) ?? [];

  /** All documents, one of them broken. */
  function broken(name: string, breakage: (document: Free) => unknown, overlay = 'kubernetes-discovery'): KubernetesDocument[] {
    const copies = structuredClone([...documentsOf(overlay)]);
    const found = copies.find(({ kind, metadata }) => name === `${kind} ${metadata.name.replace(kind === 'ConfigMap' ? /-[a-z0-9]{10}$/ : '', '')}`);
    if (!found) throw new Error(`There is no ${name}`);
    breakage(found);
    return copies;
  }

  beforeAll(() => {
    for (const { overlay } of overlays) rendered.set(overlay, render(realKubectl.path(), overlay));
  }, longMs);

  const cases = overlays.flatMap(({ overlay, breakages: broken }) => broken.map(([rule, document, breakage, fault]) => ({ overlay, rule, document, breakage, fault })));
  it.each(cases)('notice in $document of $overlay: $fault', ({ overlay, rule, document, breakage, fault }) => {
    expect(rule(documentsOf(overlay))).toEqual([]);
    expect(rule(broken(document, breakage, overlay))).toContainEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
  });

  it.each([
    ['Deployment web-bff', (it: Free): unknown => (it.spec.strategy.rollingUpdate.maxSurge = true), /maxSurge/],
    ['Service web-bff', (it: Free): unknown => (it.spec.ports[0].port = '80'), /port must be integer/],
    ['NetworkPolicy nobody', (it: Free): unknown => (it.spec.policyTypes = ['Inbound']), /policyTypes/],
  ] as const)('and the models notice a wrong value in %s', async (name, breakage, fault) => {
    const faults = await Promise.all(broken(name, breakage).map(modelFaults));
    expect(faults.flat()).toEqual([expect.stringMatching(fault)]);
  });

  it('and their types a field that they do not know, at any depth', () => {
    const breakage = new Map([
      ['top', broken('Ingress bffs', (it) => (it.specs = {}))],
      ['deep', broken('Deployment web-bff', (it) => (container(it).securityContext.readOnlyRootFileSystem = true))],
      ['list', broken('NetworkPolicy redis', (it) => (it.spec.ingress[0].form = []))],
    ]);
    expect(Object.fromEntries(unknownFields(breakage))).toEqual({
      top: [expect.stringMatching(/^Ingress bffs: .*'?specs'?/)],
      deep: [expect.stringMatching(/^Deployment web-bff: .*'?readOnlyRootFileSystem'?/)],
      list: [expect.stringMatching(/^NetworkPolicy redis: .*'?form'?/)],
    });
  }, longMs);
});
