import { passedOn } from './hop-by-hop.mjs';

/** Passes the answer of one exchange on while it comes, as fast as the client takes it. In the form that undici calls inside, the cheapest there is. */
export class AnswerPasser {
  #response;
  /** @type {(() => void) | undefined} */
  #abort;

  /** @param {import('node:http').ServerResponse} response */
  constructor(response) {
    this.#response = response;
    response.once('close', () => {
      if (!response.writableFinished) this.#abort?.();
    });
  }

  /** @param {() => void} abort */
  onConnect(abort) {
    this.#abort = abort;
  }

  /**
   * @param {number} status
   * @param {Buffer[]} raw
   * @param {() => void} resume
   */
  onHeaders(status, raw, resume) {
    if (status < 200) return true;
    this.#response.writeHead(status, passedOn(raw));
    this.#response.on('drain', resume);
    return true;
  }

  /** @param {Buffer} chunk */
  onData(chunk) {
    return this.#response.write(chunk);
  }

  onComplete() {
    this.#response.end();
  }

  onError() {
    if (this.#response.headersSent) this.#response.destroy();
    else this.#response.writeHead(502).end();
  }
}
