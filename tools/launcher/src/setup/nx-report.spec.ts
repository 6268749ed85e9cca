import { expect, it } from 'vitest';
import { boundariesSkipped, failedSections } from './nx-report.mjs';

const output = `
 NX   Running target lint for 2 projects:

- a
- b

> nx run a:lint

> a@1 lint
fine

> nx run b:lint

> b@1 lint
wrong

 NX   Running target lint for 2 projects failed

Failed tasks:

- b:lint
`;

it('keeps what failed tasks said, and only that', () => {
  const report = failedSections(output);
  expect(report).toContain('wrong');
  expect(report).not.toContain('fine');
});

it('keeps everything when no task can be told apart', () => {
  expect(failedSections('the graph could not be made')).toBe('the graph could not be made');
});

it('notices that the boundaries were not looked at', () => {
  expect(boundariesSkipped('warning No cached ProjectGraph is available. The rule will be skipped.')).toBe(true);
  expect(boundariesSkipped(output)).toBe(false);
});
