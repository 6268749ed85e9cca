import type { Model } from '@kubernetes-models/base';
import type { KubernetesDocument } from './document.js';

/** The module that has the model of a kind. */
export function moduleOf({ apiVersion, kind }: KubernetesDocument): string {
  const lib = apiVersion.startsWith('gateway.networking.k8s.io/') ? '@kubernetes-models/gateway-api' : 'kubernetes-models';
  return `${lib}/${apiVersion}/${kind}`;
}

type ModelClass = new (data: object) => Model<object>;

/** What a kind's model finds wrong with a document: types, values, and what is missing. It passes over fields that it does not know. */
export async function modelFaults(document: KubernetesDocument): Promise<string[]> {
  const models = (await import(/* @vite-ignore */ moduleOf(document))) as Record<string, ModelClass>;
  const ModelOfKind = models[document.kind];
  if (!ModelOfKind) return [`there is no model of ${document.apiVersion} ${document.kind}`];
  try {
    new ModelOfKind(document).validate();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
