import { ManualClock } from '@portico/core/testing';
import { expect, it } from 'vitest';
import { ThrottledReports } from './throttled-reports.js';

function reporting() {
  const clock = new ManualClock();
  const told: Error[] = [];
  const { report } = new ThrottledReports(clock, 'Instances of a', (error) => void told.push(error));
  return { clock, told, report };
}

it('the same message is passed on once a minute', async () => {
  const { clock, told, report } = reporting();
  report(new Error('down'));
  report(new Error('down'));
  await clock.advance(59_999);
  report(new Error('down'));
  expect(told).toHaveLength(1);
  await clock.advance(1);
  report(new Error('down'));
  expect(told).toHaveLength(2);
});

it('a message says whose it is, and keeps its cause', () => {
  const { told, report } = reporting();
  const cause = new Error('down');
  report(cause);
  expect(told[0]).toMatchObject({ message: 'Instances of a: down', cause });
});

it('a registry that always finds new words is cut short', () => {
  const { told, report } = reporting();
  for (let count = 0; count < 100; count++) report(new Error(`failure ${count}`));
  expect(told).toHaveLength(20);
});

it('a listener that fails harms nobody', () => {
  const { report } = new ThrottledReports(new ManualClock(), 'a', () => {
    throw new Error('clumsy');
  });
  expect(() => report(new Error('down'))).not.toThrow();
});
