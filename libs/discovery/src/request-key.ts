import type { ConsistentHashOptions } from './consistent-hash.config.js';
import type { HintRequest, KeyOf } from './pick-hint.js';

/** What takes the key out of a request that `options` tell requests apart by. Header fields are those that a route is about to send, else those received. */
export function requestKey({ by, header }: Pick<ConsistentHashOptions, 'by' | 'header'>): KeyOf {
  const field = header.toLowerCase();
  switch (by) {
    case 'address':
      return addressOf;
    case 'caller':
      return (request) => request.context?.caller.key || addressOf(request);
    case 'header':
      return ({ context }) => (context?.forward ? context.forward.headers.get(field) : context?.header(field));
    case 'path':
      return ({ path }) => path.split('?', 1)[0];
  }
}

function addressOf({ context }: HintRequest): string | undefined {
  return context?.address;
}
