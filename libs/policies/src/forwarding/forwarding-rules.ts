import { hopByHop, type Treatment } from './field-treatment.js';

export interface ForwardingOptions {
  /** Whether services get X-Forwarded-For, -Proto and -Host. Default: true. */
  readonly xForwarded?: boolean | undefined;
  /** Whether services get Forwarded (RFC 7239). Default: false. */
  readonly forwarded?: boolean | undefined;
  /** Fields that services believe, which therefore nobody outside may send; a `*` at the end stands for any rest. Default: `reservedByDefault`. */
  readonly reserved?: readonly string[] | undefined;
}

/** What services usually believe of a caller, a device or each other. */
export const reservedByDefault: readonly string[] = ['portico-*', 'x-user*', 'x-authenticated-*', 'x-auth-*', 'x-device-*', 'x-internal-*'];

/** A field's name in lower case, and what happens to it. */
export interface TreatedName {
  readonly name: string;
  readonly treatment: Treatment;
}

/** What else tells a service who asked for what. */
const clientFields = ['forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip', 'fastly-client-ip', 'x-azure-clientip', 'x-cluster-client-ip', 'x-original-forwarded-for', 'x-original-host', 'x-original-url', 'x-rewrite-url'];
/** The forwarder writes these itself, and Node has answered Expect already. */
const ofThisHop = ['host', 'expect', 'x-correlation-id', 'traceparent', 'tracestate'];
const maxKnown = 500;
const maxKnownLength = 60;

/** Which fields of a request are passed on; made once, at start. */
export class ForwardingRules {
  readonly xForwarded: boolean;
  readonly forwarded: boolean;
  readonly #exact = new Map<string, Treatment>(Object.entries(hopByHop));
  readonly #reserved: readonly string[];
  /** Names as they were sent: few ever occur, and each is then looked up instead of taken apart. */
  readonly #known = new Map<string, TreatedName>();

  constructor({ xForwarded = true, forwarded = false, reserved = reservedByDefault }: ForwardingOptions = {}) {
    this.xForwarded = xForwarded;
    this.forwarded = forwarded;
    for (const name of ofThisHop) this.#exact.set(name, 'drop');
    for (const name of clientFields) this.#exact.set(name, 'client');
    const lower = reserved.map((name) => name.toLowerCase());
    for (const name of lower) if (!name.endsWith('*')) this.#exact.set(name, 'drop');
    this.#reserved = lower.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  }

  /** What happens to the field called `sent`. */
  treat(sent: string): TreatedName {
    const known = this.#known.get(sent);
    if (known) return known;
    const name = sent.toLowerCase();
    const treated = { name, treatment: this.#treatment(name) };
    // Bounded: whoever makes up names must not fill the memory.
    if (this.#known.size < maxKnown && sent.length <= maxKnownLength) this.#known.set(sent, treated);
    return treated;
  }

  #treatment(sent: string): Treatment {
    // Servers behind CGI's naming take an underscore for a dash.
    const name = sent.replaceAll('_', '-');
    const exact = this.#exact.get(name);
    if (exact) return name === sent || exact === 'client' ? exact : 'drop';
    if (name.startsWith(':') || name.startsWith('proxy-') || this.#reserved.some((start) => name.startsWith(start))) return 'drop';
    return name.startsWith('x-forwarded-') ? 'client' : 'keep';
  }
}
