import { Setting } from '@portico/config';
import { ArrayMinSize, IsIn, IsInt, Matches, Min, ValidateBy } from 'class-validator';

/** What decides whether an answer is kept, and for how long. */
export type Honour = 'rfc9111' | 'ttl-only';

const readOnly = new Set(['GET', 'HEAD']);

/** How the answers of a configured route are kept. */
export class RouteCacheOptions {
  @Setting({ description: 'How long an answer is fresh: with `ttl-only` every answer, with `rfc9111` one about whose freshness the service says nothing; 0 for not at all', unit: 'ms' })
  @IsInt()
  @Min(0)
  ttlMs: number = 0;

  @Setting({ description: 'Name under which the answers are purged, shared by all routes that name it; empty: the name of the route' })
  region: string = '';

  @Setting({ description: 'Methods whose answers are kept; others than GET and HEAD only with `ttl-only`, and the body is then part of the key' })
  @ArrayMinSize(1)
  @Matches(/^[A-Z]+$/, { each: true, message: '$property must hold methods in upper case' })
  @KeepsSafeMethods()
  methods: string[] = ['GET', 'HEAD'];

  @Setting({ description: 'How long after its freshness an answer is still given while a new one is fetched (RFC 5861), unless the service says otherwise', unit: 'ms' })
  @IsInt()
  @Min(0)
  staleWhileRevalidateMs: number = 0;

  @Setting({ description: 'How long after its freshness an answer stands in for a failed call (RFC 5861), unless the service says otherwise', unit: 'ms' })
  @IsInt()
  @Min(0)
  staleIfErrorMs: number = 0;

  @Setting({ description: '`rfc9111`: what service and client say in their header fields decides. `ttl-only`: every answer is kept for `ttlMs`, whatever they say' })
  @IsIn(['rfc9111', 'ttl-only'])
  honour: Honour = 'rfc9111';

  @Setting({ description: 'Request header fields whose values are part of the key' })
  @Matches(/^[\w!#$%&'*+.^`|~-]+$/, { each: true, message: '$property must hold names of header fields' })
  keyHeaders: string[] = [];
}

// RFC 9110 9.3.3: what a POST brought is no answer to the next POST.
function KeepsSafeMethods(): PropertyDecorator {
  return ValidateBy({
    name: 'keepsSafeMethods',
    validator: {
      validate: (value, at) => (at?.object as RouteCacheOptions).honour === 'ttl-only' || !Array.isArray(value) || value.every((method) => readOnly.has(String(method))),
      defaultMessage: () => 'methods may hold others than GET and HEAD only with honour: ttl-only',
    },
  });
}
