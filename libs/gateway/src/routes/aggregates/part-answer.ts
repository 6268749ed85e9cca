import { decodeBody, ServiceError } from '@portico/backend-client';
import { PorticoError, type Cancellation, type Clock, type ErrorCode, type HeaderList, type ServiceAnswer } from '@portico/core';
import { collectBody } from './collect-body.js';

/** What a service answered to a part: any status that the part takes. */
export interface PartAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Buffer;
  /** The body as JSON text: `null` where it is empty; undefined where it is no JSON, which only an aggregator of the team gets to see. */
  readonly json: string | undefined;
  /** The same, parsed. */
  readonly value: unknown;
}

/** What makes an answer good for a part. */
export interface PartRules {
  readonly service: string;
  readonly anyStatus: boolean;
  readonly refusals: ReadonlyMap<number, ErrorCode>;
  /** Largest body, in bytes. */
  readonly maxBytes: number;
  /** Whether a body that is no JSON is taken: by nobody, as a JSON string where it is text, or as it is. */
  readonly otherBodies: 'refused' | 'text' | 'kept';
}

export interface PartWait {
  readonly clock: Clock;
  /** Monotonic moment by which all of the body must be there. */
  readonly dueAt: number;
  readonly cancellation: Cancellation;
}

const textTypes = /^(?:text\/|application\/(?:[\w.+-]+\+)?xml\b)/i;

/**
 * Reads a service's answer whole.
 * @throws PorticoError SERVICE_UNAVAILABLE, SERVICE_TIMEOUT or SERVICE_ANSWER_INVALID by its status, a code of the part's refusals, and SERVICE_ANSWER_INVALID
 * for a body that is too large, broken or of the wrong kind
 */
export async function readPartAnswer(answer: ServiceAnswer, rules: PartRules, wait: PartWait): Promise<PartAnswer> {
  const { status, headers } = answer;
  if (!rules.anyStatus && (status < 200 || status > 299)) {
    if (!Buffer.isBuffer(answer.body)) answer.body.destroy();
    throw refused(status, headers, rules);
  }
  const encoding = headers.get('content-encoding');
  const sent = Buffer.isBuffer(answer.body) ? answer.body : await collectBody(answer.body, rules.maxBytes, wait, () => invalid(rules, `answered with more than ${rules.maxBytes} bytes`));
  if (sent.length > rules.maxBytes) throw invalid(rules, `answered with more than ${rules.maxBytes} bytes`);
  const body = encoding === undefined ? sent : await decoded(sent, encoding, rules);
  return { status, headers, body, ...jsonOf(body, headers.get('content-type'), rules) };
}

function jsonOf(body: Buffer, type: string | undefined, rules: PartRules): Pick<PartAnswer, 'json' | 'value'> {
  let text: string | undefined;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    // A body of blanks is as good as an empty one.
    const json = text.trim() === '' ? 'null' : text;
    return { json, value: JSON.parse(json) };
  } catch (cause) {
    if (rules.otherBodies === 'text' && text !== undefined && (type === undefined || textTypes.test(type))) return { json: JSON.stringify(text), value: text };
    if (rules.otherBodies === 'kept') return { json: undefined, value: undefined };
    throw invalid(rules, `answered with ${type ?? 'no content type'}, which is no JSON`, cause);
  }
}

async function decoded(body: Buffer, encoding: string, rules: PartRules): Promise<Buffer> {
  try {
    return await decodeBody(body, encoding, rules.maxBytes);
  } catch (cause) {
    throw invalid(rules, `answered in the encoding ${encoding}, which could not be read`, cause);
  }
}

function refused(status: number, headers: HeaderList, { service, refusals }: PartRules): PorticoError {
  const seconds = headers.get('retry-after');
  const failure = { ...lasting, retryAfterMs: seconds !== undefined && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : undefined };
  const code = refusals.get(status) ?? (status === 503 || status === 429 ? 'SERVICE_UNAVAILABLE' : status === 504 ? 'SERVICE_TIMEOUT' : 'SERVICE_ANSWER_INVALID');
  return new ServiceError(code, service, `answered ${status}`, failure);
}

function invalid({ service }: PartRules, what: string, cause?: unknown): ServiceError {
  return new ServiceError('SERVICE_ANSWER_INVALID', service, what, lasting, cause);
}

/** The stack around the call has counted it already. */
const lasting = { retryable: false, countsAgainstService: false, sent: true, retryAfterMs: undefined } as const;
