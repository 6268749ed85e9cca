import { nameOf, ofKind, podLabels, selects, workloads, type KubernetesDocument } from '../document.js';

interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
}

/** Whether the pods of a workload have a port, by name or number. */
export function hasPort(workload: KubernetesDocument, port: string | number): boolean {
  const ports: readonly ContainerPort[] = workload['spec'].template.spec.containers.flatMap((container: { ports?: ContainerPort[] }) => container.ports ?? []);
  return ports.some(({ name, containerPort }) => port === name || port === containerPort);
}

/** Ports that are named and that nobody has: of services in their pods, of probes in their container. */
export function portFaults(documents: readonly KubernetesDocument[]): string[] {
  const services = ofKind(documents, 'Service').flatMap((service) => {
    const pods = workloads(documents).filter((workload) => selects({ matchLabels: service['spec'].selector }, podLabels(workload)));
    const targets: (string | number)[] = service['spec'].ports.map((port: { port: number; targetPort?: string | number }) => port.targetPort ?? port.port);
    return targets.filter((target) => !pods.every((pod) => hasPort(pod, target))).map((target) => `${nameOf(service)} leads to the port ${target}, which its pods do not have`);
  });
  const probes = workloads(documents).flatMap((workload) =>
    workload['spec'].template.spec.containers.flatMap(({ livenessProbe, readinessProbe, startupProbe }: Record<string, { httpGet?: { port: string }; tcpSocket?: { port: string } } | undefined>) =>
      [livenessProbe, readinessProbe, startupProbe]
        .map((probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port)
        .filter((port) => port !== undefined && !hasPort(workload, port))
        .map((port) => `${nameOf(workload)} is asked at the port ${port}, which it does not have`),
    ),
  );
  return [...services, ...probes];
}
