/** Encodes a value as one segment of a path (RFC 3986 3.3): a slash becomes data, and so does a segment that would be read as a dot segment. */
export function encodeSegment(value: string): string {
  if (value === '.' || value === '..') return value.replaceAll('.', '%2E');
  return encodeURIComponent(value).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);
}

/** Encodes a value of a parameter (RFC 3986 3.4). */
export function encodeParameter(value: string): string {
  return encodeURIComponent(value);
}
