import type { Instance } from '../../instance.js';
import { listOf, objectOf, parsedJson, textOf, type JsonObject } from '../json-value.js';
import { quoted } from '../quoted.js';
import type { Registry, RegistryDependencies } from '../registry.js';
import { RegistryClient } from '../registry-client.js';
import { endpointsInstances } from './endpoints-instances.js';
import { namespaceOf, tokenHeaders } from './kubernetes-access.js';
import type { KubernetesOptions } from './kubernetes.config.js';

type Take = (instances: readonly Instance[]) => void;

/** What says that the place in history from which a watch should begin is forgotten. */
class GoneError extends Error {
  constructor() {
    super('the resourceVersion of the watch is too old');
  }
}

/** The Kubernetes endpoints API: a list, then a watch from where the list stood. */
export class KubernetesRegistry implements Registry {
  readonly paceMs = 1_000;
  readonly #options: KubernetesOptions;
  readonly #deps: RegistryDependencies;
  readonly #client: RegistryClient;
  readonly #name: string;
  // The place in history up to which everything is known; undefined asks for a list.
  #version: string | undefined;

  /** @param service name of the service in Kubernetes, unless the options say another */
  constructor(service: string, options: KubernetesOptions, deps: RegistryDependencies) {
    this.#options = options;
    this.#deps = deps;
    this.#client = new RegistryClient(options.url, options, deps.clock);
    this.#name = options.service || service;
  }

  async ask(take: Take, signal: AbortSignal): Promise<void> {
    const listed = this.#version === undefined;
    if (listed) await this.#list(take, signal);
    await this.#watch(take, signal).catch((error: unknown) => {
      const gone = isGone(error);
      if (gone) this.#version = undefined;
      // What was listed a moment ago cannot be forgotten already: this is a failure like any other.
      if (!gone || listed) throw error;
    });
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #list(take: Take, signal: AbortSignal): Promise<void> {
    const { value } = await this.#client.json({ path: await this.#path({}), headers: await tokenHeaders(this.#options) }, signal);
    const list = objectOf(value);
    const version = textOf(objectOf(list.metadata).resourceVersion);
    if (list.kind !== 'EndpointsList' || version === '') throw new Error('its answer is no list of endpoints');
    take(listOf(list.items).map(objectOf).filter((item) => this.#isOurs(item)).flatMap((item) => this.#instances(item)));
    this.#version = version;
  }

  async #watch(take: Take, signal: AbortSignal): Promise<void> {
    const { watchMs } = this.#options;
    const path = await this.#path({ watch: '1', allowWatchBookmarks: 'true', timeoutSeconds: String(Math.ceil(watchMs / 1_000)), resourceVersion: this.#version ?? '' });
    const headers = await tokenHeaders(this.#options);
    const answer = await this.#client.call({ path, headers, heldMs: watchMs, onLine: (line) => this.#event(line, take) }, signal);
    if (answer.status === 410) throw new GoneError();
    if (answer.status !== 200) throw this.#client.refusal(answer);
  }

  #event(line: string, take: Take): void {
    const { type, object } = objectOf(parsedJson(line));
    const subject = objectOf(object);
    if (type === 'ERROR') throw subject.code === 410 ? new GoneError() : new Error(`the watch ended with ${quoted(subject.message ?? subject.code)}`);
    const version = textOf(objectOf(subject.metadata).resourceVersion);
    if (version === '') throw new Error(`the watch brought ${quoted(type)} without a resourceVersion`);
    this.#version = version;
    if (!this.#isOurs(subject)) return;
    if (type === 'ADDED' || type === 'MODIFIED') take(this.#instances(subject));
    else if (type === 'DELETED') take([]);
  }

  #instances(endpoints: JsonObject): Instance[] {
    return endpointsInstances(endpoints, this.#options, this.#deps.report);
  }

  #isOurs(endpoints: JsonObject): boolean {
    return objectOf(endpoints.metadata).name === this.#name;
  }

  async #path(query: Readonly<Record<string, string>>): Promise<string> {
    const namespace = await namespaceOf(this.#options);
    const parameters = new URLSearchParams({ fieldSelector: `metadata.name=${this.#name}`, ...query });
    return `/api/v1/namespaces/${namespace}/endpoints?${parameters}`;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof GoneError || (error instanceof Error && error.cause instanceof GoneError);
}
