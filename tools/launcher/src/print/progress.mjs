import { duration } from './duration.mjs';

/** Time between two repaints of the running step, on a terminal. */
const repaintMs = 100;

/**
 * Prints one line per step, with the time it took. On a terminal the running step is counted up in place.
 */
export class Progress {
  #out;

  /** @param {NodeJS.WriteStream} out */
  constructor(out) {
    this.#out = out;
  }

  /** @param {string} text */
  heading(text) {
    this.#out.write(`\n${this.#paint('1', text)}\n`);
  }

  /** @param {string} text */
  line(text) {
    this.#out.write(`${text}\n`);
  }

  /**
   * Runs `work` and shows how it goes.
   * @template T
   * @param {string} label what happens, as in `Building 4 apps`
   * @param {(note: (text: string) => void) => Promise<T>} work may note how far it is
   * @returns {Promise<T>}
   */
  async step(label, work) {
    const startedAt = performance.now();
    let note = '';
    const elapsed = () => duration(performance.now() - startedAt);
    const repaint = () => this.#out.write(`\r\u001b[2K  ${this.#paint('36', '…')} ${label} ${note} ${this.#paint('2', elapsed())}`);
    if (!this.#out.isTTY) this.line(`  … ${label}`);
    const timer = this.#out.isTTY ? setInterval(repaint, repaintMs) : undefined;
    /** @param {string} mark */
    const end = (mark) => {
      clearInterval(timer);
      this.line(`${this.#out.isTTY ? '\r\u001b[2K' : ''}  ${mark} ${label} ${note === '' ? '' : `${note} `}${this.#paint('2', `(${elapsed()})`)}`);
    };
    try {
      const result = await work((text) => {
        note = text;
      });
      end(this.#paint('32', '✓'));
      return result;
    } catch (error) {
      end(this.#paint('31', '✗'));
      throw error;
    }
  }

  /**
   * @param {string} style number of an SGR style
   * @param {string} text
   */
  #paint(style, text) {
    return this.#out.isTTY && process.env.NO_COLOR === undefined ? `\u001b[${style}m${text}\u001b[0m` : text;
  }
}
