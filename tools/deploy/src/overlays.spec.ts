import { beforeAll, describe, expect, it } from 'vitest';
import { nameOf, ofKind, type KubernetesDocument } from './document.js';
import { expectedSecrets } from './expected-secrets.js';
import { modelFaults } from './model-of.js';
import { realKubectl } from './real-kubectl.js';
import { overlays, render } from './render.js';
import { containerFaults } from './rules/containers.js';
import { edgeFaults } from './rules/edge.js';
import { networkPolicyFaults } from './rules/network-policies.js';
import { portFaults } from './rules/ports.js';
import { referenceFaults } from './rules/references.js';
import { rolloutFaults } from './rules/rollouts.js';
import { selectorFaults } from './rules/selectors.js';
import { settingFaults } from './rules/settings.js';
import { unknownFields } from './unknown-fields.js';

/** For rendering and type checking all overlays on a busy machine. */
const longMs = 240_000;

describe.skipIf(realKubectl.absent)(`what is rendered by ${realKubectl.title}`, () => {
  const rendered = new Map<string, readonly KubernetesDocument[]>();
  let unknown: ReadonlyMap<string, string[]>;
  const documentsOf = (overlay: string): readonly KubernetesDocument[] => rendered.get(overlay) ?? [];

  beforeAll(() => {
    for (const overlay of overlays) rendered.set(overlay, render(realKubectl.path(), overlay));
    unknown = unknownFields(rendered);
  }, longMs);

  it('is every overlay that the documentation lists', () => {
    expect(overlays).toEqual(['application-gateway', 'example', 'gateway-api', 'kubernetes-discovery', 'production']);
  });

  describe.each(overlays)('of the overlay %s', (overlay) => {
    it('is one document for each thing, in one namespace', () => {
      const documents = documentsOf(overlay);
      expect(documents.length).toBeGreaterThan(40);
      expect(new Set(documents.map(nameOf)).size).toBe(documents.length);
      expect(documents.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'portico').map(nameOf)).toEqual([]);
      expect(documents.filter(({ kind, metadata }) => !['Namespace', 'Secret', 'ConfigMap'].includes(kind) && metadata.labels?.['app.kubernetes.io/part-of'] !== 'portico').map(nameOf)).toEqual([]);
    });

    it("has the types and values of its kinds' models, and no field that they do not know", async () => {
      expect((await Promise.all(documentsOf(overlay).map(modelFaults))).flat()).toEqual([]);
      expect(unknown.get(overlay)).toEqual([]);
    });

    it('bounds every container, and pins its image', () => expect(containerFaults(documentsOf(overlay))).toEqual([]));

    it('selects the pods that are meant', () => expect(selectorFaults(documentsOf(overlay))).toEqual([]));

    it('leads to ports that are there', () => expect(portFaults(documentsOf(overlay))).toEqual([]));

    it('refers to what is there, or to secrets that the documentation asks for', () => expect(referenceFaults(documentsOf(overlay), expectedSecrets())).toEqual([]));

    it('lets nobody speak with anybody, except named pods at named ports', () => expect(networkPolicyFaults(documentsOf(overlay))).toEqual([]));

    it('opens paths of the front ends alone, over TLS', () => expect(edgeFaults(documentsOf(overlay))).toEqual([]));

    it('keeps pods running through rollouts and drained nodes', () => expect(rolloutFaults(documentsOf(overlay))).toEqual([]));

    it('gives each app an environment that it starts with and that fits what is around it', () => expect(settingFaults(documentsOf(overlay), expectedSecrets())).toEqual([]));

    it('has no secret with a value that works', () => {
      const values = ofKind(documentsOf(overlay), 'Secret').flatMap(({ data }) => Object.values(data as Record<string, string>));
      expect(values.filter((value) => Buffer.from(value, 'base64').toString() !== 'replace-me')).toEqual([]);
    });
  });

  it('has no secret at all for production', () => {
    expect(ofKind(documentsOf('production'), 'Secret')).toEqual([]);
  });
});
