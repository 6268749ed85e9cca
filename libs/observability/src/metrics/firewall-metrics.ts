import type { Registry } from 'prom-client';
import { registerCollected, type Sample } from './collected-metric.js';

/** What became of a request in which the firewall found something. */
export type FirewallAction = 'refused' | 'passed';

/** What the firewall found, by rule. Ids of rules are names of ours, never what a client sent. */
export class FirewallMetrics {
  readonly #findings = new Map<string, { [action in FirewallAction]?: number }>();

  found(rule: string, action: FirewallAction): void {
    const counts = this.#findings.get(rule) ?? {};
    this.#findings.set(rule, { ...counts, [action]: (counts[action] ?? 0) + 1 });
  }

  register(registry: Registry): void {
    registerCollected(registry, {
      name: 'portico_firewall_findings_total',
      help: 'Requests that met a rule of the firewall, by what became of them.',
      type: 'counter',
      collect: (): Sample[] => [...this.#findings].flatMap(([rule, counts]) => Object.entries(counts).map(([action, value]) => ({ labels: { rule, action }, value }))),
    });
  }
}
