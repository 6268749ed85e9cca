/** The members of a JSON object, each value as it is written: digits that a number cannot hold stay. `json` is known to be an object. */
export function jsonMembers(json: string): [key: string, value: string][] {
  return pieces(json).map((piece): [string, string] => {
    const end = endOfString(piece, 0);
    return [JSON.parse(piece.slice(0, end)) as string, piece.slice(piece.indexOf(':', end) + 1).trim()];
  });
}

/** The items of a JSON list, each as it is written. `json` is known to be a list. */
export function jsonItems(json: string): string[] {
  return pieces(json);
}

/** Writes a JSON object of members as they are written. */
export function writeMembers(members: readonly (readonly [key: string, value: string])[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

/** What stands between the commas of a list or an object, at its own level. */
function pieces(json: string): string[] {
  const text = json.trim();
  const found: string[] = [];
  let depth = 0;
  let start = 1;
  for (let index = 1; index < text.length - 1; index++) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (character === ',' && depth === 0) {
      found.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  const last = text.slice(start, -1).trim();
  return last === '' ? found : [...found, last];
}

/** The place behind the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index + 1;
}
