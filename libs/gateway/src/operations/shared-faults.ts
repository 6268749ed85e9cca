import type { Operation } from './operation.js';

/** What keeps operations from being served together: names and handlers that more than one of them claims. */
export function sharedFaults(operations: readonly Operation[]): string[] {
  return [...sameName(operations), ...sameHandler(operations), ...sameViewName(operations)];
}

/** Operation names are operation ids in the OpenAPI document and names in logs: each stands for one thing. */
function sameName(operations: readonly Operation[]): string[] {
  const seen = new Map<string, Operation>();
  return operations.flatMap((operation) => {
    const first = seen.get(operation.name);
    seen.set(operation.name, operation);
    return first && first.controller !== operation.controller ? [`${operation.name} is declared by two controllers of that name: rename one`] : [];
  });
}

/** What is declared on a handler holds for one route: an inherited one would be served with another controller's access. */
function sameHandler(operations: readonly Operation[]): string[] {
  const seen = new Map<unknown, Operation>();
  return operations.flatMap((operation) => {
    const first = seen.get(operation.handler);
    seen.set(operation.handler, operation);
    return first && first.controller !== operation.controller ? [`${operation.name} shares its handler with ${first.name}: give each controller a method of its own`] : [];
  });
}

function sameViewName(operations: readonly Operation[]): string[] {
  const seen = new Map<string, unknown>();
  return operations.flatMap((operation) => {
    const view = operation.view ?? operation.rows;
    if (!view) return [];
    const first = seen.get(view.name) ?? view;
    seen.set(view.name, first);
    return first === view ? [] : [`${operation.name} uses a second view model called ${view.name}: rename one`];
  });
}
