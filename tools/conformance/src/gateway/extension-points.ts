import type { ForwardRequest, PolicySteps } from '@portico/core';
import { AggregatorType, type AggregatedAnswer, type AggregatedPart, type AggregatorClass, type AnswerAggregator } from '@portico/gateway';
import { PolicyType, type ConfiguredPolicy, type PolicyClass } from '@portico/policies';
import type { VectorSetup } from '../vectors/vector.js';

/** What a case does in code. */
export interface ExtensionPoints {
  readonly aggregators: readonly AggregatorClass[];
  readonly policies: readonly PolicyClass[];
}

// Before the table of cases, which is made with them.
class NoOptions {}

class JoinWithPlus implements AnswerAggregator {
  aggregate(parts: readonly AggregatedPart[]): AggregatedAnswer {
    return { body: parts.map(({ body }) => body).join('+') };
  }
}
AggregatorType('JoinWithPlus')(JoinWithPlus);

const nothing: ExtensionPoints = { aggregators: [], policies: [] };

/** The code of the cases that describe theirs in words, by the id of the case. */
const byCase: Readonly<Record<string, ExtensionPoints>> = {
  'oc.aggc.p01': { ...nothing, aggregators: [JoinWithPlus] },
  'oc.ext.p01': { ...nothing, policies: [appender('append-a', 'A'), appender('append-b', 'B')] },
};

/** The code of a case; undefined when it describes some in words that nobody here knows. */
export function extensionPointsOf(id: string, setup: VectorSetup | undefined): ExtensionPoints | undefined {
  const inWords = Object.keys({ ...setup?.aggregators, ...setup?.handlers }).length > 0;
  return inWords ? byCase[id] : nothing;
}

function appender(name: string, text: string): PolicyClass {
  const append = ({ headers }: ForwardRequest): void => headers.set('x-trail', (headers.get('x-trail') ?? '') + text);
  class Appender implements ConfiguredPolicy {
    compile(): PolicySteps {
      return {
        backend(_context, request, next) {
          append(request);
          return next();
        },
      };
    }
  }
  PolicyType(name, NoOptions)(Appender);
  return Appender;
}
