import { isPorticoError, PorticoError, type Endpoint, type OutgoingAnswer, type Policy, type PolicySteps, type RequestContext, type Resolve } from '@portico/core';

/** What an operation of a test answers. */
export interface Made {
  readonly status?: number;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

/** An answer on its way out, as a test can look at it. */
export class TestAnswer implements OutgoingAnswer {
  status: number;
  body: string | Buffer | undefined;
  readonly headers: Map<string, string>;

  constructor(status: number, body: string | Buffer | undefined, headers: Readonly<Record<string, string>>) {
    this.status = status;
    this.body = body;
    this.headers = new Map(Object.entries(headers));
  }

  header(name: string): string | undefined {
    return this.headers.get(name);
  }

  headerValues(name: string): readonly string[] {
    const value = this.headers.get(name);
    return value === undefined ? [] : [value];
  }

  setHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  appendHeader(name: string, value: string): void {
    this.headers.set(name, [...this.headerValues(name), value].join(', '));
  }

  setStatus(status: number): void {
    this.status = status;
  }

  removeHeader(name: string): void {
    this.headers.delete(name);
  }

  replace(status: number, body: string | Buffer): void {
    this.status = status;
    this.body = body;
  }
}

/** Runs policies around one operation in the order in which a gateway runs them. */
export class TinyPipeline {
  readonly #steps: PolicySteps[];

  constructor(policies: Policy[], endpoint: Endpoint, shared: unknown) {
    this.#steps = policies.flatMap((policy) => policy.compile(endpoint, (() => shared) as unknown as Resolve) ?? []);
  }

  async ask(context: RequestContext, operation: () => Made | Promise<Made>): Promise<TestAnswer> {
    try {
      for (const step of this.#steps) {
        await step.inbound?.(context);
        if (context.ready) break;
      }
      const made: Made = context.ready ?? (await operation());
      const answer = new TestAnswer(made.status ?? 200, made.body, made.headers ?? {});
      for (const step of this.#steps) await step.outbound?.(context, answer);
      return answer;
    } catch (error) {
      const coded = isPorticoError(error) ? error : new PorticoError('INTERNAL', { cause: error });
      for (const step of this.#steps) step.onError?.(context, coded);
      throw coded;
    }
  }
}
