import { nameOf, workloads, type KubernetesDocument } from '../document.js';

/** What is missing of a container's and its pod's bounds: image, probes, limits, rights. */
export function containerFaults(documents: readonly KubernetesDocument[]): string[] {
  return workloads(documents).flatMap((workload) => {
    const pod = workload['spec'].template.spec;
    const faults: string[] = [];
    const demand = (holds: boolean, what: string): void => void (holds || faults.push(`${nameOf(workload)}: ${what}`));
    demand(pod.securityContext?.runAsNonRoot === true && pod.securityContext?.runAsUser > 0, 'its pods may run as root');
    demand(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'its pods have no seccomp profile');
    demand(pod.enableServiceLinks === false, 'its pods get the variables of services, which apps take for settings');
    demand(pod.automountServiceAccountToken === (pod.serviceAccountName !== undefined), 'its pods get a token of the Kubernetes API that they have no use for, or miss theirs');
    for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
      const { image, livenessProbe, readinessProbe, resources, securityContext } = container;
      demand(/:\d[\w.-]*$|@sha256:[0-9a-f]{64}$/.test(image), `the image ${image} is not pinned`);
      demand(livenessProbe !== undefined && readinessProbe !== undefined, `${container.name} has no probes`);
      for (const kind of ['requests', 'limits']) demand(resources?.[kind]?.cpu !== undefined && resources?.[kind]?.memory !== undefined, `${container.name} has no ${kind}`);
      demand(securityContext?.allowPrivilegeEscalation === false, `${container.name} may gain rights`);
      demand(securityContext?.readOnlyRootFilesystem === true, `${container.name} may write to its image`);
      demand(securityContext?.capabilities?.drop?.includes('ALL') === true && securityContext?.capabilities?.add === undefined, `${container.name} keeps capabilities`);
    }
    return faults;
  });
}
