import type { GatewayReply } from '../accept/gateway-request.js';
import type { AnswerWriter } from './answer-writer.js';

/** Writes no body. */
export const emptyWriter: AnswerWriter = {
  write: (reply: GatewayReply) => void reply.send(),
};
