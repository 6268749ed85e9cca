// Lints pieces of code as if they stood in a project, with the repository's own configuration and a project graph of its own.
// A program of its own because the boundary rule takes its graph from a folder that the environment names at start.
// In: JSON on stdin, `{ root, projects: [{ name, root, tags }], fixtures: [{ file, code }] }`. Out: JSON, an array of messages per fixture.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';

const { root, projects, fixtures } = JSON.parse(await text(process.stdin));
await createProjectGraphAsync({ exitOnError: false });

// Projects that do not exist, for walls that no project of today could run into.
const graphPath = join(process.env.NX_WORKSPACE_DATA_DIRECTORY ?? '', 'project-graph.json');
const graph = JSON.parse(await readFile(graphPath, 'utf8'));
for (const project of projects) {
  const js = { packageName: project.name, packageVersion: '0.1.0', packageExports: { '.': './src/index.ts' }, isInPackageManagerWorkspaces: true };
  graph.nodes[project.name] = { name: project.name, type: 'lib', data: { ...project, targets: {}, metadata: { js }, implicitDependencies: [] } };
  graph.dependencies[project.name] = [];
}
await writeFile(graphPath, JSON.stringify(graph));

const eslint = new ESLint({ cwd: root });
const results = [];
for (const { file, code } of fixtures) {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  results.push((result?.messages ?? []).map(({ ruleId, message }) => ({ ruleId, message })));
}
// The rule prints its warnings on stdout, too: the answer is the last line.
process.stdout.write(`\n${JSON.stringify(results)}\n`);
