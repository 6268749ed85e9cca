import { describe, expect, it } from 'vitest';
import { csvHeader, csvLine } from './csv.js';

const line = (value: unknown): string => csvLine(['value'], { value });

describe('a CSV record', () => {
  it('ends in CRLF and separates by commas, in the order of the columns', () => {
    expect(csvHeader(['b', 'a'])).toBe('b,a\r\n');
    expect(csvLine(['b', 'a'], { a: 1, b: 'x' })).toBe('x,1\r\n');
  });

  it.each([
    ['a plain text', 'plain', 'plain'],
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "hi"', '"say ""hi"""'],
    ['a line break', 'a\r\nb', '"a\r\nb"'],
    ['a lone line feed', 'a\nb', '"a\nb"'],
    ['null', null, ''],
    ['nothing', undefined, ''],
    ['a number', -1.5, '-1.5'],
    ['a boolean', false, 'false'],
    ['a list', ['a', 'b'], '"[""a"",""b""]"'],
    ['an object', { a: 1 }, '"{""a"":1}"'],
  ])('quotes %s as RFC 4180 wants', (_what, value, written) => {
    expect(line(value)).toBe(`${written}\r\n`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://evil.example","x")'])('takes the formula out of %j', (text) => {
    expect(line(text)).toMatch(/^"?'/);
  });

  it('leaves a text alone that only holds such a sign inside', () => {
    expect(line('a=b')).toBe('a=b\r\n');
  });
});
