/** Takes a parameter out of a query; every other one stays as it was written. `name` is decoded. */
export function removeParameter(query: string, name: string): string {
  return query === '' ? '' : query.split('&').filter((piece) => parameterName(piece) !== name).join('&');
}

/** Adds a parameter behind what is there. `pair` is encoded. */
export function appendParameter(query: string, pair: string): string {
  return query === '' ? pair : `${query}&${pair}`;
}

/** Replaces every occurrence of a parameter by one, at the place of the first; adds it where there is none. */
export function setParameter(query: string, name: string, pair: string): string {
  if (query === '') return pair;
  let placed = false;
  const pieces = query.split('&').filter((piece) => parameterName(piece) !== name || (!placed && (placed = true)));
  return placed ? pieces.map((piece) => (parameterName(piece) === name ? pair : piece)).join('&') : `${query}&${pair}`;
}

/** The name in a piece of a query, decoded; as it is written where that cannot be done. */
function parameterName(piece: string): string {
  const end = piece.indexOf('=');
  const name = end === -1 ? piece : piece.slice(0, end);
  if (!name.includes('%') && !name.includes('+')) return name;
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
