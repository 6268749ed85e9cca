import { HttpError } from '../server/http-error.js';

/** 401 or 403, with the challenge that tells a client what to do (RFC 6750, 3). */
export class RefusedError extends HttpError {
  constructor(
    statusCode: 401 | 403,
    readonly challenge: string,
  ) {
    super(statusCode, { error: statusCode === 401 ? 'unauthorized' : 'forbidden' });
    this.name = 'RefusedError';
  }
}
