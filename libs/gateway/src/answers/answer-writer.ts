import type { GatewayReply } from '../accept/gateway-request.js';

/** Writes what an operation returned, and nothing that its declaration does not name. */
export interface AnswerWriter {
  /** @throws PorticoError VIEW_MODEL_BYPASSED or VIEW_MODEL_MISMATCH when the result is not what was declared */
  write(reply: GatewayReply, result: unknown): void;
}
