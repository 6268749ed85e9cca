import type { Endpoint } from '@portico/core';
import type { CompiledPipeline } from '@portico/policies';
import type { AnswerWriter } from '../answers/answer-writer.js';

/** All that is known of an endpoint before the first request comes: compiled once, hung on Fastify's route. */
export interface Binding {
  readonly endpoint: Endpoint;
  readonly pipeline: CompiledPipeline;
  /** Time allowed for an answer, in ms. */
  readonly deadlineMs: number;
  /** Writes what the operation returns; undefined for system endpoints, which write their own answers. */
  readonly writer: AnswerWriter | undefined;
}
