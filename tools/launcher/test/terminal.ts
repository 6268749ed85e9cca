import { spawn, type ChildProcess } from 'node:child_process';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { FakeShop } from './fake-shop.js';

const launch = fileURLToPath(new URL('launch.mjs', import.meta.url));

/** A terminal in which one command of the launcher runs. */
export class Terminal {
  /** All that was printed so far. */
  text = '';
  readonly exited: Promise<number | NodeJS.Signals | null>;
  readonly #process: ChildProcess;

  constructor(shop: FakeShop, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const [command = '', ...rest] = args;
    this.#process = spawn(process.execPath, [launch, command, shop.root, ...rest], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
    this.exited = new Promise((resolve) => this.#process.once('close', (code, signal) => resolve(code ?? signal)));
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }
}

/** The body at `url`; undefined while nobody answers. */
export function read(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      answer.once('end', () => resolve(body));
      answer.once('error', () => resolve(undefined));
    });
    request.once('error', () => resolve(undefined));
  });
}

// The promised times are for a quiet machine; a suite that fills every core gets more.
const allowance = process.env['PORTICO_STRICT_TIMES'] === undefined ? 6 : 1;

/** Polls until `condition` gives something, and fails when that takes longer than `limitMs`. */
export async function within<T>(limitMs: number, what: string, condition: () => T | Promise<T>): Promise<NonNullable<T>> {
  const endsAt = performance.now() + limitMs * allowance;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (performance.now() > endsAt) throw new Error(`Not within ${limitMs * allowance} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
