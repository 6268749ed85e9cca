/**
 * A block of nginx's configuration.
 * @param {string} head what stands before the brace
 * @param {readonly string[]} lines
 * @returns {string[]} lines
 */
export function block(head, lines) {
  return [`${head} {`, ...lines.map((line) => `  ${line}`), '}'];
}

/**
 * A variable that depends on another one; of several expressions that match the first counts.
 * @param {string} from
 * @param {string} to
 * @param {string} otherwise as it stands in the file
 * @param {readonly (readonly [pattern: string, value: string])[]} entries a pattern that begins with `~` is a regular expression; a value as it stands in the file
 * @returns {string[]} lines
 */
export function map(from, to, otherwise, entries) {
  return block(`map ${from} ${to}`, [`default ${otherwise};`, ...entries.map(([pattern, value]) => `"${pattern}" ${value};`)]);
}
