import type { ViewModel } from '@portico/view-model';
import type { GatewayReply } from '../accept/gateway-request.js';
import type { AnswerWriter } from './answer-writer.js';

const json = 'application/json; charset=utf-8';

/** Writes one view model as JSON. */
export class ViewWriter implements AnswerWriter {
  readonly #view: ViewModel;

  constructor(view: ViewModel) {
    view.compile();
    this.#view = view;
  }

  write(reply: GatewayReply, result: unknown): void {
    const text = this.#view.write(result as never);
    reply.header('content-type', json);
    reply.send(text);
  }
}
