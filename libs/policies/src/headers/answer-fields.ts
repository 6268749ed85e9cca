import type { OutgoingAnswer } from '@portico/core';
import type { EditableFields } from './header-edit.js';

/** The header fields of an answer on its way out, for edits. */
export class AnswerFields implements EditableFields {
  readonly #answer: OutgoingAnswer;

  constructor(answer: OutgoingAnswer) {
    this.#answer = answer;
  }

  all(name: string): readonly string[] {
    return this.#answer.headerValues(name);
  }

  set(name: string, value: string): void {
    // Cookies set twice are two cookies, whatever stands behind `setHeader`.
    if (name === 'set-cookie') this.#answer.removeHeader(name);
    this.#answer.setHeader(name, value);
  }

  append(name: string, value: string): void {
    this.#answer.appendHeader(name, value);
  }

  delete(name: string): void {
    this.#answer.removeHeader(name);
  }
}
