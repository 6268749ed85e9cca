import type { ViewModel } from './view-model.js';

/** Bytes that one field of an answer takes, all array items together. */
export interface FieldWeight {
  /** Path with arrays merged, as `$.reviews.lines[].title`. */
  readonly path: string;
  readonly bytes: number;
}

/** How heavy an answer is, and what makes it so. */
export interface Weight {
  readonly bytes: number;
  /** Heaviest first; leaves only. */
  readonly fields: readonly FieldWeight[];
}

/** Weighs the JSON text of an answer, field by field. */
export function weigh(json: string): Weight {
  const totals = new Map<string, number>();
  const add = (path: string, bytes: number): void => void totals.set(path, (totals.get(path) ?? 0) + bytes);
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        add(`${path}.${key}`, isLeaf(child) ? Buffer.byteLength(JSON.stringify(key)) + 1 : 0);
        visit(child, `${path}.${key}`);
      }
    } else add(path, Buffer.byteLength(JSON.stringify(value)));
  };
  visit(JSON.parse(json), '$');
  const fields = [...totals].filter(([, bytes]) => bytes > 0).map(([path, bytes]) => ({ path, bytes }));
  return { bytes: Buffer.byteLength(json), fields: fields.sort((a, b) => b.bytes - a.bytes) };
}

function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/**
 * Holds an answer to its view model's budget.
 * @throws Error that names the fields which weigh most
 */
export function assertWithinBudget(view: ViewModel, json: string): void {
  const { bytes, fields } = weigh(json);
  if (view.budgetBytes === undefined || bytes <= view.budgetBytes) return;
  const heaviest = fields.slice(0, 5).map((field) => `  ${field.path}: ${field.bytes} bytes`);
  throw new Error(`${view.name} takes ${bytes} bytes of ${view.budgetBytes}; heaviest fields:\n${heaviest.join('\n')}`);
}
