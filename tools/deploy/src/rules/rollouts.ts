import { nameOf, ofKind, type KubernetesDocument } from '../document.js';

/** Deployments whose clients would notice a rollout, a drained node or a rescale. */
export function rolloutFaults(documents: readonly KubernetesDocument[]): string[] {
  const scaled = new Set(ofKind(documents, 'HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name));
  const budgets = new Map(ofKind(documents, 'PodDisruptionBudget').map((budget) => [budget.metadata.name, budget['spec'].minAvailable]));
  return ofKind(documents, 'Deployment').flatMap((deployment) => {
    const { replicas, strategy, template } = deployment['spec'];
    const faults: string[] = [];
    const demand = (holds: boolean, what: string): void => void (holds || faults.push(`${nameOf(deployment)}: ${what}`));
    const alone = !scaled.has(deployment.metadata.name);
    demand(alone ? replicas === 1 : replicas === undefined, alone ? 'it has neither an autoscaler nor exactly one replica' : 'it would fall back to its own number of replicas at each rollout');
    demand(alone || budgets.get(deployment.metadata.name) === 1, 'a drained node could take all its pods at once');
    demand(alone || template.spec.topologySpreadConstraints?.length === 2, 'its pods may all be on one node');
    demand((alone && strategy.type === 'Recreate') || strategy.rollingUpdate?.maxUnavailable === 0, 'a rollout takes pods away before their successors are ready');
    return faults;
  });
}
