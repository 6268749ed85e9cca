import { nameOf, ofKind, podLabels, selects, workloads, type KubernetesDocument, type Selector } from '../document.js';
import { hasPort } from './ports.js';

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
}

interface Side {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port: string | number }[];
}

/** Policies that concern no pods or let in nobody, whose ports their pods do not have; and a namespace without the policy that refuses everything else. */
export function networkPolicyFaults(documents: readonly KubernetesDocument[]): string[] {
  const policies = ofKind(documents, 'NetworkPolicy');
  const takenBy = (selector: Selector): KubernetesDocument[] => workloads(documents).filter((workload) => selects(selector, podLabels(workload)));
  const portFaults = (policy: KubernetesDocument, pods: readonly KubernetesDocument[], ports: Side['ports'] = []): string[] =>
    ports.flatMap(({ port }) => pods.filter((pod) => typeof port === 'string' && !hasPort(pod, port)).map((pod) => `${nameOf(policy)} names the port ${port}, which ${nameOf(pod)} does not have`));
  const refusesAll = policies.some(({ spec }) => Object.keys(spec.podSelector).length === 0 && !spec.ingress && !spec.egress && spec.policyTypes.length === 2);
  return [
    ...(refusesAll ? [] : ['no policy refuses what the others do not allow']),
    ...policies.flatMap((policy) => {
      const { podSelector, ingress = [], egress = [] } = policy['spec'] as { podSelector: Selector; ingress?: Side[]; egress?: Side[] };
      const subjects = takenBy(podSelector);
      const peers = [...ingress.flatMap(({ from = [] }) => from), ...egress.flatMap(({ to = [] }) => to)];
      // Pods of other namespaces are not ours to know.
      const strangers = peers.filter((peer) => peer.podSelector && !peer.namespaceSelector && takenBy(peer.podSelector).length === 0);
      return [
        ...(subjects.length > 0 ? [] : [`${nameOf(policy)} concerns no pods`]),
        ...strangers.map(({ podSelector: selector }) => `${nameOf(policy)} knows nobody as ${JSON.stringify(selector)}`),
        ...ingress.flatMap(({ ports }) => portFaults(policy, subjects, ports)),
        ...egress.flatMap(({ to = [], ports }) => portFaults(policy, to.flatMap((peer) => (peer.podSelector && !peer.namespaceSelector ? takenBy(peer.podSelector) : [])), ports)),
      ];
    }),
  ];
}
