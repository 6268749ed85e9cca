import type { IncomingHttpHeaders } from 'node:http';

/** A call that a stub received. */
export interface ReceivedCall {
  /** Name of the back end, or kind of the registry. */
  readonly stub: string;
  readonly method: string;
  /** As it came. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
  /** Names in lower case, values of a repeated one joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Every call that the stubs of a case received, in order. */
export class CallLog {
  readonly calls: ReceivedCall[] = [];

  add(stub: string, method: string, target: string, headers: IncomingHttpHeaders, body: string): ReceivedCall {
    const mark = target.indexOf('?');
    const call: ReceivedCall = {
      stub,
      method,
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])),
      body,
    };
    this.calls.push(call);
    return call;
  }
}
