/**
 * Reads one answer by undici's dispatch interface. The generator shares its core with the services, so an answer that is not
 * compared costs it no buffer, no stream and no parsing.
 */
export class AnswerHandler {
  /** @type {Buffer[]} */
  #chunks = [];
  #status = 0;
  #keep;
  #done;

  /**
   * @param {boolean} keep whether the body is wanted
   * @param {(error: Error | undefined, status: number, body: string) => void} done called once
   */
  constructor(keep, done) {
    this.#keep = keep;
    this.#done = done;
  }

  onRequestStart() {}

  /**
   * @param {unknown} _controller
   * @param {number} status
   */
  onResponseStart(_controller, status) {
    this.#status = status;
    // The body of a refusal tells the reason: keep it.
    this.#keep ||= status !== 200;
  }

  /**
   * @param {unknown} _controller
   * @param {Buffer} chunk
   */
  onResponseData(_controller, chunk) {
    if (this.#keep) this.#chunks.push(chunk);
  }

  onResponseEnd() {
    this.#done(undefined, this.#status, this.#chunks.length === 0 ? '' : Buffer.concat(this.#chunks).toString());
  }

  /**
   * @param {unknown} _controller
   * @param {Error} error
   */
  onResponseError(_controller, error) {
    this.#done(error, this.#status, '');
  }
}
