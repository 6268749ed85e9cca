import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { read, root } from './workspace.js';

type FileClass = new () => object;

interface ConfigLib {
  describeJsonSchema(type: FileClass, options: { title: string; id: string }): object;
  renderFileMarkdown(title: string, type: FileClass): string;
}

interface PoliciesLib {
  readonly builtInPolicies: readonly unknown[];
  readonly PolicyRegistry: new (types: readonly unknown[]) => { readonly optionClasses: ReadonlyMap<string, unknown> };
}

const introduction = `# The file of routes

Routes that need no code stand in \`apps/<bff>/gateway.yaml\`. The BFF reads it at its start, and again when it changes: a change with a fault is refused, and the log says why.
\`npm run portico -- check FILE\` says whether it is good, \`npm run portico -- routes FILE\` lists its routes, and \`npm run portico -- explain FILE METHOD URL\` says what becomes of a request.

- Unknown keys are faults. All faults are reported at once, each with its file, line and column.
- Text may hold \`\${NAME}\` or \`\${NAME:-default}\` from the environment; \`$\${\` stands for \`\${\`. A secret may be \`{ file: path }\`.
- Several files are merged in their order: maps key by key, lists and single values replaced. A name of a route or service may stand in one of them only.
- A route is closed unless its \`access\` opens it: without that section, every user who has signed in may use it.
- Placeholders of the match, as \`{id}\`, may stand in \`to.path\`, in header fields and in policies.
- Editors check the file as it is written by [its JSON Schema](gateway.schema.json), which its first line names.

This page and the schema are generated from the classes that read the file; the test run compares them.
\`PORTICO_WRITE_DOCS=1 npx vitest run tools/workspace/src/gateway-file-page.spec.ts\` writes them anew.

`;

// By path: a tool may not depend on a lib, and the page is about these very files.
const load = (file: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(join(root, file)).href);

const { describeJsonSchema, renderFileMarkdown } = (await load('libs/config/src/index.ts')) as ConfigLib;
const { builtInPolicies, PolicyRegistry } = (await load('libs/policies/src/index.ts')) as PoliciesLib;
const { gatewayFileClass } = (await load('libs/gateway/src/routes/file/gateway-file.ts')) as { gatewayFileClass: (policies: ReadonlyMap<string, unknown>) => FileClass };

const type = gatewayFileClass(new PolicyRegistry(builtInPolicies).optionClasses);
const generated = {
  'docs/gateway-file.md': introduction + renderFileMarkdown('Settings', type),
  'docs/gateway.schema.json': `${JSON.stringify(describeJsonSchema(type, { title: 'File of routes of a Portico BFF', id: 'gateway.schema.json' }), null, 2)}\n`,
};

if (process.env['PORTICO_WRITE_DOCS'] === '1') for (const [path, text] of Object.entries(generated)) writeFileSync(join(root, path), text);

describe.each(Object.entries(generated))('%s', (path, text) => {
  it('says what the classes say that read the file', () => {
    expect(read(path)).toBe(text);
  });
});
