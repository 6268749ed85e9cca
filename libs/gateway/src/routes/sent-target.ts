import type { ForwardRequest } from '@portico/core';
import type { Capture, RouteTarget } from '@portico/routing';
import { withParameters } from './with-parameters.js';

/** What of a request decides where its route sends to. */
export interface TargetFacts {
  readonly captures: readonly Capture[];
  readonly path: string;
  readonly query: string;
  /** Parameters that are sent in any case, encoded, by their plain names; the client's of these names are not. */
  readonly parameters?: ReadonlyMap<string, string>;
}

type Values = Readonly<Record<string, string>>;

/** Path and query that a route sends, kept in step with the values that policies change. */
export class SentTarget {
  readonly #target: RouteTarget;
  readonly #facts: TargetFacts;
  /** The values that it wrote, in the order of the target's placeholders. */
  #used: (string | undefined)[] = [];
  #path = '';
  #query = '';

  constructor(target: RouteTarget, facts: TargetFacts) {
    this.#target = target;
    this.#facts = facts;
  }

  /** As `values` have it. */
  write(values: Values): { path: string; query: string } {
    const { captures, path, query, parameters } = this.#facts;
    this.#used = this.#target.placeholders.map((name) => values[name]);
    this.#path = this.#target.path(captures, values, path);
    this.#query = this.#target.query(captures, values, query);
    if (parameters) this.#query = withParameters(this.#query, parameters);
    return { path: this.#path, query: this.#query };
  }

  /** Writes anew what a policy has left alone of path and query, where it has changed values. */
  settle(forward: ForwardRequest): void {
    const { values } = forward;
    if (this.#target.placeholders.every((name, index) => values[name] === this.#used[index])) return;
    const [path, query] = [this.#path, this.#query];
    const anew = this.write(values);
    if (forward.path === path) forward.path = anew.path;
    if (forward.query === query) forward.query = anew.query;
  }
}
