import { nameOf, ofKind, podLabels, selects, workloads, type KubernetesDocument, type Selector } from '../document.js';

/** Selectors that take other pods than those of the workload that is named like their document, or none. */
export function selectorFaults(documents: readonly KubernetesDocument[]): string[] {
  const exactly = (document: KubernetesDocument, selector: Selector): string[] => {
    const taken = workloads(documents).filter((workload) => selects(selector, podLabels(workload)));
    return taken.length === 1 && taken[0]?.metadata.name === document.metadata.name ? [] : [`${nameOf(document)} selects ${taken.map(nameOf).join(', ') || 'no pods'}`];
  };
  return [
    ...workloads(documents).flatMap((workload) => exactly(workload, workload['spec'].selector)),
    ...workloads(documents).flatMap((workload) => (workload['spec'].template.spec.topologySpreadConstraints ?? []).flatMap(({ labelSelector }: { labelSelector: Selector }) => exactly(workload, labelSelector))),
    ...ofKind(documents, 'Service').flatMap((service) => exactly(service, { matchLabels: service['spec'].selector })),
    ...ofKind(documents, 'PodDisruptionBudget').flatMap((budget) => exactly(budget, budget['spec'].selector)),
  ];
}
