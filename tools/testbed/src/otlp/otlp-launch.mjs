import { fileURLToPath } from 'node:url';
import { answers } from '../run/answers.mjs';

const receiver = fileURLToPath(new URL('otlp-receiver.mjs', import.meta.url));

/** @type {import('../servers.mjs').Launch} */
export const otlpLaunch = {
  ports: 1,
  command: ([port]) => [process.execPath, receiver, String(port)],
  origin: ([port]) => `http://127.0.0.1:${port}`,
  isReady: (origin) => answers(`${origin}/spans`, () => true),
};
