import { defineConfig, mergeConfig } from 'vite';
import { appBundle } from '../../vite.base.ts';

// A second entry beside the shop itself: the command that obtains a token from it.
export default defineConfig(
  mergeConfig(appBundle(), {
    build: {
      ssr: true,
      rolldownOptions: {
        // A dependency of koa names its deprecated functions with eval; nothing from outside reaches it.
        checks: { eval: false },
        input: { main: 'src/main.ts', token: 'src/token.ts' },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  }),
);
