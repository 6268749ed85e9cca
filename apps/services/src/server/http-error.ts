/** An answer other than success, thrown by a handler. */
export class HttpError extends Error {
  constructor(
    readonly statusCode: number,
    readonly body: { readonly error: string; readonly [detail: string]: unknown },
  ) {
    super(typeof body.detail === 'string' ? body.detail : body.error);
    this.name = 'HttpError';
  }
}

/** 400, saying what is wrong with the request. */
export const badRequest = (detail: string): HttpError => new HttpError(400, { error: 'bad request', detail });

/** 404 for an id that does not exist. */
export const notFound = (): HttpError => new HttpError(404, { error: 'not found' });

/** 409, saying which rule of the state forbids the change. */
export const conflict = (detail: string): HttpError => new HttpError(409, { error: 'conflict', detail });

/** The value, or 404 if there is none. */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}
