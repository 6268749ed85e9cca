import type { Vector } from './vector.js';

/**
 * Reads a vector file: one case a line.
 * @throws Error that names the line which is no case
 */
export function readVectors(text: string): Vector[] {
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }));
  return lines.filter(({ line }) => line.trim() !== '').map(({ line, number }) => {
    const vector = parsed(line);
    if (typeof vector?.id !== 'string' || !Array.isArray(vector.backends)) throw new Error(`Line ${number} is no conformance case`);
    return vector;
  });
}

function parsed(line: string): Vector | undefined {
  try {
    return JSON.parse(line) as Vector;
  } catch {
    return undefined;
  }
}
