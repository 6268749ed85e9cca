import { request as requestHttp } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import type { Clock } from '@portico/core';
import type { Probe } from './probe.js';

/** How a probe trusts the instances that it asks over TLS. */
export type ProbeTls = Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'>;

/** A probe over HTTP/1.1, with a connection of its own for each check: one that is kept would say nothing of an instance that takes no new ones. */
export function httpProbe(clock: Clock, tls: ProbeTls = {}): Probe {
  return (origin, path, timeoutMs, signal) =>
    new Promise((resolve, reject) => {
      const secure = origin.startsWith('https:');
      const headers = { 'user-agent': 'portico-health', accept: '*/*' };
      const options = { agent: false, headers, signal, ...(secure && tls) };
      const request = (secure ? requestHttps : requestHttp)(origin + path, options);
      const timer = clock.schedule(() => request.destroy(new Error(`The health check had no answer within ${timeoutMs} ms`)), timeoutMs);
      const cancel = () => timer.cancel();
      signal.addEventListener('abort', cancel);
      request.on('response', (response) => {
        resolve(response.statusCode ?? 0);
        // Read to its end, so that the instance sees no broken connection; the timer bounds that, too.
        response.on('error', () => {}).resume();
      });
      request.on('error', (error) => {
        timer.cancel();
        reject(error);
      });
      request.on('close', () => {
        timer.cancel();
        signal.removeEventListener('abort', cancel);
      });
      request.end();
    });
}
