import { readFileSync } from 'node:fs';

/** Device classes of the BFFs. */
export type DeviceClass = 'web' | 'mobile' | 'desktop';

/** How a token or a proof is made: defaults, overlaid by these members, signed with a key. */
export interface TokenRecipe {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly scheme?: 'Bearer' | 'DPoP';
}

/** One request, or a procedure, of a case. */
export interface CaseRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: string;
  readonly token?: TokenRecipe;
  readonly dpop?: TokenRecipe;
  readonly dpopTwice?: boolean;
  readonly cookie?: string;
  readonly as?: string | readonly string[];
  readonly form?: Readonly<Record<string, unknown>>;
  readonly json?: unknown;
  readonly rawJson?: string;
  readonly chunked?: string;
  readonly each?: readonly (string | CaseRequest)[];
  readonly steps?: readonly (string | CaseRequest)[];
  readonly flow?: string;
  readonly ws?: string;
  readonly repeat?: number | string;
  readonly samples?: number;
}

/** What must be true of a header field: one test, or several that must all hold. */
export type HeaderTest = string | readonly string[];

/** One case of the security vectors. */
export interface SecurityCase {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly applies: readonly DeviceClass[];
  readonly priority: 'P0' | 'P1' | 'P2';
  readonly request: CaseRequest;
  readonly expect: {
    readonly status: readonly number[];
    readonly headers?: Readonly<Record<string, HeaderTest>>;
    readonly headersAbsent?: readonly string[];
    readonly bodyMustNotContain?: readonly string[];
    readonly effect?: string;
  };
}

const file = new URL('../../vectors/security.jsonl', import.meta.url);

/** Every case, in the order of the file. */
export function securityCases(): readonly SecurityCase[] {
  return readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as SecurityCase);
}
