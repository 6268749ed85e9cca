import { describe, expect, it } from 'vitest';
import { faultText } from './configuration-error.js';
import { placeFaults } from './place-faults.js';

const base = { file: 'base.yaml', text: 'routes:\n  a.b:\n    to: { service: x, path: /y }\n    list: [one, { two: 2 }]\n' };
const over = { file: 'over.yaml', text: 'routes:\n  c:\n    to:\n      service: z\n' };
const placed = (path: string) => faultText(placeFaults([{ path, message: 'wrong' }], [base, over])[0] as never);

describe('placeFaults', () => {
  it.each([
    ['routes.a.b.to.path', 'base.yaml:3:23 routes.a.b.to.path: wrong'],
    ['routes.a.b.list[1].two', 'base.yaml:4:19 routes.a.b.list[1].two: wrong'],
    ['routes.c.to.service', 'over.yaml:4:7 routes.c.to.service: wrong'],
    ['routes.c.to.absent', 'over.yaml:3:5 routes.c.to.absent: wrong'],
    ['elsewhere', 'over.yaml elsewhere: wrong'],
  ])('puts %s where its key stands, or the nearest around it', (path, expected) => {
    expect(placed(path)).toBe(expected);
  });

  it('leaves a fault alone that has its place', () => {
    const fault = { path: 'routes', message: 'wrong', file: 'x.yaml', line: 9, column: 1 };
    expect(placeFaults([fault], [base])).toEqual([fault]);
  });
});
