/** A document that kustomize rendered, as far as the rules look at all kinds alike. */
export interface KubernetesDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels; readonly annotations?: Labels };
  // Its own shape is the models' business; they have judged it before a rule reads it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [field: string]: any;
}

/** Labels or annotations. */
export type Labels = Readonly<Record<string, string>>;

/** A selector of labels. */
export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

/** As `Deployment web-bff`. */
export const nameOf = ({ kind, metadata }: KubernetesDocument): string => `${kind} ${metadata.name}`;

/** Documents of one kind. */
export const ofKind = (documents: readonly KubernetesDocument[], ...kinds: readonly string[]): KubernetesDocument[] => documents.filter(({ kind }) => kinds.includes(kind));

/** What runs pods. */
export const workloads = (documents: readonly KubernetesDocument[]): KubernetesDocument[] => ofKind(documents, 'Deployment', 'StatefulSet');

/** Labels of the pods of a workload. */
export const podLabels = (workload: KubernetesDocument): Labels => workload['spec'].template.metadata.labels;

/** Whether a selector takes these labels; an empty one takes all. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  const equal = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
  return equal && matchExpressions.every(({ key, operator, values = [] }) => operator === 'In' && values.includes(labels[key] ?? ''));
}
