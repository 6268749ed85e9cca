import type { Clock, Random } from '@portico/core';
import { backoffMs } from '../backoff.js';
import { pause } from '../pause.js';
import { ThrottledReports } from '../throttled-reports.js';
import { registrationBody } from './eureka-registration-body.js';
import type { EurekaRegistrationOptions } from './eureka-registration.config.js';
import { EurekaServers } from './eureka-servers.js';

/** What a registration needs from outside. */
export interface EurekaRegistrationDependencies {
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every kind of failure, at most once a minute. */
  readonly onError: (error: Error) => void;
}

/**
 * This process, as Eureka's other clients see it: registered, kept by heartbeats, registered anew when Eureka does not know it any more.
 * It never throws: a server that is down is asked again.
 */
export class EurekaRegistration {
  /** Resolves when Eureka has taken the registration for the first time, or when it was closed before that; never rejects. */
  readonly registered: Promise<void>;
  readonly #options: EurekaRegistrationOptions;
  readonly #deps: EurekaRegistrationDependencies;
  readonly #servers: EurekaServers;
  readonly #reports: ThrottledReports;
  readonly #stop = new AbortController();
  readonly #instanceId: string;
  readonly #ended: Promise<void>;
  #known = false;
  // Whether Eureka may know this process: an answer can get lost.
  #sent = false;
  #settle: () => void = () => {};

  /** Registers at once. */
  constructor(options: EurekaRegistrationOptions, deps: EurekaRegistrationDependencies) {
    this.#options = options;
    this.#deps = deps;
    this.#servers = new EurekaServers(options, deps.clock);
    this.#reports = new ThrottledReports(deps.clock, `Registration of ${options.app} with Eureka`, deps.onError);
    this.#instanceId = options.instanceId || `${options.hostName}:${options.app}:${options.port || options.securePort}`;
    this.registered = new Promise((resolve) => (this.#settle = resolve));
    this.#ended = this.#keep();
  }

  /** Ends the heartbeats and takes the registration back; with an Eureka that does not answer this takes `requestTimeoutMs`, or twice that while it registers. */
  async close(): Promise<void> {
    if (this.#stop.signal.aborted) return this.#ended;
    this.#stop.abort();
    await this.#ended;
    if (this.#sent) await this.#servers.call({ method: 'DELETE', path: this.#path }, [200, 404], neverAborted()).catch(this.#reports.report);
    this.#settle();
    await this.#servers.close();
  }

  get #path(): string {
    return `/apps/${encodeURIComponent(this.#options.app.toUpperCase())}/${encodeURIComponent(this.#instanceId)}`;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stop;
    const { clock, random } = this.#deps;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await (this.#known ? this.#renew(signal) : this.#register());
        failures = 0;
        // What Eureka has forgotten is registered at once.
        if (this.#known) await pause(clock, this.#options.heartbeatMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#reports.report(error);
        await pause(clock, Math.min(backoffMs(++failures, this.#options, random), this.#options.heartbeatMs), signal);
      }
    }
  }

  // Not given up on closing: it could reach Eureka after having been taken back.
  async #register(): Promise<void> {
    const body = JSON.stringify(registrationBody(this.#instanceId, this.#options, this.#deps.clock.epochMs()));
    const path = `/apps/${encodeURIComponent(this.#options.app.toUpperCase())}`;
    this.#sent = true;
    await this.#servers.call({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body }, [200, 204], neverAborted());
    this.#known = true;
    this.#settle();
  }

  async #renew(signal: AbortSignal): Promise<void> {
    const { status } = await this.#servers.call({ method: 'PUT', path: `${this.#path}?status=UP` }, [200, 404], signal);
    this.#known = status === 200;
  }
}

const neverAborted = (): AbortSignal => new AbortController().signal;
