import type { PartOutcome, RequestContext, ServiceEvent } from '@portico/core';
import type { Logger } from 'pino';
import { errorRecord } from './error-record.js';

const levels: { readonly [event in ServiceEvent]?: 'warn' | 'info' } = {
  'breaker-opened': 'warn',
  'breaker-half-opened': 'info',
  'breaker-closed': 'info',
  'instance-ejected': 'warn',
  'instance-unhealthy': 'warn',
  'instance-healthy': 'info',
};

/** Logs what an operator wants to read about services: changes of state, which are rare, and at `debug` why a part failed. */
export class ServiceLog {
  readonly #log: Logger;
  readonly #debug: boolean;

  constructor(log: Logger) {
    this.#log = log;
    this.#debug = log.isLevelEnabled('debug');
  }

  serviceEvent(service: string, event: ServiceEvent): void {
    const level = levels[event];
    if (level) this.#log[level]({ service, event }, 'service');
  }

  partFinished(context: RequestContext, { aggregate, part, result, error }: PartOutcome): void {
    if (!this.#debug || error == null) return;
    this.#log.debug({ id: context.id, aggregate, part, result, error: errorRecord(error) }, 'part');
  }
}
