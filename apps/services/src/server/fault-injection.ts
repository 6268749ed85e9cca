import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { captureAnswer } from './answer-capture.js';
import { answerError, answerHtml, answerHuge, sendHalf, swapTypes } from './broken-answers.js';
import type { FaultSettings } from './fault-settings.js';
import type { RequestJournal } from './request-journal.js';

/** Where faults take their chance and their time from. */
export interface FaultSources {
  /** A number in [0, 1). */
  random(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

/** Puts one request through the given faults: first time, then reset, then error or a strange answer, then truncation. */
export async function injectFaults(
  faults: FaultSettings,
  { random, delay }: FaultSources,
  journal: RequestJournal,
  handle: RequestListener,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const happens = (rate: number): boolean => rate > 0 && random() < rate;

  const waitMs = faults.latencyMs + (faults.jitterMs > 0 ? faults.jitterMs * random() : 0);
  if (waitMs > 0 && (await clientLeaves(response, (signal) => delay(waitMs, signal)))) return;

  if (happens(faults.resetRate)) {
    journal.breakOff(response);
    request.socket.resetAndDestroy();
    return;
  }
  const fails = happens(faults.errorRate);
  const truncates = happens(faults.truncateRate);
  const wrongType = !fails && faults.answer === 'wrong-type';
  if ((truncates || wrongType) && request.method !== 'HEAD') {
    captureAnswer(response, (body) => {
      response.removeHeader('transfer-encoding');
      if (wrongType) response.statusCode = 200;
      const sent = wrongType ? swapTypes(body) : body;
      if (truncates && sent.byteLength > 0) {
        journal.breakOff(response);
        sendHalf(response, sent);
      } else {
        if (sent.byteLength > 0) response.setHeader('content-length', sent.byteLength);
        response.end(sent);
      }
    });
  }
  if (fails) answerError(response, faults.errorStatus);
  else if (faults.answer === 'html') answerHtml(response);
  else if (faults.answer === 'huge') await answerHuge(response);
  else handle(request, response);
}

/** True if the client closed the connection while it was made to wait. */
export async function clientLeaves(response: ServerResponse, wait: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  response.once('close', leave);
  await wait(left.signal);
  response.off('close', leave);
  return left.signal.aborted;
}
