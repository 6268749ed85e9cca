/**
 * JSON of a value, with bytes as base64 (RFC 4648 section 4) and dates as ISO 8601.
 * @throws TypeError for what JSON cannot carry: circles and bigints
 */
export function jsonText(value: object): string {
  // A function for each value makes JSON.stringify twice as slow, so it is asked only where there may be bytes.
  return mayHoldBytes(value) ? JSON.stringify(value, bytesAsText) : JSON.stringify(value);
}

function mayHoldBytes(value: unknown, levels = 64): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Date) return false;
  // Perhaps a circle: JSON.stringify finds out and says so.
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => mayHoldBytes(item, levels - 1));
  // What writes itself shows only then what it holds; buffers do so too.
  if (value instanceof Uint8Array || typeof (value as { toJSON?: unknown }).toJSON === 'function') return true;
  for (const name in value) if (mayHoldBytes((value as Record<string, unknown>)[name], levels - 1)) return true;
  return false;
}

function bytesAsText(this: Record<string, unknown>, name: string, value: unknown): unknown {
  // A buffer comes as what its toJSON() made of it; the buffer itself is still in its place.
  const own = this[name];
  const bytes = own instanceof Uint8Array ? own : value;
  return bytes instanceof Uint8Array ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') : value;
}
