import type { ForwardRequest, ServiceAnswer } from '@portico/core';

const conditions = ['if-none-match', 'if-modified-since'];

/** Validators of a kept answer, by their field. */
export type Validators = Readonly<Record<string, string | undefined>>;

/**
 * Sends a GET or HEAD with the cache's conditions in place of the client's, which the cache answers itself: otherwise an answer without a body would
 * come back, of no use to anyone else. Afterwards the request is as it was, for a policy further out may send it again.
 */
export async function sendWith(validators: Validators | undefined, { headers }: ForwardRequest, next: () => Promise<ServiceAnswer>): Promise<ServiceAnswer> {
  const clients = conditions.map((name) => headers.all(name));
  for (const name of conditions) {
    headers.delete(name);
    const value = validators?.[name];
    if (value !== undefined) headers.set(name, value);
  }
  try {
    return await next();
  } finally {
    for (const [index, name] of conditions.entries()) {
      headers.delete(name);
      for (const value of clients[index] as string[]) headers.append(name, value);
    }
  }
}
