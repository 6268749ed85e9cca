import { ServiceError } from '@portico/backend-client';
import { valueText } from './value-source.js';

/** Nobody was asked: it says nothing about the service. */
const neverAsked = { retryable: false, countsAgainstService: false, sent: false, retryAfterMs: undefined } as const;

/** Values of one call, besides those that the aggregate's match has caught. */
export class CallValues {
  /** For placeholders of the route. */
  readonly values = new Map<string, string>();
  /** For parameters of the query: encoded, by their plain names. */
  readonly parameters = new Map<string, string>();
  /** JSON that is sent instead of the body of the request. */
  body: Buffer | undefined = undefined;
  readonly #service: string;
  readonly #places: (name: string) => boolean;

  /** @param places whether the route has a placeholder of that name: else it is a parameter */
  constructor(service: string, places: (name: string) => boolean) {
    this.#service = service;
    this.#places = places;
  }

  /**
   * Sets the one value that was found.
   * @throws ServiceError when there is none, or one that cannot be sent
   */
  setOnly(name: string, found: readonly unknown[]): void {
    const text = found.length === 1 ? valueText(found[0]) : undefined;
    if (text === undefined) throw this.lacks(`there is no value for ${name}`);
    this.set(name, [text]);
  }

  /**
   * Sets values, several of them with commas between.
   * @throws ServiceError for a value that would leave its place in a path
   */
  set(name: string, texts: readonly string[]): void {
    if (!this.#places(name)) this.parameters.set(name, texts.map(encodeURIComponent).join(','));
    else if (texts.some(leavesItsPlace)) throw this.lacks(`the value for ${name} cannot stand in a path`);
    else this.values.set(name, texts.join(','));
  }

  lacks(what: string): ServiceError {
    return new ServiceError('SERVICE_ANSWER_INVALID', this.#service, `cannot be asked: ${what}`, neverAsked);
  }
}

function leavesItsPlace(text: string): boolean {
  return text === '' || text.split(/[\\/]/).some((segment) => segment === '.' || segment === '..');
}
