import { findChromium, provideChromium } from './chromium/provide-chromium.mjs';
import { findKubectl, provideKubectl } from './kubectl/provide-kubectl.mjs';
import { findNginx, provideNginx } from './nginx/provide-nginx.mjs';
import { findPrometheus, providePrometheus } from './prometheus/provide-prometheus.mjs';

/**
 * @typedef {object} Program a real program that specs run themselves
 * @property {() => boolean} isProvided whether it is there
 * @property {() => Promise<void>} provide makes that so; once is enough
 * @property {() => string | undefined} path where it is; undefined when it is not there
 */

/** @type {Readonly<Record<string, Program>>} */
export const programs = {
  chromium: { isProvided: () => findChromium() !== undefined, provide: provideChromium, path: findChromium },
  kubectl: { isProvided: () => findKubectl() !== undefined, provide: provideKubectl, path: findKubectl },
  nginx: { isProvided: () => findNginx() !== undefined, provide: provideNginx, path: findNginx },
  prometheus: { isProvided: () => findPrometheus() !== undefined, provide: providePrometheus, path: findPrometheus },
};
