/** Text, or a text many times. */
export type BodyText = string | { readonly $repeat: { readonly text: string; readonly times: number } };

/** What a field must be: the value, or one of these. */
export type FieldCondition = string | { readonly present?: true; readonly absent?: true; readonly pattern?: string; readonly anyOf?: readonly string[] };

/** A request as it is to be sent. */
export interface VectorRequest {
  readonly method: string;
  /** Target exactly as sent, with the query. */
  readonly path: string;
  /** A list of pairs where a name repeats. */
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body?: BodyText;
  /** Pieces to send with chunked encoding. */
  readonly chunked?: readonly string[];
  readonly upgrade?: 'websocket';
}

/** One call that a back end must have seen. */
export interface SeenCall {
  readonly backend?: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, FieldCondition>>;
  readonly body?: string;
}

/** What must come of a request; what is not listed is not asserted. */
export interface Expectation {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, FieldCondition>>;
  /** The back end that was called; null: none. */
  readonly backend?: string | null;
  readonly backendSees?: SeenCall | null;
  /** Every call, in any order. */
  readonly calls?: readonly SeenCall[];
  readonly registrySees?: { readonly path: FieldCondition; readonly headers?: Readonly<Record<string, FieldCondition>> };
  readonly elapsedMs?: { readonly min: number; readonly max: number };
  readonly startup?: 'accepted' | 'rejected';
  readonly reason?: string;
}

/** One step of a sequence. */
export interface VectorStep {
  readonly request?: VectorRequest;
  readonly expect?: Expectation;
  readonly repeat?: number;
  readonly concurrency?: number;
  readonly waitMs?: number;
  readonly replaceConfig?: unknown;
  readonly pollUntil?: { readonly request: VectorRequest; readonly expect: Expectation; readonly timeoutMs: number };
}

/** How often a back end must have been called in all. */
export type CallCount = number | { readonly min?: number; readonly max?: number; readonly anyOf?: readonly number[] };

/** A back end, and how it behaves. */
export interface BackEndSpec {
  readonly name: string;
  readonly behaviour: string;
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  readonly tls?: 'self-signed';
  readonly protocols?: readonly string[];
  readonly responses?: readonly { readonly status: number; readonly body?: string }[];
  readonly byPath?: Readonly<Record<string, { readonly status: number; readonly body?: string }>>;
}

/** A service in a registry: back ends, or addresses and named ports. */
export type RegisteredService = readonly string[] | { readonly addresses: readonly string[]; readonly ports: readonly { readonly name: string; readonly port: string | number }[] };

/** What of the gateway's host is code. */
export interface VectorSetup {
  readonly auth?: {
    readonly schemes: Readonly<Record<string, { readonly type: 'jwt'; readonly issuer: string; readonly audience: string }>>;
    readonly tokens?: Readonly<Record<string, { readonly issuer: string; readonly audience: string; readonly claims: Readonly<Record<string, unknown>> }>>;
  };
  readonly trustForwardedFor?: boolean;
  readonly qos?: boolean;
  /** In words: known by the id of the case. */
  readonly aggregators?: Readonly<Record<string, string>>;
  /** In words: known by the id of the case. */
  readonly handlers?: Readonly<Record<string, string>>;
  readonly registration?: readonly { readonly name: string; readonly global: boolean }[];
  readonly discovery?: { readonly provider: 'static'; readonly services: Readonly<Record<string, readonly string[]>> };
  readonly registry?: { readonly kind: 'consul' | 'eureka' | 'kubernetes'; readonly namespace?: string; readonly services: Readonly<Record<string, RegisteredService>> };
  readonly maxRequestBodyBytes?: number;
  readonly reloadOnChange?: boolean;
}

/** One conformance case, a line of a vector file. */
export interface Vector {
  readonly id: string;
  readonly feature: string;
  readonly title: string;
  readonly config: unknown;
  readonly setup?: VectorSetup;
  readonly backends: readonly BackEndSpec[];
  readonly request?: VectorRequest;
  readonly expect?: Expectation;
  readonly steps?: readonly VectorStep[];
  readonly final?: { readonly callCounts?: Readonly<Record<string, CallCount>> };
  readonly tags?: readonly string[];
}
