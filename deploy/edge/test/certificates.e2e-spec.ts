import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realProgram } from '@portico/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificates } from '../src/certificates/make-certificates.mjs';

const nginx = realProgram('nginx');
const hosts = ['shop.localhost', 'm.shop.localhost'];

describe.skipIf(nginx.absent)(`${nginx.title}: certificates that the edge makes itself`, () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'portico-edge-'));
    folder = join(root, 'tls');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const certificate = (path: string): X509Certificate => new X509Certificate(readFileSync(path));

  it('are for the hosts of all sites, and vouched for by an authority whose key is nowhere', () => {
    expect(makeCertificates({ hosts, folder, trustFolder: join(root, 'trust') })).toBe(true);
    const [edge, ca] = [certificate(join(folder, 'edge.pem')), certificate(join(root, 'trust/ca.pem'))];
    expect(edge.subjectAltName).toBe('DNS:shop.localhost, DNS:m.shop.localhost');
    expect(edge.verify(ca.publicKey)).toBe(true);
    expect([edge.ca, ca.ca]).toEqual([false, true]);
    expect(readdirSync(folder).sort()).toEqual(['ca.pem', 'edge-key.pem', 'edge.pem']);
    expect(statSync(join(folder, 'edge-key.pem')).mode & 0o077).toBe(0);
  });

  it('stay while they are good, and are made anew for other hosts', () => {
    makeCertificates({ hosts, folder });
    const before = readFileSync(join(folder, 'edge.pem'), 'utf8');
    expect(makeCertificates({ hosts, folder })).toBe(false);
    expect(readFileSync(join(folder, 'edge.pem'), 'utf8')).toBe(before);
    expect(makeCertificates({ hosts: ['other.localhost'], folder })).toBe(true);
    expect(certificate(join(folder, 'edge.pem')).subjectAltName).toBe('DNS:other.localhost');
  });
});
