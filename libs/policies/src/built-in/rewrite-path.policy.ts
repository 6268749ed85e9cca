import { ConfigurationError, Setting } from '@portico/config';
import { PorticoError, type Endpoint, type Resolve } from '@portico/core';
import { Matches } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import type { PolicySection } from '../policy-section.js';
import { ValueTemplate } from '../values/value-template.js';
import { requestSteps } from './request-steps.js';

export class RewritePathOptions {
  @Setting({ description: 'The new path, encoded, without a query; may hold placeholders, whose values are encoded: the rest of a path (`{x*}` in the match) keeps its slashes, any other value is one segment or part of one' })
  @Matches(/^\//, { message: 'must begin with /' })
  template: string = '';
}

const encoded = /^(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*$/;

/** Replaces the path of what is sent. Refuses with REQUEST_INVALID what would have a dot segment then. */
@PolicyType('rewrite-path', RewritePathOptions)
export class RewritePath implements ConfiguredPolicy<RewritePathOptions> {
  compile({ template }: RewritePathOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    return requestSteps(endpoint, section, () => {
      const rests = new Set(Array.from(endpoint.path.matchAll(/\{([^{}*]+)\*\}/g), (match) => match[1] as string));
      const encode = (value: string, name: string): string => (rests.has(name.replace(/^value\./, '')) ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value));
      const path = new ValueTemplate(template, { endpoint, path: 'template', encode });
      if (!path.literals.every((literal) => encoded.test(literal))) throw new ConfigurationError([{ path: 'template', message: 'holds characters that cannot stand in a path: percent-encode them' }]);
      return (context, request) => {
        const rewritten = path.render(context);
        if (rewritten.split('/').some(isDotSegment)) throw new PorticoError('REQUEST_INVALID', { detail: 'The path holds a dot segment.' });
        request.path = rewritten;
      };
    });
  }
}

/** RFC 3986 6.2.2.3; an encoded dot is the same dot. */
function isDotSegment(segment: string): boolean {
  if (segment.length === 0 || segment.length > 6) return false;
  const plain = segment.replace(/%2e/gi, '.');
  return plain === '.' || plain === '..';
}
