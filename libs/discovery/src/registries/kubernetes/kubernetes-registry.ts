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

/** The Kubernetes endpoints API: the one object of the service, or a list while there is none, then a watch from where that stood. */
export class KubernetesRegistry implements Registry {
  readonly paceMs = 1_000;
  readonly #options: KubernetesOptions;
  readonly #deps: RegistryDependencies;
  readonly #client: RegistryClient;
  readonly #name: string;
  // The place in history up to which everything is known; undefined asks for a read.
  #version: string | undefined;

  /** @param service name of the service in Kubernetes, unless the options say another */
  constructor(service: string, options: KubernetesOptions, deps: RegistryDependencies) {
    this.#options = options;
    this.#deps = deps;
    this.#client = new RegistryClient(options.url, options, deps.clock);
    this.#name = options.service || service;
  }

  async ask(take: Take, signal: AbortSignal): Promise<void> {
    const before = this.#version;
    if (before === undefined) await this.#read(take, signal);
    if (await this.#watched(take, signal)) return;
    // A place that was known for long is forgotten some day: the next ask reads anew. That of one object may be forgotten as soon as it is read,
    // since it is as old as the object's last change: a list has the place of now.
    if (before !== undefined) return;
    await this.#list(take, signal);
    if (!(await this.#watched(take, signal))) throw new GoneError();
  }

  /** Follows the watch to its end; false when its place in history was forgotten. */
  async #watched(take: Take, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#watch(take, signal);
      return true;
    } catch (error) {
      if (!isGone(error)) throw error;
      this.#version = undefined;
      return false;
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #read(take: Take, signal: AbortSignal): Promise<void> {
    const path = `${await this.#collection()}/${encodeURIComponent(this.#name)}`;
    const answer = await this.#client.call({ path, headers: await tokenHeaders(this.#options) }, signal);
    // What is not there yet has no place in history; a list has one, even an empty list.
    if (answer.status === 404) return this.#list(take, signal);
    if (answer.status !== 200) throw this.#client.refusal(answer);
    const endpoints = objectOf(parsedJson(answer.body));
    const version = versionOf(endpoints);
    if (endpoints.kind !== 'Endpoints' || !this.#isOurs(endpoints) || version === '') throw new Error("its answer is not the service's endpoints");
    take(this.#instances(endpoints));
    this.#version = version;
  }

  async #list(take: Take, signal: AbortSignal): Promise<void> {
    const { value } = await this.#client.json({ path: await this.#selection({}), headers: await tokenHeaders(this.#options) }, signal);
    const list = objectOf(value);
    const version = versionOf(list);
    if (list.kind !== 'EndpointsList' || version === '') throw new Error('its answer is no list of endpoints');
    take(listOf(list.items).map(objectOf).filter((item) => this.#isOurs(item)).flatMap((item) => this.#instances(item)));
    this.#version = version;
  }

  async #watch(take: Take, signal: AbortSignal): Promise<void> {
    const { watchMs } = this.#options;
    const path = await this.#selection({ watch: '1', allowWatchBookmarks: 'true', timeoutSeconds: String(Math.ceil(watchMs / 1_000)), resourceVersion: this.#version ?? '' });
    const headers = await tokenHeaders(this.#options);
    const answer = await this.#client.call({ path, headers, heldMs: watchMs, onLine: (line) => this.#event(line, take) }, signal);
    if (answer.status === 410) throw new GoneError();
    if (answer.status !== 200) throw this.#client.refusal(answer);
  }

  #event(line: string, take: Take): void {
    const { type, object } = objectOf(parsedJson(line));
    const subject = objectOf(object);
    if (type === 'ERROR') throw subject.code === 410 ? new GoneError() : new Error(`the watch ended with ${quoted(subject.message ?? subject.code)}`);
    const version = versionOf(subject);
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

  async #selection(query: Readonly<Record<string, string>>): Promise<string> {
    const parameters = new URLSearchParams({ fieldSelector: `metadata.name=${this.#name}`, ...query });
    return `${await this.#collection()}?${parameters}`;
  }

  async #collection(): Promise<string> {
    return `/api/v1/namespaces/${await namespaceOf(this.#options)}/endpoints`;
  }
}

function versionOf({ metadata }: JsonObject): string {
  return textOf(objectOf(metadata).resourceVersion);
}

function isGone(error: unknown): boolean {
  return error instanceof GoneError || (error instanceof Error && error.cause instanceof GoneError);
}
