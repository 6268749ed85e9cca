import { join } from 'node:path';
import { devEntry, devFolder, watchBuild } from './dev-build.mjs';
import { packagesEntry } from './packages-apart.plugin.mjs';
import { RestartingApp } from './restarting-app.mjs';

/**
 * An app under development: bundled after every change and then started anew. While its sources do not build, the last good one stays up.
 * @param {{ root: string, app: import('../topology.mjs').App, env: NodeJS.ProcessEnv, log: (line: string) => void }} options
 * @returns {Promise<{ stop(): Promise<void> }>}
 */
export async function startDevApp({ root, app, env, log }) {
  const folder = join(root, app.folder);
  const running = new RestartingApp(
    {
      name: app.project,
      entry: join(folder, devEntry),
      warmUp: join(folder, devFolder, packagesEntry),
      nodeOptions: ['--enable-source-maps'],
      cwd: root,
      env,
      output: 'inherit',
    },
    log,
  );
  const build = await watchBuild(root, folder, {
    built: () => running.restart(),
    failed: (error) => log(`${app.project} does not build; the last good one stays up.\n${describe(error)}`),
  });
  return {
    async stop() {
      await Promise.all([build.close(), running.stop()]);
    },
  };
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? error.message : String(error);
}
