import type { PorticoError } from './portico-error.js';

/** Work that can be given up. */
export interface Cancellable {
  cancel(reason: PorticoError): void;
}

/**
 * Gives up a tree of work at once: a request holds one, its parts and attempts hang on it.
 * Lighter than `AbortController` (an `EventTarget` each), which the hot path could not afford; `toAbortSignal()` bridges to it.
 */
export class Cancellation implements Cancellable {
  #members: Cancellable[] = [];
  #reason: PorticoError | undefined;
  #controller: AbortController | undefined;

  get cancelled(): boolean {
    return this.#reason !== undefined;
  }

  /** Why the work was given up; undefined while it goes on. */
  get reason(): PorticoError | undefined {
    return this.#reason;
  }

  /** Hangs `member` on this tree; one that is already given up passes that on at once. */
  add(member: Cancellable): void {
    if (this.#reason) member.cancel(this.#reason);
    else this.#members.push(member);
  }

  /** Takes finished work off the tree. */
  delete(member: Cancellable): void {
    const members = this.#members;
    const last = members.length - 1;
    const index = members[last] === member ? last : members.lastIndexOf(member, last - 1);
    if (index < 0) return;
    // Order does not matter to those that are left: closing the gap would cost more than the work itself.
    members[index] = members[last] as Cancellable;
    members.pop();
  }

  /** Gives up all that hangs on this tree. Only the first reason counts. */
  cancel(reason: PorticoError): void {
    if (this.#reason) return;
    this.#reason = reason;
    const members = this.#members;
    this.#members = [];
    for (const member of members) member.cancel(reason);
    this.#controller?.abort(reason);
  }

  /** The same tree as the platform's `AbortSignal`, for code that takes one; made on first use. */
  toAbortSignal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }
}
