import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { realProgram } from '@portico/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEdge } from './test-edge.js';
import { TestInstance } from './test-instance.js';

const nginx = realProgram('nginx');

/** An authority and a client's certificate of it. */
function makeClient(folder: string, name: string): { ca: string; key: Buffer; cert: Buffer } {
  const at = (file: string): string => join(folder, `${name}-${file}.pem`);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', at('ca-key'), '-out', at('ca'), '-days', '2', '-subj', `/CN=Authority of ${name}`);
  openssl('req', ...key, '-keyout', at('key'), '-out', at('request'), '-subj', `/O=Portico/CN=${name}`);
  openssl('x509', '-req', '-in', at('request'), '-CA', at('ca'), '-CAkey', at('ca-key'), '-set_serial', '2', '-days', '2', '-out', at('cert'));
  return { ca: at('ca'), key: readFileSync(at('key')), cert: readFileSync(at('cert')) };
}

describe.skipIf(nginx.absent)(`${nginx.title}: TLS at the edge`, () => {
  let edge: TestEdge;
  let instance: TestInstance;
  let partner: ReturnType<typeof makeClient>;
  let stranger: ReturnType<typeof makeClient>;

  beforeAll(async () => {
    instance = await TestInstance.start('one');
    edge = await TestEdge.start((folder) => {
      partner = makeClient(folder, 'partner');
      stranger = makeClient(folder, 'stranger');
      return {
        tls: { certificateFile: join(folder, 'edge.pem'), keyFile: join(folder, 'edge-key.pem'), clientCaFile: partner.ca },
        pools: { web: { instances: [instance.address] } },
        sites: [
          { hosts: ['shop.localhost'], pool: 'web' },
          { hosts: ['partner.localhost'], pool: 'web', clientCertificates: 'required' },
          { hosts: ['open.localhost'], pool: 'web', clientCertificates: 'optional' },
        ],
      };
    });
  });

  afterAll(async () => {
    await edge.close();
    await instance.kill();
  });

  const handshake = (options: object): Promise<string> =>
    new Promise((resolve) => {
      const socket = connectTls({ host: '127.0.0.1', port: edge.httpsPort, servername: 'shop.localhost', ca: edge.ca, ...options }, () => {
        resolve(`${socket.getProtocol()} ${socket.alpnProtocol}`);
        socket.destroy();
      });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s, and HTTP/2 with whom wants it', async (version) => {
    expect(await handshake({ minVersion: version, maxVersion: version, ALPNProtocols: ['h2', 'http/1.1'] })).toBe(`${version} h2`);
  });

  it('refuses TLS 1.1', async () => {
    // Node's own level of security would not even offer it.
    expect(await handshake({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  it('serves several requests on one connection of HTTP/2', async () => {
    const session = connectHttp2(`https://127.0.0.1:${edge.httpsPort}`, { ca: edge.ca, servername: 'shop.localhost' });
    const answers = await Promise.all(['/a', '/b', '/c'].map((path) => text(session.request({ ':path': path, ':authority': `shop.localhost:${edge.httpsPort}` }))));
    session.close();
    expect(answers.map((body) => (JSON.parse(body) as { url: string }).url)).toEqual(['/a', '/b', '/c']);
  });

  const plain = (path: string, host: string): Promise<{ status: number | undefined; location: string | undefined }> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: edge.httpPort, path, headers: { host }, agent: false }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, location: answer.headers.location });
      }).once('error', reject);
    });

  it('sends who comes without TLS to the same address with it', async () => {
    expect(await plain('/home?page=2', 'shop.localhost:8080')).toEqual({ status: 308, location: `https://shop.localhost:${edge.httpsPort}/home?page=2` });
  });

  it('sends nobody to a name that is not its own', async () => {
    expect(await plain('/home', 'evil.example')).toEqual({ status: 421, location: undefined });
  });

  it('says HSTS and the security headers that the BFF has not said', async () => {
    const { headers } = await edge.send('/');
    expect(headers).toMatchObject({ 'strict-transport-security': 'max-age=31536000; includeSubDomains', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'strict-origin-when-cross-origin', server: 'nginx' });
  });

  it('answers 421 to a name that it does not serve', async () => {
    const answer = await edge.send('/', { host: 'evil.example', servername: 'shop.localhost' });
    expect(answer.status).toBe(421);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'HOST_UNKNOWN', status: 421 });
  });

  it('lets nobody without a certificate into a site that asks for one', async () => {
    const answer = await edge.send('/', { host: 'partner.localhost' });
    expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'CLIENT_CERTIFICATE_NEEDED' });
  });

  it.each(['partner.localhost', 'open.localhost'])('refuses a certificate of an unknown authority at %s', async (host) => {
    expect(await edge.send('/', { host, key: stranger.key, cert: stranger.cert })).toMatchObject({ status: 400 });
  });

  it.each(['partner.localhost', 'open.localhost'])('passes the subject of a verified certificate on, at %s', async (host) => {
    const { body } = await edge.send('/', { host, key: partner.key, cert: partner.cert, headers: { 'x-client-cert-subject': 'CN=forged' } });
    expect(JSON.parse(body)).toMatchObject({ headers: { 'x-client-cert-subject': 'CN=partner,O=Portico' } });
  });

  it.each(['shop.localhost', 'open.localhost'])('passes no subject on that a client only claims, at %s', async (host) => {
    const { body, status } = await edge.send('/', { host, headers: { 'x-client-cert-subject': 'CN=forged', 'client-cert': ':AAAA:', 'x-client-cert-fingerprint': 'ab' } });
    expect(status).toBe(200);
    expect(Object.keys((JSON.parse(body) as { headers: object }).headers).filter((name) => name.includes('cert'))).toEqual([]);
  });

  it('does not let a connection for one site into another that asks for certificates', async () => {
    expect(await edge.send('/', { host: 'partner.localhost', servername: 'shop.localhost' })).toMatchObject({ status: 421 });
  });

  it('takes a new certificate without a restart', async () => {
    const { makeCertificates } = await import('../src/certificates/make-certificates.mjs');
    const before = readFileSync(join(edge.folder, 'edge.pem'), 'utf8');
    writeFileSync(join(edge.folder, 'edge.pem'), 'gone');
    // What nginx cannot use changes nothing.
    await edge.line(({ msg, reason }) => msg === 'nginx goes on with the configuration before' && String(reason).includes('edge.pem'));
    expect(await handshake({})).toBe('TLSv1.3 false');
    makeCertificates({ hosts: ['shop.localhost', 'partner.localhost', 'open.localhost'], folder: edge.folder });
    expect(readFileSync(join(edge.folder, 'edge.pem'), 'utf8')).not.toBe(before);
    await edge.line(({ msg }) => msg === 'The configuration of nginx has changed');
    const ca = readFileSync(join(edge.folder, 'ca.pem'));
    let said = '';
    while (said !== 'TLSv1.3 false') said = await handshake({ ca });
  });
});
