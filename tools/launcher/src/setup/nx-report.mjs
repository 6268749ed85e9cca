/** Printed by the boundary rule when it has no project graph and therefore checks nothing. */
const skipped = 'The rule will be skipped';

/**
 * What went wrong in a run of Nx, without what went well.
 * @param {string} output of `nx run-many --output-style=static`, without colours
 * @returns {string} the sections of the failed tasks; everything when they cannot be told apart
 */
export function failedSections(output) {
  const [body = '', summary = ''] = output.split('Failed tasks:');
  const failed = [...summary.matchAll(/^- (\S+)/gm)].map(([, task]) => task);
  const sections = body.split(/^(?=> nx run )/m).filter((section) => failed.some((task) => section.startsWith(`> nx run ${task}`)));
  return sections.length > 0 ? sections.map((section) => section.trimEnd()).join('\n\n') : output;
}

/**
 * Whether the boundaries were not looked at in some project, although the run succeeded.
 * @param {string} output
 * @returns {boolean}
 */
export function boundariesSkipped(output) {
  return output.includes(skipped);
}
