import type { PartOutcome, RequestContext, ServiceEvent } from '@portico/core';
import type { Logger } from 'pino';
import { errorRecord } from './error-record.js';

/** Logs what an operator wants to read about services: changes of state, which are rare, and at `debug` why a part failed. */
export class ServiceLog {
  readonly #log: Logger;
  readonly #debug: boolean;

  constructor(log: Logger) {
    this.#log = log;
    this.#debug = log.isLevelEnabled('debug');
  }

  serviceEvent(service: string, event: ServiceEvent): void {
    if (event === 'breaker-opened' || event === 'instance-ejected') this.#log.warn({ service, event }, 'service');
    else if (event === 'breaker-half-opened' || event === 'breaker-closed') this.#log.info({ service, event }, 'service');
  }

  partFinished(context: RequestContext, { aggregate, part, result, error }: PartOutcome): void {
    if (!this.#debug || error == null) return;
    this.#log.debug({ id: context.id, aggregate, part, result, error: errorRecord(error) }, 'part');
  }
}
