/** The oldest Node.js that Portico supports: major, minor. */
const oldest = /** @type {const} */ ([20, 19]);

/**
 * What is wrong with this Node.js, in one sentence.
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined} undefined when it is new enough
 */
export function nodeVersionFault(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldest;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Portico needs Node.js ${oldestMajor}.${oldestMinor} or newer, and this is ${version}.`;
}
