import { describe, expect, it } from 'vitest';
import { brokenLinks, unfaithfulQuotes, unknownCommands, unknownPlaces } from './documents.js';
import { textFiles } from './source-files.js';
import { read } from './workspace.js';

const documents = textFiles()
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: read(path) }));

describe.each(documents)('$path', ({ path, text }) => {
  it('links only to files and headings that exist', () => {
    expect(brokenLinks(path, text)).toEqual([]);
  });

  it('names only commands that exist', () => {
    expect(unknownCommands(text)).toEqual([]);
  });

  it('names only places that exist', () => {
    expect(unknownPlaces(text)).toEqual([]);
  });

  it('shows only TypeScript that stands in the file it names', () => {
    expect(unfaithfulQuotes(text)).toEqual([]);
  });
});

describe('the check of documents', () => {
  it('covers the front door and every page behind it', () => {
    const paths = documents.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/glossary.md', 'docs/degraded-answers.md', 'docs/configuration.md']));
    expect(paths.filter((path) => /^docs\/adr\/\d{4}-[a-z0-9-]+\.md$/.test(path)).length).toBeGreaterThanOrEqual(8);
  });

  it('reaches every page of docs from the front door by links', () => {
    const reached = new Set(['README.md']);
    for (const path of reached) {
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
      for (const [, link = ''] of (documents.find((document) => document.path === path)?.text ?? '').matchAll(/\]\(([^)#\s]+\.md)/g)) {
        reached.add(new URL(link, `file:///${folder}`).pathname.slice(1));
      }
    }
    expect(documents.map(({ path }) => path).filter((path) => path.startsWith('docs/') && !reached.has(path))).toEqual([]);
  });

  it.each(['a link to [nothing](docs/nothing.md)', 'a link to [no heading](CONTRIBUTING.md#no-such-heading)', 'a link to [no heading here](#no-such-heading)'])('notices %s', (text) => {
    expect(brokenLinks('README.md', text)).toHaveLength(1);
  });

  it.each(['npm run nothing', 'npm install nothing@1.0.0', 'npm install fastify@0.0.1', 'npx nx serve nobody', 'npx nx paint web-bff', 'npx nx nothing', 'npx nx affected -t lint paint', 'npx vitest run libs/nothing', 'npx nothing'])('notices the command %s', (command) => {
    expect(unknownCommands(`Run \`${command}\`.`)).toEqual([command]);
    expect(unknownCommands(`\`\`\`sh\n${command}  # so\n\`\`\``)).toEqual([command]);
  });

  it('knows the commands of the root and of Nx', () => {
    const text = '`npm start`, `npm run -s token -- --user ann`, `npx nx serve web-bff`, `npx nx graph`, `npx nx affected -t lint test,build`, `npx vitest run libs/core`';
    expect(unknownCommands(text)).toEqual([]);
  });

  it('notices a place that is not there, and leaves placeholders alone', () => {
    expect(unknownPlaces('`libs/core`, `libs/nothing`, `apps/<bff>/src/pipeline.ts`')).toEqual(['libs/nothing']);
  });

  it('notices code without a file, with a file that is not there, and with words that are not in it', () => {
    const block = (caption: string, code: string): string => `${caption}\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
    const text = [block('Alone:', 'x'), block('`libs/nothing.ts`', 'x'), block('`libs/core/src/random.ts`', 'nothing of the kind'), block('`libs/core/src/random.ts`', 'export type Random = () => number;')];
    expect(unfaithfulQuotes(text.join('\n'))).toEqual(['Alone:', '`libs/nothing.ts`', '`libs/core/src/random.ts`']);
  });
});
