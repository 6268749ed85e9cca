import { expect, it } from 'vitest';
import type { CaseResult } from '../run/case-result.js';
import { readDeviations } from './deviations.js';
import { lineOf, summary } from './lines.js';

const result = (outcome: CaseResult['outcome']): CaseResult => ({ id: 'oc.path.p01', title: 'a path', outcome, why: 'status is 404, not 200' });

it('the report ends with the numbers of what passed and what failed, deviations before', () => {
  expect(summary([result('met'), result('met'), result('failed')])).toBe('2 passed, 1 failed');
  expect(summary([result('met'), result('deviates')])).toBe('1 deviates as docs/ocelot.md says\n1 passed, 0 failed');
});

it('a case that is not met has its id and its reason', () => {
  expect(lineOf(result('failed'))).toBe('FAILED    oc.path.p01  a path\n          status is 404, not 200');
});

it('deviations are the rows of the documentation that begin with a case', () => {
  const page = '| case | Ocelot | Portico |\n| --- | --- | --- |\n| `oc.time.p01` | 503, a \\| b | `status`, `body`: 504 |\n| `oc.path` | x | y |\nabout `oc.path.p01`\n';
  expect([...readDeviations(page)]).toEqual([['oc.time.p01', ['status', 'body']]]);
});

it('a row that does not say what is otherwise is a mistake', () => {
  expect(() => readDeviations('| `oc.time.p01` | 503 | 504 |')).toThrow('The row of oc.time.p01 does not say what is otherwise');
  expect(() => readDeviations('| `oc.time.p01` | 503 | `weather`: rain |')).toThrow('oc.time.p01');
});
