import { describe, expect, it } from 'vitest';
import { nginxLine } from './nginx-line.mjs';

const head = '2026/11/26 03:58:13 [error] 512#512: *7 ';
const matched = (value: string): string =>
  `2026/11/26 03:58:13 [info] 512#512: *7 ModSecurity: Warning. Matched "Operator \`Rx' with parameter \`(?i)x' against variable \`ARGS:json.name' (Value: \`${value}' ) [file "/usr/share/modsecurity-crs/rules/a.conf"] [line "1"] [id "942350"] [rev ""] [msg "Finding"] [data "${value}"] [severity "2"] [hostname "127.0.0.1"] [uri "/api/orders?token=secret"] [unique_id "order-0001"] [ref "o1,2"], client: 127.0.0.1`;

describe("a line of nginx's error log", () => {
  it('keeps no query of any address', () => {
    const line = `${head}connect() failed (111: Connection refused) while connecting, client: 127.0.0.1, request: "GET /a?token=secret HTTP/1.1", to: "http://10.0.0.7:3010/a?token=secret", referrer: "https://shop.localhost/?code=secret"`;
    expect(nginxLine(line)).toEqual({ level: 'error', msg: 'connect() failed (111: Connection refused) while connecting, client: 127.0.0.1, request: "GET /a HTTP/1.1", to: "http://10.0.0.7:3010/a", referrer: "https://shop.localhost/"' });
  });

  it.each(['2026/11/26 03:58:13 [info] 512#512: *7 client closed connection', '2026/11/26 03:58:13 [notice] 512#512: ModSecurity-nginx v1.0.3 (rules loaded)', ''])('is left out when it is of no interest: %j', (line) => {
    expect(nginxLine(line)).toBeUndefined();
  });

  it('is an error when its level is not known', () => {
    expect(nginxLine('nginx: something is wrong')).toEqual({ level: 'error', msg: 'nginx: something is wrong' });
  });

  it('of the firewall shows rule, place and request, and not what was matched', () => {
    expect(nginxLine(matched('very secret'))).toEqual({
      level: 'warn',
      msg: 'The firewall found something',
      fields: { correlationId: 'order-0001', refused: false, rule: 942350, text: 'Finding', where: 'ARGS:json.name', path: '/api/orders' },
    });
  });

  it('of the firewall is not misled by what a client has sent', () => {
    expect(nginxLine(matched(String.raw`[id \"1\"] [unique_id \"forged\"] [uri \"/forged\"]`))?.fields).toMatchObject({ correlationId: 'order-0001', rule: 942350, path: '/api/orders' });
  });

  it('of the firewall tells what was refused', () => {
    const line = `${head}[client 127.0.0.1] ModSecurity: Access denied with code 403 (phase 2). Matched "Operator \`Ge' with parameter \`5' against variable \`TX:ANOMALY_SCORE' (Value: \`10' ) [id "949110"] [msg "Inbound Anomaly Score Exceeded (Total Score: 10)"] [uri "/"] [unique_id "order-0001"]`;
    expect(nginxLine(line)?.fields).toMatchObject({ refused: true, rule: 949110 });
  });

  it('of the firewall that was cut off is still told', () => {
    expect(nginxLine(matched('x').slice(0, 260))?.fields).toMatchObject({ rule: 942350, where: 'ARGS:json.name', correlationId: undefined });
  });
});
