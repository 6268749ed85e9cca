import { describe, expect, it } from 'vitest';
import { capturedLog } from '../../test/capture.js';
import { createLogger } from './create-logger.js';
import { lineWriter, quoted } from './line-writer.js';

describe('a writer of lines', () => {
  it('writes what the logger itself would write', () => {
    const captured = capturedLog();
    const log = createLogger({ level: 'info', name: 'a "b"', destination: captured.destination });
    log.info({ id: '1' }, 'request');
    lineWriter(log, 'info', 'request')?.('"id":"1"');
    const [own, same] = captured.lines;
    expect({ ...same, time: own?.time }).toEqual(own);
  });

  it('is none where lines of its level are not written', () => {
    expect(lineWriter(createLogger({ level: 'warn', name: 'a', destination: capturedLog().destination }), 'info', 'request')).toBeUndefined();
  });

  it.each(['plain /text?', 'with "quotes" and \\', 'line\nbreak', 'caf\u00e9 \u2028', '\u007f'])('puts %j between quotes as JSON does', (text) => {
    expect(JSON.parse(quoted(text))).toBe(text);
  });
});
