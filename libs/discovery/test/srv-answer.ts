import type { SrvRecord } from '../src/registries/dns-srv/dns-srv-registry.js';

const srv = 33;
const internet = 1;

const nameOf = (name: string): Buffer =>
  Buffer.concat([...name.split('.').filter(Boolean).map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])]);

const numbers = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
};

/** The answer of a name server (RFC 1035) to a query: these records, each for what was asked. */
export function srvAnswer(query: Buffer, records: readonly SrvRecord[]): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const header = numbers(query.readUInt16BE(0), 0x8180, 1, records.length, 0, 0);
  const answers = records.map(({ name, port, priority, weight }) => {
    const data = Buffer.concat([numbers(priority, weight, port), nameOf(name)]);
    // 0xc00c points at the name in the question.
    return Buffer.concat([numbers(0xc00c, srv, internet, 0, 60, data.length), data]);
  });
  return Buffer.concat([header, question, ...answers]);
}
