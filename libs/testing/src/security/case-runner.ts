import type { Gateway } from '@portico/gateway';
import { expect } from 'vitest';
import { closedAddresses, type LabBindings } from './lab-placeholders.js';
import type { LabCredentials } from './lab-credentials.js';
import { requestBytes } from './request-bytes.js';
import type { CaseRequest, DeviceClass, HeaderTest, SecurityCase } from './security-case.js';
import type { SecurityLab } from './security-lab.js';
import { exchange, type Exchange } from './wire-exchange.js';
import { valuesOf, type WireAnswer } from './wire-answer.js';

type Field = readonly [name: string, value: string];

/** What a run of cases works with. */
export interface CaseSurroundings {
  readonly deviceClass: DeviceClass;
  readonly lab: SecurityLab;
  readonly bindings: LabBindings;
  readonly credentials: LabCredentials;
  readonly fill: (text: string) => unknown;
  /** Fields of a signed-in customer's request. */
  readonly signIn: (customer: 'alice' | 'bob', at?: { readonly gateway: Gateway }) => readonly Field[];
}

/** Sends the one request of a case. */
export function sendCase(surroundings: CaseSurroundings, { request, expect: { status } }: SecurityCase, options: { readonly answers?: number } = {}): Promise<Exchange> {
  return send(surroundings, request, status, options);
}

/** Sends a request of a case. */
export function send(surroundings: CaseSurroundings, request: CaseRequest, accepted: readonly number[], options: { readonly answers?: number } = {}): Promise<Exchange> {
  const { lab } = surroundings;
  const bytes = request.raw === undefined ? plainBytes(surroundings, request, accepted) : rawBytes(surroundings, request.raw, accepted);
  return exchange(lab.port, bytes, options);
}

function rawBytes({ fill, signIn }: CaseSurroundings, raw: string, accepted: readonly number[]): string {
  const host = String(fill('{{host}}'));
  const text = String(fill(raw)).replace('\r\nHost: h\r\n', `\r\nHost: ${host}\r\n`);
  if (!isClosed(raw.split(' ', 2)[1] ?? '') || accepted.includes(401) || /^(?:authorization|cookie|x-api-key):/im.test(raw)) return text;
  const fields = signIn('alice').map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return text.replace(`Host: ${host}\r\n`, `Host: ${host}\r\n${fields}`);
}

function plainBytes({ lab, bindings, credentials, fill, signIn }: CaseSurroundings, request: CaseRequest, accepted: readonly number[]): string {
  const method = request.method ?? 'GET';
  const template = request.path ?? (method === 'GET' ? '{{protected}}' : '{{write}}');
  const path = String(fill(template));
  const headers: Field[] = Object.entries(request.headers ?? {}).map(([name, value]) => [name, String(fill(value))] as const);
  if (request.token) {
    const token = credentials.token(request.token);
    headers.push(['authorization', `${request.token.scheme ?? 'Bearer'} ${token}`]);
    if (request.dpop) {
      const proof = credentials.proof(request.dpop, { method, path, token });
      for (let count = request.dpopTwice ? 2 : 1; count > 0; count--) headers.push(['dpop', proof]);
    }
  } else if (typeof request.as === 'string' && request.as !== 'anonymous') headers.push(...signIn(request.as as 'alice' | 'bob'));
  else if (namesNoCredential(request) && isClosed(template) && !accepted.includes(401) && method !== 'OPTIONS') headers.push(...signIn('alice'));
  const body = bodyOf(request, method, bindings);
  if (body !== undefined && !headers.some(([name]) => name.toLowerCase() === 'content-type')) headers.push(['content-type', 'application/json']);
  return requestBytes({ method, path, headers, body, chunked: request.chunked !== undefined }, `127.0.0.1:${lab.port}`);
}

function bodyOf({ json, rawJson, chunked }: CaseRequest, method: string, { write }: LabBindings): string | undefined {
  if (rawJson !== undefined) return rawJson;
  if (json !== undefined) return JSON.stringify({ ...write.body, ...(json as object) });
  if (chunked !== undefined) return JSON.stringify({ filling: 'x'.repeat(300_000) });
  return method === 'POST' || method === 'PUT' || method === 'DELETE' ? JSON.stringify(write.body) : undefined;
}

function namesNoCredential({ token, cookie, as, headers = {} }: CaseRequest): boolean {
  return token === undefined && cookie === undefined && as === undefined && !Object.keys(headers).some((name) => ['authorization', 'cookie', 'x-api-key'].includes(name.toLowerCase()));
}

function isClosed(template: string): boolean {
  const name = /^\{\{([^{}]+)\}\}/.exec(template)?.[1];
  return name !== undefined && closedAddresses.has(name);
}

const procedural = ['steps', 'flow', 'repeat', 'parallel', 'samples', 'ws', 'read', 'via', 'given', 'form'] as const;

/** Whether a case is plain data. One that is not needs a procedure of its own: sent as it stands it would prove nothing. */
export function isPlain({ request }: SecurityCase): boolean {
  return !procedural.some((member) => member in request) && !(request.cookie !== undefined) && !(request.each ?? []).some((one) => typeof one === 'string' && request.path === undefined);
}

/** Holds an answer against what a case expects of it. */
export function expectAnswer({ expect: wanted }: SecurityCase, answer: WireAnswer | undefined): void {
  if (!answer) throw new Error('There was no answer');
  expect(wanted.status, `the status of ${answer.body.slice(0, 300)}`).toContain(answer.status);
  for (const [name, tests] of Object.entries(wanted.headers ?? {})) expectField(name, tests, valuesOf(answer, name));
  for (const name of wanted.headersAbsent ?? []) expect(valuesOf(answer, name), name).toEqual([]);
  for (const text of wanted.bodyMustNotContain ?? []) expect(answer.body).not.toContain(text);
}

function expectField(name: string, tests: HeaderTest, values: readonly string[]): void {
  const all = [tests].flat() as string[];
  const meets = (value: string): boolean => all.every((test) => fieldMeets(value, test));
  expect(values.some(meets), `${name}: ${values.join(' | ')} is to meet ${all.join(' and ')}`).toBe(true);
}

function fieldMeets(value: string, test: string): boolean {
  if (test.startsWith('=')) return value === test.slice(1);
  if (test.startsWith('!~')) return !new RegExp(test.slice(2)).test(value);
  return new RegExp(test.slice(1)).test(value);
}
