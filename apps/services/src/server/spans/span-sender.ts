/** A span that has ended, as OTLP has it in JSON. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly status: { readonly code?: number };
}

export interface OtlpAttribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: number };
}

/** Spans that wait; what comes on top is dropped. */
const mostWaiting = 512;
const everyMs = 1_000;
const timeoutMs = 5_000;

/** Sends the spans of a service by OTLP over HTTP, a batch a second. Whatever nobody takes is dropped without a word: a mock's spans are worth no more. */
export class SpanSender {
  readonly #url: string;
  readonly #service: string;
  #waiting: OtlpSpan[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param endpoint origin of the receiver, and what its path begins with */
  constructor(endpoint: string, service: string) {
    this.#url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
    this.#service = service;
  }

  add(span: OtlpSpan): void {
    if (this.#waiting.length < mostWaiting) this.#waiting.push(span);
    this.#timer ??= setTimeout(() => void this.flush(), everyMs).unref();
  }

  /** Sends what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const spans = this.#waiting;
    if (spans.length === 0) return;
    this.#waiting = [];
    const attributes: OtlpAttribute[] = [{ key: 'service.name', value: { stringValue: this.#service } }];
    const body = JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: { name: 'shop' }, spans }] }] });
    await fetch(this.#url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(timeoutMs) }).then(
      (answer) => answer.arrayBuffer(),
      () => undefined,
    );
  }
}
