import type { FirewallRule } from './firewall-rule.js';

/** The rules in the form that libddwaf reads. Each is of a type of its own, for of one type only the first that matches is told. */
export function engineRules(rules: readonly FirewallRule[]): object {
  return {
    version: '2.2',
    rules: rules.map(({ id, name, places, test, undo = [] }) => ({
      id,
      name,
      tags: { type: id, category: 'attack_attempt' },
      conditions: [conditionOf(test, places)],
      transformers: undo,
    })),
  };
}

function conditionOf(test: FirewallRule['test'], places: FirewallRule['places']): object {
  const inputs = places.map((address) => ({ address }));
  if (typeof test === 'string') return { operator: test, parameters: { inputs } };
  return { operator: 'match_regex', parameters: { inputs, regex: test.source, options: { case_sensitive: !test.ignoreCase } } };
}
