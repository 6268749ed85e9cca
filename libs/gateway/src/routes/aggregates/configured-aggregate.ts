import { Aggregate, type RunScope } from '@portico/aggregation';
import type { BackendClient } from '@portico/backend-client';
import { HeaderList, PorticoError, type ForwardRequest, type RequestContext, type ServiceAnswer } from '@portico/core';
import { responseHeaders } from '@portico/policies';
import { degradedField, degradedHeader } from '../../accept/degraded-field.js';
import type { TargetFacts } from '../sent-target.js';
import type { AggregateDefinition } from './aggregate-definition.js';
import type { AggregateInput } from './aggregate-input.js';
import { aggregateBody } from './aggregate-body.js';
import type { AggregatedPart, AnswerAggregator } from './answer-aggregator.js';
import type { ConfiguredPart } from './configured-part.js';

const json = 'application/json; charset=utf-8';
const noFields = new HeaderList();

/** An aggregate that a file declares: runs its parts on the engine of coded aggregates, and writes one answer of what they brought. */
export class ConfiguredAggregate {
  readonly #definition: AggregateDefinition;
  readonly #parts: readonly ConfiguredPart[];
  /** Texts before each part's value. */
  readonly #heads: readonly string[];
  readonly #aggregate: Aggregate<AggregateInput, RunScope>;
  readonly #client: BackendClient;
  readonly #aggregator: AnswerAggregator | undefined;
  readonly #wantsBody: boolean;

  /** @param parts in the order of the answer, and once more in an order in which each stands after those it waits for */
  constructor(definition: AggregateDefinition, { answer, run }: { answer: readonly ConfiguredPart[]; run: readonly ConfiguredPart[] }, client: BackendClient, aggregator: AnswerAggregator | undefined) {
    this.#definition = definition;
    this.#parts = answer;
    this.#heads = answer.map(({ key }, index) => `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
    this.#aggregate = new Aggregate(definition.name, run.map(({ plan }) => plan), (scope) => scope);
    this.#client = client;
    this.#aggregator = aggregator;
    this.#wantsBody = definition.parts.some(({ body }) => body);
  }

  /** @throws PorticoError of the first required part that failed, BODY_TOO_LARGE, or what an aggregator refuses with */
  async answer(context: RequestContext, facts: TargetFacts): Promise<ServiceAnswer> {
    const request = context.forward as ForwardRequest;
    const body = this.#wantsBody ? await aggregateBody(context, this.#definition.maxBodyBytes) : undefined;
    const scope = await this.#aggregate.run(this.#client, { context, request, facts, body }, context);
    const answer = this.#aggregator ? await this.#made(this.#aggregator, scope, context) : this.#written(scope);
    if (context.degraded) {
      answer.headers.set(degradedHeader, degradedField(context.degraded));
      answer.headers.set('cache-control', 'no-store');
    }
    return answer;
  }

  #written(scope: RunScope): ServiceAnswer {
    let text = '';
    for (const [index, part] of this.#parts.entries()) text += (this.#heads[index] as string) + (part.result(scope)?.json ?? 'null');
    return answerOf(200, new HeaderList([['content-type', json]]), Buffer.from(`${text}}`));
  }

  async #made(aggregator: AnswerAggregator, scope: RunScope, context: RequestContext): Promise<ServiceAnswer> {
    const { status = 200, headers = {}, body } = await aggregator.aggregate(this.#parts.map((part) => aggregatedPart(part, scope)), context);
    if (!Number.isInteger(status) || status < 200 || status > 599) throw new PorticoError('INTERNAL', { cause: new RangeError(`The aggregator of ${this.#definition.name} answered with the status ${status}`) });
    const fields = responseHeaders(new HeaderList(Object.entries(headers)).inTurn());
    if (!fields.has('content-type')) fields.set('content-type', json);
    return answerOf(status, fields, Buffer.from(body as string));
  }
}

function answerOf(status: number, headers: HeaderList, body: Buffer): ServiceAnswer {
  headers.set('content-length', String(body.length));
  return { status, headers, body };
}

function aggregatedPart(part: ConfiguredPart, scope: RunScope): AggregatedPart {
  const result = part.result(scope);
  const answers = result?.answers ?? [];
  const [first] = answers;
  return { name: part.name, key: part.key, ok: result !== undefined, status: first?.status ?? 0, headers: first?.headers ?? noFields, body: first?.body.toString('utf8') ?? '', value: result?.value, answers };
}
