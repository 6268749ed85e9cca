import type { OutgoingAnswer } from '@portico/core';

// They change how an answer is sent or who may read it, not which answer it is.
const harmless = new Set(['origin', 'accept-encoding', 'authorization']);

/** Whether every field in the operation's own `Vary` is part of the key. */
export function varyIsCovered(answer: OutgoingAnswer, covered: readonly string[]): boolean {
  const own = answer.header('vary');
  return own === undefined || namesOf(own).every((name) => covered.includes(name) || harmless.has(name));
}

/** Adds `names` to the answer's `Vary`, each once. */
export function addVary(answer: OutgoingAnswer, names: readonly string[], joined: string): void {
  if (names.length === 0) return;
  const own = answer.header('vary');
  if (own === undefined) {
    answer.setHeader('vary', joined);
    return;
  }
  const present = namesOf(own);
  const missing = names.filter((name) => !present.includes(name));
  if (missing.length > 0) answer.setHeader('vary', `${own}, ${missing.join(', ')}`);
}

function namesOf(field: string): string[] {
  return field.split(',').map((name) => name.trim().toLowerCase());
}
