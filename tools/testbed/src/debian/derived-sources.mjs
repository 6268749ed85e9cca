/** @typedef {{ readonly name: string, readonly text: string }} SourceFile one file of apt's lists of sources */

/**
 * Entries for another suite, derived from the machine's own: whatever host and keys it is set to. Only its own release and the component `main` count.
 * @param {readonly SourceFile[]} files
 * @param {string} release the machine's own suite, as `bookworm`
 * @param {string} wanted the other suite
 * @returns {SourceFile[]} files for a folder of sources; empty when the machine has none that fit
 */
export function derivedSources(files, release, wanted) {
  return files.flatMap(({ name, text }) => {
    const entries = name.endsWith('.sources') ? paragraphs(text, release, wanted) : lines(text, release, wanted);
    return entries.length === 0 ? [] : [{ name, text: `${entries.join(name.endsWith('.sources') ? '\n\n' : '\n')}\n` }];
  });
}

const line = /^deb\s+((?:\[[^\]]*\]\s+)?)(\S+)\s+(\S+)\s+(.*)$/;

/**
 * The one-line form: `deb [options] URI suite components`.
 * @param {string} text
 * @param {string} release
 * @param {string} wanted
 */
function lines(text, release, wanted) {
  return text.split('\n').flatMap((entry) => {
    const [, options, uri, suite, components = ''] = line.exec(entry.replace(/#.*/, '').trim()) ?? [];
    return suite === release && words(components).includes('main') ? [`deb ${options}${uri} ${wanted} main`] : [];
  });
}

/**
 * The form of paragraphs (deb822): `Suites:` and `Components:` are lists.
 * @param {string} text
 * @param {string} release
 * @param {string} wanted
 */
function paragraphs(text, release, wanted) {
  return text
    .replace(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .flatMap((paragraph) => {
      /** @param {string} field */
      const listed = (field) => words(new RegExp(`^${field}:(.*)$`, 'im').exec(paragraph)?.[1] ?? '');
      const fits = listed('Types').includes('deb') && listed('Suites').includes(release) && listed('Components').includes('main') && !listed('Enabled').includes('no');
      if (!fits) return [];
      return [paragraph.trim().replace(/^Types:.*$/im, 'Types: deb').replace(/^Suites:.*$/im, `Suites: ${wanted}`).replace(/^Components:.*$/im, 'Components: main')];
    });
}

/** @param {string} text */
function words(text) {
  return text.split(/\s+/).filter(Boolean);
}
