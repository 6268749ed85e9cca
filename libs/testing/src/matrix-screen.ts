import type { TestGateway } from './test-gateway.js';
import type { TokenWish } from './test-issuer.js';
import type { TestShop } from './test-shop.js';

/** A screen of a BFF, and what it needs of the services. */
export interface MatrixScreen {
  /** As it shall stand in the name of a test. */
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** Whose token is sent; none when absent. Screens that change something have a user of their own: all of them are asked at once. */
  readonly as?: Omit<TokenWish, 'audience'>;
  readonly body?: object;
  /** Services without which there is no answer. */
  readonly needs: readonly string[];
  /** Every service that is called, those that are needed included. */
  readonly uses: readonly string[];
  /** Brings the shop into the state that the screen takes for granted; the services are healthy then. */
  readonly prepare?: (shop: TestShop) => Promise<void>;
}

/** What became of a screen. */
export interface ScreenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly tookMs: number;
}

/** Asks for a screen as a front end does that has `deadlineMs` left. */
export async function askScreen(bff: TestGateway, screen: MatrixScreen, deadlineMs: number): Promise<ScreenAnswer> {
  const headers: Record<string, string> = { 'portico-timeout-ms': String(deadlineMs) };
  if (screen.as) Object.assign(headers, bff.signedIn(screen.as));
  if (screen.body) headers['content-type'] = 'application/json';
  const started = performance.now();
  const answer = await fetch(bff.url + screen.path, { method: screen.method.toUpperCase(), headers, ...(screen.body && { body: JSON.stringify(screen.body) }) });
  const text = await answer.text();
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, tookMs: performance.now() - started };
}
