/** A claim as text, or several where it is a list. */
export type ClaimText = string | readonly string[];

/** What a claim says as text: texts, numbers and booleans, or a list of them. Undefined where it says nothing of that kind: null, an object, an empty list. */
export function claimText(value: unknown): ClaimText | undefined {
  if (!Array.isArray(value)) return scalarText(value);
  const texts = (value as unknown[]).map(scalarText).filter((text) => text !== undefined);
  return texts.length > 0 ? texts : undefined;
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
